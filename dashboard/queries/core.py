"""The common questions: indicators in any cut, organisations, years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pandas as pd

from dashboard.audience import INTERNAL, Viewer
from dashboard.benchmarks import benchmarks
from dashboard.display import Kind, Measure
from dashboard.marts import Indicator, Marts, Release
from dashboard.notebook import Notebook
from dashboard.slices import order_of
from dashboard.values import statement, values
from dashboard.words import capital

Answer = TypeVar("Answer")
if TYPE_CHECKING:
    from dashboard.explain import Origin

Remember = Callable[[str, str, Callable[[], Any]], Any]
"""Release, question, how to answer it → the answer, perhaps from memory."""


@dataclass(frozen=True)
class School:
    """One organisation as screens name it."""

    id: str
    name: str
    label: str
    """Short, and different from every other's: the municipality is added where names repeat."""
    kind: str | None
    municipality: str | None
    parent: str | None


@dataclass(frozen=True)
class Cut:
    """One row of an indicator: the values of its dimensions and the measure."""

    keys: dict[str, Any]
    measure: Measure


@dataclass(frozen=True)
class Area:
    """What a group report says of a territory."""

    label: str
    """«регион» or «РФ», as a chart calls it."""
    name: str
    keys: dict[str, Any]
    measure: Measure


AREAS = {"region": "регион", "country": "РФ"}
"""Territories that screens compare with, and what they are called there; our own municipality is ourselves."""


class Queries:
    """One snapshot's answers to the pages' questions."""

    notebook: Notebook | None = None
    """What people pinned and noted; the report has none."""
    last_visit: datetime | None = None
    """When whoever is looking was here before."""

    def __init__(self, marts: Marts, remember: Remember | None = None, viewer: Viewer = INTERNAL) -> None:
        self._marts = marts
        self.viewer = viewer
        self.remember = remember or _Memory()
        """Where answers are kept for others who ask the same."""
        self._known: dict[str, Any] = {}
        self.asked: dict[str, None] = {}
        """Indicators asked for so far, in order: what the numbers of a page are made of."""
        self.release: Release = marts.release
        self.indicators: dict[str, Indicator] = marts.indicators

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query; parameters are given as a list of plain values."""
        return cast(
            "list[tuple[Any, ...]]",
            self._ask(f"{sql} {params!r}", lambda: self._marts.snapshot().rows(sql, list(params))),
        )

    def has(self, table: str) -> bool:
        """False in a snapshot from before the table was declared."""
        return bool(self.rows("select 1 from duckdb_tables() where table_name = ?", [table]))

    def cuts(self, indicator: str, by: Sequence[str] = (), **where: Any) -> list[Cut]:
        """An indicator in the cut ``by``; conditions that are None do not narrow."""
        if indicator not in self.indicators:
            return []  # a snapshot from before the indicator was declared
        self.asked[indicator] = None
        narrowed = {_dimension(k): v for k, v in where.items() if v is not None}
        question = f"{self.viewer.name} {indicator} {list(by)!r} {sorted(narrowed.items())!r}"
        return cast("list[Cut]", self._ask(question, lambda: self._cuts(indicator, by, narrowed)))

    def origin(self, indicator: str, **where: Any) -> Origin:
        """Where a number comes from, down to files and what was left out."""
        from dashboard.explain import origin

        narrowed = {_dimension(k): v for k, v in where.items() if v is not None}
        return origin(self._marts, indicator, narrowed, self.viewer)

    def one(self, indicator: str, **where: Any) -> Measure:
        """An indicator as one number; an empty measure when there is none."""
        found = self.cuts(indicator, (), **where)
        return found[0].measure if found else Measure(0, 0, 0)

    def areas(self, indicator: str, by: Sequence[str] = (), **where: Any) -> list[Area]:
        """The region and the country beside us, of each the largest; conditions on our own parts do not count."""
        if indicator not in self.indicators:
            return []
        narrowed = {_dimension(k): v for k, v in where.items() if v is not None}
        question = f"areas {indicator} {list(by)!r} {sorted(narrowed.items())!r}"
        return cast("list[Area]", self._ask(question, lambda: self._areas(indicator, by, narrowed)))

    def schools(self) -> dict[str, School]:
        """Every organisation by id, in alphabetical order."""
        return cast("dict[str, School]", self._ask("schools", self._schools))

    def years(self) -> list[int]:
        """School years that have any number, oldest first."""
        return self._years("true")

    def years_of(self, *indicators: str) -> list[int]:
        """School years in which these indicators have numbers, oldest first."""
        names = ", ".join(f"'{name}'" for name in indicators)
        return self._years(f"indicator_id in ({names})")

    def _years(self, condition: str) -> list[int]:
        sql = f"""select distinct school_year from indicator_value
            where school_year is not null and {condition} order by 1"""
        return [year for (year,) in self.rows(sql)]

    def municipalities(self) -> list[str]:
        """Names of municipalities in alphabetical order."""
        sql = "select distinct municipality from dim_school where municipality <> '' order by 1 collate ru"
        return [name for (name,) in self.rows(sql)]

    def order(self, dimension: str) -> list[str]:
        """The declared order of a dimension's words."""
        return cast(
            "list[str]", self._ask(f"order {dimension}", lambda: order_of(self._marts.snapshot(), dimension))
        )

    def statement(self, indicator: str, by: Sequence[str] = (), **where: Any) -> str:
        """The SQL of `cuts`, to be read or run in any client of the snapshot."""
        narrowed = {_dimension(k): v for k, v in where.items() if v is not None}
        return statement(self._marts, indicator, narrowed, by)

    def remembered(self, question: str, answer: Callable[[], Answer]) -> Answer:
        """An answer that is made of this snapshot only: computed once, then remembered."""
        return cast("Answer", self._ask(question, answer))

    def _ask(self, question: str, answer: Callable[[], Any]) -> Any:
        # The common memory hands out copies: what one page asks again and again is taken from it once.
        if question not in self._known:
            self._known[question] = self.remember(self.release.id, question, answer)
        return self._known[question]

    def _cuts(self, indicator: str, by: Sequence[str], where: dict[str, Any]) -> list[Cut]:
        found = values(self._marts, indicator, where, by, self.viewer)
        keys = [name for name in found.columns if name not in _MEASURES]
        return [
            Cut({key: _plain(row[key]) for key in keys}, self._measure(indicator, row))
            for row in found.to_dict("records")
        ]

    def _measure(self, indicator: str, row: dict[Any, Any]) -> Measure:
        declared = self.indicators[indicator]
        return Measure(
            numerator=_number(row.get("numerator")) or 0,
            denominator=_number(row.get("denominator")) or 0,
            n=_number(row.get("n")) or 0,
            value=_number(row.get("value")),
            low=_number(row.get("low")),
            high=_number(row.get("high")),
            kind=cast(Kind, declared.kind),
            unit=declared.unit,
            note=str(row.get("note") or ""),
        )

    def _areas(self, indicator: str, by: Sequence[str], where: dict[str, Any]) -> list[Area]:
        rows = benchmarks(self._marts, indicator, where, by)
        if rows.empty:
            return []
        largest = rows.loc[rows.groupby("area_level")["n"].idxmax()]
        kept = dict(zip(largest["area_level"], largest["area"], strict=True))
        return [
            Area(label, row["area"], {key: _plain(row[key]) for key in by}, self._measure(indicator, row))
            for level, label in AREAS.items()
            for row in rows[(rows["area_level"] == level) & (rows["area"] == kept.get(level))].to_dict(
                "records"
            )
        ]

    def _schools(self) -> dict[str, School]:
        sql = """select school_id, name, short_name, kind, municipality, parent_id
            from dim_school left join dim_school_kind on kind = term
            order by term_order nulls last, short_name collate ru, school_id"""
        rows = self.rows(sql)
        times = Counter(short for _, _, short, *_ in rows)
        return {
            id_: School(id_, name, _label(short or name, place, times[short] > 1, id_), kind, place, parent)
            for id_, name, short, kind, place, parent in rows
        }


class _Memory:
    """Answers of one `Queries`, for as long as it lives."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def __call__(self, release: str, question: str, answer: Callable[[], Any]) -> Any:
        if question not in self._known:
            self._known[question] = answer()
        return self._known[question]


_MEASURES = ("numerator", "denominator", "value", "low", "high", "n", "note")


def _dimension(name: str) -> str:
    return name.rstrip("_")


def _label(short: str, place: str | None, is_repeated: bool, id_: str) -> str:
    more = f" ({place or id_})" if is_repeated else ""
    return capital(short) + more


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else None if pd.isna(value) else int(value)


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)

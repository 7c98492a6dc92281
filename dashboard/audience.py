"""Who sees what: the one place that decides which numbers are withheld from whom.

Screens show everything to the department and the methodists (`INTERNAL`; small groups as counts only, see
`dashboard.display`). A school sees its own numbers and, of others, groups of five and more. What is published
shows groups of ten and more in which at least two have, and two have not, what is counted. `values` hands every
number through `limited`, so that screen, tooltip, table, download, report and command line cannot differ.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import pandas as pd

from dashboard.marts import Indicator, Marts, Snapshot, open_release, releases
from dashboard.slices import COLUMNS, DIMENSIONS, OF_SCHOOL, canonical
from dashboard.suppression import Groups, Key, Plan, Published, Rule, Size
from dashboard.words import HIDDEN, NBSP

if TYPE_CHECKING:
    from dashboard.statement import Question

Audience = Literal["internal", "school", "public"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
TITLES: dict[Audience, str] = {
    "internal": "для служебного пользования", "school": "для организации", "public": "для публикации",
}  # fmt: skip
RULES: dict[Audience, Rule] = {"school": Rule(5), "public": Rule(10, 2)}


@dataclass(frozen=True)
class Viewer:
    """For whom numbers are shown: the audience, whose school it is, and what was published before."""

    audience: Audience = "internal"
    school: str | None = None
    earlier: tuple[Snapshot, ...] = ()
    """Releases that the same audience has already seen: their difference may show no small group either."""

    @property
    def name(self) -> str:
        """What tells this viewer's answers from another's."""
        return " ".join([self.audience, self.school or "", *(seen.release.id for seen in self.earlier)])


_NUMBERS = ("numerator", "denominator", "value", "low", "high", "n")
INTERNAL = Viewer()
OWN = -1


class UnknownAudience(Exception):  # noqa: N818
    """No such audience, or a school's without its school; the message says how to ask."""


def for_whom(root: Path, marts: Marts, audience: str, school: str | None) -> Viewer:
    """The viewer as a person names one: any spelling of the school."""
    known = next((name for name in AUDIENCES if name == audience), None)
    if known is None:
        raise UnknownAudience(f"Кому показать «{audience}», не известно. Можно: {', '.join(AUDIENCES)}.")
    if (known == "school") != (school is not None):
        raise UnknownAudience("Назовите организацию: --audience school --school КОД.")
    stored = canonical(marts.snapshot(), {"school": school}).get("school", [None])[0]
    return viewer_of(root, marts, known, None if stored is None else str(stored))


def viewer_of(root: Path, marts: Marts, audience: Audience = "public", school: str | None = None) -> Viewer:
    """A viewer who has seen the releases that were frozen before this snapshot; ``school`` as it is stored."""
    shown = marts.release.id
    before = [] if audience == "internal" else [one for one in releases(root) if one.id < shown]
    opened = {one.id: open_release(root, one.name).snapshot() for one in before}
    return Viewer(audience, school, tuple(opened.values()))


def limited(snapshot: Snapshot, viewer: Viewer, question: Question, found: pd.DataFrame) -> pd.DataFrame:
    """The answer with what this viewer may not see taken out and said in its note."""
    indicator = question.indicator
    if viewer.audience == "internal" or indicator.kind not in ("share", "mean"):
        return found
    rule = RULES[viewer.audience]
    years = tuple(question.conditions.get("year", ()))
    rows = _in_blocks(snapshot, viewer, indicator, years)
    for name, wanted in question.conditions.items():
        rows = rows[rows[name].isin(wanted)]
    closed = _closed(rows, question.dimensions)
    asked = [[_plain(value) for value in found[name].tolist()] for name in question.dimensions]
    cells = list(zip(*asked, strict=True)) if asked else [()] * len(found)
    return _without(found, [cell in closed for cell in cells], rule)


def _closed(rows: pd.DataFrame, dimensions: Sequence[str]) -> set[tuple[Any, ...]]:
    """Cells that hold a part of a block or a block that may not be named."""
    columns = [[_plain(value) for value in rows[name].tolist()] for name in dimensions]
    there = Counter(zip(*columns, rows["block"].tolist(), strict=True))
    about = dict(zip(rows["block"].tolist(), zip(rows["size"], rows["is_open"], strict=True), strict=True))
    return {
        cell
        for (*cell_, block), count in there.items()
        for cell in [tuple(cell_)]
        if count < about[block][0] or not about[block][1]
    }


def _plain(value: Any) -> object:
    return value if isinstance(value, str) else None if pd.isna(value) else int(value)


def _without(found: pd.DataFrame, closed: Sequence[bool], rule: Rule) -> pd.DataFrame:
    if not any(closed):
        return found
    rows = found.to_dict("records")
    for row in (row for row, is_hidden in zip(rows, closed, strict=True) if is_hidden):
        row |= {"note": _why(row, rule), **dict.fromkeys(_NUMBERS)}
    return pd.DataFrame(rows, columns=found.columns).astype(dict.fromkeys(_NUMBERS, "Float64"))


def _why(row: Mapping[Any, Any], rule: Rule) -> str:
    n, part, whole = row["n"], row["numerator"], row["denominator"]
    if n < rule.smallest:
        return f"{HIDDEN}: меньше {rule.smallest} человек"
    bound = math.ceil(100 * (rule.spare - 1) / whole) if rule.spare else 0
    if part < rule.spare:
        return f"{HIDDEN}: не более {bound}{NBSP}%"
    if whole - part < rule.spare:
        return f"{HIDDEN}: не менее {100 - bound}{NBSP}%"
    return f"{HIDDEN}: иначе вычитанием узнаются малые группы"


def _in_blocks(
    snapshot: Snapshot, viewer: Viewer, indicator: Indicator, years: tuple[object, ...]
) -> pd.DataFrame:
    """Every row behind the indicator with its block: its number, its rows, and whether it may be named."""
    asked = f"blocks {viewer.name} {indicator.indicator_id} {years}"
    if asked not in snapshot.known:
        rows = _rows(snapshot, indicator, years)
        plan = _published(snapshot, viewer, indicator, years, rows)
        place = {key: i for i, block in enumerate(plan.blocks) for key in block.keys}
        rows["block"] = [place.get(key, OWN) for key in rows["key"]]  # a school's own rows are in no block
        rows["is_open"] = [b == OWN or plan.blocks[b].is_open for b in rows["block"]]
        rows["size"] = rows.groupby("block")["n"].transform("size").where(rows["block"] != OWN, 1)
        snapshot.known[asked] = rows.drop(columns="key")
    found: pd.DataFrame = snapshot.known[asked]
    return found


def _published(
    snapshot: Snapshot, viewer: Viewer, indicator: Indicator, years: tuple[object, ...], rows: pd.DataFrame
) -> Published:
    earlier: list[Published] = []
    for seen in viewer.earlier:
        was = seen.indicators.get(indicator.indicator_id)
        if was is not None:
            groups = _groups(seen, was, _rows(seen, was, years), viewer)
            earlier.append(Plan(groups, RULES[viewer.audience], tuple(earlier)).published())
    return Plan(_groups(snapshot, indicator, rows, viewer), RULES[viewer.audience], earlier).published()


def _rows(snapshot: Snapshot, indicator: Indicator, years: tuple[object, ...]) -> pd.DataFrame:
    """The finest rows that have people in them, each with the key of its group."""
    dimensions = [name for name in DIMENSIONS if name not in OF_SCHOOL or name == "school"]
    columns = ", ".join(f'value."{COLUMNS.get(name, name)}" as "{name}"' for name in dimensions)
    narrowed = "and value.school_year in (select unnest(?))" if years else ""
    rows = snapshot.query(
        f"""select {columns}, place.municipality, place.kind, value.numerator, value.denominator, value.n
        from indicator_value as value left join dim_school as place on place.school_id = value.school_id
        where value.indicator_id = ? and value.n > 0 {narrowed}""",
        [indicator.indicator_id, *([list(years)] if years else [])],
    )
    apart, content = _shape(indicator)
    parts = [rows[[*names]].astype(object).where(rows[[*names]].notna(), None).itertuples(index=False, name=None)
             for names in (apart, content, ["municipality", "kind"])]  # fmt: skip
    rows["key"] = list(zip(*parts, rows["school"], strict=True))
    return rows


def _shape(indicator: Indicator) -> tuple[list[str], list[str]]:
    """Dimensions whose values always stand apart (the same people in each), and those of the content."""
    whole = {*indicator.whole_with}
    apart = [d for d in DIMENSIONS if d in {"year", *indicator.overlap, *indicator.split_by} - whole]
    content = [d for d in DIMENSIONS if d in {*indicator.by} - {*apart, "school", "class"} - whole]
    return apart, content


def _groups(snapshot: Snapshot, indicator: Indicator, rows: pd.DataFrame, viewer: Viewer) -> Groups:
    """The smallest groups with the parts that are shown of them; a school's own numbers are no secret to it."""
    if viewer.audience == "school":
        rows = rows[rows["school"] != viewer.school]
    _, content = _shape(indicator)
    people = rows.groupby([rows["key"], *_wholes(indicator, rows)], sort=False)[
        ["numerator", "denominator", "n"]
    ].sum()
    sizes: dict[Key, Size] = {}
    siblings = _siblings(snapshot, indicator, rows)
    for key, part in people.groupby(level=0, sort=False):
        parts = [*part["numerator"], *(parts.get(key, 0.0) for parts in siblings)]
        shown = tuple(map(float, parts)) if indicator.kind == "share" else ()
        sizes[key] = Size(float(part["n"].max()), shown, float(part["denominator"].max()))
    return Groups(sizes, _steps(content), _same_people(content))


def _wholes(indicator: Indicator, rows: pd.DataFrame) -> list[pd.Series[Any]]:
    return [rows[name] for name in indicator.whole_with if name in indicator.by]


def _siblings(snapshot: Snapshot, indicator: Indicator, rows: pd.DataFrame) -> list[dict[Key, float]]:
    """Numerators of the indicators that make up 100 % with this one, by group."""
    known = [snapshot.indicators[name] for name in indicator.whole_with if name in snapshot.indicators]
    years = tuple(rows["year"].dropna().unique().tolist())
    return [_rows(snapshot, other, years).groupby("key")["numerator"].sum().to_dict() for other in known]


def _steps(content: Sequence[str]) -> list[Any]:
    """A work is joined over schools, so that the work's total stays; else classes within a school come first."""
    near = [lambda key: (key[0], key[1], key[2]), lambda key: (key[0], key[1])]
    if "subject" not in content:
        near = [lambda key: (key[0], key[3]), lambda key: (key[0], key[2])]
    return [*near, lambda key: key[0]]


def _same_people(content: Sequence[str]) -> Any:
    """One school's pupils of one grade are the same people in every subject."""
    at = content.index("grade") if "grade" in content else None
    return lambda key: (key[0], key[3], None if at is None else key[1][at])

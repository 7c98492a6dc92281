"""A school beside similar ones: the same shares, taken together, and what chance allows. No places, no ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import quantiles
from typing import Any

from dashboard.cloud import FunnelPoint, spread
from dashboard.display import Band, Measure, band, shown
from dashboard.intervals import newcombe
from dashboard.marts import Indicator
from dashboard.queries import Queries
from dashboard.queries.comparisons import RATE
from dashboard.queries.similar import Peers
from dashboard.words import NBSP, number, span

MIDDLE = 4
"""From so many schools with a percent the middle half of them is told."""


@dataclass(frozen=True)
class Beside:
    """One share of a school and of the similar ones together."""

    indicator: Indicator
    keys: dict[str, Any]
    """The work, where subjects may not be put together."""
    mine: Measure
    others: Measure
    each: dict[str, Measure]
    """Every similar school by code."""
    phi: float = 1
    """How much more the similar schools differ among themselves than chance alone would have it."""
    q: float | None = None
    """Rate of false discoveries over the screen at which the difference would be one; None where n is too small."""

    @property
    def title(self) -> str:
        """The indicator, and the work where it is one work's."""
        work = f": {self.keys['subject']}, {self.keys['grade']}{NBSP}класс" if self.keys else ""
        return self.indicator.title + work

    @property
    def is_beyond_chance(self) -> bool:
        """Is the difference larger than chance explains, however many were looked at?"""
        return self.q is not None and self.q <= RATE

    @property
    def is_higher(self) -> bool:
        """Is the school above the others?"""
        return (self.mine.value or 0) > (self.others.value or 0)

    @property
    def verdict(self) -> str:
        """The difference in words, with its interval where one may be told."""
        if self.q is None:
            return "мало данных для вывода"
        low, high = self.difference
        apart = f"{number(low, 0)}…{number(high, 0)}{NBSP}п.{NBSP}п."
        if not self.is_beyond_chance:
            return f"в{NBSP}пределах случайного ({apart})"
        return f"{'выше' if self.is_higher else 'ниже'}; больше случайного ({apart})"

    @property
    def difference(self) -> tuple[float, float]:
        """95 % interval of the school minus the others, in points."""
        (k1, n1), (k2, n2) = (self.people(m) for m in (self.mine, self.others))
        low, high = newcombe(k1, n1, k2, n2)
        return 100 * low, 100 * high

    def people(self, measure: Measure) -> tuple[float, float]:
        """Part and whole, as few as so unlike schools are worth: pupils of one school are alike."""
        return measure.share * measure.n / self.phi, measure.n / self.phi

    @property
    def middle(self) -> str:
        """Between which values the middle half of the similar schools lies."""
        values = [seen.value for seen in map(shown, self.each.values()) if seen.value is not None]
        if len(values) < MIDDLE:
            return ""
        low, _, high = quantiles(values, n=4)
        return span(low, high)


def beside(q: Queries, found: Peers, year: int) -> list[Beside]:
    """Every declared share that the school and the similar ones have, in the declared order."""
    if not found.members:
        return []
    rows = [row for name in found.indicators if name in q.indicators for row in _of(q, found, name, year)]
    return _judged(q, rows)


def _of(q: Queries, found: Peers, name: str, year: int) -> list[Beside]:
    declared = q.indicators[name]
    apart = ("subject", "grade") if "subject" in declared.by and declared.compare_subjects != "yes" else ()
    mine = q.cuts(name, apart, year=year, school=found.school.id)
    others = {_key(c.keys, apart): c.measure for c in q.cuts(name, apart, year=year, school=found.ids)}
    each: dict[tuple[Any, ...], dict[str, Measure]] = {}
    for c in q.cuts(name, ("school", *apart), year=year, school=found.ids):
        each.setdefault(_key(c.keys, apart), {})[str(c.keys["school"])] = c.measure
    empty = Measure(0, 0, 0)
    rows = [
        Beside(declared, {n: c.keys[n] for n in apart}, c.measure, others.get(_key(c.keys, apart), empty),
               each.get(_key(c.keys, apart), {}))
        for c in mine
    ]  # fmt: skip
    known = [row for row in rows if row.mine.value is not None and row.others.value is not None]
    return [replace(row, phi=_phi(row)) for row in known]


def _phi(row: Beside) -> float:
    points = [FunnelPoint(code, measure.n, shown(measure)) for code, measure in row.each.items()]
    return spread(points, row.others.value or 0) ** 2


def _key(keys: dict[str, Any], names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(keys[name] for name in names)


def _judged(q: Queries, rows: list[Beside]) -> list[Beside]:
    """Fisher's exact test for each that is large enough, then the rate of false discoveries over all of them."""
    judged = [row for row in rows if band(min(row.mine.n, row.others.n)) is Band.FULL]
    if not judged:
        return rows
    given = [round(count) for row in judged for m in (row.mine, row.others) for count in row.people(m)]
    tests = ", ".join(["fisher_two_sided(?, ?, ?, ?)"] * len(judged))
    ((rates,),) = q.rows(f"select benjamini_hochberg([{tests}])", given)
    by_row = dict(zip(map(id, judged), rates, strict=True))
    return [replace(row, q=by_row.get(id(row))) for row in rows]


def as_record(found: Peers, rows: Sequence[Beside]) -> dict[str, object]:
    """The documented shape of ``similar --json``."""
    return {
        "school": found.school.id,
        "year": found.year,
        "enough": not found.is_few,
        "schools": [{"school": one.school.id, "distance": one.distance} for one in found.members],
        "shares": [
            {"indicator": row.indicator.indicator_id, **row.keys, "school": _parts(row.mine),
             "similar": _parts(row.others), "q": row.q}
            for row in rows
        ],
    }  # fmt: skip


def _parts(measure: Measure) -> dict[str, float | None]:
    names = ("numerator", "denominator", "value", "low", "high", "n")
    return {name: getattr(measure, name) for name in names}

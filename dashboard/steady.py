"""Steadier numbers beside the raw ones: smoothed towards the common share, and three years taken together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboard.blocks import Cell, Column
from dashboard.display import Band, Measure, band
from dashboard.intervals import wilson
from dashboard.parts import by_school, counted
from dashboard.queries import Queries
from dashboard.words import percent, plain, school_year

YEARS = 3
ALIKE = 500
"""From so many borrowed people on, organisations do not differ beyond chance."""
RANKED = 60
"""More organisations than this are not put in places."""
PLACES_HINT = (
    "Между какими местами организация может стоять с учётом случайности: выше неё только те, кто выше наверняка "
    "(95 % интервал разности). Пересекающиеся промежутки — места неразличимы. Только для служебного пользования; "
    "от 10 человек; по результатам учеников мест нет"
)
Cells = Callable[[str], tuple[Cell, ...]]


@dataclass(frozen=True)
class Smoothing:
    """The common share and how many people it weighs beside a school's own."""

    share: float
    strength: float

    def of(self, measure: Measure) -> float:
        """A share in percent, drawn to the common one the more the smaller its n is."""
        own = measure.share * measure.n
        return 100 * (own + self.strength * self.share) / (measure.n + self.strength)


def smoothing(q: Queries, found: dict[str, Measure]) -> Smoothing | None:
    """From the schools' own numbers by the snapshot's macro; None where there is nothing to smooth."""
    known = [m for m in found.values() if _can(m)]
    if len(known) < 2:
        return None
    parts, sizes = [m.share * m.n for m in known], [m.n for m in known]
    sql = "select prior_strength(k, n) from (select unnest(?) as k, unnest(?) as n)"
    ((strength,),) = q.rows(sql, [parts, sizes])
    return Smoothing(sum(parts) / sum(sizes), strength)


def _can(measure: Measure) -> bool:
    return measure.kind == "share" and measure.n > 0 and measure.denominator > 0 and not measure.is_hidden


def columns(q: Queries, indicator: str, year: int, **where: Any) -> tuple[tuple[Column, ...], Cells]:
    """Further columns of a table of organisations, and their cells by organisation; none for what is no share."""
    now = by_school(q.cuts(indicator, ("school",), year=year, **where))
    found = smoothing(q, now)
    pooled, years = _pooled(q, indicator, year, where) if found else ({}, [])
    heads: list[Column] = []
    places = _places(q, indicator, now)
    if found:
        heads.append(Column("Сглажено", True, hint=_smoothed_hint(found)))
    if years:
        heads.append(Column(f"За {len(years)} года вместе", True, hint=_pooled_hint(years)))

    if places:
        heads.append(Column("Место от и до", True, hint=PLACES_HINT))

    def cells(school: str) -> tuple[Cell, ...]:
        shown = (_smoothed(found, now.get(school)),) if found else ()
        together = (counted(pooled.get(school)),) if years else ()
        return (*shown, *together, *((Cell(places.get(school, "—")),) if places else ()))

    return tuple(heads), cells


def _places(q: Queries, indicator: str, found: dict[str, Measure]) -> dict[str, str]:
    """Between which places each organisation may stand: inside the department, and where the declaration allows it."""
    known = {code: m for code, m in found.items() if _can(m) and band(m.n) >= Band.SMALL}
    declared = q.indicators[indicator]
    if q.viewer.audience != "internal" or not declared.may_rank or not 2 <= len(known) <= RANKED:
        return {}
    rows = ", ".join(["(?, ?, ?)"] * len(known))
    first, last = "rank_best(k, n, others)", "rank_worst(k, n, others)"
    if declared.better == "lower":
        first, last = f"{len(known) + 1} - {last}", f"{len(known) + 1} - {first}"
    sql = f"""with unit(code, k, n) as (values {rows}),
        beside as (select one.code, one.k, one.n, list({{'k': other.k, 'n': other.n}}) as others
            from unit as one inner join unit as other on other.code <> one.code group by all)
        select code, {first}, {last} from beside"""
    found_places = q.rows(sql, [value for code, m in known.items() for value in (code, m.share * m.n, m.n)])
    return {code: _place(int(best), int(worst), len(known)) for code, best, worst in found_places}


def _place(first: int, last: int, every: int) -> str:
    return f"{first} из {every}" if first == last else f"{first}–{last} из {every}"


def _smoothed(found: Smoothing, measure: Measure | None) -> Cell:
    if measure is None or not _can(measure) or band(measure.n) <= Band.COUNTS:
        return Cell("—")
    value = found.of(measure)
    return Cell(f"≈ {percent(value, 0)}", round(value, 1))


def _smoothed_hint(found: Smoothing) -> str:
    common, people = percent(100 * found.share), plain(round(found.strength))
    told = f"как если бы к её числу добавили ещё {people} чел. с общей долей"
    if found.strength >= ALIKE:
        told = "а здесь все стоят почти на общей, потому что отличаются не больше случайного"
    return (
        f"Доля, притянутая к общей ({common}) тем сильнее, чем меньше организация: {told}. "
        "Ближе к тому, чего ждать через год; своих чисел не заменяет."
    )


def _pooled_hint(years: list[int]) -> str:
    span = ", ".join(school_year(year) for year in years)
    return f"Числители и знаменатели за {span} сложены: самый простой способ меньше зависеть от случая"


def _pooled(
    q: Queries, indicator: str, year: int, where: dict[str, Any]
) -> tuple[dict[str, Measure], list[int]]:
    """Sums over up to three years, where years may be put together and there are two at least."""
    years = [y for y in q.years_of(indicator) if year - YEARS < y <= year]
    if len(years) < 2 or q.indicators[indicator].compare_years == "no":
        return {}, []
    there = {c.keys["year"] for c in q.cuts(indicator, ("year",), **where) if c.measure.n}
    years = [y for y in years if y in there]
    if len(years) < 2 or year not in years:
        return {}, []
    split = set(q.indicators[indicator].split_by) - {*where}
    if split - {"year"}:
        return {}, []
    found: dict[str, list[Measure]] = {}
    for cut in q.cuts(indicator, ("school", "year"), year=years, **where):
        if cut.keys.get("school") and cut.measure.n:
            found.setdefault(cut.keys["school"], []).append(cut.measure)
    return {school: _sum(parts) for school, parts in found.items() if all(map(_can, parts))}, years


def _sum(parts: list[Measure]) -> Measure:
    k, whole, n = (sum(getattr(m, name) for m in parts) for name in ("numerator", "denominator", "n"))
    low, high = wilson(k * n / whole, n)
    return Measure(k, whole, n, 100 * k / whole, 100 * low, 100 * high)

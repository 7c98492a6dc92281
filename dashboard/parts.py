"""Pieces that many pages share: cards, cells, filters, captions — from measures to blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard import sentences
from dashboard.blocks import (
    Caption,
    Card,
    Cell,
    Column,
    Filter,
    Link,
    Links,
    Option,
    Row,
    Spark,
    Table,
)
from dashboard.display import Measure, change, shown
from dashboard.queries import Cut, Queries, School
from dashboard.queries.programmes import targets
from dashboard.selection import Selection
from dashboard.words import NBSP, joined, last_year, number, plain, school_year

KINDS = {"школа": "Школы", "детский сад": "Детские сады", "допобразование": "Допобразование"}
MANY = 40
"""So many organisations may stand as rows of one chart; more are shown as a cloud or by parts."""
PAGE_SIZE = 50
WHOLE = 0
"""The part of a list that is all of it: on paper nobody turns pages."""
LISTED = 60
"""So many rows of a list are shown; the others stand in its file."""
NOWHERE = "без муниципалитета"


def card(
    q: Queries, indicator: str, year: int, link: Link | None = None, title: str = "", **where: Any
) -> Card | None:
    """One indicator of a year with its change and its line of years; None where it has no numbers at all."""
    by_year = {cut.keys["year"]: cut.measure for cut in q.cuts(indicator, ("year",), **where)}
    now = by_year.get(year)
    if now is None or not now.n:
        return None
    declared = q.indicators[indicator]
    seen, found = shown(now), change(now, by_year.get(year - 1), declared.better)
    is_share = now.kind == "share"
    promised = goal(q, indicator, year) if set(where.values()) <= {None} else ""
    return Card(
        title=title or declared.title,
        value=seen.text,
        count="; ".join(p for p in (seen.count, promised) if p),
        change=found.text if is_share else "",
        tone=found.tone if is_share else "plain",
        glyph=found.glyph,
        spark=spark({y: m for y, m in by_year.items() if y is not None and y <= year}),
        link=link,
        hint="; ".join(p for p in (seen.hover, declared.formula) if p),
    )


def goal(q: Queries, indicator: str, year: int) -> str:
    """What programmes promise of the whole district: «цель 52 %»."""
    own = [one for one in targets(q, year) if one.indicator == indicator]
    return joined([f"цель {plain(one.planned)}{NBSP}{one.unit or ''}".strip() for one in own], 2)


def spark(by_year: dict[int, Measure]) -> Spark:
    """The line of years, years without a showable number left as gaps."""
    seen = {year: shown(by_year[year]) for year in sorted(by_year)}
    return Spark(
        tuple(school_year(year) for year in seen),
        tuple(s.value for s in seen.values()),
        tuple(s.low if s.value is not None else None for s in seen.values()),
        tuple(s.high if s.value is not None else None for s in seen.values()),
    )


def cell(measure: Measure | None) -> Cell:
    """A measure in one cell: the figure with everything else on hover."""
    if measure is None:
        return Cell("—")
    seen = shown(measure)
    text = seen.text if seen.value is not None or measure.n else "—"
    return Cell(text, seen.value, hint=seen.hover if measure.n else seen.note)


def counted(measure: Measure | None) -> Cell:
    """A share in one cell with its counts: «43,2 % · 19 из 44»."""
    if measure is None or not measure.n:
        return Cell("—", hint=measure.note if measure else "")
    seen = shown(measure)
    text = f"{seen.text} · {seen.count}" if seen.count else seen.text
    return Cell(text, seen.value, hint=seen.hover)


SHEET = (
    Column(""), Column("Числитель", True), Column("Знаменатель", True), Column("n", True), Column("Значение", True),
    Column("Нижняя граница", True), Column("Верхняя граница", True), Column("Примечание"),
)  # fmt: skip


def sheet(first: str, rows: Iterable[tuple[str, Measure]]) -> Table:
    """The numbers behind a chart for XLSX: counts always, percents and intervals only where they may be said."""
    return Table((Column(first), *SHEET[1:]), tuple(_sheet_row(label, m) for label, m in rows))


def _sheet_row(label: str, measure: Measure) -> Row:
    seen = shown(measure)
    interval = (seen.low, seen.high) if seen.value is not None else (None, None)
    counts = (None,) * 3 if measure.is_hidden else (measure.numerator, measure.denominator, measure.n)
    numbers = (*counts, seen.value, *interval)
    cells = (Cell("" if v is None else plain(v), None if v is None else round(v, 2)) for v in numbers)
    return Row((Cell(label), *cells, Cell(seen.note or measure.note)))


def year_links(years: Sequence[int], year: int, page: str, selection: Selection) -> Links:
    """Years as a choice in the page's head: the last six."""
    return Links(
        tuple(Link(school_year(y), page, selection.but(year=y, part=None)) for y in years[-6:]),
        school_year(year),
        "Учебный год",
    )


def kind_links(q: Queries, page: str, selection: Selection) -> Links | None:
    """Kinds of organisations as a choice; none when there is only one kind."""
    there = [kind for kind in KINDS if any(s.kind == kind for s in q.schools().values())]
    if len(there) < 2:
        return None
    items = [Link("Все", page, selection.but(kind=None, part=None))]
    items += [Link(KINDS[kind], page, selection.but(kind=kind, part=None)) for kind in there]
    return Links(tuple(items), KINDS.get(selection.kind or "", "Все"), "Вид организаций")


def municipality_filter(q: Queries, selection: Selection) -> Filter | None:
    """Municipalities of a region; none in a district."""
    names = q.municipalities()
    if len(names) < 2:
        return None
    options = [Option("Все муниципалитеты", selection.but(municipality=None, school=None, part=None))]
    options += [Option(n, selection.but(municipality=n, school=None, part=None)) for n in names]
    current = names.index(selection.municipality) + 1 if selection.municipality in names else 0
    return Filter("municipality", "Муниципалитет", tuple(options), current, "Муниципалитет")


def school_filter(
    schools: Sequence[School], selection: Selection, everyone: str = "Все организации"
) -> Filter:
    """Organisations in alphabetical order."""
    options = [Option(everyone, selection.but(school=None, class_=None, part=None))]
    options += [Option(s.label, selection.but(school=s.id, class_=None, part=None)) for s in schools]
    ids = [s.id for s in schools]
    current = ids.index(selection.school) + 1 if selection.school in ids else 0
    return Filter("school", "Организация", tuple(options), current, "Организация")


def known_school(q: Queries, chosen: Selection, said: list[str]) -> School | None:
    """The chosen organisation; one that is not in the data gets its word."""
    school = q.schools().get(chosen.school or "")
    if chosen.school and school is None:
        said.append(f"Организации «{chosen.school}» нет в данных; показаны все.")
    return school


def known_place(q: Queries, chosen: Selection, said: list[str]) -> str | None:
    """The chosen municipality; one that is not in the data gets its word."""
    place = chosen.municipality
    if place and place not in q.municipalities():
        said.append(f"Муниципалитета «{place}» нет в данных; показаны все.")
        return None
    return place


def area(q: Queries) -> str:
    """What all organisations together are called."""
    return "район" if len(q.municipalities()) < 2 else "регион"


def alphabetical(q: Queries, rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows that begin with an organisation's id, in the order in which organisations stand everywhere."""
    places = {school: place for place, school in enumerate(q.schools())}
    return sorted((row for row in rows if row[0] in places), key=lambda row: places[row[0]])


def shortened(table: Table, most: int = LISTED) -> Table:
    """The first rows of a long table; its file holds all of them."""
    return table if len(table.rows) <= most else replace(table, rows=table.rows[:most], sheet=table)


@dataclass(frozen=True)
class Place:
    """An organisation, or a municipality with all of its own, and counts of its people."""

    label: str
    counts: tuple[int, ...]
    link: Link
    is_sum: bool = False
    """Of a municipality."""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The name and every count, as a table has them."""
        return (Cell(self.label), *(Cell(number(n), n) for n in self.counts))


BY = {"Организация": "по организациям", "Муниципалитет": "по муниципалитетам"}


def whose(rows: Sequence[Place]) -> str:
    """The head of the column that names them."""
    return "Муниципалитет" if any(one.is_sum for one in rows) else "Организация"


def places(q: Queries, found: Mapping[str, Sequence[int]], page: str, chosen: Selection) -> list[Place]:
    """Organisations in alphabetical order; more than one chart can hold are added up by municipality."""
    schools = [
        s for s in q.schools().values()
        if s.id in found and chosen.municipality in (None, s.municipality)
    ]  # fmt: skip
    if len(schools) <= MANY or chosen.municipality:
        return [
            Place(s.label, tuple(found[s.id]), Link(s.label, "school", Selection(chosen.year, school=s.id)))
            for s in schools
        ]
    there: dict[str, list[School]] = {}
    for school in schools:
        there.setdefault(school.municipality or NOWHERE, []).append(school)
    return [
        Place(f"{name} ({len(some)})", tuple(map(sum, zip(*(found[s.id] for s in some), strict=True))),
              Link(name, page, chosen.but(municipality=None if name == NOWHERE else name)), is_sum=True)
        for name, some in sorted(there.items())
    ]  # fmt: skip


def by_school(cuts: Iterable[Cut]) -> dict[str, Measure]:
    """Measures by organisation."""
    return {cut.keys["school"]: cut.measure for cut in cuts if cut.keys.get("school")}


def caption(q: Queries, indicator: str, period: str, n: float | str, note: str = "") -> Caption:
    """The caption of a chart of one indicator."""
    size = n if isinstance(n, str) else f"n{NBSP}={NBSP}{plain(n)}"
    return Caption(q.indicators[indicator].source, period, size, note, (indicator,), last_year(period))


INTERVAL_NOTE = (
    f"Черта — 95{NBSP}% интервал; незакрашенный кружок — малая выборка; менее 10 — только «k из n»"
)


def compared(q: Queries, indicator: str, year: int, **where: Any) -> str:
    """The sentence of an indicator against the year before."""
    if indicator not in q.indicators:
        return "Показатель появится после следующей сборки витрин."
    by_year = {cut.keys["year"]: cut.measure for cut in q.cuts(indicator, ("year",), **where)}
    empty = Measure(0, 0, 0)
    return sentences.compared(q.indicators[indicator].title, by_year.get(year, empty), by_year.get(year - 1))


def of_years(q: Queries, indicator: str) -> tuple[str, ...]:
    """What has to be known to lay the years of an indicator side by side; nothing where they compare."""
    declared = q.indicators.get(indicator)
    if declared is None or declared.compare_years == "yes":
        return ()
    with_care = declared.compare_years == "caution"
    verdict = "с прошлым годом сравнивать осторожно" if with_care else "с прошлым годом несопоставимо"
    return (f"«{declared.title}» — {verdict}. {declared.compare}",)


def pick_year(years: Sequence[int], selection: Selection) -> tuple[int | None, tuple[str, ...]]:
    """The chosen year if there are data for it, else the latest, with a word about it."""
    if not years:
        return None, ()
    if selection.year is None or selection.year in years:
        return selection.year or years[-1], ()
    latest = years[-1]
    return latest, (
        f"За {school_year(selection.year)} учебный год данных нет; показан {school_year(latest)}.",
    )

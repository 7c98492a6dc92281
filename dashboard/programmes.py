"""Programmes' targets beside what is there: in the card of an indicator, in its passport, all of a year."""

from __future__ import annotations

from dashboard.blocks import Block, Cell, Column, Fact, Heading, Link, Note, Row, Table
from dashboard.display import Measure, shown
from dashboard.parts import year_links
from dashboard.queries import Queries
from dashboard.queries.programmes import Target, target_years, targets
from dashboard.selection import Selection
from dashboard.words import NBSP, plain, school_year

PAGE, VIEW = "indicators", "programmes"
COLUMNS = (
    Column("Показатель программы", is_wide=True), Column("План", True), Column("Есть", True),
    Column("Отклонение", True), Column("Отчитались", True), Column("Ответственный"),
)  # fmt: skip
NOTE = (
    "«Есть» — число этой программы за тот же год по району; пусто, если такого показателя она не считает."
    " При малом n отклонение может быть случайным: вывод — только на странице показателя."
)


def facts(q: Queries, indicator: str, year: int) -> tuple[Fact, ...]:
    """What programmes promise of an indicator in a year."""
    own = [one for one in targets(q, year) if one.indicator == indicator]
    return tuple(
        Fact(f"Цель программы на {school_year(year)}", f"{_planned(one)}; «{one.programme}»") for one in own
    )


def blocks(q: Queries, chosen: Selection) -> tuple[Block, ...]:
    """All targets of a year, programme by programme, with our numbers beside them."""
    years = target_years(q)
    if not years:
        said = (
            "Целевых показателей программ нет: заполните бланк «Целевые показатели программ» и примите его."
        )
        return (Note(said, "plain"),)
    year = chosen.year if chosen.year in years else years[-1]
    found = targets(q, year)
    tables: list[Block] = []
    for programme in dict.fromkeys(one.programme for one in found):
        rows = tuple(_row(q, one, year, chosen) for one in found if one.programme == programme)
        tables += [Heading(programme), Table(COLUMNS, rows, f"programme-{len(tables)}")]
    return (
        year_links(years, year, PAGE, chosen.but(view=VIEW, indicator=None)),
        *tables,
        Note(NOTE, "plain"),
    )


def _row(q: Queries, one: Target, year: int, chosen: Selection) -> Row:
    now = q.one(one.indicator, year=year) if one.indicator else None
    link = Link(one.title, PAGE, Selection(indicator=one.indicator, year=year)) if one.indicator else None
    reported = "—" if one.reported is None else _with_unit(one.reported, one.unit)
    return Row(
        (Cell(one.title), Cell(_planned(one), one.planned), _now(now), _apart(now, one.planned),
         Cell(reported, one.reported), Cell(one.responsible or "")),
        link,
    )  # fmt: skip


def _now(now: Measure | None) -> Cell:
    if now is None or not now.n:
        return Cell("—")
    seen = shown(now)
    return Cell(seen.text, seen.value, hint=seen.hover)


def _apart(now: Measure | None, planned: float) -> Cell:
    value = shown(now).value if now is not None and now.n else None
    return (
        Cell("—")
        if value is None
        else Cell(f"{'+' if value > planned else ''}{plain(value - planned)}", value - planned)
    )


def _planned(one: Target) -> str:
    return _with_unit(one.planned, one.unit)


def _with_unit(value: float, unit: str | None) -> str:
    return f"{plain(value)}{NBSP}{unit}" if unit else plain(value)

"""Teachers in groups: age and service against the year before, categories by organisation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Caption, Cell, Chart, Column, Heading, Row, Table
from dashboard.parts import BY, MANY, Place, places, whose
from dashboard.queries import Queries, people, staffing
from dashboard.selection import Selection
from dashboard.words import NBSP, number, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

SOURCE = "Список кадров на дату"
NAMES = {
    "высшая": "высшая",
    "первая": "первая",
    "соответствие": "соответствие должности",
    "нет": "нет категории",
}


def groups(
    q: Queries, year: int, kind: str | None = None, school: str | None = None
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Age on the left, service on the right; empty without staff lists."""
    ages, service = people.ages(q, year, kind, school), people.service(q, year, kind, school)
    if not sum(ages) + sum(service):
        return (), ()
    before = (people.ages(q, year - 1, kind, school), people.service(q, year - 1, kind, school))
    return (
        (_bars("Возраст, лет", "ages", people.AGES, ages, before[0], year),),
        (_bars("Педагогический стаж", "service", people.SERVICE, service, before[1], year),),
    )


def _bars(
    title: str, key: str, names: Sequence[str], now: Sequence[int], before: Sequence[int], year: int
) -> Chart:
    has_before = sum(before) > 0
    note = "Черта — год назад" if has_before else ""
    rows = tuple(
        Row((Cell(name), Cell(number(n), n), *((Cell(number(b), b),) if has_before else ())))
        for name, n, b in zip(names, now, before, strict=True)
    )
    columns = [Column(title), Column(school_year(year), True)]
    columns += [Column(school_year(year - 1), True)] if has_before else []
    return Chart(
        figure=partial(_groups, names, now, before if has_before else None, year),
        caption=Caption(SOURCE, school_year(year), f"n{NBSP}={NBSP}{number(sum(now))}", note, ("teachers",), year),
        alt=f"{title}: число педагогов в каждой группе", table=Table(tuple(columns), rows, key), key=key, title=title,
        shows_table=False,
    )  # fmt: skip


def _groups(
    names: Sequence[str], now: Sequence[int], before: Sequence[int] | None, year: int, look: Look
) -> go.Figure:
    from dashboard.figures.people import Group, groups

    was: Sequence[int | None] = before or [None] * len(names)
    rows = [Group(name, n, b) for name, n, b in zip(names, now, was, strict=True)]
    return groups(rows, look, school_year(year - 1))


def categories(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """People of each organisation by category in force."""
    found = people.categories(q, year, chosen.kind)
    rows = places(q, found, "staff", chosen.but(year=year))
    if not rows:
        return ()
    names = [NAMES[name] for name in people.CATEGORIES]
    table = Table(
        (Column(whose(rows)), *(Column(name, True) for name in names)),
        tuple(Row(one.cells, one.link) for one in rows),
        "categories-table",
    )
    if len(rows) > MANY:
        return (table,)
    total = sum(sum(one.counts) for one in rows)
    return (
        Chart(
            figure=partial(_levels, rows, names),
            caption=Caption(SOURCE, school_year(year), f"n{NBSP}={NBSP}{number(total)}",
                            "Категория, действующая на дату списка; числа — люди", ("any_category_share",), year),
            alt=f"Категории педагогов {BY[whose(rows)]}: полосы из числа людей", table=table, key="categories",
            title=f"Категории {BY[whose(rows)]}", shows_table=True,
        ),
    )  # fmt: skip


def expiries(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """Until when the categories of five years hold: those given since September 2023 have no end."""
    found = staffing.expiries(q, year, chosen.kind, chosen.municipality)
    if not found:
        return ()
    ends: dict[int, dict[str, int]] = {}
    for ending, category, count in found:
        ends.setdefault(ending, {})[category] = count
    rows = tuple(
        Row((Cell(str(ending)), *(Cell(number(n.get(c, 0)), n.get(c, 0)) for c in ("высшая", "первая"))))
        for ending, n in ends.items()
    )
    columns = (Column("Год"), Column("Высшая", True), Column("Первая", True))
    note = "Присвоенные до 01.09.2023 действуют пять лет, позже — бессрочно: сроки кончаются в 2028 году."
    return (Heading("Когда кончаются категории", note), Table(columns, rows, "expiries-table"))


def _levels(rows: list[Place], names: Sequence[str], look: Look) -> go.Figure:
    from dashboard.figures.people import Levels, levels

    return levels([Levels(one.label, one.counts, one.link.href) for one in rows], names, look, rises=False)

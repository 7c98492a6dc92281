"""Levels of the diagnostics by organisation, and which competence is weak where."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import (
    Block,
    Card,
    Cards,
    Cell,
    Chart,
    Column,
    Link,
    Row,
    Sentence,
    Table,
)
from dashboard.display import Measure, shown
from dashboard.parts import (
    BY,
    MANY,
    NOWHERE,
    Place,
    area,
    caption,
    card,
    cell,
    compared,
    of_years,
    places,
    sheet,
    whose,
)
from dashboard.queries import Queries, School
from dashboard.queries.people import ict_levels, level_names
from dashboard.selection import Selection
from dashboard.words import number, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

SELF = "Самооценка: обычно завышает. Между годами состав ответивших меняется"


def blocks(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """Levels of the whole, then organisations, then organisation × competence."""
    return (
        Cards(_cards(q, year, chosen)),
        Sentence(
            "", compared(q, "ict_base_share", year, kind=chosen.kind), limits=of_years(q, "ict_base_share")
        ),
        *_levels(q, year, chosen),
        *_competences(q, year, chosen),
    )


def _cards(q: Queries, year: int, chosen: Selection) -> tuple[Card, ...]:
    found = [
        card(q, "ict_level_share", year, None, f"Уровень: {level}", level=level, kind=chosen.kind)
        for level in level_names(q, year)
    ]
    found.append(card(q, "ict_coverage_share", year, None, kind=chosen.kind))
    return tuple(item for item in found if item)


def _where(chosen: Selection) -> str:
    """Of what part of the region, where one is chosen: the cards stay those of the whole."""
    return f", {chosen.municipality}" if chosen.municipality else ""


def _to_school(school: School, year: int) -> Link:
    return Link(school.label, "school", Selection(year=year, school=school.id))


def _levels(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    found = ict_levels(q, year, chosen.kind)
    rows = places(q, found, "ict", chosen.but(year=year))
    names = level_names(q, year)
    table = Table(
        (Column(whose(rows)), *(Column(name.capitalize(), True) for name in names)),
        tuple(Row(one.cells, one.link) for one in rows),
        "levels-table",
    )
    if len(rows) > MANY:
        return (table,)
    return (
        Chart(
            figure=partial(_levels_figure, rows, names),
            caption=caption(
                q, "ict_level_share", school_year(year), sum(sum(one.counts) for one in rows), SELF
            ),
            alt=f"Уровни ИКТ-компетентности {BY[whose(rows)]}: полосы из числа людей",
            table=table,
            key="levels",
            title=f"Уровни {BY[whose(rows)]}: сколько людей{_where(chosen)}",
            shows_table=False,
        ),
    )


def _levels_figure(rows: list[Place], names: tuple[str, ...], look: Look) -> go.Figure:
    from dashboard.figures.people import Levels, levels

    return levels([Levels(one.label, one.counts, one.link.href) for one in rows], names, look)


def _competences(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """The heat map with the district as its first row, and the same as a table."""
    names = [c.keys["competence"] for c in q.cuts("ict_competence_mean", ("competence",), year=year)]
    whole = {
        c.keys["competence"]: c.measure
        for c in q.cuts("ict_competence_mean", ("competence",), year=year, kind=chosen.kind)
    }
    rows: list[tuple[str, dict[str, Measure], Link | None]] = [(area(q).capitalize(), whole, None)]
    rows += _places(q, year, chosen)
    numbers = ((f"{label}: {name}", at[name]) for label, at, _ in rows for name in names if name in at)
    n = max((m.n for m in whole.values()), default=0)
    return (
        Chart(
            figure=partial(_heat_figure, rows, names),
            caption=caption(
                q,
                "ict_competence_mean",
                school_year(year),
                n,
                "Средняя доля баллов от максимума; цвет — только от 20 ответивших",
            ),
            alt="Организация и компонента: средняя доля баллов с числом ответивших",
            table=sheet("Организация и компонента", numbers),
            key="competences",
            title=f"Компоненты по организациям{_where(chosen)}",
            shows_table=False,
        ),
        _table(rows, names),
    )


def _places(q: Queries, year: int, chosen: Selection) -> list[tuple[str, dict[str, Measure], Link | None]]:
    """Means of organisations; of more than one picture can hold, of municipalities."""
    where = {"year": year, "kind": chosen.kind, "municipality": chosen.municipality}

    def means(by: str) -> dict[str, dict[str, Measure]]:
        found: dict[str, dict[str, Measure]] = {}
        for cut in q.cuts("ict_competence_mean", (by, "competence"), **where):
            found.setdefault(cut.keys[by], {})[cut.keys["competence"]] = cut.measure
        return found

    own = means("school")
    schools = [s for s in q.schools().values() if s.id in own]
    if len(schools) <= MANY or chosen.municipality:
        return [(s.label, own[s.id], _to_school(s, year)) for s in schools]
    there = sorted((name or NOWHERE, found) for name, found in means("municipality").items())
    return [
        (name, found, Link(name, "ict", chosen.but(year=year, municipality=name))) for name, found in there
    ]


def _heat_figure(
    rows: list[tuple[str, dict[str, Measure], Link | None]], names: list[str], look: Look
) -> go.Figure:
    from dashboard.figures.heat import HeatRow, heat

    empty = Measure(0, 0, 0, kind="mean")
    return heat(
        [
            HeatRow(
                label,
                tuple(shown(at.get(n, empty)) for n in names),
                tuple(int(at.get(n, empty).n) for n in names),
                link.href if link else "",
            )
            for label, at, link in rows
        ],
        names,
        look,
    )


def _table(rows: list[tuple[str, dict[str, Measure], Link | None]], names: list[str]) -> Table:
    return Table(
        (Column("Организация"), Column("Ответили", True), *(Column(name, True) for name in names)),
        tuple(
            Row(
                (
                    Cell(label),
                    Cell(
                        "—"
                        if all(m.is_hidden for m in at.values())
                        else number(max(m.n for m in at.values()))
                    ),
                    *(cell(at.get(name)) for name in names),
                ),
                link,
                is_total=link is None,
            )
            for label, at, link in rows
        ),
        "competences-table",
    )

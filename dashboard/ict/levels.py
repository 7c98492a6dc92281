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
    MANY,
    area,
    caption,
    card,
    cell,
    compared,
    of_years,
    sheet,
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


def _to_school(school: School, year: int) -> Link:
    return Link(school.label, "school", Selection(year=year, school=school.id))


def _levels(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    found = ict_levels(q, year, chosen.kind)
    rows = [(s, found[s.id]) for s in q.schools().values() if s.id in found][:MANY]
    names = level_names(q, year)
    table = Table(
        (Column("Организация"), *(Column(name.capitalize(), True) for name in names)),
        tuple(
            Row((Cell(s.label), *(Cell(number(n), n) for n in counts)), _to_school(s, year))
            for s, counts in rows
        ),
        "levels-table",
    )
    return (
        Chart(
            figure=partial(_levels_figure, rows, names, year),
            caption=caption(q, "ict_level_share", school_year(year), sum(sum(c) for _, c in rows), SELF),
            alt="Уровни ИКТ-компетентности по организациям: полосы из числа людей",
            table=table,
            key="levels",
            title="Уровни по организациям: сколько людей",
            shows_table=False,
        ),
    )


def _levels_figure(
    rows: list[tuple[School, tuple[int, ...]]], names: tuple[str, ...], year: int, look: Look
) -> go.Figure:
    from dashboard.figures.people import Levels, levels

    return levels([Levels(s.label, counts, _to_school(s, year).href) for s, counts in rows], names, look)


def _competences(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """The heat map with the district as its first row, and the same as a table."""
    names = [c.keys["competence"] for c in q.cuts("ict_competence_mean", ("competence",), year=year)]
    found: dict[str, dict[str, Measure]] = {}
    for cut in q.cuts("ict_competence_mean", ("school", "competence"), year=year, kind=chosen.kind):
        found.setdefault(cut.keys["school"], {})[cut.keys["competence"]] = cut.measure
    whole = {
        c.keys["competence"]: c.measure
        for c in q.cuts("ict_competence_mean", ("competence",), year=year, kind=chosen.kind)
    }
    rows: list[tuple[str, dict[str, Measure], Link | None]] = [(area(q).capitalize(), whole, None)]
    rows += [(s.label, found[s.id], _to_school(s, year)) for s in q.schools().values() if s.id in found][
        :MANY
    ]
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
            title="Компоненты по организациям",
            shows_table=False,
        ),
        _table(rows, names),
    )


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

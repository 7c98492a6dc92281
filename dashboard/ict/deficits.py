"""Who is below the target level in which competence, and whether courses reached those who need them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Cards, Cell, Chart, Column, Heading, Link, Note, Row, Table
from dashboard.by_organisation import Topic, section
from dashboard.display import Measure, shown
from dashboard.explorer.scope import PAGE as EXPLORER
from dashboard.parts import INTERVAL_NOTE, caption, card, counted, sheet
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.words import school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

DEFICIT = "ict_deficit_share"
TRAINED = "ict_base_trained_share"


def blocks(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """Deficits by competence, then the courses of those at the base level."""
    cuts = q.cuts(DEFICIT, ("competence",), year=year, kind=chosen.kind)
    rows = [(c.keys["competence"], c.measure) for c in cuts if c.keys["competence"] and c.measure.n]
    return (*_deficits(q, year, chosen, rows), *_courses(q, year, chosen))


def _deficits(q: Queries, year: int, chosen: Selection, rows: list[tuple[str, Measure]]) -> tuple[Block, ...]:
    if not rows:
        return (Note("Ответов по компонентам нет.", "plain"),)
    before = {
        c.keys["competence"]: c.measure
        for c in q.cuts(DEFICIT, ("competence",), year=year - 1, kind=chosen.kind)
    }
    columns = (
        Column("Компонента", is_wide=True),
        Column(school_year(year - 1), True),
        Column(school_year(year), True),
    )
    table = Table(
        columns,
        tuple(
            Row((Cell(name), counted(before.get(name)), counted(measure)), _to_schools(year, name, chosen))
            for name, measure in rows
        ),
        "deficits-table",
    )
    return (
        Chart(
            figure=partial(_figure, rows),
            caption=caption(q, DEFICIT, school_year(year), max(m.n for _, m in rows), INTERVAL_NOTE),
            alt="Дефицит по компонентам: точки с интервалами",
            table=sheet("Компонента", rows),
            key="deficits",
            title="Ниже целевого уровня",
            shows_table=False,
        ),
        table,
    )


def _to_schools(year: int, competence: str, chosen: Selection) -> Link:
    asked = Selection(year=year, kind=chosen.kind, competence=competence, indicator=DEFICIT, by="school")
    return Link(competence, EXPLORER, asked)


def _figure(rows: list[tuple[str, Measure]], look: Look) -> go.Figure:
    from dashboard.figures.base import Point
    from dashboard.figures.dots import dots

    return dots([Point(name, shown(measure)) for name, measure in rows], None, look)


def _courses(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    whole = q.one(TRAINED, year=year, kind=chosen.kind)
    head = Heading("Дошли ли курсы до тех, кому нужны")
    if not whole.n:
        return (head, Note(f"Сказать нельзя: {whole.note or 'нет данных'}.", "plain"))
    found = card(
        q, TRAINED, year, Link("К курсам", "needs", Selection(year=year, kind=chosen.kind)), kind=chosen.kind
    )
    cards = (Cards((found,), is_compact=True),) if found else ()
    return (head, *cards, *section(q, Topic(TRAINED, "ict", year, chosen)))

"""All works of a year: where to look further."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Cell, Chart, Column, Link, Note, Page, Row, Sentence, Table
from dashboard.display import Measure, shown
from dashboard.parts import INTERVAL_NOTE, caption, cell, compared, counted, of_years, sheet
from dashboard.queries import Queries
from dashboard.queries.results import Work
from dashboard.results.scope import PAGE, Scope, head, who
from dashboard.selection import Selection
from dashboard.words import NBSP, number, plural, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

COLUMNS = (
    Column("Работа"),
    Column("Участников", True),
    Column("Участие", True),
    Column("Качество", True),
    Column("Успеваемость", True),
    Column("Задания, в среднем", True),
    Column("Подтвердили журнал", True),
)
INDICATORS = (
    "participants",
    "participation_share",
    "quality_share",
    "pass_share",
    "task_success",
    "journal_confirmed_share",
)


def build(q: Queries, s: Scope) -> Page:
    """Every work of the year with its main numbers; one click leads to its tasks."""
    found = {name: _by_work(q, s, name) for name in INDICATORS}
    there = [w for w in s.works if (w.subject, w.grade) in found["participants"]]
    name = "quality_share" if any(m.n for m in found["quality_share"].values()) else "task_success"
    total = sum(m.numerator for m in found["participants"].values())
    note = f"ВПР, {school_year(s.year)} · {who(q, s)} · {plural(len(there), 'работа', 'работы', 'работ')}"
    title, top = head(q, s, "Результаты: все работы", note)
    if not there:
        return Page(
            title,
            (*top, Note(f"{who(q, s)}: в {school_year(s.year)} учебном году работ не писали.", "plain")),
        )
    chart = _chart(q, s, there, found[name], name, total)
    return Page(title, (*top, *_said(q, s, name), chart, _table(q, s, there, found)))


def _by_work(q: Queries, s: Scope, indicator: str) -> dict[tuple[str, int], Measure]:
    cuts = q.cuts(indicator, ("subject", "grade"), **s.part)
    return {
        (c.keys["subject"], c.keys["grade"]): c.measure for c in cuts if c.keys["subject"] and c.measure.n
    }


def _said(q: Queries, s: Scope, name: str) -> tuple[Block, ...]:
    where = {k: v for k, v in s.part.items() if k != "year"}
    text = compared(q, name, s.year, **where)
    said = f"{text} Работы разных лет не выровнены: сравнение только для ориентира."
    return (Sentence("", said, limits=of_years(q, name)),)


def _at(s: Scope, work: Work) -> Selection:
    return s.chosen.but(subject=work.subject, grade=work.grade, task=None, class_=None)


def _chart(
    q: Queries, s: Scope, there: list[Work], found: dict[tuple[str, int], Measure], name: str, total: float
) -> Chart:
    rows = [(w, found.get((w.subject, w.grade), Measure(0, 0, 0, note="нет шкалы"))) for w in there]
    declared = q.indicators[name]
    return Chart(
        figure=partial(_figure, s, rows),
        caption=caption(q, name, school_year(s.year), f"участий: {number(total)}", INTERVAL_NOTE),
        alt=f"{declared.title} по работам: точки с интервалами",
        table=sheet("Работа", ((w.label, m) for w, m in rows)),
        key="works",
        title=f"{declared.title} по работам",
        shows_table=False,
    )


def _figure(s: Scope, rows: list[tuple[Work, Measure]], look: Look) -> go.Figure:
    from dashboard.figures.base import Point
    from dashboard.figures.dots import dots

    points = [Point(w.label, shown(m), Link("", PAGE, _at(s, w)).href) for w, m in rows]
    return dots(points, None, look)


def _table(
    q: Queries, s: Scope, there: list[Work], found: dict[str, dict[tuple[str, int], Measure]]
) -> Table:
    rows = []
    for work in there:
        at = {name: found[name].get((work.subject, work.grade)) for name in INDICATORS}
        cells = (
            Cell(work.label),
            cell(at["participants"]),
            counted(at["participation_share"]),
            counted(at["quality_share"]),
            counted(at["pass_share"]),
            cell(at["task_success"]),
            counted(at["journal_confirmed_share"]),
        )
        rows.append(Row(cells, Link(work.label, PAGE, _at(s, work))))
    return Table(
        COLUMNS, tuple(rows), "works-table", f"Работы {school_year(s.year)} учебного года{NBSP}— по классам"
    )

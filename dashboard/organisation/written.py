"""The works an organisation wrote, or why there are none."""

from __future__ import annotations

from dashboard.blocks import Block, Cell, Column, Heading, Link, Note, Row, Table
from dashboard.display import Measure
from dashboard.parts import cell, counted
from dashboard.queries import Queries, School
from dashboard.queries.results import works
from dashboard.selection import Selection
from dashboard.words import school_year


def blocks(q: Queries, school: School, year: int) -> tuple[Block, ...]:
    """The works of the year, or why there are none."""
    if school.kind not in (None, "школа"):
        return (
            Note(
                "ВПР здесь не проводится: организация работает без отметок. Ниже — кадры, курсы и сданные данные."
            ),
        )
    found = {name: _works(q, name, school, year) for name in COLUMNS}
    there = [w for w in works(q, year) if (w.subject, w.grade) in found["participants"]]
    if not there:
        return (
            Heading("Результаты ВПР"),
            Note(f"За {school_year(year)} учебный год протоколов ВПР от школы нет.", "plain"),
        )
    rows = []
    for w in there:
        at = {name: found[name].get((w.subject, w.grade)) for name in COLUMNS}
        link = Link(
            w.label, "results", Selection(year=year, subject=w.subject, grade=w.grade, school=school.id)
        )
        cells = (Cell(w.label), cell(at["participants"]), *(counted(at[name]) for name in list(COLUMNS)[1:]))
        rows.append(Row(cells, link))
    columns = (Column("Работа"), *(Column(title, True) for title in COLUMNS.values()))
    return (Heading("Результаты ВПР", "для методической помощи"), Table(columns, tuple(rows), "school-works"))


COLUMNS = {
    "participants": "Участников",
    "quality_share": "Качество",
    "pass_share": "Успеваемость",
    "journal_confirmed_share": "Подтвердили журнал",
    "task_success": "Задания, в среднем",
}


def _works(q: Queries, name: str, school: School, year: int) -> dict[tuple[str, int], Measure]:
    cuts = q.cuts(name, ("subject", "grade"), year=year, school=school.id)
    return {
        (c.keys["subject"], c.keys["grade"]): c.measure for c in cuts if c.keys["subject"] and c.measure.n
    }

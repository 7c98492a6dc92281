"""The state exams of an organisation's pupils, subject by subject."""

from __future__ import annotations

from dashboard.blocks import Block, Cell, Column, Heading, Link, Row, Table
from dashboard.parts import cell, counted
from dashboard.queries import Queries, School
from dashboard.queries.exams import PROCEDURES, procedures
from dashboard.selection import Selection

COLUMNS = {
    "ege": ("exam_participants", "exam_mean_score", "exam_region_gap", "exam_pass_share", "exam_high_share"),
    "oge": (
        "exam_participants",
        "oge_quality_share",
        "oge_pass_share",
        "oge_mean_mark",
        "oge_first_low_share",
    ),
    "gve": ("exam_participants", "exam_mean_mark", "exam_pass_share"),
}
FORM = ("exam_form_participants", "exam_form_mean_score", "exam_form_region_gap", "exam_form_pass_share")


def blocks(q: Queries, school: School, year: int) -> tuple[Block, ...]:
    """A table for each exam that pupils sat in the year; nothing where none was."""
    found: list[Block] = []
    for procedure in (p for p in COLUMNS if p in procedures(q)):
        tables = (_table(q, school, year, procedure, names) for names in (COLUMNS[procedure], FORM))
        table = next((t for t in tables if t.rows), None)
        if table:
            found += [Heading(f"Результаты {PROCEDURES[procedure]}", "не для рейтинга школ"), table]
    return tuple(found)


def _table(q: Queries, school: School, year: int, procedure: str, names: tuple[str, ...]) -> Table:
    where = {"year": year, "procedure": procedure, "school": school.id}
    found = {n: {c.keys["subject"]: c.measure for c in q.cuts(n, ("subject",), **where)} for n in names}
    base = Selection(year=year, procedure=procedure, school=school.id)
    rows = tuple(
        Row(
            (Cell(subject), *(
                counted(found[n].get(subject)) if q.indicators[n].kind == "share" else cell(found[n].get(subject))
                for n in names
            )),
            Link(subject, "results", base.but(subject=subject)),
        )
        for subject in sorted(s for s, m in found[names[0]].items() if s and m.n)
    )  # fmt: skip
    columns = (
        Column("Предмет"),
        *(Column(q.indicators[n].short or q.indicators[n].title, True) for n in names),
    )
    return Table(columns, rows, f"exams-{procedure}")

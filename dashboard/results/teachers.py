"""From a deficit on to the people who teach it: who they are by school, which courses they took, what comes next."""

from __future__ import annotations

from dataclasses import replace

from dashboard.blocks import Block, Cell, Column, Heading, Link, Links, Note, Row, Table
from dashboard.panels import REMARK, WHOLE_PAGE
from dashboard.parts import LISTED, shortened
from dashboard.profile import Profile
from dashboard.queries import Queries
from dashboard.queries.people import SubjectTeachers, subject_teachers
from dashboard.results.scope import Scope
from dashboard.selection import Selection
from dashboard.words import number, out_of, plural, school_year

PRIMARY = "Начальные классы"
"""Whoever teaches up to the fourth grade; above it, each subject has its own teachers."""
COLUMNS = (
    Column("Организация"),
    Column("Учителей", True),
    Column("Курсы за 3 года", True),
    Column("Из них по предмету", True, hint="Название курса называет предмет"),
)


def blocks(q: Queries, s: Scope, seen: Profile) -> tuple[Block, ...]:
    """The teachers of a work with tasks below their zone; nothing where there is no such task."""
    assert s.work is not None
    if not seen.below:
        return ()
    taught = PRIMARY if s.work.grade <= 4 else s.work.subject
    found = subject_teachers(q, s.year, taught, s.chosen.school, s.chosen.municipality)
    head = Heading("С кем работать", f"{taught.lower()}, {school_year(s.year)}")
    ways = Links(_ways(s), "", "Куда дальше")
    if not found:
        return (head, Note(f"Учителей с предметом «{taught}» в списках кадров этого года нет."), ways)
    return (head, _table(q, s, found), ways)


def _table(q: Queries, s: Scope, found: list[SubjectTeachers]) -> Table:
    """By school, alphabetically; the sum first where there are several schools."""
    by_school = {one.school: one for one in found}
    known = [(school, by_school[school.id]) for school in q.schools().values() if school.id in by_school]
    rows = [
        _row(school.label, one, Link("", "school", Selection(year=s.year, school=school.id)))
        for school, one in known
    ]
    if len(known) > 1:
        whole = SubjectTeachers(
            "", *(sum(part) for part in zip(*(one.counts for _, one in known), strict=True))
        )
        rows.insert(0, _row("Все вместе", whole, None))
    every = Table(COLUMNS, tuple(rows), "teachers-table")
    left = len(known) - LISTED
    if left <= 0:
        return every
    more = f"Показаны не все: ещё {plural(left, 'организация', 'организации', 'организаций')}"
    return replace(shortened(every, LISTED + 1), caption=more, brief=replace(every, rows=every.rows[:1]))


def _row(label: str, one: SubjectTeachers, link: Link | None) -> Row:
    cells = (
        Cell(label),
        Cell(number(one.teachers), one.teachers),
        Cell(out_of(one.with_course, one.known), one.with_course),
        Cell(out_of(one.with_subject_course, one.with_course), one.with_subject_course),
    )
    return Row(cells, link, is_total=link is None)


def _ways(s: Scope) -> tuple[Link, ...]:
    at = Selection(year=s.year, municipality=s.chosen.municipality)
    return (
        Link("Запросы и курсы", "needs", at),
        Link("Кадры по предметам", "staff", at.but(view="load")),
        Link("Записать решение", "results", s.chosen.but(panel=f"{REMARK}:{WHOLE_PAGE}")),
    )

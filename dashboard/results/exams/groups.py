"""How results spread over the groups that reports use: below the minimum, to 60, 61–80, 81–100; or marks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Cell, Chart, Column, Note, Row, Sentence, Table
from dashboard.parts import MANY, area, caption
from dashboard.queries import Queries
from dashboard.queries.exams import GROUPS
from dashboard.queries.exams import groups as count_groups
from dashboard.results.exams.scope import Scope, schools_of, who
from dashboard.words import capital, number, out_of, plural, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

Counts = dict[str, int]
RULE = "По первому действующему результату основного периода; в полосах — люди"


def blocks(q: Queries, s: Scope) -> tuple[Block, ...]:
    """Bars of people, one a school or class, and the whole first."""
    assert s.exam is not None
    names = GROUPS[s.exam.has_score]
    rows = _rows(q, s)
    whole = {name: sum(counts.get(name, 0) for _, counts in rows) for name in names}
    total = sum(whole.values())
    if not total:
        return (Note("Результатов основного периода нет.", "plain"),)
    people = plural(total, "участник", "участника", "участников")
    said = "; ".join(f"{name} — {number(whole[name])}" for name in names)
    every = [(capital(who(q, s) if s.school else s.chosen.municipality or area(q)), whole), *rows]
    missing = (
        (Note("Минимальный балл за этот год не загружен: ниже минимума никто не показан.", "watch"),)
        if s.exam.has_score and s.exam.min_score is None
        else ()
    )
    drawn: tuple[Block, ...] = (_chart(q, s, every, names, total),) if len(rows) <= MANY else ()
    return (Sentence(f"{people}:", f"{said}."), *missing, *drawn, _table(every, names))


def _rows(q: Queries, s: Scope) -> list[tuple[str, Counts]]:
    assert s.exam is not None
    if s.school:
        found = count_groups(q, s.exam, "class", s.school.id)
        chosen = s.chosen.class_
        return [(name or "без класса", counts) for name, counts in found.items() if chosen in (None, name)]
    found = count_groups(q, s.exam, "school")
    return [(school.label, found[school.id]) for school in schools_of(q, s) if school.id in found]


def _chart(q: Queries, s: Scope, rows: list[tuple[str, Counts]], names: tuple[str, ...], total: int) -> Chart:
    assert s.exam is not None
    parts = rows[1:] if len(rows) > 1 else rows
    return Chart(
        figure=partial(_figure, parts, names),
        caption=caption(q, "exam_participants", school_year(s.year), total, f"{RULE}. Порядок алфавитный"),
        alt=f"{s.exam.subject}: сколько участников в каждой группе результатов",
        table=_table(rows, names),
        key="exam-groups",
        title="Группы баллов" if s.exam.has_score else "Отметки",
        shows_table=False,
    )


def _figure(rows: list[tuple[str, Counts]], names: tuple[str, ...], look: Look) -> go.Figure:
    from dashboard.figures.stacked import stacked

    return stacked([(label, [counts.get(name, 0) for name in names]) for label, counts in rows], names, look)


def _table(rows: list[tuple[str, Counts]], names: tuple[str, ...]) -> Table:
    columns = (Column(""), Column("Участников", True), *(Column(capital(name), True) for name in names))
    return Table(columns, tuple(_row(label, counts, names) for label, counts in rows), "exam-groups-table")


def _row(label: str, counts: Counts, names: tuple[str, ...]) -> Row:
    total = sum(counts.get(name, 0) for name in names)
    cells = (Cell(out_of(counts.get(name, 0), total), counts.get(name, 0)) for name in names)
    return Row((Cell(label), Cell(number(total), total), *cells))

"""One organisation on one page: its figures, its works, and what changed by more than chance."""

from __future__ import annotations

from dashboard.blocks import Block, Cards, Note, Sentence
from dashboard.organisation import written
from dashboard.parts import card
from dashboard.queries import Queries
from dashboard.report import changes
from dashboard.words import joined, lower_first

SHOWN = (
    "pupils", "teachers", "any_category_share", "course_3y_share", "young_teacher_share", "higher_education_share",
    "ict_base_share", "computers_per_100",
)  # fmt: skip


APART = "Работы и экзамены разных лет не выровнены: по ним это ориентир."


def blocks(q: Queries, year: int, school: str) -> tuple[Block, ...]:
    """Cards of what there is, the works of the year, one sentence about changes."""
    found = [card(q, name, year, school=school) for name in SHOWN if name in q.indicators]
    cards = Cards(tuple(one for one in found if one))
    return (
        *((cards,) if cards.items else ()),
        *written.blocks(q, q.schools()[school], year),
        *_changes(q, year, school),
    )


def _changes(q: Queries, year: int, school: str) -> tuple[Block, ...]:
    rows = changes.rows(q, year, school)
    if not rows:
        return (Note("Сравнить с прошлым годом не с чем."),)
    beyond = [lower_first(row.cells[0].text) for row in rows if row.cells[changes.VERDICT].tone]
    if not beyond:
        return (
            Sentence("", "По сравнению с прошлым годом ничего не изменилось больше, чем допускает случай."),
        )
    return (Sentence("", f"Больше случайного за год изменилось: {joined(beyond)}. {APART}"),)

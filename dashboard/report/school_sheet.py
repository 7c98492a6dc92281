"""One organisation on one page: its figures, its works, and what changed by more than chance."""

from __future__ import annotations

from dataclasses import replace

from dashboard.blocks import Block, Cards, Heading, Note, Sentence, Table
from dashboard.organisation import written
from dashboard.parts import card
from dashboard.queries import Queries, School
from dashboard.queries.similar import peers
from dashboard.report import changes
from dashboard.similar import beside
from dashboard.words import joined, lower_first

SHOWN = (
    "pupils", "teachers", "any_category_share", "course_3y_share", "young_teacher_share", "higher_education_share",
    "ict_base_share", "computers_per_100",
)  # fmt: skip


FEWEST = 2
"""Similar schools: beside one alone two schools would be held up to each other."""
MOST = 4
"""Names and differences of a sentence."""
APART = "Работы и экзамены разных лет не выровнены: по ним это ориентир."


def blocks(q: Queries, year: int, school: str) -> tuple[Block, ...]:
    """Cards of what there is, the works of the year, one sentence about changes."""
    found = [card(q, name, year, school=school) for name in SHOWN if name in q.indicators]
    cards = Cards(tuple(one for one in found if one))
    return (
        *((cards,) if cards.items else ()),
        *(_in_one_line(block) for block in written.blocks(q, q.schools()[school], year)),
        *_changes(q, year, school),
        *_alike(q, year, q.schools()[school]),
    )


def _in_one_line(block: Block) -> Block:
    """The table of works without its last column, whose points would make two lines of every row."""
    if not isinstance(block, Table):
        return block
    rows = tuple(replace(row, cells=row.cells[:-1]) for row in block.rows)
    return replace(block, columns=block.columns[:-1], rows=rows)


def _alike(q: Queries, year: int, school: School) -> tuple[Block, ...]:
    """What sets the school apart from similar ones, in words: no table, no places, and the sheet stays one page."""
    found = peers(q, school, year)
    rows = beside(q, found, year) if found and len(found.members) >= FEWEST else []
    judged = [row for row in rows if row.q is not None]
    if found is None or not judged:
        return ()
    few = f" Их меньше {found.enough}, сравнение мало что говорит." if found.is_few else ""
    beyond = [f"{row.title} — {row.verdict}" for row in judged if row.is_beyond_chance]
    said = f"отличий больше случайного {len(beyond)} из {len(judged)}"
    told = f" {'; '.join(beyond[:MOST])}." if beyond else ""
    names = joined([one.school.label for one in found.members], MOST)
    return (
        Heading("Среди похожих школ"),
        Sentence("", f"По анкете похожи: {names}.{few} Доли сравнены с ними вместе: {said}.{told}"),
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

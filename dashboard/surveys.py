"""What people answered to questions that no dictionary declares: a table of each questionnaire."""

from __future__ import annotations

from dashboard.blocks import Block, Cell, Column, Details, Heading, Note, Row, Table
from dashboard.parts import counted
from dashboard.queries import Queries
from dashboard.queries.surveys import Question, surveys
from dashboard.selection import Selection
from dashboard.words import number, plural

_COLUMNS = (Column("Вопрос и ответы", is_wide=True), Column("Ответили так", True))
_NOTE = (
    "Этих вопросов нет в словарях, в показатели они не входят. Хранятся ответы, которые дал не один человек; "
    "остальные и свободные только сосчитаны."
)


def other_questions(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """Each questionnaire folded under its name."""
    found = surveys(q, year, chosen.kind, chosen.municipality)
    if not found:
        return ()
    parts = tuple(
        Details(_named(name, questions), (_table(place, questions),))
        for place, (name, questions) in enumerate(found.items(), 1)
    )
    return (Heading("Другие вопросы анкет"), Note(_NOTE, "plain"), *parts)


def _named(name: str, questions: list[Question]) -> str:
    people = max(question.answers[0].measure.n for question in questions)
    return f"{name} · {plural(people, 'ответивший', 'ответивших', 'ответивших')}"


def _table(place: int, questions: list[Question]) -> Table:
    return Table(
        _COLUMNS, tuple(row for question in questions for row in _rows(question)), f"survey-{place}-table"
    )


def _rows(question: Question) -> list[Row]:
    """The question with the number of those who answered it, then its answers; of a free one the number alone."""
    asked = question.answers[0].measure.n
    head = Row((Cell(question.text), Cell(f"ответили {number(asked)}", asked)), is_total=True)
    if all(answer.text is None for answer in question.answers):
        return [head, Row((Cell("свободные ответы, тексты не хранятся"), Cell("")))]
    return [
        head,
        *(Row((Cell(one.text or "другой ответ"), counted(one.measure))) for one in question.answers),
    ]

"""Textbooks of a work: by which of them pupils learned, and whether the list permits them."""

from __future__ import annotations

from dashboard.blocks import Block, Cell, Column, Note, Row, Table
from dashboard.queries import Queries
from dashboard.queries.results import Book, textbooks
from dashboard.results.scope import Scope
from dashboard.words import day, number

COLUMNS = (
    Column("Учебник, как его назвали школы", is_wide=True), Column("Организаций", True),
    Column("Участников", True), Column("Перечень"),
)  # fmt: skip
NOTE = (
    "Сверено с загруженным перечнем по номеру, а без него — по первому автору, предмету и классу."
    " О результатах по учебникам вывод делать нельзя: школы отличаются не только учебником."
)


def blocks(q: Queries, s: Scope) -> tuple[Block, ...]:
    """The table; where no list was loaded, it says so."""
    assert s.work is not None
    found = textbooks(q, s.work, s.chosen.school, s.chosen.municipality)
    rows = tuple(
        Row((Cell(one.title), Cell(number(one.schools), one.schools), Cell(number(one.pupils), one.pupils),
             Cell(_said(one))))
        for one in found
    )  # fmt: skip
    unknown = all(one.is_permitted is None for one in found)
    said = (
        "Перечень учебников не загружен: сверить не с чем (бланк «Перечень учебников»)." if unknown else NOTE
    )
    return (Table(COLUMNS, rows, "textbooks"), Note(said, "plain"))


def _said(one: Book) -> str:
    if one.is_permitted is None:
        return "—"
    if one.number is None:
        return "нет в перечне"
    if one.valid_until is None:
        return f"№ {one.number}"
    until = (
        f"действует до {day(one.valid_until)}" if one.is_permitted else f"срок истёк {day(one.valid_until)}"
    )
    return f"№ {one.number}, {until}"

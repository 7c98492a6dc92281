"""How each organisation's files come: taken at the first attempt, sent back, late."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.blocks import Cell, Column, Row, Table
from dashboard.queries import School
from dashboard.queries.board import Owed
from dashboard.words import number, out_of

HEADS = (
    Column("Организация", is_wide=True),
    Column("Прислано", True, hint="файлов и частей регионального файла за год"),
    Column("Возвращено", True),
    Column("С первого раза", True, hint="какая часть сданного принята без возврата"),
    Column("Позже срока", True, hint="форм, принятых после срока с отсрочкой"),
)


def punctuality(found: Sequence[Owed], schools: Sequence[School]) -> Table:
    """One row an organisation that sent anything; counts, no ranking."""
    rows = [_row(school, [one for one in found if one.school == school.id]) for school in schools]
    return Table(HEADS, tuple(row for row in rows if row), "punctual", "Как приходят файлы")


def _row(school: School, own: list[Owed]) -> Row | None:
    sent, returned = sum(one.sent for one in own), sum(one.returned for one in own)
    parts, first = sum(one.parts for one in own), sum(one.parts_first for one in own)
    late = sum(one.days_late > 0 for one in own)
    if not sent:
        return None
    figures = (Cell(number(sent), sent), Cell(number(returned), returned), Cell(out_of(first, parts)),
               Cell(number(late), late))  # fmt: skip
    return Row((Cell(school.label), *figures))

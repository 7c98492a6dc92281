"""Tiny group reports of ФИС ОКО in every layout, and the lines that stand above them."""

from __future__ import annotations

from collections.abc import Sequence

from tests.intake.books import xlsx_of
from tests.intake.files import Row, Sample

WORK = "ВПР 2026 Математика 4 класс"
GROUPS, PUPILS = "Группы участников", "Кол-во участников"
SIDES = {
    "lowered": "Понизили (Отметка < Отметка по журналу)", "confirmed": "Подтвердили (Отметка = Отметке по журналу)",
    "raised": "Повысили (Отметка > Отметка по журналу)",
}  # fmt: skip
LAKE, FOREST = "МКОУ «Озёрная СШ» (edu980101)", "МКОУ «Лесная ОШ» (edu980102)"


def _sides(school: str) -> Row:
    row: Row = {GROUPS: school, f"{PUPILS}(всего)": 3}
    for words in SIDES.values():
        row |= {f"{words} %": "33,33", f"{words} {PUPILS}": 1}
    return row


JOURNAL = Sample(
    "vpr_group_journal",
    [_sides(LAKE), _sides(FOREST)],
    ["Сравнение отметок с отметками по журналу", WORK],
    {
        "participants": f"{PUPILS}(всего)",
        "percent": f"{SIDES['lowered']} %",
        "pupils": f"{SIDES['lowered']} {PUPILS}",
    },
)
MARKS = Sample(
    "vpr_group_marks",
    [{GROUPS: one, "Кол-во ОО": 1, PUPILS: 4, "2": 0, "3": 25, "4": 50, "5": 25} for one in (LAKE, FOREST)],
    ["Статистика по отметкам", WORK],
    {"schools": "Кол-во ОО", "participants": PUPILS, "percent": "2"},
)
TASKS = Sample(
    "vpr_group_tasks",
    [{GROUPS: one, "Кол-во ОО": 1, PUPILS: 3, "1 (1б)": "66,67", "3К1 (2б)": 50} for one in (LAKE, FOREST)],
    ["Выполнение заданий", WORK],
    {"schools": "Кол-во ОО", "participants": PUPILS, "percent": "1 (1б)"},
)


def report(title: str, rows: Sequence[Sequence[object]], work: str = WORK, top: int = 5) -> bytes:
    """A workbook with the seven lines of ФИС ОКО above the table."""
    about = [
        [title],
        [],
        [work],
        ["Предмет:", ""],
        ["Максимальный первичный балл:", top],
        ["Дата:", "20.04.2026"],
        [],
    ]
    return xlsx_of([*about, *rows])

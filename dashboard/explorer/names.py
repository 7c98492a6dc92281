"""Dimensions and their values as people call them."""

from __future__ import annotations

from typing import Any

from dashboard.parts import KINDS
from dashboard.queries import Queries, exams
from dashboard.words import school_year

DIMENSIONS = {
    "school": "Организация",
    "municipality": "Муниципалитет",
    "kind": "Вид организации",
    "year": "Учебный год",
    "procedure": "Процедура",
    "term": "Период",
    "subject": "Предмет",
    "grade": "Параллель",
    "class": "Класс",
    "task": "Задание",
    "level": "Уровень",
    "competence": "Компонента",
    "topic": "Направление",
}
PROCEDURES = {**exams.PROCEDURES, "marks": "Четверти и год"}


def dimension(name: str) -> str:
    """What a dimension is called on screens."""
    return DIMENSIONS.get(name, name)


def value(q: Queries, name: str, stored: Any) -> str:
    """One value of a dimension in words; a missing one is said to be so."""
    if stored is None or stored == "":
        return "не указано"
    if name == "school":
        found = q.schools().get(str(stored))
        return found.label if found else str(stored)
    if name == "year":
        return school_year(int(stored))
    if name == "grade":
        return f"{stored} класс"
    words = {"procedure": PROCEDURES, "kind": KINDS}.get(name, {})
    return words.get(str(stored), str(stored))

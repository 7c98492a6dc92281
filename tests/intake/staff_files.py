"""Tiny files about staff beside the list itself: hours, the plan of attestation, requests for courses."""

from __future__ import annotations

from tests.intake.files import Row, Sample


def load_row(school: str, name: str, subject: str = "Математика", label: str = "5А") -> Row:
    """One teacher, subject and class of a list of hours."""
    return {
        "Организация": school, "Педагог": name, "Должность": "Учитель", "Дисциплина": subject, "Класс/группа": label,
        "Часов в неделю": "5,5", "Часов за период": 170, "Ставок": "0,28", "Сумма, руб.": "12345,67",
    }  # fmt: skip


LOAD = Sample(
    "teaching_load",
    [load_row("Озёрная СШ", "Иванова Анна Петровна"), load_row("Озёрная СШ", "Вакансия", "Физика", "8"),
     load_row("Лесная ОШ", "Сидоров Пётр Ильич")],
    ["Тарификационный список на 1 сентября 2025 г."],
    {"name_id": "Педагог", "hours": "Часов в неделю", "period_hours": "Часов за период", "rate": "Ставок"},
)  # fmt: skip


def plan_row(school: str, name: str) -> Row:
    """One application of a plan of attestation."""
    return {
        "ФИО": name, "ОО": school, "Должность": "Учитель", "Имеющаяся категория": "первая",
        "Дата присвоения": "15.04.2021", "Заявленная категория": "высшая", "Дата заявления": "10.09.2025",
        "Месяц аттестации": "декабрь", "Форма": "по результатам работы", "Результат": "присвоена, приказ № 1",
    }  # fmt: skip


PLAN = Sample(
    "certification_plan",
    [plan_row("Озёрная СШ", "Иванова Анна Петровна"), plan_row("Лесная ОШ", "Сидоров Пётр Ильич")],
    ["График аттестации на 2025/26 учебный год"],
    {"name_id": "ФИО", "category": "Имеющаяся категория", "category_date": "Дата присвоения",
     "wanted_category": "Заявленная категория", "applied_on": "Дата заявления", "planned_on": "Месяц аттестации",
     "result": "Результат"},
)  # fmt: skip


def request_row(school: str, name: str) -> Row:
    """One person's request for a course."""
    return {
        "ФИО": name, "ОО": school, "Тема курса": "Подготовка к ГИА по математике", "Категория слушателей": "учителя",
        "Желаемый срок": "февраль",
    }  # fmt: skip


REQUESTS = Sample(
    "course_request",
    [request_row("Озёрная СШ", "Иванова Анна Петровна"), request_row("Лесная ОШ", "Сидоров Пётр Ильич")],
    ["Заявка на курсы на 2025/26 учебный год"],
    {"name_id": "ФИО", "title": "Тема курса", "wanted_on": "Желаемый срок"},
)  # fmt: skip


def _line(code: str, title: str, *numbers: int) -> Row:
    return dict(zip(map(str, range(1, 6)), (title, code, *numbers), strict=True))


FORM = Sample(
    "oo_1",
    [_line("06", "учителя", 8, 7, 1), _line("07", "учителя начальных классов", 2, 2, 0)],
    ["Форма № ОО-1", "Наименование отчитывающейся организации: Озёрная СШ", "на начало 2025/2026 учебного года",
     "Раздел 3.1. Распределение персонала по уровню образования и полу"],
    alone=True,
)  # fmt: skip
"""A form of federal statistics saved as text: its numbered columns are the heading."""

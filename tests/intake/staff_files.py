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


def deed_row(school: str, name: str) -> Row:
    """One line of the journal of methodical work."""
    return {
        "Организация": school, "ФИО": name, "Дата": "14.11.2025", "Вид работы": "консультация",
        "Тема или название": "Разбор ВПР", "Методическое объединение": "", "Уровень": "муниципальный",
        "Участие и результат": "выполнено", "Дата ответа": "15.11.2025", "Оценка участника (1–5)": 5,
    }  # fmt: skip


JOURNAL = Sample(
    "methodical_work",
    [deed_row("Озёрная СШ", "Иванова Анна Петровна"), deed_row("Лесная ОШ", "Сидоров Пётр Ильич")],
    ["Журнал методической работы за 2025/26 учебный год"],
    {"name_id": "ФИО", "held_on": "Дата", "kind": "Вид работы", "title": "Тема или название", "level": "Уровень",
     "outcome": "Участие и результат", "answered_on": "Дата ответа", "rating": "Оценка участника (1–5)"},
)  # fmt: skip

FACTS: dict[str, tuple[str, object]] = {
    "graduates_9": ("Выпускников 9 класса", 12),
    "no_certificate_9": ("Не получили аттестат об основном общем образовании", 0),
    "honours_9": ("Аттестат с отличием, 9 класс", 2),
    "graduates_11": ("Выпускников 11 класса", 8),
    "no_certificate_11": ("Не получили аттестат о среднем общем образовании", 0),
    "honours_11": ("Аттестат с отличием, 11 класс", 1),
    "medals": ("Медаль «За особые успехи в учении»", 1),
    "pupils": ("Обучающихся", 120),
    "contest_pupils": ("Участвовали в олимпиадах, смотрах, конкурсах", 60),
    "contest_winners": ("Победители и призёры регионального уровня и выше", 5),
    "advanced": ("Изучают предметы углублённо", 10),
    "profile": ("Обучаются по профилю", 16),
    "remote": ("Обучаются с дистанционными технологиями", 30),
    "network": ("Обучаются в сетевой форме", 12),
    "textbooks_needed": ("Нужно учебников", 1100),
    "textbooks": ("Годных учебников", 1000),
    "literature": ("Экземпляров учебной и учебно-методической литературы", 2400),
    "study_computers": ("Учебных компьютеров", 30),
    "russian_os": ("Учебных компьютеров на российских ОС", 12),
    "teachers": ("Педагогов", 20),
    "my_school": ("Педагогов с доступом к «Моей школе»", 19),
    "deficits": ("Педагогов с выявленными дефицитами", 8),
    "routes": ("Педагогов с индивидуальным маршрутом", 5),
    "broadband": ("Обучающихся с интернетом не менее 2 Мбит/с", 120),
    "area": ("Площадь помещений для обучения", 1450),
}
SELF = Sample(
    "organisation_facts",
    [{"Организация": school, **dict(FACTS.values())} for school in ("Озёрная СШ", "Лесная ОШ")],
    ["Сведения организации для самообследования за 2025/26 учебный год"],
    {name: heading for name, (heading, _) in FACTS.items()},
)

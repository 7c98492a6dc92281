"""Tiny files of school marks: the district's form by class, a journal's export by subject, a class's sheet."""

from __future__ import annotations

from tests.intake.files import Row, Sample


def class_row(school: str, label: str, term: str = "1 четверть") -> Row:
    """One class of the district's form."""
    return {
        "Организация": school, "Период": term, "Класс": label, "На начало": 20, "Прибыло": 1, "Выбыло": 2,
        "На конец": 19, "Аттестовано": 18, "на «5»": 3, "на «4» и «5»": 6, "с одной «4»": 1, "с одной «3»": 2,
        "неуспевающие": 2, "по 1": 1, "по 2": 1, "по 3+": 0, "н/а": 1, "н/а по болезни": 1, "н/а по прогулам": 0,
        "% успеваемости": "88,9", "% качества": 50, "СОУ": 52,
    }  # fmt: skip


CLASS_MARKS = Sample(
    "class_marks",
    [class_row("Озёрная СШ", "5А"), class_row("Озёрная СШ", "5Б"), class_row("Лесная ОШ", "6")],
    ["Итоги 2025/26 учебного года"],
    {
        "class": "Класс", "pupils_start": "На начало", "arrived": "Прибыло", "departed": "Выбыло",
        "pupils_end": "На конец", "certified": "Аттестовано", "fives": "на «5»", "fours": "на «4» и «5»",
        "one_four": "с одной «4»", "one_three": "с одной «3»", "failing": "неуспевающие", "failing_one": "по 1",
        "failing_two": "по 2", "failing_more": "по 3+", "not_certified": "н/а",
        "not_certified_illness": "н/а по болезни", "not_certified_truancy": "н/а по прогулам",
        "pass_percent": "% успеваемости", "quality_percent": "% качества", "sou_percent": "СОУ",
    },
)  # fmt: skip


def subject_row(school: str, subject: str, label: str) -> Row:
    """One subject and class of a journal's export."""
    return {
        "Организация": school, "Период": "1 четверть", "Предмет": subject, "Класс": label, "Кол-во уч-ся": 14,
        "«5»": 2, "«4»": 4, "«3»": 3, "«2»": 1, "н/а": 1, "осв": 1, "зач": 1, "незач": 1, "н/я": 0,
        "% успеваемости": 90, "% качества": 60, "Средний балл": "3,7", "СОУ": 58,
    }  # fmt: skip


SUBJECT_MARKS = Sample(
    "subject_marks",
    [subject_row("Озёрная СШ", "Алгебра", "8А"), subject_row("Озёрная СШ", "Физика", "8А"),
     subject_row("Лесная ОШ", "Алгебра", "8")],
    ["Результативность работы школы за 2025/2026 учебный год (по предметам)"],
    {
        "subject": "Предмет", "class": "Класс", "pupils": "Кол-во уч-ся", "n5": "«5»", "n4": "«4»", "n3": "«3»",
        "n2": "«2»", "not_certified": "н/а", "exempt": "осв", "credited": "зач", "failed_credit": "незач",
        "not_attended": "н/я", "pass_percent": "% успеваемости", "quality_percent": "% качества",
        "mean_mark": "Средний балл", "sou_percent": "СОУ",
    },
)  # fmt: skip

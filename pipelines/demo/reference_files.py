"""Registry of organisations, mark scales and task specifications: the files the cabinet keeps itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipelines.demo.model import EXAM_YEARS, YEARS, Model
from pipelines.demo.organisations import SCHOOL, Organisation, Region
from pipelines.demo.sheet import Row, Sheet, Workbook
from pipelines.demo.vocabulary import AUTHORS, NOTICE, OTHER_AUTHORS
from pipelines.demo.works import works

REGISTRY = (
    "Код",
    "Наименование",
    "Вид",
    "Муниципалитет",
    "Код головной организации",
    "Другие написания",
    "ИНН",
    "Код ОО",
)
SCALE = ("Год", "Предмет", "Класс", "«3» от", "«4» от", "«5» от", "Максимальный балл")
SPECIFICATION = (
    "Год",
    "Предмет",
    "Класс",
    "№ задания",
    "№ в КИМ",
    "Умение",
    "Уровень",
    "Максимальный балл",
    "КЭС",
    "КТ",
)
THRESHOLD = ("Год", "Экзамен", "Предмет", "Минимальный балл", "Минимальный балл для вуза")
THRESHOLDS = {
    "Русский язык": (24, 36), "Математика (профильная)": (27, None), "Физика": (36, None), "Химия": (36, None),
    "Биология": (36, None), "Информатика": (40, None), "Обществознание": (42, None), "География": (37, None),
    "История": (32, None), "Литература": (32, None), "Английский язык": (22, None),
    "Немецкий язык": (22, None), "Французский язык": (22, None), "Испанский язык": (22, None),
    "Китайский язык": (22, None),
}  # fmt: skip
"""The real least scores of ЕГЭ in 2026, taken here for all years: for the certificate, and for a university."""


TEXTBOOKS = ("Номер в перечне", "Авторы", "Наименование учебника", "Предмет", "Класс", "Издатель",
             "Разрешено использовать до")  # fmt: skip
TARGETS = ("Год", "Программа", "Показатель", "Единица измерения", "План", "Факт", "Ответственный")
PROGRAMMES = (
    ("Развитие образования района", "Качество знаний", "%", 60, None, "Методический кабинет"),
    ("Развитие образования района", "Доля педагогов высшей категории", "%", 20, None, "Методический кабинет"),
    ("Развитие образования района", "Охват детей дополнительным образованием", "%", 80, 78.5,
     "Центр дополнительного образования"),
    ("Цифровая школа", "Компьютеров на 100 обучающихся", "на 100", 20, None, "Отдел образования"),
)  # fmt: skip
"""Invented promises for the last year; the third is of something that no file tells."""
OUT_OF_LIST, OUT_OF_DATE = ("Математика", 7), ("Русский язык", 7)
"""Books of which the list says nothing, and until last year only."""


def reference_files(raw: Path, regions: list[Region], model: Model) -> Iterator[Workbook]:
    """One file of each kind, whatever the number of schools."""
    promised: list[Row] = [[YEARS[-1], *one] for one in PROGRAMMES]
    for source, name, title, sheet, header, rows in (
        ("school_registry", "Реестр организаций", "Реестр образовательных организаций", "Реестр", REGISTRY,
         _organisations(regions)),
        ("mark_scale", "Шкалы ВПР", "Шкалы перевода первичных баллов ВПР в отметки", "Шкалы", SCALE, _scales(model)),
        ("task_specification", "Спецификации ВПР", "Спецификации проверочных работ", "Задания", SPECIFICATION,
         _tasks()),
        ("exam_threshold", "Минимальные баллы ГИА", "Минимальные баллы государственной итоговой аттестации", "Баллы",
         THRESHOLD, _thresholds()),
        ("textbook_list", "Перечень учебников", "Перечень учебников", "Перечень", TEXTBOOKS, _textbooks()),
        ("programme_target", "Целевые показатели программ", "Целевые показатели программ", "Показатели", TARGETS,
         promised),
    ):  # fmt: skip
        yield Workbook(
            raw / source / f"{name}.xlsx", [Sheet(sheet, [header], rows, titles=(title, NOTICE))], title
        )


def _textbooks() -> Iterator[Row]:
    """A book for every work: one may be used no longer, and that of the last grade is not listed."""
    listed = sorted({(work.subject, work.grade) for work in works()})
    for number, (subject, grade) in enumerate(listed, 1):
        if (subject, grade) == OUT_OF_LIST:
            continue
        until = date(YEARS[-1] - 1, 8, 31) if (subject, grade) == OUT_OF_DATE else None
        authors = AUTHORS.get(subject, OTHER_AUTHORS)
        yield [
            f"9.9.{grade}.{number}",
            authors,
            subject,
            subject,
            grade,
            "Демонстрационное издательство",
            until,
        ]


def _thresholds() -> Iterator[Row]:
    for year in EXAM_YEARS:
        for subject, scores in THRESHOLDS.items():
            yield [year, "ЕГЭ", subject, *scores]


def _organisations(regions: list[Region]) -> Iterator[Row]:
    for region in regions:
        for one in region.organisations:
            head = f"edu{one.parent}" if one.parent else None
            spellings = "; ".join(one.aliases)
            yield [
                one.login,
                one.name,
                _kind(one),
                one.municipality,
                head,
                spellings,
                tax_number(one),
                one.exam_code,
            ]


def _kind(one: Organisation) -> str:
    return "СШ" if one.kind == SCHOOL and one.last_grade == 11 else "ОШ" if one.kind == SCHOOL else one.kind


def tax_number(one: Organisation) -> str:
    """An ИНН with a right checksum and a region code that is not in use; a branch has its parent's."""
    digits = f"98{int((one.parent or one.code)[2:]) % 10_000_000:07d}"
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return f"{digits}{sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 % 10}"


def _scales(model: Model) -> Iterator[Row]:
    for year in YEARS:
        for work in works():
            yield [year, work.subject, work.grade, *work.scale(model), work.max_total]


def _tasks() -> Iterator[Row]:
    for year in YEARS:
        for work in works():
            for number, task in enumerate(work.tasks, 1):
                place = (year, work.subject, work.grade, number, task.code)
                yield [*place, task.skill, task.level, task.max_points, task.kes, task.kt]

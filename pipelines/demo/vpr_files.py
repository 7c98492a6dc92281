"""ВПР: the coordinator's download of each work and year, and an empty form that was sent by mistake."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipelines.demo.faults import spoiled
from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import Organisation, Region
from pipelines.demo.pupils import Answer, answers
from pipelines.demo.sheet import Row, Sheet, Workbook
from pipelines.demo.vocabulary import AUTHORS, NOTICE, OTHER_AUTHORS, TEXTBOOK
from pipelines.demo.works import Task, Work, works

SOURCE = "vpr_pupils_2021"
ABOUT_PUPIL = (
    "логин школы", "регион", "номер обучающегося", "код обучающегося",
    "отметка за предыдущую четверть/триместр", "пол", "класс", "вариант", "всего баллов",
)  # fmt: skip
ABOUT_BOOK = ("Учебник", "Др.уч. автор", "Др.уч. название")
NOT_TAUGHT = ("980105", "Биология", 6, "8")
"""School, subject, grade and task that a school had not come to: «не пройд.» for everybody."""
_CLASS_STYLES = ("{grade}{letter}", "{grade} {letter}", "{letter}", "{grade}«{letter}»")
_NO_LETTER = ("НЕТ", "нет", "Нет", "{grade}")


def vpr_files(raw: Path, region: Region, model: Model) -> Iterator[Workbook]:
    """A file for every work of every year."""
    for year in YEARS:
        for work in works():
            title = f"ВПР {year} {work.subject} {work.grade} класс"
            name = " ".join(filter(None, (title, region.folder)))
            yield Workbook(raw / SOURCE / f"{name}.xlsx", [_sheet(title, work, year, region, model)], title)


def empty_form(raw: Path) -> Workbook:
    """The form for entering results, which a school sent back empty instead of its results."""
    tasks = [f"{task.code} ({task.max_points}б)" for task in _work("История", 8).tasks]
    after = ("Порядковый номер класса", "Отметка за предыдущий триместр/ четверть/полугодие", "Итого баллов")
    empty: list[Row] = [[None] * (2 + len(tasks) + 2) + [0] for _ in range(25)]
    protocol = Sheet("Протокол", [["Код участника", "Вариант", *tasks, *after]], empty)
    allowed = Sheet("Служебный", [], [[1, 2, "X"], [2, 1, "нет отметки"], ["отсутствовал", 0, NOTICE]])
    return Workbook(
        raw / SOURCE / "Форма сбора ВПР 2026 История 8.xlsx", [protocol, allowed], "Форма сбора результатов"
    )


def _work(subject: str, grade: int) -> Work:
    return next(work for work in works() if (work.subject, work.grade) == (subject, grade))


def _sheet(title: str, work: Work, year: int, region: Region, model: Model) -> Sheet:
    tasks = [f"балл за {number}" for number in range(1, len(work.tasks) + 1)]
    header = [*ABOUT_PUPIL, *tasks, *ABOUT_BOOK]
    first, after = len(ABOUT_PUPIL), len(ABOUT_PUPIL) + len(tasks)
    edges = ((0, first - 1), (first, after - 1), (after, len(header) - 1))
    above = {0: "Сведения об участнике", first: "Баллы за задания", after: "Учебно-методический комплект"}
    groups = [above.get(at) for at in range(len(header))]
    merges = [(0, 0, left, right) for left, right in edges]
    rows = _rows(work, year, header, region, model)
    return Sheet("Sheet", [groups, header], rows, titles=(title, NOTICE), merges=merges)


def _rows(work: Work, year: int, header: list[str], region: Region, model: Model) -> Iterator[Row]:
    period = f"{year} {work.subject} {work.grade}"
    for school in region.schools:
        found = answers(work, year, school, model)
        rows = [_row(school, work, number, answer) for number, answer in enumerate(found, 1)]
        yield from spoiled(SOURCE, period, school.code, header, rows)


def _row(school: Organisation, work: Work, number: int, answer: Answer) -> Row:
    code = work.grade * 10_000 + number
    if answer.is_absent:
        nothing = [None] * (len(work.tasks) + 1 + len(ABOUT_BOOK))
        return [school.login, school.municipality, number, code, None, None, None, "отсутствовал", *nothing]
    points = [
        _points(school, work, task, point) for task, point in zip(work.tasks, answer.points, strict=True)
    ]
    total = sum(point for point in points if isinstance(point, int))
    author = AUTHORS.get(work.subject, OTHER_AUTHORS)
    book = TEXTBOOK.format(author=author, subject=work.subject, grade=work.grade)
    about = [
        answer.journal_mark,
        answer.pupil.sex,
        _class_name(school, work.grade, answer),
        str(answer.variant),
    ]
    return [school.login, school.municipality, number, code, *about, total, *points, book, None, None]


def _points(school: Organisation, work: Work, task: Task, point: int | None) -> int | str:
    if (school.code, work.subject, work.grade, task.code) == NOT_TAUGHT:
        return "не пройд."
    return "X" if point is None else point


def _class_name(school: Organisation, grade: int, answer: Answer) -> str:
    if school.combined and grade == 4:
        return school.combined
    letter = answer.pupil.letter
    return (_CLASS_STYLES if letter else _NO_LETTER)[school.style % 4].format(grade=grade, letter=letter)

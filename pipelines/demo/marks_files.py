"""Marks of every year: the district's form by class, and the journal's export by subject."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import Organisation, Region
from pipelines.demo.pupils import Pupil, pupils
from pipelines.demo.sheet import Row, Sheet, Workbook
from pipelines.demo.vocabulary import NOTICE

CLASSES, SUBJECTS = "class_marks", "subject_marks"
BY_CLASS = (
    "Организация", "Период", "Класс", "На начало", "Прибыло", "Выбыло", "На конец", "Аттестовано", "на «5»",
    "на «4» и «5»", "с одной «4»", "с одной «3»", "неуспевающие", "по 1", "по 2", "по 3+", "н/а",
)  # fmt: skip
BY_SUBJECT = ("Организация", "Период", "Предмет", "Класс", "Кол-во уч-ся", "«5»", "«4»", "«3»", "«2»", "н/а")
TAUGHT = {
    2: ("Русский язык", "Математика", "Окружающий мир", "Литературное чтение"),
    5: ("Русский язык", "Математика", "История", "Биология", "География"),
    7: ("Русский язык", "Алгебра", "Геометрия", "Физика", "История", "Биология"),
}
"""From which grade on which subjects have marks; the first grade has none."""
Marks = list[list[int | None]]
"""Of every pupil, the mark of every subject; None for who was ill and has no mark."""


def marks_files(raw: Path, region: Region, model: Model) -> Iterator[Workbook]:
    """Both files of every year."""
    for year in YEARS:
        span = f"{year - 1}/{year % 100:02d}"
        for source, title, header, rows in (
            (CLASSES, f"Итоги {span} учебного года", BY_CLASS, _classes(region, year, model)),
            (
                SUBJECTS, f"Результативность работы школ за {span} учебный год", BY_SUBJECT,
                _subjects(region, year, model),
            ),
        ):  # fmt: skip
            name = " ".join(filter(None, (title.replace("/", "-"), region.folder)))
            sheet = Sheet("Лист1", [header], list(rows), titles=(title, NOTICE))
            yield Workbook(raw / source / f"{name}.xlsx", [sheet], name)


def _groups(
    region: Region, year: int, model: Model
) -> Iterator[tuple[Organisation, str, tuple[str, ...], Marks]]:
    """Every class of every school with its subjects and marks."""
    for school in region.schools:
        for grade in range(2, school.last_grade + 1):
            subjects = TAUGHT[max(first for first in TAUGHT if first <= grade)]
            there = pupils(school, year, grade, model)
            for letter in sorted({pupil.letter for pupil in there}):
                own = [pupil for pupil in there if pupil.letter == letter]
                yield (
                    school,
                    f"{grade}{letter}",
                    subjects,
                    _marks(school, year, grade, letter, own, subjects, model),
                )


def _marks(
    school: Organisation,
    year: int,
    grade: int,
    letter: str,
    own: list[Pupil],
    subjects: tuple[str, ...],
    model: Model,
) -> Marks:
    """«2» at the end of a year is rare; now and then somebody was ill for long."""
    chance = school.random(model.seed, "marks", year, grade, letter)
    found: Marks = []
    for pupil in own:
        drawn = [round(3.9 + 0.7 * pupil.ability + chance.gauss(0, 0.35)) for _ in subjects]
        kept = [mark if mark > 2 or chance.random() < 0.15 else 3 for mark in drawn]
        ill = chance.random() < 0.01
        found.append([None if ill else min(5, max(2, mark)) for mark in kept])
    return found


def _classes(region: Region, year: int, model: Model) -> Iterator[Row]:
    for school, label, _, marks in _groups(region, year, model):
        known = [[mark for mark in own if mark] for own in marks if None not in own]
        low = [own.count(2) for own in known]
        good = [own for own in known if min(own) >= 4]
        yield [
            school.aliases[0], "год", label, len(marks), 0, 0, len(marks), len(known),
            sum(min(own) == 5 for own in known), sum(min(own) == 4 for own in known),
            sum(own.count(4) == 1 for own in good),
            sum(own.count(3) == 1 and min(own) == 3 for own in known),
            sum(n > 0 for n in low), low.count(1), low.count(2), sum(n > 2 for n in low), len(marks) - len(known),
        ]  # fmt: skip


def _subjects(region: Region, year: int, model: Model) -> Iterator[Row]:
    for school, label, subjects, marks in _groups(region, year, model):
        for at, subject in enumerate(subjects):
            given = [own[at] for own in marks]
            counts = [given.count(mark) for mark in (5, 4, 3, 2, None)]
            yield [school.aliases[0], "год", subject, label, len(given), *counts]

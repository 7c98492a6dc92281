"""State exams of the invented district: who sits what, and how the tasks go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import exp
from random import Random

from pipelines.demo.model import Model
from pipelines.demo.organisations import Organisation
from pipelines.demo.pupils import Pupil, pupils
from pipelines.demo.vocabulary import FEMALE_NAMES, MALE_NAMES, PATRONYMICS, SURNAMES, patronymic, surname

ABSENT = 0.03
"""Part of those who are ill on the day and come on the reserve day."""


@dataclass(frozen=True)
class Exam:
    """One subject of an exam: largest points by task, and who sits it."""

    code: str
    name: str
    grade: int
    day: tuple[int, int]
    short: tuple[int, ...]
    long: tuple[int, ...] = ()
    oral: tuple[int, ...] = ()
    part: float = 1.0
    """Part of the grade that sits it; of the two kinds of mathematics everybody sits one."""
    marks: tuple[float, float, float] | None = None
    """Shares of the largest score from which «3», «4» and «5» begin; none where a score of a hundred is given."""
    hard: tuple[float, float] = (-1.6, 1.0)

    @property
    def most(self) -> int:
        return sum((*self.short, *self.long, *self.oral))


PROFILE = Exam(
    "02", "Математика профильная", 11, (6, 8), (1,) * 12, (2, 3, 2, 2, 3, 4, 4), part=0.55, hard=(-1.7, 0.9)
)
BASIC = Exam("22", "Математика базовая", 11, (6, 8), (1,) * 21, marks=(0.33, 0.57, 0.81), hard=(-2.2, 0.4))
EGE = (
    Exam(
        "01", "Русский язык", 11, (6, 4), (1,) * 24 + (2, 2), (1, 3, 1, 1, 2, 3, 3, 2, 2, 2), hard=(-2.0, 0.6)
    ),
    PROFILE,
    BASIC,
    Exam(
        "12",
        "Обществознание",
        11,
        (6, 11),
        (1, 2, 1, 1, 2, 2, 1, 2, 2, 1, 1, 1, 2, 1, 2, 2),
        (2, 3, 3, 4, 6),
        part=0.5,
    ),
    Exam("03", "Физика", 11, (6, 15), (1, 1, 1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 1, 2), (3, 2, 2, 3, 4), part=0.2),
)
ENGLISH = Exam(
    "09",
    "Английский язык",
    11,
    (6, 18),
    (2, 3) + (1,) * 10,
    (6, 14),
    (1, 4, 5, 10),
    part=0.2,
    hard=(-1.8, 0.6),
)
_SCALE = (0.25, 0.55, 0.8)
OGE = (
    Exam("01", "Русский язык", 9, (6, 9), (1,) * 12, (2, 3, 2, 3, 2, 2, 2), marks=_SCALE, hard=(-2.0, 0.6)),
    Exam("02", "Математика", 9, (6, 3), (1,) * 19, (2, 2, 2, 2, 2, 2), marks=_SCALE, hard=(-2.2, 1.4)),
    Exam(
        "12",
        "Обществознание",
        9,
        (6, 5),
        (1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1),
        (2, 3, 2, 2),
        part=0.6,
        marks=_SCALE,
    ),
    Exam("08", "География", 9, (6, 17), (1,) * 24, (2, 2, 2), part=0.5, marks=_SCALE),
)
GVE = Exam("51", "Русский язык", 9, (5, 29), (1,) * 10, (2, 3, 3), marks=_SCALE, hard=(-2.4, 0.0))


@dataclass(frozen=True)
class Sitting:
    """One participant of one exam with points by task; no points when absent."""

    school: Organisation
    number: int
    """Place of the pupil in the cohort."""
    label: str
    """Name of the class."""
    points: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.points)


def score(exam: Exam, total: int) -> int:
    """The score of a hundred that everybody with so many points gets: steep in the middle, as real scales are."""
    part = total / exam.most
    return round(100 * (1.15 * part + 0.1 * part * (1 - part) - 0.15 * part * part))


def mark(exam: Exam, total: int) -> int:
    """2 to 5 by the exam's own scale."""
    assert exam.marks is not None
    return 2 + sum(total >= round(edge * exam.most) for edge in exam.marks)


@lru_cache(maxsize=4096)
def sittings(exam: Exam, year: int, school: Organisation, model: Model) -> tuple[Sitting, ...]:
    """Everybody of a school who sits an exam on its day; the absent have no points."""
    chance = school.random(model.seed, "exam", exam.code, exam.grade, exam.name, year)
    found = []
    for number, pupil in enumerate(pupils(school, year, exam.grade, model)):
        if _sits(exam, year, number, school, model):
            is_ill = chance.random() < ABSENT
            points = () if is_ill else answered(exam, pupil, chance, model)
            found.append(Sitting(school, number, f"{exam.grade}{pupil.letter}", points))
    return tuple(found)


def again(
    exam: Exam, found: tuple[Sitting, ...], year: int, model: Model, better: float = 0.0
) -> Iterator[Sitting]:
    """The same people on another day, better prepared."""
    for one in found:
        pupil = pupils(one.school, year, exam.grade, model)[one.number]
        chance = one.school.random(model.seed, "again", exam.name, year, one.number)
        yield replace(
            one, points=answered(exam, replace(pupil, ability=pupil.ability + better), chance, model)
        )


def answered(exam: Exam, pupil: Pupil, chance: Random, model: Model) -> tuple[int, ...]:
    """Points by task: short, long, oral."""
    ability = pupil.ability + chance.gauss(0, model.results.subject_spread)
    low, high = exam.hard
    most = (*exam.short, *exam.long, *exam.oral)
    steps = [low + (high - low) * at / (len(most) - 1) for at in range(len(most))]
    return tuple(
        sum(chance.random() < 1 / (1 + exp(-1.2 * (ability - at))) for _ in range(points))
        for points, at in zip(most, steps, strict=True)
    )


def person(school: Organisation, exam: Exam, year: int, number: int, model: Model) -> tuple[str, str, str]:
    """The invented surname, name and patronymic of a pupil, the same in every exam."""
    pupil = pupils(school, year, exam.grade, model)[number]
    chance = school.random(model.seed, "names", year - exam.grade, number)
    female = pupil.sex == "ж"
    # the place in the cohort chooses the surname, so that nobody in a school has a namesake
    base = SURNAMES[(number * 7 + int(school.code) + year - exam.grade) % len(SURNAMES)]
    name = chance.choice(FEMALE_NAMES if female else MALE_NAMES)
    return surname(base, female), name, patronymic(chance.choice(PATRONYMICS), female)


def day(exam: Exam, year: int) -> date:
    return date(year, *exam.day)


def _sits(exam: Exam, year: int, number: int, school: Organisation, model: Model) -> bool:
    draw = school.random(model.seed, "choice", exam.grade, year, number, _choice(exam)).random()
    return draw >= PROFILE.part if exam is BASIC else draw < exam.part


def _choice(exam: Exam) -> str:
    return "Математика" if exam in (PROFILE, BASIC) else exam.name

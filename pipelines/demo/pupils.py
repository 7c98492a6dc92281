"""Pupils and what they do in a work: cohorts move up a grade every year and keep their pupils."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, exp
from random import Random

from pipelines.demo.model import Model
from pipelines.demo.organisations import Organisation
from pipelines.demo.works import Task, Work, difficulties


@dataclass(frozen=True)
class Pupil:
    """A pupil without a name: a sex, an ability and a letter of the class."""

    sex: str
    ability: float
    letter: str


@dataclass(frozen=True)
class Answer:
    """What one pupil brought: ``points`` holds None for a task that was not attempted."""

    pupil: Pupil
    is_absent: bool
    points: tuple[int | None, ...] = ()
    journal_mark: int | None = None
    variant: int = 1


@lru_cache(maxsize=20_000)
def cohort(school: Organisation, entry: int, model: Model) -> tuple[Pupil, ...]:
    """Everybody who entered the first grade of a school in one autumn."""
    chance, results = school.random(model.seed, "cohort", entry), model.results
    size = min(school.largest_cohort, max(4, round(school.cohort * chance.uniform(0.8, 1.2))))
    mean = school.effect + chance.gauss(0, results.cohort_spread)
    classes = ceil(size / school.class_limit)
    letters = ("АБВГДЕ"[at * classes // size] if classes > 1 else "" for at in range(size))
    return tuple(
        Pupil(chance.choice("жм"), chance.gauss(mean, results.ability_spread), one) for one in letters
    )


def pupils(school: Organisation, year: int, grade: int, model: Model) -> tuple[Pupil, ...]:
    """A school's pupils of one grade in one school year."""
    return cohort(school, year - grade, model) if grade <= school.last_grade else ()


def answers(work: Work, year: int, school: Organisation, model: Model) -> Iterator[Answer]:
    """The work of one school, pupil by pupil."""
    chance = school.random(model.seed, "work", work.subject, work.grade, year)
    for pupil in pupils(school, year, work.grade, model):
        if chance.random() < model.results.absent:
            yield Answer(pupil, is_absent=True)
        else:
            yield answered(work, pupil, chance, model)


def answered(work: Work, pupil: Pupil, chance: Random, model: Model) -> Answer:
    """What one pupil who was present brought."""
    ability = pupil.ability + chance.gauss(0, model.results.subject_spread)
    hard = difficulties(work, model)
    points = tuple(
        _points(task, ability - at, chance, model) for task, at in zip(work.tasks, hard, strict=True)
    )
    total = sum(point or 0 for point in points)
    mark = 2 + sum(total >= edge for edge in work.scale(model))
    return Answer(pupil, False, points, _journal_mark(mark, chance, model), chance.randint(1, 2))


def _points(task: Task, ahead: float, chance: Random, model: Model) -> int | None:
    likely = 1 / (1 + exp(-1.2 * ahead))
    points = sum(chance.random() < likely for _ in range(task.max_points))
    return None if points == 0 and chance.random() < model.results.skipped else points


def _journal_mark(mark: int, chance: Random, model: Model) -> int:
    """The mark that stood in the journal before: mostly the same, and «2» is rare there."""
    results, draw = model.results, chance.random()
    if draw < results.confirmed:
        return mark if mark > 2 or chance.random() < 0.5 else 3
    return min(5, mark + 1) if draw < results.confirmed + results.lowered else max(3, mark - 1)

"""Pupils and what they do in a work: cohorts move up a grade every year and keep their pupils."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil, exp
from pathlib import Path
from random import Random

from pipelines.demo.model import Results
from pipelines.demo.organisations import Organisation


@dataclass(frozen=True)
class Task:
    """One scored column of a work."""

    code: str
    level: str
    max_points: int
    kes: str
    kt: str
    skill: str


@dataclass(frozen=True)
class Work:
    """A work of one subject and grade; its tasks are the same every year, so years can be compared."""

    subject: str
    grade: int
    tasks: tuple[Task, ...]

    @property
    def max_total(self) -> int:
        return sum(task.max_points for task in self.tasks)

    def scale(self, results: Results) -> tuple[int, int, int]:
        """Points from which «3», «4» and «5» begin."""
        low, middle, high = (round(part * self.max_total) for part in results.marks_from)
        return low, middle, high


@dataclass(frozen=True)
class Pupil:
    """A pupil without a name: a number in the cohort, a sex and an ability."""

    number: int
    sex: str
    ability: float
    class_name: str


@dataclass(frozen=True)
class Answer:
    """What one pupil brought: `points` holds None for a task that was not attempted."""

    pupil: Pupil
    is_absent: bool
    points: tuple[int | None, ...] = ()
    journal_mark: int | None = None
    variant: int = 1

    @property
    def total(self) -> int:
        return sum(point or 0 for point in self.points)


@cache
def works() -> tuple[Work, ...]:
    """The works that the district writes every year, from ``works.csv``."""
    found: dict[tuple[str, int], list[Task]] = {}
    with (Path(__file__).parent / "works.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            task = Task(
                row["№ в КИМ"], row["Уровень"], int(row["Максимум"]), row["КЭС"], row["КТ"], row["Умение"]
            )
            found.setdefault((row["Предмет"], int(row["Класс"])), []).append(task)
    return tuple(Work(subject, grade, tuple(tasks)) for (subject, grade), tasks in found.items())


@lru_cache(maxsize=20_000)
def cohort(school: Organisation, entry: int, seed: int, spread: float) -> tuple[Pupil, ...]:
    """Everybody who entered the first grade of a school in one autumn."""
    chance = school.random(seed, "cohort", entry)
    size = min(school.largest_cohort, max(4, round(school.cohort * chance.uniform(0.8, 1.2))))
    mean = school.effect + chance.gauss(0, spread)
    classes = ceil(size / school.class_limit)
    return tuple(
        Pupil(
            at + 1,
            chance.choice("жм"),
            chance.gauss(mean, 1),
            "АБВГДЕ"[at * classes // size] if classes > 1 else "",
        )
        for at in range(size)
    )


def pupils(school: Organisation, year: int, grade: int, seed: int, results: Results) -> tuple[Pupil, ...]:
    """A school's pupils of one grade in one school year."""
    return cohort(school, year - grade, seed, results.cohort_spread) if grade <= school.last_grade else ()


def answers(work: Work, year: int, school: Organisation, seed: int, results: Results) -> Iterator[Answer]:
    """The work of one school, pupil by pupil."""
    chance = school.random(seed, "work", work.subject, work.grade, year)
    difficulties = difficulty(work, seed, results)
    for pupil in pupils(school, year, work.grade, seed, results):
        if chance.random() < results.absent:
            yield Answer(pupil, is_absent=True)
            continue
        ability = pupil.ability + chance.gauss(0, results.subject_spread)
        points = tuple(
            _points(task, ability - hard, chance, results.skipped)
            for task, hard in zip(work.tasks, difficulties, strict=True)
        )
        mark = _journal_mark(sum(point or 0 for point in points), work, chance, results)
        yield Answer(pupil, False, points, mark, chance.randint(1, 2))


@cache
def difficulty(work: Work, seed: int, results: Results) -> tuple[float, ...]:
    """How hard each task is; the declared deficit adds to its tasks."""
    chance = Random(f"{seed}/difficulty/{work.subject}/{work.grade}")
    deficit = results.deficit
    lacking = deficit.codes if (work.subject, work.grade) == (deficit.subject, deficit.grade) else ()
    return tuple(
        chance.uniform(*(results.basic if task.level == "Б" else results.advanced))
        + (deficit.shift if task.code in lacking else 0)
        for task in work.tasks
    )


def _points(task: Task, ahead: float, chance: Random, skipped: float) -> int | None:
    likely = 1 / (1 + exp(-1.2 * ahead))
    points = sum(chance.random() < likely for _ in range(task.max_points))
    return None if points == 0 and chance.random() < skipped else points


def _journal_mark(total: int, work: Work, chance: Random, results: Results) -> int:
    """The mark that stood in the journal before: mostly the same as the work's."""
    mark = 2 + sum(total >= edge for edge in work.scale(results))
    draw = chance.random()
    if draw < results.confirmed:
        return max(mark, 3) if chance.random() < 0.5 else mark
    return min(5, mark + 1) if draw < results.confirmed + results.lowered else max(3, mark - 1)

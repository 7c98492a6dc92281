"""The works that the district writes every year: their tasks, scales and difficulties."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from pipelines.demo.model import Model


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

    def scale(self, model: Model) -> tuple[int, int, int]:
        """Points from which «3», «4» and «5» begin."""
        low, middle, high = (round(part * self.max_total) for part in model.results.marks_from)
        return low, middle, high


@cache
def works() -> tuple[Work, ...]:
    """All works, from ``works.csv``."""
    found: dict[tuple[str, int], list[Task]] = {}
    with (Path(__file__).parent / "works.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            found.setdefault((row["Предмет"], int(row["Класс"])), []).append(_task(row))
    return tuple(Work(subject, grade, tuple(tasks)) for (subject, grade), tasks in found.items())


def _task(row: dict[str, str]) -> Task:
    points = int(row["Максимум"])
    return Task(row["№ в КИМ"], row["Уровень"], points, row["КЭС"], row["КТ"], row["Умение"])


@cache
def difficulties(work: Work, model: Model) -> tuple[float, ...]:
    """How hard each task is; the declared deficit adds to its tasks."""
    chance = Random(f"{model.seed}/difficulty/{work.subject}/{work.grade}")
    results, deficit = model.results, model.results.deficit
    lacking = deficit.codes if (work.subject, work.grade) == (deficit.subject, deficit.grade) else ()
    return tuple(
        chance.uniform(*(results.basic if task.level == "Б" else results.advanced))
        + (deficit.shift if task.code in lacking else 0)
        for task in work.tasks
    )

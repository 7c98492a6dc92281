"""The latest year's group reports of ФИС ОКО: the country's and the region's rows beside the district's schools."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from pipelines.demo.model import YEARS, Deficit, Model
from pipelines.demo.organisations import Region
from pipelines.demo.pupils import Answer, Pupil, answered, answers
from pipelines.demo.sheet import Row, Sheet, Workbook
from pipelines.demo.vocabulary import DISTRICT, NOTICE
from pipelines.demo.works import Work, works

YEAR = YEARS[-1]
GROUPS, SCHOOLS, PUPILS = "Группы участников", "Кол-во ОО", "Кол-во участников"
SIDES = (
    "Понизили (Отметка < Отметка по журналу)", "Подтвердили (Отметка = Отметке по журналу)",
    "Повысили (Отметка > Отметка по журналу)",
)  # fmt: skip
DRAWN = 600
"""Pupils by whom a territory is drawn; its shares are theirs."""


@dataclass(frozen=True)
class Group:
    """One row of a report: a territory or a school, and what its pupils did."""

    name: str
    schools: int | None
    pupils: int
    present: tuple[Answer, ...]


TERRITORIES = (
    ("Вся выборка", 35_000, 1_400_000, 0.1), ("Приозёрская область (демонстрационная)", 420, 8_600, 0.05),
)  # fmt: skip
"""Name, schools, pupils, and how much abler than the district's pupils they are."""


def group_reports(raw: Path, world: Sequence[Region], model: Model) -> Iterator[Workbook]:
    """Three reports on every work of the latest year; a district only, a region has its own numbers."""
    if len(world) > 1 or world[0].folder:
        return
    for work in works():
        groups = list(_groups(work, world[0], model))
        yield _book(raw, "vpr_group_marks", "Статистика по отметкам", work, _marks(groups, work, model))
        yield _book(
            raw,
            "vpr_group_journal",
            "Сравнение отметок с отметками по журналу",
            work,
            _journal(groups, work, model),
        )
        yield _book(raw, "vpr_group_tasks", "Выполнение заданий", work, _tasks(groups, work))


def _book(raw: Path, source: str, title: str, work: Work, rows: list[Row]) -> Workbook:
    named = f"ВПР {YEAR} {work.subject} {work.grade} класс"
    about: list[Row] = [
        [named], ["Предмет:", work.subject], ["Максимальный первичный балл:", work.max_total],
        ["Дата:", f"20.04.{YEAR}"], [],
    ]  # fmt: skip
    sheet = Sheet(title[:31], [*about, *rows[:1]], rows[1:], titles=(title, NOTICE))
    return Workbook(raw / source / f"{title} {named}.xlsx", [sheet], title)


def _groups(work: Work, region: Region, model: Model) -> Iterator[Group]:
    """The territories, the district as the sum of its schools, and the schools."""
    usual = replace(model, results=replace(model.results, deficit=Deficit("", 0, (), 0)))
    for name, schools, pupils, ahead in TERRITORIES:
        chance = Random(f"{model.seed}/territory/{name}/{work.subject}/{work.grade}")
        abilities = (chance.gauss(ahead, model.results.ability_spread) for _ in range(DRAWN))
        drawn = tuple(answered(work, Pupil("ж", one, ""), chance, usual) for one in abilities)
        yield Group(name, schools, pupils, drawn)
    own = []
    for school in region.schools:
        present = tuple(one for one in answers(work, YEAR, school, model) if not one.is_absent)
        if present:
            own.append(Group(f"{school.name}({school.login})", None, len(present), present))
    everybody = tuple(one for group in own for one in group.present)
    yield Group(f"{DISTRICT}(reg98_m001)", len(own), len(everybody), everybody)
    yield from own


def _marks(groups: list[Group], work: Work, model: Model) -> list[Row]:
    rows: list[Row] = [[GROUPS, SCHOOLS, PUPILS, 2, 3, 4, 5]]
    for group in groups:
        marks = [_mark(one, work, model) for one in group.present]
        rows.append(
            [
                group.name,
                group.schools,
                group.pupils,
                *(_percent(marks.count(m), len(marks)) for m in (2, 3, 4, 5)),
            ]
        )
    return rows


def _journal(groups: list[Group], work: Work, model: Model) -> list[Row]:
    rows: list[Row] = [
        [GROUPS, f"{PUPILS}(всего)", *(f"{side} {what}" for side in SIDES for what in ("%", PUPILS))]
    ]
    for group in groups:
        shifts = [_mark(one, work, model) - (one.journal_mark or 0) for one in group.present]
        counts = [sum(s < 0 for s in shifts), shifts.count(0), sum(s > 0 for s in shifts)]
        told = [round(group.pupils * count / len(shifts)) for count in counts]
        pairs = [(_percent(count, group.pupils), count) for count in told]
        rows.append([group.name, group.pupils, *(number for pair in pairs for number in pair)])
    return rows


def _tasks(groups: list[Group], work: Work) -> list[Row]:
    rows: list[Row] = [[GROUPS, SCHOOLS, PUPILS, *(task.code for task in work.tasks)]]
    rows.append(["Макс. балл", None, None, *(task.max_points for task in work.tasks)])
    for group in groups:
        sums = [sum(one.points[at] or 0 for one in group.present) for at in range(len(work.tasks))]
        shares = [
            _percent(points, len(group.present) * task.max_points)
            for points, task in zip(sums, work.tasks, strict=True)
        ]
        rows.append([group.name, group.schools, group.pupils, *shares])
    return rows


def _mark(one: Answer, work: Work, model: Model) -> int:
    total = sum(point or 0 for point in one.points)
    return 2 + sum(total >= edge for edge in work.scale(model))


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2)

"""The profile of a work: tasks with their zones, verdicts, and skills that are low as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.display import Measure, Shown, shown
from dashboard.queries import Queries
from dashboard.queries.results import Task, Work, tasks, tasks_of_year
from dashboard.words import NBSP
from dashboard.zones import PUBLISHED, Verdict, Zone, verdict, zone_of


@dataclass(frozen=True)
class ProfilePoint:
    """One task with everything that may be said of it."""

    task: str
    code: str
    level: str
    skill: str
    measure: Measure
    shown: Shown
    zone: Zone | None
    verdict: Verdict
    reference: Shown | None = None
    kes: tuple[str, ...] = ()
    """Codes of the content elements that the task checks."""
    areas: tuple[tuple[str, float], ...] = ()
    """Territories of the group reports: «регион», «РФ» and their percents."""


@dataclass(frozen=True)
class Group:
    """Tasks on one skill or one content element, taken together."""

    label: str
    points: tuple[ProfilePoint, ...]

    @property
    def below(self) -> tuple[ProfilePoint, ...]:
        """Its tasks that are below their zones."""
        return tuple(point for point in self.points if point.verdict is Verdict.BELOW)

    @property
    def is_deficit(self) -> bool:
        """Most of its tasks and no fewer than two are below: one low task is not yet a deficit."""
        return len(self.below) >= 2 and 2 * len(self.below) > len(self.points)

    @property
    def measure(self) -> Measure:
        """All its points of all that were possible, at the largest n of a task."""
        got, possible = (
            sum(getattr(p.measure, part) for p in self.points) for part in ("numerator", "denominator")
        )
        n = max(point.measure.n for point in self.points)
        return Measure(got, possible, n, 100 * got / possible if possible else None, kind="share", unit="%")


@dataclass(frozen=True)
class Profile:
    """All tasks of a work."""

    points: tuple[ProfilePoint, ...]
    deficits: tuple[str, ...]
    """Skills with two tasks or more of which most are below their zones."""

    @property
    def groups(self) -> tuple[Group, ...]:
        """Skills that several tasks check, then content elements by their codes."""
        by_skill: dict[str, list[ProfilePoint]] = {}
        by_code: dict[str, list[ProfilePoint]] = {}
        for point in self.points:
            if point.skill:
                by_skill.setdefault(f"«{point.skill}»", []).append(point)
            for code in point.kes:
                by_code.setdefault(f"КЭС{NBSP}{code}", []).append(point)
        several = [Group(label, tuple(found)) for label, found in by_skill.items() if len(found) > 1]
        codes = sorted(by_code, key=lambda label: [int(part) for part in re.findall(r"\d+", label)])
        return (*several, *(Group(label, tuple(by_code[label])) for label in codes))

    @property
    def below(self) -> tuple[ProfilePoint, ...]:
        """Tasks whose whole interval is below the zone."""
        return tuple(point for point in self.points if point.verdict is Verdict.BELOW)

    @property
    def n(self) -> float:
        """The largest n of a task."""
        return max((point.measure.n for point in self.points), default=0)


def profile(
    q: Queries,
    work: Work,
    school: str | None = None,
    class_: str | None = None,
    municipality: str | None = None,
) -> Profile:
    """Tasks of a work for the district, a school or a class; with the district beside a part of it."""
    where = {"year": work.year, "subject": work.subject, "grade": work.grade}
    part = {"school": school, "class_": class_, "municipality": municipality}
    found = {c.keys["task"]: c.measure for c in q.cuts("task_success", ("task",), **where, **part)}
    is_part = any(value is not None for value in part.values())
    whole = {c.keys["task"]: c.measure for c in q.cuts("task_success", ("task",), **where)} if is_part else {}
    return _profile(tasks(q, work), found, whole, _areas(q, where), _zones(q))


def _areas(q: Queries, where: dict[str, Any]) -> dict[str, list[tuple[str, float]]]:
    """Every task in the region and in the country."""
    found: dict[str, list[tuple[str, float]]] = {}
    for area in q.areas("task_success", ("task",), **where):
        if area.measure.value is not None:
            found.setdefault(area.keys["task"], []).append((area.label, area.measure.value))
    return found


def profiles(q: Queries, year: int) -> dict[tuple[str, int], Profile]:
    """The district's profiles of every work of a year, by subject and grade, in one question."""
    found: dict[tuple[str, int], dict[str, Measure]] = {}
    for cut in q.cuts("task_success", ("subject", "grade", "task"), year=year):
        if cut.keys["task"] is not None:
            found.setdefault((cut.keys["subject"], cut.keys["grade"]), {})[cut.keys["task"]] = cut.measure
    declared = tasks_of_year(q, year)
    zones = _zones(q)
    return {
        work: _profile(declared.get(work, {}), measures, {}, {}, zones) for work, measures in found.items()
    }


def _profile(
    declared: dict[str, Task], found: dict[str, Measure], whole: dict[str, Measure],
    areas: dict[str, list[tuple[str, float]]], zones: Mapping[str, Zone],
) -> Profile:  # fmt: skip
    nothing = Task("", None, None, None, None)
    points = tuple(
        _point(task, declared.get(task, nothing), measure, whole.get(task), areas.get(task, []), zones)
        for task, measure in found.items() if task is not None
    )  # fmt: skip
    return Profile(points, _deficits(points))


def _point(
    name: str, task: Task, measure: Measure, whole: Measure | None, areas: list[tuple[str, float]],
    zones: Mapping[str, Zone],
) -> ProfilePoint:  # fmt: skip
    seen, zone = shown(measure), zone_of(task.level, zones)
    return ProfilePoint(
        name, task.code or name, (task.level or "")[:1].upper(), task.skill or "", measure, seen, zone,
        verdict(seen, zone), shown(whole) if whole else None,
        tuple(dict.fromkeys(re.findall(r"\d+(?:\.\d+)*", task.kes or ""))), tuple(areas),
    )  # fmt: skip


def _zones(q: Queries) -> Mapping[str, Zone]:
    """As the dictionary ``task_zone`` declares them, with the year's numbers of ФИОКО."""
    if not q.has("dim_task_zone"):
        return PUBLISHED
    found = q.rows("select term, enough, below, title from dim_task_zone")
    return {level: Zone(enough, below, name) for level, enough, below, name in found}


def _deficits(points: tuple[ProfilePoint, ...]) -> tuple[str, ...]:
    every = Counter(point.skill for point in points if point.skill)
    low = Counter(point.skill for point in points if point.skill and point.verdict is Verdict.BELOW)
    return tuple(skill for skill, count in low.items() if every[skill] >= 2 and count * 2 > every[skill])

"""ИКТ diagnostics in plain Python: levels, deficits, the same people twice, and who was trained."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tests.marts.invented import DIGITAL
from tests.marts.oracle_cells import Cells, Row, grouped, share

TARGET = "повышенный"


def ict(tables: dict[str, list[Row]], levels: Row) -> Cells:
    """Every indicator of the diagnostics."""
    cells: Cells = {}
    for (school, year), rows in grouped(tables["ict_answer"], "school_id", "school_year").items():
        people = {name: answers for (name,), answers in grouped(rows, "name_id").items()}
        reached = {name: _level(answers, levels) for name, answers in people.items()}
        base = [name for name, level in reached.items() if level == "базовый"]
        cells["ict_base_share", (school, year)] = share(len(base), len(reached))
        for level in levels:
            there = list(reached.values()).count(level)
            cells["ict_level_share", (school, year, level)] = share(there, len(reached))
        cells |= _competences(school, year, rows, levels[TARGET])
        cells |= _trained(tables, school, year, base)
    return cells | _pairs(tables)


def _level(answers: list[Row], levels: Row) -> str:
    return [level for level, start in levels.items() if _percent(answers) >= start][-1]


def _percent(answers: list[Row]) -> float:
    return 100 * sum(a["points"] for a in answers) / sum(a["max_points"] for a in answers)


def _competences(school: str, year: int, rows: list[Row], target: float) -> Cells:
    cells: Cells = {}
    for (competence,), given in grouped(rows, "competence").items():
        percents = [_percent(own) for own in grouped(given, "name_id").values()]
        where = (school, year, competence)
        cells["ict_competence_mean", where] = (sum(percents) / 100, len(percents), len(percents))
        cells["ict_deficit_share", where] = share(sum(p < target for p in percents), len(percents))
    return cells


def _trained(tables: dict[str, list[Row]], school: str, year: int, base: list[Any]) -> Cells:
    register = [row for row in tables["training_course"] if row["school_id"] == school]
    trained = {
        row["name_id"] for row in register
        if row.get("topic") == DIGITAL and (row["kind"] == "ПП" or row["hours"] >= 16)
        and year - 2 <= row["end_date"].year + (row["end_date"].month >= 9) <= year
    }  # fmt: skip
    known = base if register else []
    if not known:
        return {}
    return {("ict_base_trained_share", (school, year)): share(len(trained & {*known}), len(known))}


def _pairs(tables: dict[str, list[Row]]) -> Cells:
    cells: Cells = {}
    changes: dict[tuple[Any, ...], list[float]] = {}
    for where, change in _changes(tables):
        changes.setdefault(where, []).append(change)
    for where, found in changes.items():
        cells["ict_change", where] = (sum(found), len(found), len(found))
        cells["ict_risen_share", where] = share(sum(change > 0 for change in found), len(found))
    return cells


def _changes(tables: dict[str, list[Row]]) -> Iterator[tuple[tuple[Any, ...], float]]:
    for (school, _), rows in grouped(tables["ict_answer"], "school_id", "name_id").items():
        by_year = {year: own for (year,), own in grouped(rows, "school_year").items()}
        years = sorted(by_year)
        for before, now in pairwise(years):
            common = {a["question"] for a in by_year[before]} & {a["question"] for a in by_year[now]}
            if common:
                kept = [[a for a in by_year[y] if a["question"] in common] for y in (now, before)]
                yield (school, now), _percent(kept[0]) - _percent(kept[1])

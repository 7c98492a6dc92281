"""The oracle's results: participation, points, marks and tasks of ВПР."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tests.marts.oracle_cells import Cells, Row, grouped, share

_WORK = ("school_year", "subject", "grade")


def results(tables: dict[str, list[Row]]) -> Cells:
    scales = {tuple(row[name] for name in _WORK): row for row in tables["mark_scale"]}
    cells: Cells = {}
    for key, rows in grouped(tables["vpr_result"], "school_id", *_WORK, "class").items():
        school, year, subject, grade, label = key
        cell = (school, year, "vpr", subject, grade, label)
        present = [row for row in rows if not row["is_absent"]]
        present = [row | {"total_points": known_points(row)} for row in present]
        totals = [row["total_points"] for row in present if row["total_points"] is not None]
        cells["participants", cell] = (len(present), 0, len(present))
        cells["participation_share", cell] = share(len(present), len(rows))
        cells["mean_primary_score", cell] = (sum(totals), len(totals), len(totals))
        scale = scales.get((year, subject, grade))
        if scale or any(row.get("mark") for row in present):
            cells |= _marks(cell, present, scale and [scale["min_3"], scale["min_4"], scale["min_5"]])
    return cells


def known_points(row: Row) -> float | None:
    """A sum of nothing over points for tasks was never computed."""
    return None if row["total_points"] == 0 and (row.get("items_points") or 0) > 0 else row["total_points"]


def _mark(row: Row, steps: list[int] | None) -> int | None:
    """The mark of the file, else by the scale."""
    if row.get("mark"):
        return int(row["mark"])
    known = steps and row["total_points"] is not None
    return 2 + sum(row["total_points"] >= step for step in steps or ()) if known else None


def _marks(cell: tuple[Any, ...], present: list[Row], steps: list[int] | None) -> Cells:
    given = [(_mark(row, steps), row) for row in present]
    written = [row for mark, row in given if mark is not None]
    marks = [mark for mark, _ in given if mark is not None]
    journal = [row.get("journal_mark") for row in written]
    shifts = [mark - known for mark, known in zip(marks, journal, strict=True) if known is not None]
    return {
        ("quality_share", cell): share(sum(mark in (4, 5) for mark in marks), len(marks)),
        ("pass_share", cell): share(sum(mark != 2 for mark in marks), len(marks)),
        ("low_mark_share", cell): share(sum(mark == 2 for mark in marks), len(marks)),
        ("mean_mark", cell): (sum(marks), len(marks), len(marks)),
        ("journal_confirmed_share", cell): share(sum(shift == 0 for shift in shifts), len(shifts)),
        ("journal_lowered_share", cell): share(sum(shift < 0 for shift in shifts), len(shifts)),
        ("journal_raised_share", cell): share(sum(shift > 0 for shift in shifts), len(shifts)),
        ("journal_mean_shift", cell): (sum(shifts), len(shifts), len(shifts)),
        ("journal_gap_share", cell): share(sum(shift not in (-1, 0, 1) for shift in shifts), len(shifts)),
    }


def tasks(tables: dict[str, list[Row]]) -> Cells:
    classes = {
        (row["school_id"], *(row[n] for n in _WORK), row["pupil_code"]): row["class"]
        for row in tables["vpr_result"]
        if not row["is_absent"]
    }
    specified = {(*(row[n] for n in _WORK), row["task"]): row for row in tables["task_specification"]}
    said = _said_by_files(tables["vpr_task_score"])
    sums: dict[tuple[Any, ...], list[float]] = defaultdict(lambda: [0, 0, 0])
    for row in tables["vpr_task_score"]:
        work = tuple(row[name] for name in _WORK)
        pupil = (row["school_id"], *work, row["pupil_code"])
        task = specified.get((*work, row["task"])) or said.get((*work, row["task"]))
        if pupil not in classes or task is None or row["state"] not in ("scored", "not_attempted"):
            continue
        year, subject, grade = work
        cell = (row["school_id"], year, "vpr", subject, grade, classes[pupil], row["task"], task["level"])
        parts = sums[cell]
        parts[0] += row["points"] if row["state"] == "scored" else 0
        parts[1] += task["max_points"]
        parts[2] += 1
    return {("task_success", cell): (parts[0], parts[1], parts[2]) for cell, parts in sums.items()}


def _said_by_files(scores: list[Row]) -> dict[tuple[Any, ...], Row]:
    """What headings or a large file's results say of a task where no specification does."""
    found: dict[tuple[Any, ...], Row] = {}
    for row in scores:
        if row.get("max_points") is not None:
            task = found.setdefault(tuple(row[n] for n in (*_WORK, "task")), {"max_points": 0, "level": None})
            task["max_points"] = max(task["max_points"], row["max_points"])
            task["level"] = max(filter(None, (task["level"], row.get("level"))), default=None)
    return found

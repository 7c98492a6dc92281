"""A cohort beside itself a year before: plain means of percents, nobody linked to anybody."""

from __future__ import annotations

from typing import Any

from tests.marts.oracle_cells import Cells, Row, grouped
from tests.marts.oracle_results import known_points


def cohorts(tables: dict[str, list[Row]]) -> Cells:
    """How far a cohort's percent of the most points is from the same cohort's a year before."""
    found: dict[tuple[Any, ...], list[float]] = {}
    most: dict[tuple[Any, ...], float] = {}
    for work, rows in grouped(tables["task_specification"], "school_year", "subject", "grade").items():
        most[work] = sum(row["max_points"] for row in rows)
    for (school, year, subject, grade), rows in grouped(
        tables["vpr_result"], "school_id", "school_year", "subject", "grade"
    ).items():
        present = [known_points(r) for r in rows if not r["is_absent"]]
        points = [one for one in present if one is not None]
        whole = most.get((year, subject, grade)) or next(
            (r["max_total"] for r in rows if r.get("max_total")), None
        )
        if points and whole:
            found[school, year, subject, grade] = [100 * one / whole for one in points]
    cells: Cells = {}
    for (school, year, subject, grade), percents in found.items():
        before = found.get((school, year - 1, subject, grade - 1))
        if before:
            mean = sum(before) / len(before)
            shifts = [one - mean for one in percents]
            cells["cohort_shift", (school, year, "vpr", subject, grade)] = (
                sum(shifts),
                len(shifts),
                len(shifts),
            )
    return cells

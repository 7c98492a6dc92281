"""The oracle's state exams: attempts, reviews and regional totals, by plain loops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.marts.oracle_cells import Cells, Row, grouped, share

GRADUATE = "выпускник текущего года"
EXAM = ("school_year", "procedure", "subject")


def exams(tables: dict[str, list[Row]]) -> Cells:
    cells: Cells = {}
    people = list(_people(tables))
    regions = _region_means(tables)
    least = {
        (r["school_year"], r["exam"], r["subject"]): r["min_score"] for r in tables.get("exam_threshold", [])
    }
    for cell, rows in grouped(people, "school_id", *EXAM, "grade", "class").items():
        exam = (cell[1], cell[2], cell[3])
        first = [r for r in rows if r["is_first"] and r["is_graduate"]]
        final = [r for r in rows if r["is_final"] and r["is_graduate"]]
        cells |= {(name, cell): parts for name, parts in _of_cell(exam, first, final, regions, least)}
    return cells | _tasks(tables, people) | _forms(tables, regions)


def _of_cell(
    exam: tuple[int, str, str], first: list[Row], final: list[Row], regions: dict[tuple[int, str, str], float],
    least: dict[tuple[int, str, str], float],
) -> Iterator[tuple[str, tuple[float, float, float]]]:  # fmt: skip
    scores = [r["score"] for r in first if r["score"] is not None]
    marks = [r["mark"] for r in first if r["mark"] is not None]
    yield "exam_participants", (len(final), 0, len(final))
    passed = [p for p in (_passed(r, least.get(exam)) for r in final) if p is not None]
    yield "exam_pass_share", share(sum(passed), len(passed))
    if exam[1] == "ege":
        yield "exam_mean_score", (sum(scores), len(scores), len(scores))
        yield "exam_high_share", share(sum(s >= 81 for s in scores), len(scores))
        yield "exam_high80_share", share(sum(s >= 80 for s in scores), len(scores))
        if exam in regions:
            yield "exam_region_gap", (sum(s - regions[exam] for s in scores), len(scores), len(scores))
    if exam[1] != "oge":
        yield "exam_mean_mark", (sum(marks), len(marks), len(marks))
    else:
        best = [r["mark"] for r in final]
        yield "oge_pass_share", share(sum(m >= 3 for m in best), len(best))
        yield "oge_quality_share", share(sum(m >= 4 for m in best), len(best))
        yield "oge_mean_mark", (sum(best), len(best), len(best))
        yield "oge_first_low_share", share(marks.count(2), len(marks))
        yield "oge_final_low_share", share(best.count(2), len(best))


def _passed(row: Row, least: float | None) -> bool | None:
    if row["score"] is None:
        return bool(row["mark"] >= 3)
    return None if least is None else bool(row["score"] >= least)


def _people(tables: dict[str, list[Row]]) -> Iterator[Row]:
    """Every attempt with what came of its review, the first of the main period and the best of the year marked."""
    reviews = grouped(tables["exam_appeal"], "school_id", *EXAM, "person_id", "exam_date")
    for key, attempts in grouped(tables["exam_result"], "school_id", *EXAM, "person_id").items():
        told: list[Row] = []
        for row in sorted(attempts, key=lambda r: r["exam_date"]):
            found = sorted(
                reviews.get((*key, row["exam_date"]), []), key=lambda r: r["changed_at"] or date.min
            )
            new = {n: found[-1][n] for n in ("score", "mark") if found and found[-1].get(n) is not None}
            told.append({"score": None, "mark": None, **row, **new, "is_first": False, "is_final": False})
        valid = [r for r in told if r["state"] == "действует" and (r["score"], r["mark"]) != (None, None)]
        for row in valid:
            row["is_graduate"] = row.get("category") in (None, GRADUATE)
        for row in [r for r in valid if r["wave"] in ("main", "reserve")][:1]:
            row["is_first"] = True
        if valid:
            max(valid, key=lambda r: (r["score"] or -1, r["mark"] or -1, -r["exam_date"].toordinal()))[
                "is_final"
            ] = True
        yield from valid


def _region_means(tables: dict[str, list[Row]]) -> dict[tuple[int, str, str], float]:
    there = [r for r in tables["exam_area"] if r["level"] == "region" and r["participants"]]
    groups = grouped(there, *EXAM)
    return {(k[0], k[1], k[2]): rows[0]["mean_score"] for k, rows in groups.items() if len(rows) == 1}


def _tasks(tables: dict[str, list[Row]], people: list[Row]) -> Cells:
    key = ("school_id", *EXAM, "exam_date", "person_id")
    there = {tuple(r[k] for k in key): r for r in people if r["is_graduate"] and r["is_first"]}
    worth: dict[tuple[object, ...], float | None] = {}
    for exam, rows in grouped(tables["exam_item"], *EXAM, "task").items():
        given = [r.get("max_points") for r in rows]
        if None not in given:
            worth[exam] = max(m for m in given if m is not None)
        else:
            worth[exam] = max(1, *(r["points"] for r in rows)) if len(rows) >= 20 else None
    items = [{**there[tuple(r[k] for k in key)], **r, "level": None} for r in tables["exam_item"]
             if tuple(r[k] for k in key) in there]  # fmt: skip
    cells: Cells = {}
    for cell, rows in grouped(items, "school_id", *EXAM, "grade", "class", "task", "level").items():
        most = worth[(cell[1], cell[2], cell[3], cell[6])]
        if most is not None:
            cells["exam_task_success", cell] = (sum(r["points"] for r in rows), most * len(rows), len(rows))
    return cells


def _forms(tables: dict[str, list[Row]], regions: dict[tuple[int, str, str], float]) -> Cells:
    cells: Cells = {}
    for row in tables["exam_school"]:
        exam = (row["school_year"], row["procedure"], row["subject"])
        cell, n = (row["school_id"], *exam), row.get("participants")
        if row.get("applied") is not None:
            cells["exam_applied", cell] = (row["applied"], 0, row["applied"])
        if not n:
            continue
        cells["exam_form_participants", cell] = (n, 0, n)
        cells["exam_form_pass_share", cell] = share(n - row["below_min"], n)
        cells["exam_form_high_share", cell] = share(row["high"] + row["hundred"], n)
        if row["mean_score"] is None:
            continue
        cells["exam_form_mean_score", cell] = (row["mean_score"] * n, n, n)
        if exam in regions:
            cells["exam_form_region_gap", cell] = ((row["mean_score"] - regions[exam]) * n, n, n)
    return cells

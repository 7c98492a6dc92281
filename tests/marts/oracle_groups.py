"""A school known by group reports only: counts from percents, the sums of its tasks."""

from __future__ import annotations

from typing import Any

from tests.marts.oracle_cells import Cells, Row, grouped, share

WORK = ("school_id", "school_year", "subject", "grade")
Counts = dict[str, int]


def groups(tables: dict[str, list[Row]]) -> Cells:
    """Indicators of works of which a school sent no rows of pupils."""
    sent = set(grouped(tables["vpr_result"], *WORK))
    told = [r for r in tables["vpr_group_share"] if r["territory_level"] == "school" and r.get("school_id")]
    cells: Cells = {}
    for work, rows in grouped(told, *WORK).items():
        if work not in sent:
            cells |= _of_work((work[0], work[1], "vpr", work[2], work[3], None), rows)
    return cells | _tasks(tables, sent)


def _of_work(cell: tuple[Any, ...], rows: list[Row]) -> Cells:
    parts = {name: _counts(own) for (name,), own in grouped(rows, "breakdown").items()}
    marks, sides, scores = parts.get("mark", {}), parts.get("journal", {}), parts.get("score", {})
    n, most = sum(marks.values()), max((sum(own.values()) for own in parts.values()), default=0)
    by_mark = {int(mark): count for mark, count in marks.items()}
    known = sum(sides.values())
    cells: Cells = {
        ("participants", cell): (most, 0, most),
    }
    if n:
        cells |= {
            ("quality_share", cell): share(by_mark.get(4, 0) + by_mark.get(5, 0), n),
            ("pass_share", cell): share(n - by_mark.get(2, 0), n),
            ("low_mark_share", cell): share(by_mark.get(2, 0), n),
            ("mean_mark", cell): (sum(mark * count for mark, count in by_mark.items()), n, n),
        }
    for side in ("lowered", "confirmed", "raised"):
        if known:
            cells[f"journal_{side}_share", cell] = share(sides.get(side, 0), known)
    if scores:
        total = sum(int(score) * count for score, count in scores.items())
        cells["mean_primary_score", cell] = (total, sum(scores.values()), sum(scores.values()))
    return cells


def _counts(rows: list[Row]) -> Counts:
    """Children of every part, if the percents are fine enough to tell one child and the parts make up all."""
    people = max(row["participants"] for row in rows)
    sure = all(
        abs(100 * row["pupils"] / row["participants"] - row["percent"]) <= row["precision"] + 1e-6
        and 2 * row["precision"] * row["participants"] < 100
        for row in rows
    )
    counts = {row["category"]: row["pupils"] for row in rows}
    return counts if sure and sum(counts.values()) == people else {}


def _tasks(tables: dict[str, list[Row]], sent: set[tuple[Any, ...]]) -> Cells:
    known = {
        (row["school_year"], row["subject"], row["grade"], _plain(row.get("task_code") or row["task"])): row
        for row in tables["task_specification"]
    }
    cells: Cells = {}
    for row in tables["vpr_group_task"]:
        work = tuple(row[name] for name in WORK)
        if (
            row["territory_level"] != "school"
            or row["mark_group"] != "all"
            or work in sent
            or not row.get("school_id")
        ):
            continue
        task = known.get((*work[1:], row["task"]))
        most = row["participants"] * (row.get("max_points") or (task or {}).get("max_points") or 0)
        if most and row.get("points") is not None:
            cell = (*work[:2], "vpr", *work[2:], None, (task or row)["task"], (task or {}).get("level"))
            cells["task_success", cell] = (row["points"], most, row["participants"])
    return cells


def _plain(code: str) -> str:
    return code.replace("(", ".").replace(")", "")

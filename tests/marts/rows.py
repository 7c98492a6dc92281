"""Staged rows for tests: a few facts over defaults, stored by the production store and built by the production build."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.marts import Marts, open_latest
from pipelines.build import build
from pipelines.contract import declarations
from pipelines.findings import FileReport, Finding, Status, Submission
from pipelines.staging import Store

Row = dict[str, Any]
SCHOOL, OTHER, GARDEN = "980101", "980102", "980201"
_PANDAS = {"text": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "object"}
_FIRST = datetime(2026, 9, 1, 8, tzinfo=UTC)

DEFAULTS: dict[str, Row] = {
    "school": {"school_id": SCHOOL, "login": "edu980101", "name": 'МБОУ "Озёрная СШ"', "kind": "школа"},
    "school_questionnaire": {"school_id": SCHOOL, "school_year": 2026, "name": "Озёрная СШ"},
    "staff": {
        "school_id": SCHOOL, "person_id": "p1", "name_id": "n1", "as_of": date(2025, 9, 20), "school_year": 2026,
        "post": "учитель математики", "post_group": "учитель",
    },
    "training_course": {
        "school_id": SCHOOL, "name_id": "n1", "title": "Курс", "kind": "ПК", "hours": 72.0, "end_date": date(2025, 3, 1),
    },
    "ict_answer": {
        "school_id": SCHOOL, "name_id": "n1", "school_year": 2026, "question": "О1", "competence": "Общепользовательская",
        "points": 3.0, "max_points": 4.0,
    },
    "training_need": {
        "school_id": SCHOOL, "name_id": "n1", "school_year": 2026, "topic": "Другое", "is_chosen": True, "is_first": False,
    },
    "vpr_result": {
        "school_id": SCHOOL, "school_year": 2026, "subject": "Математика", "grade": 4, "class": "4", "pupil_code": 40001,
        "is_absent": False,
    },
    "vpr_task_score": {
        "school_id": SCHOOL, "school_year": 2026, "subject": "Математика", "grade": 4, "pupil_code": 40001, "task": "1",
        "points": 1.0, "state": "scored",
    },
    "mark_scale": {
        "school_year": 2026, "subject": "Математика", "grade": 4, "min_3": 6, "min_4": 10, "min_5": 15, "max_total": 20,
    },
    "task_specification": {
        "school_year": 2026, "subject": "Математика", "grade": 4, "task": "1", "level": "Б", "max_points": 1,
    },
}  # fmt: skip


class District:
    """A data root that is filled file by file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files = 0

    def file(
        self,
        source: str,
        period: str = "2025/26",
        findings: tuple[Finding, ...] = (),
        status: Status = "accepted",
        content: str | None = None,
        **tables: list[Row],
    ) -> FileReport:
        """One received file with its accepted rows: a submission for each organisation in them."""
        self._files += 1
        sha256 = hashlib.sha256((content or f"{source} {self._files}").encode()).hexdigest()
        full = {name: [DEFAULTS[name] | row for row in rows] for name, rows in tables.items()}
        counts: dict[str | None, int] = defaultdict(int)
        for name, rows in full.items():
            for row in rows:
                counts[None if name == "school" else row.get("school_id")] += 1
        parts = [
            Submission(
                submission_id=f"{sha256[:8]}-{school}", source=source, school=school, period=period, school_year=2026,
                status=status, rows=rows, findings=list(findings),
            )
            for school, rows in counts.items()
        ]  # fmt: skip
        report = FileReport(
            file=f"{source}/{self._files}.xlsx", sha256=sha256, source=source, status=status, declared="test",
            received_at=_FIRST + timedelta(minutes=self._files), submissions=parts,
        )  # fmt: skip
        frames = (
            {name: _frame(name, rows, sha256) for name, rows in full.items()} if status != "refused" else {}
        )
        return Store(self.root).save(report, frames)

    def marts(self) -> Marts:
        """Build and open."""
        build(self.root)
        return open_latest(self.root)


def _frame(table: str, rows: list[Row], sha256: str) -> pd.DataFrame:
    columns = declarations().tables[table].columns
    frame = pd.DataFrame(
        {
            name: pd.array([row.get(name) for row in rows], dtype=_PANDAS[c.type])
            for name, c in columns.items()
        }
    )
    schools = [None if table == "school" else row.get("school_id") for row in rows]
    return frame.assign(submission_id=[f"{sha256[:8]}-{school}" for school in schools])


def pupils(
    scores: list[list[float | str | None]], school: str = SCHOOL, **common: Any
) -> dict[str, list[Row]]:
    """Results and task scores of pupils from their points by task; «X», «нет» and None are the states, [] is absent."""
    states = {"X": "not_attempted", "нет": "not_taught", None: "missing"}
    first = int(common.get("grade", 4)) * 10000 + 1
    results: list[Row] = []
    tasks: list[Row] = []
    key = {"school_id": school} | {k: v for k, v in common.items() if k in DEFAULTS["vpr_task_score"]}
    for code, row in enumerate(scores, start=first):
        points = [0.0 if value == "X" else value for value in row]
        total = sum(value for value in points if isinstance(value, float | int))
        results.append(
            {
                "pupil_code": code,
                "is_absent": not row,
                "total_points": float(total) if row else None,
                "school_id": school,
            }
            | common
        )
        for task, value in enumerate(row, start=1):
            scored = isinstance(value, float | int)
            tasks.append({
                **key, "pupil_code": code, "task": str(task), "state": "scored" if scored else states[value],
                "points": float(value) if scored else 0.0 if value == "X" else None,
            })  # fmt: skip
    return {"vpr_result": results, "vpr_task_score": tasks}

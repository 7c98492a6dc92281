"""Staged rows for tests: a few facts over defaults, put in by the production store."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from dashboard.marts import Marts, open_latest
from pipelines.build import build
from pipelines.contract import declarations
from pipelines.findings import FileReport, Finding, Status, Submission
from pipelines.staging import Store

Row = dict[str, Any]
SCHOOL, OTHER, GARDEN = "980101", "980102", "980201"
MATHS: Row = {"school_year": 2026, "subject": "Математика", "grade": 4}
EXAM: Row = {"school_id": SCHOOL, "school_year": 2026, "procedure": "ege", "subject": "Русский язык"}
_PANDAS = {"text": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "object"}
_FIRST = datetime(2026, 9, 1, 8, tzinfo=UTC)
_TEACHER: Row = {"school_id": SCHOOL, "name_id": "n1"}

DEFAULTS: dict[str, Row] = {
    "school": {"school_id": SCHOOL, "login": "edu980101", "name": 'МБОУ "Озёрная СШ"', "kind": "школа"},
    "school_questionnaire": {"school_id": SCHOOL, "school_year": 2026, "name": "Озёрная СШ"},
    "staff": {
        **_TEACHER,
        "person_id": "p1",
        "as_of": date(2025, 9, 20),
        "school_year": 2026,
        "post": "учитель математики",
        "post_group": "учитель",
    },
    "teaching_load": {
        **_TEACHER, "as_of": date(2025, 9, 1), "school_year": 2026, "post": "Учитель", "post_group": "учитель",
        "subject": "Математика", "class": "5", "is_vacancy": False,
    },
    "certification_plan": {
        **_TEACHER, "school_year": 2026, "wanted_category": "первая", "planned_on": date(2025, 12, 1),
    },
    "federal_form": {
        "school_id": SCHOOL, "form": "ОО-1", "as_of": date(2025, 9, 20), "school_year": 2026, "section": "3.1",
        "row_code": "06", "column_code": "3", "row_key": "teachers", "column_key": "all", "value": 5.0,
    },
    "course_request": {**_TEACHER, "school_year": 2026, "title": "Курс", "topic": "Другое"},
    "training_course": {
        **_TEACHER,
        "title": "Курс",
        "kind": "ПК",
        "hours": 72.0,
        "end_date": date(2025, 3, 1),
    },
    "ict_answer": {
        **_TEACHER,
        "school_year": 2026,
        "question": "О1",
        "competence": "Общепользовательская",
        "points": 3.0,
        "max_points": 4.0,
    },
    "training_need": {
        **_TEACHER,
        "school_year": 2026,
        "topic": "Другое",
        "is_chosen": True,
        "is_first": False,
    },
    "vpr_result": {**MATHS, "school_id": SCHOOL, "class": "4", "pupil_code": 40001, "is_absent": False},
    "vpr_task_score": {
        **MATHS,
        "school_id": SCHOOL,
        "pupil_code": 40001,
        "task": "1",
        "points": 1.0,
        "state": "scored",
    },
    "class_marks": {
        "school_id": SCHOOL, "school_year": 2026, "term": "1 четверть", "grade": 5, "class": "5А", "pupils_end": 20,
    },
    "subject_marks": {
        "school_id": SCHOOL, "school_year": 2026, "term": "1 четверть", "grade": 5, "class": "5А",
        "subject": "Математика",
    },
    "exam_result": {
        **EXAM, "exam_date": date(2026, 6, 1), "person_id": "p1", "wave": "main", "grade": 11, "class": "11",
        "state": "действует",
    },
    "exam_item": {
        **EXAM, "exam_date": date(2026, 6, 1), "person_id": "p1", "task": "1", "task_order": 1,
        "task_kind": "краткий", "points": 1.0,
    },
    "exam_appeal": {**EXAM, "exam_date": date(2026, 6, 1), "person_id": "p1", "changed_at": date(2026, 7, 1)},
    "exam_threshold": {"school_year": 2026, "exam": "ege", "subject": "Русский язык", "min_score": 36},
    "exam_school": EXAM,
    "exam_area": {**EXAM, "area": "Озёрный край", "level": "region"},
    "mark_scale": {**MATHS, "min_3": 6, "min_4": 10, "min_5": 15, "max_total": 20},
    "vpr_group_share": {
        **MATHS, "breakdown": "mark", "territory_level": "school", "territory": SCHOOL, "school_id": SCHOOL,
        "precision": 0.005,
    },
    "vpr_group_task": {
        **MATHS, "territory_level": "school", "territory": SCHOOL, "school_id": SCHOOL, "mark_group": "all",
        "precision": 0.005,
    },
    "programme_target": {
        "school_year": 2026, "programme": "Развитие образования", "title": "Качество знаний",
        "indicator": "quality_share", "unit": "%", "planned": 60.0,
    },
    "textbook": {"number": "1.1.1.1", "authors": "Счётов В.В.", "title": "Математика"},
    "methodical_work": {
        **_TEACHER, "school_year": 2026, "held_on": date(2025, 11, 14), "kind": "семинар", "title": "Тема",
    },
    "organisation_facts": {"school_id": SCHOOL, "school_year": 2026},
    "survey_answer": {
        "school_id": SCHOOL, "school_year": 2026, "survey": "Анкета", "respondent": 1, "position": 1,
        "question": "Как?",
    },
    "task_specification": {**MATHS, "task": "1", "level": "Б", "max_points": 1},
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
        **tables: list[Row],
    ) -> FileReport:
        """One received file with its rows: a submission for each organisation in them."""
        self._files += 1
        sha256 = hashlib.sha256(f"{source} {self._files}".encode()).hexdigest()
        full = {name: [DEFAULTS[name] | row for row in rows] for name, rows in tables.items()}
        counts = Counter(_owner(name, row) for name, rows in full.items() for row in rows)
        report = FileReport(
            file=f"{source}/{self._files}.xlsx",
            sha256=sha256,
            source=source,
            status=status,
            declared="test",
            received_at=_FIRST + timedelta(minutes=self._files),
            submissions=[
                Submission(
                    submission_id=f"{sha256[:8]}-{school}",
                    source=source,
                    school=school,
                    period=period,
                    school_year=2026,
                    status=status,
                    rows=rows,
                    findings=list(findings),
                )
                for school, rows in counts.items()
            ],
        )
        staged = {} if status == "refused" else {n: _frame(n, rows, sha256) for n, rows in full.items()}
        store = Store(self.root)
        report = report.model_copy(update={"tables": store.stage({sha256: staged}, [report.declared])})
        store.record(report)
        return report

    def marts(self) -> Marts:
        """Build and open."""
        build(self.root)
        return open_latest(self.root)


def _owner(table: str, row: Row) -> str | None:
    return None if table == "school" else row.get("school_id")


def _frame(table: str, rows: list[Row], sha256: str) -> pa.Table:
    columns = declarations().tables[table].columns
    frame = pd.DataFrame(
        {
            name: pd.array([row.get(name) for row in rows], dtype=_PANDAS[c.type])
            for name, c in columns.items()
        }
    )
    frame = frame.assign(submission_id=[f"{sha256[:8]}-{_owner(table, row)}" for row in rows])
    return pa.Table.from_pandas(frame, preserve_index=False)


def pupils(scores: list[list[Any]], school: str = SCHOOL, **common: Any) -> dict[str, list[Row]]:
    """Results and task scores of pupils, from their points by task.

    «X», «нет» and None are the states «not attempted», «not taught» and «missing»; no points at all: absent.
    """
    work = MATHS | {key: value for key, value in common.items() if key in MATHS}
    results: list[Row] = []
    tasks: list[Row] = []
    for code, row in enumerate(scores, start=int(work["grade"]) * 10000 + 1):
        pupil = {**work, "school_id": school, "pupil_code": code}
        total = float(sum(_points(value) or 0 for value in row)) if row else None
        results.append({**pupil, **common, "is_absent": not row, "total_points": total})
        for task, value in enumerate(row, start=1):
            state = {"X": "not_attempted", "нет": "not_taught", None: "missing"}.get(value, "scored")
            tasks.append({**pupil, "task": str(task), "state": state, "points": _points(value)})
    return {"vpr_result": results, "vpr_task_score": tasks}


def _points(value: Any) -> float | None:
    return 0.0 if value == "X" else None if value in ("нет", None) else float(value)

"""A region's schools as files: eight for each, of a school's usual size."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipelines.demo.sheet import Sheet, Workbook
from pipelines.demo.xlsx import write_xlsx
from tests.intake import files, marks_files, vpr_files
from tests.intake.files import Row

SUBJECTS = ("Алгебра", "Геометрия", "Физика", "Химия", "Биология", "История", "География", "Русский язык")
_GIVEN = ("Анна Петровна", "Инна Львовна", "Пётр Ильич", "Олег Иванович", "Вера Павловна")


def write_region(raw: Path, schools: int) -> int:
    """The registry and eight files of every school under ``raw``; returns how many files there are."""
    logins = [f"edu98{number:04d}" for number in range(1, schools + 1)]
    registry = [
        {**files.REGISTRY.rows[0], "Код": login, "Наименование": f"Школа {login[3:]}", "Другие написания": "",
         "ИНН": "", "Код ОО": ""}
        for login in logins
    ]  # fmt: skip
    _write(raw / "school_registry" / "registry.xlsx", [], registry)
    for login in logins:
        for source, (titles, rows) in _files(login).items():
            _write(raw / source / f"{login}-{source}.xlsx", titles, rows)
    return schools * 8 + 1


def _files(login: str) -> dict[str, tuple[list[str], list[Row]]]:
    labels = [f"{grade}{letter}" for grade in range(5, 10) for letter in "АБ"]
    people = [f"Учителева{chr(1072 + n)} {_GIVEN[n % 5]}" for n in range(25)]
    pupils = range(1, 41)
    return {
        "staff_list": (files.STAFF.titles, [files.teacher(login, name) for name in people]),
        "training_course_register": (files.COURSES.titles, [files.course(login, name) for name in people]),
        "ict_diagnostics": ([], [files.diagnosed(login, name) for name in people]),
        "training_needs": ([], [files.asked(login, name) for name in people]),
        "class_marks": (marks_files.CLASS_MARKS.titles,
                        [marks_files.class_row(login, label) for label in labels]),
        "subject_marks": (marks_files.SUBJECT_MARKS.titles,
                          [marks_files.subject_row(login, s, f"{g}А") for s in SUBJECTS for g in (7, 8, 9)]),
        "vpr_pupils_2021": (files.VPR.titles, [files.pupil(login, n) for n in pupils]),
        "vpr_export_2022": (["ВПР 2026 Математика 5 класс"], [_exported(login, n) for n in pupils]),
    }  # fmt: skip


def _exported(login: str, number: int) -> Row:
    return {**vpr_files.exported_2022(login, number), "Код": 50_000 + number}


def _write(path: Path, titles: Iterable[str], rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_xlsx(
        Workbook(
            path, [Sheet("Лист1", [list(rows[0])], [list(row.values()) for row in rows], tuple(titles))], ""
        )
    )

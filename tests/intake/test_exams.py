"""Protocols of ЕГЭ, ОГЭ and ГВЭ in every layout: what goes in, what is told, and that documents and names never do."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import openpyxl
import pandas as pd
import pytest

from pipelines.build import build
from pipelines.exams import title
from pipelines.findings import FileReport, Finding
from pipelines.intake import Context, check, intake
from pipelines.read.xlsx import used_area
from pipelines.reshape.exam_masks import completed, long_answers, short_answers
from tests.intake import exam_layouts, files
from tests.intake.exam_files import BY_AREA
from tests.intake.exam_layouts import LAYOUTS, NAMES, PASSPORTS
from tests.intake.staged import staged

ALL_SCHOOLS = "Образовательная организация (школа)"
TOLD = {"oge_export": Context(year=2026, subject="Математика")}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = files.prepared(tmp_path_factory.mktemp("exams"))
    assert intake([files.THRESHOLD.write(root / "sent")], root)[0].status == "accepted"
    return root


@pytest.fixture(scope="module")
def reports(root: Path) -> dict[str, FileReport]:
    """Every layout, taken in by the production pipeline."""
    paths = {name: _written(root / "sent" / f"{name}.csv", text) for name, text in LAYOUTS.items()}
    found = dict(zip(paths, intake(list(paths.values()), root), strict=True))
    export = _written(root / "sent" / "oge_export.csv", exam_layouts.OGE_EXPORT)
    return found | {"oge_export": intake([export], root, TOLD["oge_export"])[0]}


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8-sig")
    return path


def found(report: FileReport) -> list[Finding]:
    return [*report.findings, *(f for s in report.submissions for f in s.findings)]


def test_every_layout_goes_in_without_a_warning(reports: dict[str, FileReport]) -> None:
    assert {name: report.status for name, report in reports.items()} == dict.fromkeys(reports, "accepted")
    told = {f.rule for report in reports.values() for f in found(report)}
    assert told <= {"file.personal", "file.nameless_columns"}
    sources = {name: report.source for name, report in reports.items()}
    assert {n for n, s in sources.items() if s == "exam_appeals"} == {"ege_appeals", "oge_appeals"}


ROWS: dict[str, list[tuple[Any, ...]]] = {
    "ege_sparse": [("980101", "ege", "Русский язык", "2026-06-01", "main", "11", 8, 39, None),
                   ("980102", "ege", "Русский язык", "2026-06-01", "main", "11", 11, 83, None)],
    "ege_basic": [("980101", "ege", "Математика (базовая)", "2026-06-08", "main", "11Б", 13, None, 4),
                  ("980101", "ege", "Математика (базовая)", "2026-06-08", "main", "11А", 6, None, 2)],
    "ege_shifted": [("980101", "ege", "Информатика", "2026-06-19", "main", "11А", 17, 65, None),
                    ("980101", "ege", "Информатика", "2026-06-19", "main", None, None, None, None)],
    "ege_foreign": [("980101", "ege", "Английский язык", "2026-06-11", "main", "11Б", 9, 56, None)],
    "ege_foreign_2025": [("980101", "ege", "Английский язык", "2025-06-18", "main", "11Б", 6, 29, None)],
    "ege_compact": [("980101", "ege", "Физика", "2026-06-04", "main", "11", 4, 48, None)],
    "oge_sparse": [("980101", "oge", "Русский язык", "2026-06-09", "main", "9А", 6, None, 4),
                   ("980101", "oge", "Русский язык", "2026-06-09", "main", "9А", 2, None, 2)],
    "oge_dense": [("980101", "oge", "Математика", "2026-06-02", "main", "9А", 4, None, 3),
                  ("980101", "oge", "Математика", "2026-06-02", "main", "9А", 1, None, 2),
                  ("980101", "oge", "Физика", "2026-06-05", "main", "9А", 5, None, 4),
                  ("980101", "oge", "Математика", "2026-07-03", "retake", "9А", 4, None, 3)],
    "oge_export": [("980101", "oge", "Математика", None, "main", "9А", 6, None, 4)],
    "gve": [("980101", "gve", "Русский язык", "2026-05-29", "main", "9Б", 12, None, 4)],
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_rows_of_a_layout(name: str, root: Path, reports: dict[str, FileReport]) -> None:
    rows = staged(root, reports[name], "exam_result")
    columns = [
        "school_id",
        "procedure",
        "subject",
        "exam_date",
        "wave",
        "class",
        "primary_score",
        "score",
        "mark",
    ]
    plain = rows[columns].astype(object).where(rows[columns].notna(), None)
    plain["exam_date"] = [None if day is None else str(day) for day in plain["exam_date"]]
    assert [tuple(row) for row in plain.itertuples(index=False)] == ROWS[name]


def test_one_person_is_one_digest_in_every_protocol(root: Path, reports: dict[str, FileReport]) -> None:
    exams = ("ege_sparse", "ege_basic", "ege_shifted", "ege_foreign")
    persons = {staged(root, reports[name], "exam_result")["person_id"].iloc[0] for name in exams}
    assert len(persons) == 1
    dense = staged(root, reports["oge_dense"], "exam_result")["person_id"]
    assert dense.iloc[1] == dense.iloc[3] != dense.iloc[0]
    appeal = staged(root, reports["oge_appeals"], "exam_appeal")["person_id"]
    assert list(appeal) == [dense.iloc[0]]  # «ФИО» in one cell is the same person as in three


def test_who_did_not_come_is_a_state_and_an_old_graduate_is_told_apart(
    root: Path, reports: dict[str, FileReport]
) -> None:
    rows = staged(root, reports["ege_shifted"], "exam_result")
    assert list(rows["state"]) == ["действует", "неявка"]
    assert list(rows["category"]) == ["выпускник текущего года", "выпускник прошлых лет"]


def test_answers_are_rows(root: Path, reports: dict[str, FileReport]) -> None:
    rows = staged(root, reports["ege_foreign"], "exam_item")
    told = rows[["task", "task_kind", "points", "max_points"]].astype(object)
    assert [tuple(r) for r in told.where(rows[told.columns].notna(), None).itertuples(index=False)] == [
        ("1", "краткий", 1, 1), ("2", "краткий", 2, None), ("3", "краткий", 1, 1), ("4", "краткий", 0, 1),
        ("5", "краткий", 0, 1), ("Р1", "развёрнутый", 2, 2), ("Р2", "развёрнутый", 2, 2), ("У1", "устный", 0, 1),
        ("У2", "устный", 1, 4), ("У3", "устный", 0, 5),
    ]  # fmt: skip


def _cells(*texts: str) -> Any:
    return np.array(texts, dtype=object)


def _plain(numbers: Any) -> list[list[float | None]]:
    return [[None if np.isnan(n) else n for n in row] for row in numbers]


def test_masks() -> None:
    short = short_answers(_cells("+2–х", "++?", ""))
    assert _plain(short.points) == [[0, 2, 0, 0], [None] * 4, [None] * 4]
    assert short.is_full.tolist()[0] == [True, False, False, False]
    assert short.unread.tolist() == [False, True, False]
    long = long_answers(_cells("1(2) 0(3)х(4)", "1(2)0", ""))
    assert _plain(long.points) == [[1, 0, 0], [None] * 3, [None] * 3]
    assert _plain(long.largest)[0] == [2, 3, 4]
    assert long.unread.tolist() == [False, True, False]
    grid = short_answers(_cells("+3", "-+"))
    assert completed(grid, np.arange(2)).tolist() == [False, True]
    assert _plain(grid.points) == [[1, 3], [0, 3]]
    assert _plain(grid.largest) == [[1, None], [1, None]]


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("01 - Русский язык 2022.06.23", "Русский язык"),
        ("25 - Информатика и ИКТ (КЕГЭ) 2021.06.24", "Информатика и ИКТ (КЕГЭ)"),
        ("«Английский язык п:2022.06.14; у:2022.06.16»", "Английский язык"),
        ("Математика(2026.06.02)", "Математика"),
        ("Физика 02.06.2026", "Физика"),
        ("Всего участников", ""),
    ],
)
def test_title_lines(line: str, subject: str) -> None:
    assert title(line).subject == subject


def test_several_exams_on_sheets_of_a_book(root: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, text in (("Русский", exam_layouts.SPARSE), ("ОГЭ", exam_layouts.OGE_DENSE)):
        sheet = book.create_sheet(name)
        for line in text.splitlines():
            sheet.append([cell or None for cell in line.split(";")])
    book.remove(book.worksheets[0])
    book.save(tmp_path / "all.xlsx")
    report = check([tmp_path / "all.xlsx"], root)[0]
    assert report.status == "accepted", found(report)
    assert sorted({s.period for s in report.submissions}) == [
        "2025/26, ЕГЭ, Русский язык, 01.06.2026", "2025/26, ОГЭ, Математика, 02.06.2026",
        "2025/26, ОГЭ, Математика, 03.07.2026", "2025/26, ОГЭ, Физика, 05.06.2026",
    ]  # fmt: skip


FAULTS = {
    "exam.mask": ("++-+++;", "+?-+++;"),
    "exam.total_differs": (
        "Всего участников;;;;;;;;;;;;;;;;;;;;;;;2",
        "Всего участников;;;;;;;;;;;;;;;;;;;;;;;3",
    ),
    "exam.least_score_differs": (
        "Минимальная граница;;;;;;;;;;;;;;;;;;;;;;;24",
        "Минимальная граница;;;;;;;;;;;;;;;;;;;;;;;25",
    ),
    "exam.scale_differs": ("1(1)2(2)1(1)1(1);;11;;83", "1(1)1(2)0(1)0(1);;8;;83"),
    "school.unknown_oo_code": ("101;;980102", "101;;555555"),
    "exam_result.key.unique": ("Глобусов;Пробный;Иванович диме", "Азбукина;Ада;Тестовна"),
    "file.no_subject": ("01 - Русский язык 2026.06.01", "01 - Травоведение 2026.06.01"),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_faults_between_rows_are_named(rule: str, root: Path, tmp_path: Path) -> None:
    old, new = FAULTS[rule]
    assert old in exam_layouts.SPARSE
    text = exam_layouts.SPARSE.replace(old, new)
    if rule == "exam_result.key.unique":
        text = text.replace("980102", "101001")
    report = check([_written(tmp_path / "faulty.csv", text)], root)[0]
    assert rule in {f.rule for f in found(report)}


def test_namesakes_in_other_classes_are_two_people(root: Path, tmp_path: Path) -> None:
    lines = exam_layouts.BASIC.splitlines()[:4]
    text = "\n".join([*lines, lines[-1].replace("2;101001;11А", "3;101001;11Б")])
    report = intake([_written(tmp_path / "namesakes.csv", text.replace("2026", "2024"))], root)[0]
    assert [f.rule for f in found(report) if f.severity != "info"] == ["exam.namesakes"]
    assert staged(root, report, "exam_result")["person_id"].is_unique


def test_file_order_does_not_matter(root: Path, tmp_path: Path) -> None:
    """The same rows in another order, and the file split in two, give the same rows."""
    lines = exam_layouts.OGE_SPARSE.splitlines()
    backward = "\n".join([*lines[:2], *reversed(lines[2:])])
    reports = intake([_written(tmp_path / "backward.csv", backward.replace("2026", "2023"))], root)
    forward = intake(
        [_written(tmp_path / "forward.csv", exam_layouts.OGE_SPARSE.replace("2026", "2023"))], root
    )
    one, two = (staged(root, r[0], "exam_result").drop(columns="submission_id") for r in (reports, forward))
    key = ["person_id"]
    pd.testing.assert_frame_equal(
        one.sort_values(key, ignore_index=True), two.sort_values(key, ignore_index=True)
    )


def test_no_document_and_no_name_is_left_anywhere(root: Path, reports: dict[str, FileReport]) -> None:
    """Everything written but the files as received: staged rows, records, logs, the snapshot."""
    assert all(report.tables for report in reports.values())
    path = build(root).path
    texts = {p: p.read_bytes().decode("utf-8", errors="ignore") for p in (root / "staged").rglob("*.json")}
    texts |= {p: p.read_bytes().decode("utf-8", errors="ignore") for p in root.glob("logs/*")}
    texts |= {p: pd.read_parquet(p).to_csv() for p in (root / "staged").rglob("*.parquet")}
    texts[path] = _dumped(path)
    assert len(texts) > 20
    for place, text in texts.items():
        for secret in (*PASSPORTS, *NAMES):
            assert not _stands(secret, text), (place, secret)


def _dumped(path: Path) -> str:
    text = io.StringIO()
    with duckdb.connect(path, read_only=True) as connection:
        for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall():
            connection.sql(f'select * from "{name}"').df().to_csv(text)
    return text.getvalue()


def _stands(secret: str, text: str) -> bool:
    """A short series is looked for as a value of its own: digests may hold any digits."""
    if secret.isdigit():
        return any(f"{a}{secret}{b}" in text for a in ',"; ' for b in ',"; \n')
    return secret.lower() in text.lower()


def test_a_large_sheet_that_does_not_say_its_size_is_read() -> None:
    """Programs that write row by row leave the used range out: it is taken from the first cells."""
    row = (
        b'<row r="%d">' + b"".join(b'<c r="%s%%d"><v>1</v></c>' % c for c in (b"A", b"B", b"AA")) + b"</row>"
    )
    xml = b"<sheetData>" + b"".join(row % (n, n, n, n) for n in range(1, 100_101)) + b"</sheetData>"
    assert used_area(xml).cell == "AA100100"


def test_schools_of_other_municipalities_are_left_out_and_their_totals_kept(
    root: Path, tmp_path: Path
) -> None:
    own, school, other, _ = BY_AREA.rows
    numbers = {k: v for k, v in own.items() if k not in ("Муниципальное образование", ALL_SCHOOLS)}
    stranger = {**school, ALL_SCHOOLS: "Дальняя СШ № 5"}
    region = {"Муниципальное образование": "ВСЕГО по региону", ALL_SCHOOLS: "", **numbers}
    path = BY_AREA.write(tmp_path, [region, own, school, other, stranger])
    report = intake([path], root)[0]
    assert report.status == "accepted"
    assert [f.rule for f in found(report)] == ["file.other_areas"]
    assert list(staged(root, report, "exam_school")["school_id"]) == ["980101"]
    assert list(staged(root, report, "exam_area")["level"]) == ["region", "municipality", "municipality"]


def test_totals_of_areas_are_held_to_their_schools(root: Path, tmp_path: Path) -> None:
    rows = BY_AREA.changed({"Русский язык, чел. приняло участие": 7, "Русский язык, чел. средний балл": 65})
    report = check([BY_AREA.write(tmp_path, rows)], root)[0]
    told = [f.message for f in found(report) if f.rule == "exam.area_total_differs"]
    assert ["стоит 7" in told[0], "65,00" in told[1]] == [True, True]

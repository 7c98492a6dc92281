"""The nineteen kinds of dirt that files come with, each found and treated as the catalogue says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from pipelines.cast import FAULT, as_date, as_number
from pipelines.findings import FileReport, Finding
from pipelines.intake import Context, check, intake
from pipelines.reshape.vpr_classes import class_name
from tests.intake import files, marks_files
from tests.intake.books import html_of, xlsx_of
from tests.intake.files import Row, Sample, as_csv, prepared, teacher

Kept = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root that knows the registry, a scale and a specification."""
    return prepared(tmp_path_factory.mktemp("dirt") / "data")


def _checked(root: Path, content: bytes, name: str = "файл.xlsx", **context: Any) -> tuple[FileReport, Kept]:
    path, kept = root / "sent" / name, {}
    path.write_bytes(content)
    (report,) = check(
        [path],
        root,
        Context(**context),
        stage=lambda _report, tables: kept.update({n: t.to_pandas() for n, t in tables.items()}),
    )
    return report, kept


def _grid(sample: Sample, rows: list[Row] | None = None) -> list[list[Any]]:
    given = sample.rows if rows is None else rows
    return [*([line] for line in sample.titles), list(given[0]), *(list(row.values()) for row in given)]


def _changed(root: Path, sample: Sample, **changes: Any) -> tuple[FileReport, Kept]:
    named = {sample.headings.get(name, name): value for name, value in changes.items()}
    return _checked(root, xlsx_of(_grid(sample, sample.changed(named))))


def _findings(report: FileReport) -> list[Finding]:
    return [*report.findings, *(f for part in report.submissions for f in part.findings)]


def _rules(report: FileReport) -> set[str]:
    return {f.rule for f in _findings(report)}


def test_01_title_rows_merged_headings_and_spacer_columns(root: Path, tmp_path: Path) -> None:
    head = list(files.VPR.rows[0])
    group = ["Участник", *[""] * 7, "Баллы", *[""] * (len(head) - 9)]
    rows = [
        ["Отчёт"],
        [],
        ["ВПР 2026 Математика 4 класс"],
        group,
        head,
        *(list(r.values()) for r in files.VPR.rows),
    ]
    spaced = [
        [cell for at, cell in enumerate(row) for cell in ([cell, ""] if at == 3 else [cell])] for row in rows
    ]
    report, kept = _checked(root, xlsx_of(spaced))
    assert (report.source, report.status, len(kept["vpr_result"])) == ("vpr_pupils_2021", "accepted", 3)
    without = [[cell for at, cell in enumerate(row) if at != 0] for row in _grid(files.VPR)]
    refused, _ = _checked(root, xlsx_of([files.VPR.titles, *without[1:]]))
    assert refused.status == "refused"
    assert "логин школы" in refused.findings[0].message


def test_02_totals_are_dropped_and_held_to_the_rows(root: Path) -> None:
    for word in ("Итого", "Всего:", "Средние"):
        total = [word, *[3] * (len(files.QUESTIONNAIRE.rows[0]) - 1)]
        report, kept = _checked(root, xlsx_of([*_grid(files.QUESTIONNAIRE), total]), year=2026)
        assert "file.totals" in _rules(report), word
        assert len(kept["school_questionnaire"]) == 2
    total = {**marks_files.CLASS_MARKS.rows[0], "Класс": "Итого", "на «5»": 50}
    rows = [marks_files.CLASS_MARKS.rows[0], marks_files.CLASS_MARKS.rows[1], total]
    report, _ = _checked(root, xlsx_of(_grid(marks_files.CLASS_MARKS, rows)))
    assert any("50" in f.message and f.severity != "info" for f in _findings(report)), _findings(report)


def test_03_states_are_states_and_never_zero(root: Path) -> None:
    points: list[object] = ["Х", "не пройд.", 1]
    rows = [
        files.pupil("edu980101", 1, points, 1),
        {**files.pupil("edu980101", 2, ("", "", ""), ""), "вариант": "отсутствовал"},
    ]
    _, kept = _checked(root, xlsx_of(_grid(files.VPR, rows)))
    scores = kept["vpr_task_score"]
    first = scores[scores["pupil_code"].astype(str) == "40001"]
    assert first["state"].tolist() == ["not_attempted", "not_taught", "scored"]
    assert first["points"].isna().tolist() == [
        False,
        True,
        False,
    ]  # not begun earns nothing, not taught is unknown
    assert kept["vpr_result"]["is_absent"].tolist() == [False, True]


@pytest.mark.parametrize(
    ("cell", "number"), [("12,5", 12.5), ("88,9 %", 88.9), ("1\u202f234", 1234.0), ("1\u00a0000", 1000.0)]
)
def test_04_numbers_as_people_type_them(cell: str, number: float) -> None:
    assert as_number(cell) == number
    assert as_number("много") is FAULT


def test_05_latin_letters_in_names_of_classes_and_tasks(root: Path) -> None:
    assert class_name("9A", 9) == class_name("9а", 9) == "9А"
    rows = [{key.replace("К", "K"): value for key, value in row.items()} for row in files.VPR.rows]
    report, _ = _checked(root, xlsx_of(_grid(files.VPR, rows)))
    assert report.source == "vpr_pupils_2021"


@pytest.mark.parametrize("said", ["9А", "9 А", "9«А»", "9-а", "9a", "09А", "9 «А»", "9А класс"])
def test_06_spellings_of_a_class(said: str) -> None:
    assert class_name(said, 9) == "9А"


def test_06_a_single_class_and_a_joined_one() -> None:
    assert [class_name(said, 9) for said in ("нет", "НЕТ", "9", "2-4", "9/1")] == [
        "9",
        "9",
        "9",
        "2-4",
        "9/1",
    ]


def test_07_a_misspelt_school_blocks_until_confirmed(root: Path) -> None:
    report, _ = _changed(root, files.COURSES, Организация="Озёрска СШ")
    (finding,) = [f for f in _findings(report) if f.rule == "school.unknown_name"]
    assert "Озёрная СШ" in finding.message
    assert "kabinet confirm" in finding.fix
    assert {s.status for s in report.submissions} == {"refused", "accepted"}


@pytest.mark.parametrize(
    ("cell", "day"),
    [(45201, "2023-10-02"), ("05.2024", "2024-05-01"), ("2024", "2024-01-01"), ("сентябрь 2024 г.", "2024-09-01"),
     ("15.04.21", "2021-04-15"), ("2021-04-15", "2021-04-15")],
)  # fmt: skip
def test_08_dates_in_every_form(cell: object, day: str) -> None:
    assert f"{as_date(cell):%Y-%m-%d}" == day


def test_09_codes_as_floats_and_lost_zeros(tmp_path: Path) -> None:
    root = tmp_path / "data"
    rows = [{**files.REGISTRY.rows[0], "Код ОО": "011002"}, files.REGISTRY.rows[1]]
    intake([files.REGISTRY.write(tmp_path, rows)], root)
    (root / "sent").mkdir()
    report, _ = _changed(root, files.COURSES, Организация=11002.0)
    assert report.submissions[0].school == "980101"


def test_10_several_facts_in_one_cell(root: Path) -> None:
    _, kept = _changed(
        root, files.STAFF, Должность="Учитель, первая категория", Категория="", total_years="20 л. 6 м."
    )
    row = kept["staff"].iloc[0]
    assert (row["post"].lower(), row["category"], row["total_years"]) == ("учитель", "первая", 20.5)


def test_11_the_same_person_and_the_same_file_twice(root: Path, tmp_path: Path) -> None:
    twice = [teacher("Озёрная СШ", "Иванова Анна Петровна"), teacher("Озёрная СШ", "Сидорова Анна Петровна")]
    report, _ = _checked(root, xlsx_of(_grid(files.STAFF, twice)))
    assert "staff.same_person" in _rules(report)
    own = prepared(tmp_path / "data")
    path = files.COURSES.write(own / "sent")
    assert intake([path], own) == intake([path], own)


def test_12_percents_are_held_to_the_counts(root: Path) -> None:
    report, _ = _changed(root, marks_files.SUBJECT_MARKS, pass_percent=95)
    (finding,) = [f for f in _findings(report) if f.rule == "subject_pass_percent_differs"]
    assert finding.severity == "warning"
    assert "95" in finding.message


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"всего баллов": 3}, "items_sum_differs"),
        ({"всего баллов": 6}, "total_over_max"),
        ({"балл за 2": 3}, "points_over_max"),
    ],
)
def test_13_points_and_totals_that_cannot_be(root: Path, changes: Row, rule: str) -> None:
    report, _ = _changed(root, files.VPR, **changes)
    found = [f for f in _findings(report) if f.rule == rule]
    assert found
    assert found[0].row == 3


@pytest.mark.parametrize(
    ("changes", "rule"),
    [({"Дата рождения": "01.01.2010", "Общий стаж": "", "Педагогический стаж": ""}, "age_impossible"),
     ({"Общий стаж": "35"}, "total_years_over_age"),
     ({"Общий стаж": "10", "Педагогический стаж": "12"}, "teaching_over_total"),
     ({"Дата присвоения категории": "01.01.1995"}, "category_before_work")],
)  # fmt: skip
def test_14_impossible_people(root: Path, changes: Row, rule: str) -> None:
    report, _ = _changed(root, files.STAFF, **changes)
    assert rule in _rules(report)


def test_15_a_file_of_another_year_is_asked_about(root: Path) -> None:
    report, _ = _checked(root, xlsx_of(_grid(files.VPR)), year=2025)
    assert (report.status, _rules(report)) == ("refused", {"file.other_year"})


def test_16_an_empty_form_is_explained(root: Path) -> None:
    report, _ = _checked(root, xlsx_of([*([line] for line in files.STAFF.titles), list(files.STAFF.rows[0])]))
    assert (report.status, _rules(report)) == ("refused", {"file.no_rows"})
    assert "бланк" in report.findings[-1].fix


def test_17_other_kinds_of_files_are_read_or_explained(root: Path) -> None:
    for name, content in (
        ("а.xls", html_of(_grid(files.COURSES))),
        ("а.csv", as_csv(files.COURSES.titles, files.COURSES.rows, "cp1251")),
    ):
        assert _checked(root, content, name)[0].status == "accepted", name
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    report, _ = _checked(root, locked, "а.xlsx")
    assert _rules(report) == {"file.password"}


def test_18_hidden_rows_and_notes_below_are_read_and_marked(root: Path) -> None:
    path = root / "sent" / "скрытые.xlsx"
    path.write_bytes(xlsx_of([*_grid(files.STAFF), [], ["", "* по данным школ"]]))
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[5].hidden = True
    book.save(path)
    report, kept = _checked(root, path.read_bytes())
    assert {"file.hidden_rows", "file.notes"} <= _rules(report)
    assert len(kept["staff"]) == 3


def test_19_personal_data_are_dropped_and_counted(root: Path) -> None:
    rows = [
        {**row, "Паспорт": "1234 567890", "Телефон": "+7 900 000-00-00", "Диагноз": "тайна"}
        for row in files.STAFF.rows
    ]
    report, kept = _checked(root, xlsx_of(_grid(files.STAFF, rows)))
    (finding,) = [f for f in report.findings if f.rule == "file.personal"]
    assert "9" in finding.message
    text = str(report.model_dump()) + "".join(table.to_csv() for table in kept.values())
    assert not any(secret in text for secret in ("567890", "900 000", "тайна", "Иванова"))

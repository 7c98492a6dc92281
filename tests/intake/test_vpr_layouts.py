"""Every layout of ВПР results becomes the same canonical rows."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipelines.findings import FileReport, Finding
from pipelines.frame import Raw
from pipelines.intake import Context, check, intake
from pipelines.read import Sheet
from pipelines.reshape.vpr_classes import class_name, textbooks_beside
from pipelines.reshape.vpr_tasks import task_name
from pipelines.sources import sources
from tests.intake import files, vpr_files
from tests.intake.staged import staged
from tests.intake.vpr_files import EXPORT_2020, EXPORT_2022, FORM, INDIVIDUAL, LAYOUTS, book, table

TEXTBOOK = [["Пользователь", "Основной учебник по предмету"], ["edu980101", "ma4.8 | 1.1.3 | Моро М.И."]]
MATHS = Context(year=2026, subject="Математика", grade=4)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root with the registry only: maxima come from headings."""
    root = tmp_path_factory.mktemp("layouts")
    intake([files.REGISTRY.write(root / "sent")], root)
    return root


def _taken(
    root: Path, content: bytes, context: Context = MATHS
) -> tuple[FileReport, pd.DataFrame, pd.DataFrame]:
    ending = "xlsx" if content.startswith(b"PK") else "csv"
    path = root / "sent" / f"{hashlib.sha256(content).hexdigest()[:8]}.{ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    (report,) = intake([path], root, context)
    results, scores = (staged(root, report, t) for t in ("vpr_result", "vpr_task_score"))
    return report, results, scores


def _said(report: FileReport) -> list[Finding]:
    return [*report.findings, *(f for s in report.submissions for f in s.findings)]


def _rules(report: FileReport) -> set[str]:
    return {f.rule for f in _said(report)}


@pytest.mark.parametrize("source", LAYOUTS)
def test_a_valid_file_of_each_layout_goes_in(source: str, root: Path) -> None:
    report, results, scores = _taken(root, LAYOUTS[source].content(), Context())
    assert report.source == source
    assert {s.status for s in report.submissions} == {"accepted"}
    first = results.iloc[0]
    assert (first["school_id"], first["school_year"], first["subject"], first["grade"]) == (
        "980101", 2026, "Математика", 4,
    )  # fmt: skip
    assert (first["total_points"], first["items_points"], first["journal_mark"]) == (4, 4, 4)
    mine = scores[(scores["school_id"] == "980101") & (scores["pupil_code"] % 10 == 1)]
    assert mine["points"].tolist() == [1, 2, 1]


def test_largest_points_stand_in_headings(root: Path) -> None:
    _, results, scores = _taken(root, EXPORT_2022.content())
    known = scores.groupby("task", observed=True)[["max_points", "max_source"]].first()
    assert known["max_points"].to_dict() == {"1": 1, "2(1)": 2, "3К1": 2}
    assert set(known["max_source"]) == {"heading"}
    assert results["max_total"].unique().tolist() == [5]


def test_points_over_a_heading_come_back(root: Path) -> None:
    rows = [vpr_files.exported_2022("edu980101", 1, (1, 3, 0)), vpr_files.exported_2022("edu980102", 1)]
    report, results, _ = _taken(root, files.as_csv([vpr_files.TITLE], rows))
    assert [(s.school, s.status) for s in report.submissions] == [
        ("980101", "refused"),
        ("980102", "accepted"),
    ]
    assert [f.column for f in _said(report)] == ["2(1) (2б)"]
    assert results["school_id"].unique().tolist() == ["980102"]


@pytest.mark.parametrize("by_code", [False, True])
def test_a_specification_wins_over_headings(tmp_path: Path, by_code: bool) -> None:
    names = [1, 2, 3] if by_code else ["1", "2(1)", "3К1"]
    rows = [{**row, "№ задания": name, "№ в КИМ": code, "Максимальный балл": 3}
            for row, name, code in zip(files.SPECIFICATION.rows, names, ["1", "2.1", "3К1"], strict=False)]  # fmt: skip
    intake([files.SPECIFICATION.write(tmp_path / "sent", rows)], tmp_path)
    report, _, scores = _taken(tmp_path, EXPORT_2022.content())
    assert scores["max_points"].unique().tolist() == [3]
    assert set(scores["max_source"]) == {"specification"}
    assert "file.task_not_in_specification" not in _rules(report)


def test_work_year_and_textbooks_are_said_by_the_file(root: Path) -> None:
    content = book(Классы=TEXTBOOK, Протокол=table(EXPORT_2022.rows))
    report, results, _ = _taken(root, content, Context())
    assert [s.period for s in report.submissions] == ["2025/26, Математика, 4\xa0класс"] * 2
    assert "file.said_beside" in _rules(report)
    assert results["school_name"].unique().tolist() == ['МБОУ "Озёрная СШ"']
    assert results["municipality"].unique().tolist() == ["Озёрный район"]


def test_textbooks_of_another_work_are_a_warning(root: Path) -> None:
    content = book(Классы=TEXTBOOK, Протокол=table(EXPORT_2022.rows[:2]))
    report, _, _ = _taken(root, content, Context(subject="Физика"))
    warned = next(f for f in report.findings if f.rule == "file.other_beside")
    assert "Математика, 4\xa0класс" in warned.message


def test_an_absent_pupil_with_a_computed_zero_is_just_absent(root: Path) -> None:
    absent = {"Вариант": "отсутствовал", "Пол": "", "Наименование класса": ""}
    rows = [
        vpr_files.exported_2022("edu980101", 1),
        vpr_files.exported_2022("edu980101", 2, ("", "", ""), 0, **absent),
    ]
    report, results, scores = _taken(root, files.as_csv([vpr_files.TITLE], rows))
    assert _rules(report) == set()
    assert results["is_absent"].tolist() == [False, True]
    assert results["total_points"].isna().tolist() == [False, True]
    assert scores["pupil_code"].unique().tolist() == [40001]


def test_a_school_in_one_cell_with_its_login(root: Path) -> None:
    rows = [{k: v for k, v in row.items() if k != "Пользователь"} for row in EXPORT_2022.rows]
    _, results, _ = _taken(root, files.as_csv([vpr_files.TITLE], rows))
    assert sorted(results["school_id"].unique()) == ["980101", "980102"]


def test_autumn_works_belong_to_the_grade_before(root: Path) -> None:
    report, results, scores = _taken(root, EXPORT_2020.content(), Context())
    assert "file.work_of_other_grade" in _rules(report)
    assert "pupil_code_of_other_grade" not in _rules(report)
    assert (results["grade"].unique().tolist(), results["pupil_grade"].unique().tolist()) == ([4], [5])
    assert results["class"].unique().tolist() == ["5"]
    assert sorted(scores["task"].unique()) == ["1", "2", "3"]
    assert scores["max_points"].isna().all()


def test_what_an_autumn_file_does_not_say_is_suggested(root: Path) -> None:
    path = root / "sent" / "vpr2020_g4.csv"
    path.write_bytes(files.as_csv([], EXPORT_2020.rows))
    (report,) = check([path], root)
    assert "--year 2021 --subject ПРЕДМЕТ --grade 4." in report.findings[-1].fix


def test_grade_11_is_suggested_by_names_of_classes(root: Path) -> None:
    rows = [
        vpr_files.exported_2022("edu980101", n, **{"Код": 1000 + n, "Наименование класса": "11А"})
        for n in (1, 2)
    ]
    path = root / "sent" / "протокол.csv"
    path.write_bytes(files.as_csv([], rows))
    (report,) = check([path], root)
    assert "--subject ПРЕДМЕТ --grade 11." in report.findings[-1].fix


def _sections(declared: int) -> list[list[object]]:
    levels = ["", "", "Уровень сложности задания", "", "", "", "Б", "Б", "П", "", "", ""]
    line = [f"Озёрная СШ (edu980101) | Кол-во участников: {declared}"]
    headings, *rows = table(INDIVIDUAL.rows)
    other = ["Лесная ОШ (edu980102) | Кол-во участников: 1"]
    return [
        ["Индивидуальные результаты"],
        [vpr_files.TITLE],
        levels,
        headings,
        line,
        *rows[:2],
        other,
        rows[2],
    ]


def test_individual_results_with_metadata_sections_and_levels(root: Path) -> None:
    report, results, scores = _taken(root, book(Индивидуальные=_sections(2)), Context())
    assert _rules(report) == set()
    assert results["mark"].tolist() == [5, 5, 5]
    assert scores.groupby("task", observed=True)["level"].first().tolist() == ["Б", "Б", "П"]
    assert results["school_name"].unique().tolist() == ["Озёрная СШ"]


def test_another_number_of_participants_is_a_warning(root: Path) -> None:
    report, _, _ = _taken(root, book(Индивидуальные=_sections(89)), Context())
    (told,) = _said(report)
    assert (told.rule, told.severity, told.row) == ("file.declared_participants", "warning", 5)
    assert "89" in told.message


def test_a_form_without_a_school_asks_for_it(root: Path) -> None:
    path = root / "sent" / "протокол школы.csv"
    path.write_bytes(files.as_csv([], FORM.rows))
    (asked,) = check([path], root)
    assert "--grade 4 --school ОРГАНИЗАЦИЯ." in asked.findings[-1].fix
    (taken,) = intake([path], root, Context(**MATHS.model_dump(exclude={"school"}), school="edu980102"))
    assert [(s.school, s.status, s.rows) for s in taken.submissions] == [("980102", "accepted", 2)]
    assert {r.status for r in intake(None, root) if "протокол школы" in r.file} == {"accepted"}


def test_a_form_names_tasks_classes_and_absences(root: Path) -> None:
    rows = [vpr_files.form(1), vpr_files.form(2, ("", "", ""), "", "отсутствовал")]
    _, results, scores = _taken(root, files.as_csv(FORM.titles, rows), Context())
    assert results["is_absent"].tolist() == [False, True]
    assert results["class"].tolist() == ["4/2", "4/2"]
    assert sorted(scores["task"]) == ["1", "2", "3.1К1"]


def test_the_same_table_on_two_sheets_is_read_once(root: Path) -> None:
    twice = table(FORM.rows)
    report, results, _ = _taken(
        root, book(Протокол=twice, Протокол_2=twice), Context(**{**MATHS.model_dump(), "school": "edu980101"})
    )
    assert _rules(report) == {"file.repeated_sheets"}
    assert len(results) == 2


@pytest.mark.parametrize(
    ("said", "name"),
    [('11 "нет"', "11"), ("11 нет", "11"), ("одиннадцатый", "11"), ("Нет ", "11"), ("11 класс", "11"), ("0", None),
     ("А(11)", "11А"), ("11 K", "11К"), ("к1", "11К1"), ("3", "11/3"), ("ВО", "11ВО")],
)  # fmt: skip
def test_names_of_senior_classes(said: str, name: str | None) -> None:
    assert class_name(said, 11) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [("17K2", "17К2"), ("1к1", "1К1"), ("11.3 k1", "11.3К1"), ("9,1", "9.1"), ("5(1)", "5(1)")],
)
def test_names_of_tasks(typed: str, name: str) -> None:
    assert task_name(typed) == name


def test_the_file_s_mark_counts_and_a_scale_only_warns(tmp_path: Path) -> None:
    from dashboard.marts import open_latest
    from pipelines.build import build

    files.prepared(tmp_path)
    rows: list[dict[str, Any]] = [
        vpr_files.individual("edu980101", 1, mark=2), vpr_files.individual("edu980101", 2, mark=""),
    ]  # fmt: skip
    report, results, _ = _taken(tmp_path, files.as_csv([vpr_files.TITLE], rows), Context())
    assert _rules(report) == {"mark_differs_from_scale"}
    assert results["scale_mark"].tolist() == [5, 5]
    build(tmp_path)
    marks = open_latest(tmp_path).query("select mark from fct_vpr order by pupil_code", [])
    assert marks["mark"].tolist() == [2, 5]


def test_a_sum_that_was_never_computed_is_no_zero(tmp_path: Path) -> None:
    from dashboard.marts import open_latest
    from pipelines.build import build

    rows = [vpr_files.exported_2022("edu980101", 1, total=0), vpr_files.exported_2022("edu980101", 2)]
    report, _, _ = _taken(tmp_path, files.as_csv([vpr_files.TITLE], rows))
    assert {f.rule for s in report.submissions for f in s.findings} == {"total_not_computed"}
    build(tmp_path)
    points = open_latest(tmp_path).query("select total_points from fct_vpr order by pupil_code", [])
    assert points["total_points"].isna().tolist() == [True, False]


def test_textbooks_stand_on_the_sheet_of_classes() -> None:
    classes = Sheet(
        "Классы",
        [
            [
                "Пользователь",
                'Буква (цифра) класса. Введите "нет" - если один',
                "Основной учебник по предмету",
            ],
            ["edu980101", "А", "ma4.8 | 1.1.3 | Моро М.И. Математика"],
            ["edu980101", 11.0, "Чекин А.Л. Математика"],
        ],
        [],
    )
    logins, names = ["edu980101", "edu980101", "edu980102"], ["а", "11", "А"]
    cells = {"login": np.array(logins, dtype=object), "class": np.array(names, dtype=object)}
    raw = Raw(
        sources()["vpr_export_2022"], "Протокол", np.arange(3, dtype=np.int32), cells, {}, beside=[classes]
    )
    books = textbooks_beside(raw)
    assert books is not None
    assert books.tolist() == ["ma4.8 | 1.1.3 | Моро М.И. Математика", "Чекин А.Л. Математика", ""]
    assert textbooks_beside(replace(raw, beside=[])) is None

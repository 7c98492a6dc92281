"""School marks as they come: the district's form with its sums, a journal by subject, a class pupil by pupil."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from pipelines.findings import FileReport, Finding
from pipelines.intake import check, intake
from pipelines.periods import terms
from tests.intake import files
from tests.intake.staged import staged

Rows = list[list[Any]]
HEADER = [
    "Класс", "Кл. руководитель", "На начало", "Прибыло", "Выбыло", "На конец", "Аттестовано", "на «5»", "на «4» и «5»",
    "с одной «4»", "с одной «3»", "неуспевающие", "", "", "", "н/а по болезни", "н/а по прогулам", "% успеваемости",
    "% качества", "СОУ", "ФИО и предметы неуспевающих",
]  # fmt: skip
BELOW = [""] * 11 + ["всего", "по 1", "по 2", "по 3+"] + [""] * 6
FORM: Rows = [
    ["1", "Глобусова А.П.", 20, 1, 0, 21, *[""] * 15],
    ["2А", "Линейкина И.И.", 20, 0, 0, 20, 20, 3, 9, 1, 2, 1, 1, 0, 0, 0, 0, 0.95, 0.6, 0.6, "Дробинкин, русский"],
    ["1-4", "", 40, 1, 0, 41, 20, 3, 9, 1, 2, 1, 1, 0, 0, 0, 0, 0.95, 0.6, 0.6, ""],
    ["5 «А»", "Задачкина", 18, 0, 0, 18, 17, 2, 7, 1, 3, "2 (Дробинкин; Азбукин)", 1, 1, 0, 1, 0, 15 / 17, 9 / 17, 0.5,
     "Дробинкин, Азбукин"],
    ["5–9 классы", "", 18, 0, 0, 18, 17, 2, 7, 1, 3, 2, 1, 1, 0, 1, 0, 15 / 17, 9 / 17, 0.5, ""],
    ["Итого по школе", "", 58, 1, 0, 59, 37, 5, 16, 2, 5, 3, 2, 1, 0, 1, 0, 34 / 37, 21 / 37, 0.55, ""],
]  # fmt: skip
TITLES = ["Итоги {term} 2025/26 учебного года", "МКОУ «Озёрная СШ»"]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return files.prepared(tmp_path_factory.mktemp("marks"))


@pytest.fixture
def written(tmp_path: Path) -> Callable[[dict[str, Rows]], Path]:
    """A workbook of these sheets."""

    def write(sheets: dict[str, Rows]) -> Path:
        book = openpyxl.Workbook()
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.remove(book.worksheets[0])
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.xlsx"
        book.save(path)
        return path

    return write


def form(term: str, changes: dict[tuple[int, str], Any] | None = None) -> Rows:
    """The district's form, with cells changed by row and heading."""
    names = [below or heading for heading, below in zip(HEADER, BELOW, strict=True)]
    rows = [list(row) for row in FORM]
    for (at, name), value in (changes or {}).items():
        rows[at][names.index(name)] = value
    return [*([line.format(term=term)] for line in TITLES), HEADER, BELOW, *rows]


def all_findings(report: FileReport) -> list[Finding]:
    return [*report.findings, *(f for part in report.submissions for f in part.findings)]


def test_the_form_is_read_class_by_class(root: Path, written: Callable[[dict[str, Rows]], Path]) -> None:
    (report,) = intake([written({"Лист1": form("I четверти")})], root)
    assert [(s.period, s.school, s.status, s.rows) for s in report.submissions] == [
        ("2025/26, 1 четверть", "980101", "accepted", 3)
    ]
    assert [f.rule for f in all_findings(report)] == ["file.personal"]
    rows = staged(root, report, "class_marks").set_index("class")
    plain = pd.DataFrame(FORM, columns=[*map(str, range(len(HEADER)))]).iloc[[0, 1, 3]]
    assert list(rows.index) == ["1", "2А", "5А"]
    assert list(rows["grade"]) == [1, 2, 5]
    assert list(rows["pupils_end"]) == list(plain["5"])
    assert [int(n) for n in rows["certified"].dropna()] == [20, 17]
    assert list(rows.loc["5А", ["failing", "failing_one", "failing_two", "not_certified"]]) == [2, 1, 1, 1]
    assert rows.loc["5А", "pass_percent"] == pytest.approx(100 * 15 / 17)
    assert rows.loc["1", ["certified", "fives", "pass_percent"]].isna().all()


CONTRADICTIONS = [
    ((1, "на «5»"), 2), ((1, "на «4» и «5»"), 10), ((3, "Аттестовано"), 16), ((3, "На конец"), 17),
    ((3, "с одной «3»"), 4), ((1, "с одной «4»"), 2), ((3, "по 2"), 0), ((1, "по 1"), 0), ((0, "Прибыло"), 2),
    ((1, "н/а по прогулам"), 1), ((2, "на «5»"), 4), ((4, "На начало"), 20), ((5, "Аттестовано"), 38),
    ((5, "на «4» и «5»"), 17), ((5, "% качества"), 0.62), ((1, "% успеваемости"), 0.9), ((3, "% качества"), 0.4),
]  # fmt: skip
"""Row of the form, heading and a number that its neighbours do not give."""


def test_a_number_that_contradicts_a_total_is_found(
    root: Path, written: Callable[[dict[str, Rows]], Path]
) -> None:
    paths = [written({"1": form("1 четверти", {place: value})}) for place, value in CONTRADICTIONS]
    reports = dict(zip(CONTRADICTIONS, check(paths, root), strict=True))
    assert [c for c, r in reports.items() if not any(f.cell for f in all_findings(r))] == []


def test_a_mean_of_percents_is_called_so(root: Path, written: Callable[[dict[str, Rows]], Path]) -> None:
    changes = {(1, "% качества"): 0.6, (5, "% качества"): (0.6 + 0.2) / 2}
    changes |= {
        (3, "на «4» и «5»"): 1,
        (3, "% качества"): 3 / 17,
        (4, "на «4» и «5»"): 1,
        (4, "% качества"): 3 / 17,
    }
    changes |= {(5, "на «4» и «5»"): 10, (5, "% качества"): (0.6 + 3 / 17) / 2}
    (report,) = check([written({"1": form("1 четверти", changes)})], root)
    (finding,) = (f for f in all_findings(report) if f.rule == "file.total_percent_differs")
    assert finding.cell == "S10"
    assert "среднее из процентов по классам" in finding.message


def test_a_quarter_on_each_sheet(root: Path, written: Callable[[dict[str, Rows]], Path]) -> None:
    blank = [["Класс", "На конец", "Аттестовано", "на «5»"], ["5А", "", "", ""], ["Итого", 0, 0, 0]]
    book = {"1 четверть": form("1 четверти"), "2 четверть": form("2 четверти", {(3, "На конец"): 17})}
    (report,) = check([written({**book, "год": blank})], root)
    assert [(s.period, len(s.findings) > 0) for s in report.submissions] == [
        ("2025/26, 1 четверть", False),
        ("2025/26, 2 четверть", True),
    ]
    assert {f.sheet for f in report.submissions[1].findings} == {"2 четверть"}
    assert "«год»" in next(f.message for f in report.findings if f.rule == "file.blank_sheets")


def test_names_of_children_and_teachers_go_nowhere(
    tmp_path: Path, written: Callable[[dict[str, Rows]], Path]
) -> None:
    root = files.prepared(tmp_path / "data")
    intake(
        [written({"1": form("1 четверти", {(1, "по 2"): "Дробинкин", (3, "на «5»"): "Азбукин П."})})], root
    )
    kept = b"".join(p.read_bytes() for p in (root / "staged").rglob("*") if p.is_file()).decode(
        "utf-8", "ignore"
    )
    assert "file.personal" in kept
    for name in ("Дробинкин", "Азбукин", "Линейкина", "Глобусова", "Задачкина"):
        assert name not in kept


def test_a_combined_class_is_no_sum(root: Path, written: Callable[[dict[str, Rows]], Path]) -> None:
    rows = [list(FORM[3]), list(FORM[3])]
    rows[0][0], rows[1][0] = "2-4", "5"
    (report,) = intake([written({"1": [*form("года")[:4], *rows]})], root)
    found = staged(root, report, "class_marks")
    assert list(found["class"]) == ["2-4", "5"]
    assert list(found["grade"].isna()) == [True, False]
    assert report.submissions[0].period == "2025/26, год"


def test_a_form_that_says_no_term_is_told_how(root: Path, written: Callable[[dict[str, Rows]], Path]) -> None:
    (report,) = check([written({"Лист1": [["МКОУ «Озёрная СШ»"], *form("x")[2:]]})], root)
    (finding,) = (f for f in report.findings if f.severity == "error")
    assert finding.rule == "file.no_period"
    assert "Итоги 1 четверти 2025/26 учебного года" in finding.fix


JOURNAL: Rows = [
    ["Итоги успеваемости класса за учебный период"], ["Школа: МКОУ «Озёрная СШ»"], ["Учебный год: 2025/2026"],
    ["Учебный период: 2 триместр"], ["Класс: 8А"], ["Классный руководитель: Глобусова А.П."],
    ["№", "ФИО", "Алгебра", "Русский язык", "Химия", "Физ-ра", "Средний балл"],
    [1, "Азбукин Пётр", 5, 5, 5, "осв", 5], [2, "Дробинкин И.", 4, 5, 5, 5, 4.75], [3, "Задачкин", 3, 4, 4, 5, 4],
    [4, "Линейкин", 2, 2, 3, 4, 2.75], [5, "Глобусов", "н/а", 4, 4, "зач", 4],
    ["", "Успеваемость, %", 75, 80, 100, 100, ""], ["", "Качество, %", "50%", "80%", "80%", "100%", ""],
]  # fmt: skip


def test_a_class_is_counted_pupil_by_pupil(root: Path, written: Callable[[dict[str, Rows]], Path]) -> None:
    (report,) = intake([written({"Отчёт": JOURNAL})], root)
    assert (report.source, report.submissions[0].period) == ("class_journal", "2025/26, 2 триместр, 8А")
    assert [f for f in all_findings(report) if f.severity != "info"] == []
    subjects = staged(root, report, "subject_marks").set_index("subject")
    assert list(subjects.loc["Алгебра", ["pupils", "n5", "n4", "n3", "n2", "not_certified"]]) == [
        5,
        1,
        1,
        1,
        1,
        1,
    ]
    assert list(subjects.loc["Физическая культура", ["n5", "n4", "exempt", "credited"]]) == [2, 1, 1, 1]
    (row,) = staged(root, report, "class_marks").to_dict("records")
    counts = {name: row[name] for name in ("pupils_end", "certified", "fives", "fours", "one_four", "one_three",
                                           "failing", "failing_two", "not_certified")}  # fmt: skip
    assert counts == {"pupils_end": 5, "certified": 4, "fives": 1, "fours": 1, "one_four": 1, "one_three": 1,
                      "failing": 1, "failing_two": 1, "not_certified": 1}  # fmt: skip
    kept = b"".join(p.read_bytes() for p in (root / "staged").rglob("*") if p.is_file()).decode(
        "utf-8", "ignore"
    )
    assert "Азбукин" not in kept


def test_what_contradicts_a_class_is_found(root: Path, written: Callable[[dict[str, Rows]], Path]) -> None:
    wanted = {
        (9, 2, 4): ("file.total_percent_differs", "C14"),
        (12, 3, 90): ("file.total_percent_differs", "D13"),
        (7, 4, 7): ("file.not_a_mark", "E8"),
    }
    paths = []
    for row, column, value in wanted:
        rows = [list(one) for one in JOURNAL]
        rows[row][column] = value
        paths.append(written({"Отчёт": rows}))
    for told, report in zip(wanted.values(), check(paths, root), strict=True):
        assert told in {(f.rule, f.cell) for f in all_findings(report)}


SUBJECTS: Rows = [
    ["Результативность работы школы за учебный период (по предметам)"], ["Школа: Лесная ОШ"],
    ["2025/2026 учебный год"], ["Учебный период: 2 четверть"],
    ["Предмет", "Класс", "Учитель", "Кол-во уч-ся", 5, 4, 3, 2, "н/а", "осв", "% успеваемости", "% качества",
     "Средний балл"],
    ["Математика", "5", "Глобусова", 10, 2, 4, 3, 1, 0, 0, 90, 60, 3.7],
    ["", "6", "Глобусова", 8, 1, 4, 3, 0, 0, 0, 100, 62.5, 3.75],
    ["Итого", "", "", 18, 3, 8, 6, 1, 0, 0, 94, 61, ""],
    ["Физика", "7", "Задачкина", 5, 1, 1, 2, 0, 1, 0, 100, 50, 3.75],
    ["Итого по школе", "", "", 23, 4, 9, 8, 1, 1, 0, 95.5, 59, ""],
]  # fmt: skip


def test_subjects_are_carried_down_and_sums_are_held(
    root: Path, written: Callable[[dict[str, Rows]], Path]
) -> None:
    (report,) = intake([written({"1": SUBJECTS})], root)
    assert [f.rule for f in all_findings(report)] == ["file.personal"]
    rows = staged(root, report, "subject_marks")
    assert [*zip(rows["subject"], rows["class"], rows["n5"], strict=True)] == [
        ("Математика", "5", 2), ("Математика", "6", 1), ("Физика", "7", 1),
    ]  # fmt: skip
    changed = [list(row) for row in SUBJECTS]
    changed[9][4] = 5
    (report,) = check([written({"1": changed})], root)
    assert ("file.total_differs", "E10") in {(f.rule, f.cell) for f in all_findings(report)}


def test_reports_of_two_teachers_stand_side_by_side(
    root: Path, written: Callable[[dict[str, Rows]], Path]
) -> None:
    one = [["Учитель: Глобусова А.П."], *SUBJECTS[:7]]
    other = [["Учитель: Задачкина Е.В."], *SUBJECTS[:5], SUBJECTS[8]]
    reports = check([written({"1": one}), written({"1": other})], root)
    assert [report.submissions[0].period for report in reports] == [
        "2025/26, 2 четверть, Математика: 5, 6",
        "2025/26, 2 четверть, Физика: 7",
    ]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("I четверть", "1 четверть"), ("1-я четверть", "1 четверть"), ("второй четверти", "2 четверть"),
        ("III четв.", None), ("3 четверть", "3 четверть"), ("IV учебная четверть", "4 четверть"),
        ("четвёртая четверть", "4 четверть"), ("1 полугодие", "1 полугодие"), ("II полугодия", "2 полугодие"),
        ("третий триместр", "3 триместр"), ("год", "год"), ("учебного года", "год"), ("Годовые", "год"),
        ("2025", None), ("четверть", None),
    ],
)  # fmt: skip
def test_terms_are_understood(said: str, meant: str | None) -> None:
    assert terms()(said) == meant

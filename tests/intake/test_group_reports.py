"""Group reports of ФИС ОКО: every layout against a plain reading, territories told apart, percents that lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from pipelines.findings import FileReport
from pipelines.intake import check, intake
from pipelines.territories import level_of, name_of
from tests.intake.files import REGISTRY
from tests.intake.group_files import GROUPS, JOURNAL, LAKE, MARKS, PUPILS, SIDES, TASKS, report
from tests.intake.staged import staged

TITLES = {
    "marks": "Статистика по отметкам", "scores": "Распределение первичных баллов", "tasks": "Выполнение заданий",
    "planned": "Достижение планируемых результатов", "of_marks": "Выполнение заданий группами участников",
    "journal": "Сравнение отметок с отметками по журналу",
}  # fmt: skip
ALL, REGION, AREA = "Вся выборка", "Ивановская обл.", "Озёрный муниципальный район (reg37_m012)"
BLOCKS = (
    "Блоки ПООП «обучающийся научится / получит возможность научиться» или проверяемые требования (умения)"
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root that knows the two schools."""
    folder = tmp_path_factory.mktemp("groups")
    intake([REGISTRY.write(folder / "sent")], folder)
    return folder


def _rows(root: Path, content: bytes, name: str) -> tuple[FileReport, pd.DataFrame]:
    path = root / "sent" / f"{name}.xlsx"
    path.write_bytes(content)
    (found,) = intake([path], root)
    (table,) = found.tables
    return found, staged(root, found, table)


def _told(rows: pd.DataFrame, *keys: str, value: str = "percent") -> dict[Any, float]:
    return rows.set_index(list(keys))[value].astype(float).to_dict()


@pytest.mark.parametrize(
    ("text", "level", "name"),
    [
        ("Вся выборка", "country", "Российская Федерация"), ("РФ", "country", "Российская Федерация"),
        ("Ивановская обл.", "region", "Ивановская область"), ("Чеченская Республика", "region", "Чеченская Республика"),
        ("Еврейская автономная область", "region", "Еврейская автономная область"),
        ("Москва", "region", "Москва"), ("Алтайский край (reg22)", "region", "Алтайский край"),
        ("Урус-Мартановский муниципальный район(reg20_m012)", "municipality", "Урус-Мартановский район"),
        ("reg22_m001 ¦ Алейский муниципальный район", "municipality", "Алейский район"),
        ("город Барнаул", "municipality", "г. Барнаул"), ("Кинешемский округ", "municipality", "Кинешемский округ"),
        ("МБОУ «СОШ №1 г.Урус-Мартан»(edu203389)", "school", None), ("МКОУ «Районная гимназия»", "school", None),
        ("Областной лицей", "school", None), ("edu370101", "school", None),
    ],
)  # fmt: skip
def test_territories_are_told_apart(text: str, level: str, name: str | None) -> None:
    assert level_of(text) == level
    assert name is None or name_of(text) == name


@pytest.mark.parametrize(
    "percents",
    [
        ["2,5", "22,5", "50", "25"], [2.5, 22.5, 50, 25], ["0,025", "0,225", "0,5", "0,25"],
        [0.025, 0.225, 0.5, 0.25], ["2,5%", "22.5 %", "50%", "25%"],
    ],
)  # fmt: skip
def test_marks_in_every_spelling_of_a_percent(root: Path, percents: list[object]) -> None:
    header = [GROUPS, "Кол-во ОО", PUPILS, 2, 3, 4, 5]
    areas = [[name, 9, n, *percents] for name, n in ((ALL, "1 200 000"), (REGION, 4000), (AREA, 200))]
    found, rows = _rows(root, report(TITLES["marks"], [header, *areas, [LAKE, "", 40, *percents]]), "marks")
    assert (found.source, found.status) == ("vpr_group_marks", "accepted"), found
    areas_of = {s.school_name for s in found.submissions if not s.school}
    assert areas_of == {"Ивановская область", "Озёрный район", "Российская Федерация"}
    told = _told(rows, "territory_level", "category", value="pupils")
    assert [told["school", mark] for mark in "2345"] == [1, 9, 20, 10]
    assert [told["country", mark] for mark in "2345"] == [30000, 270000, 600000, 300000]
    assert _told(rows, "territory_level", "category")["municipality", "3"] == pytest.approx(22.5)
    assert set(rows["school_id"].dropna()) == {"980101"}
    assert set(rows["school_year"]) == {2026}
    assert set(rows["schools"].dropna()) == {9}


def test_scores_over_numbers_of_points(root: Path) -> None:
    header = [GROUPS, "Кол-во ОО", PUPILS, *range(6)]
    lines = [[ALL, 9, 1000, "1,5", 10, 20, 30, 30, "8,5"], [LAKE, "", 3, 0, 0, 33.33, 33.33, 33.33, 0]]
    found, rows = _rows(root, report(TITLES["scores"], [header, *lines]), "scores")
    assert (found.source, found.status) == ("vpr_group_scores", "accepted")
    counts = _told(rows, "territory_level", "category", value="pupils")
    assert [counts["country", str(score)] for score in range(6)] == [15, 100, 200, 300, 300, 85]
    assert [counts["school", str(score)] for score in range(6)] == [0, 0, 1, 1, 1, 0]


def test_tasks_with_the_row_of_largest_points(root: Path) -> None:
    lines = [
        [GROUPS, "Кол-во ОО", PUPILS, 1, 2, "3К1", 9.1], ["Макс. балл", "", "", 1, 2, 2, 3],
        [ALL, 9, 1000, 0.805, 0.61, 0.5, 0.1], [LAKE, "", 3, 0.6667, 0.5, 0.5, 0.1111], ["Итого", "", 3, 1, 1, 1, 1],
    ]  # fmt: skip
    found, rows = _rows(root, report(TITLES["tasks"], lines), "tasks")
    assert (found.source, found.status) == ("vpr_group_tasks", "accepted")
    assert _told(rows[rows["territory_level"] == "school"], "task", value="points") == {
        "1": 2, "2": 3, "3К1": 3, "9.1": 1,
    }  # fmt: skip
    assert _told(rows[rows["territory_level"] == "country"], "task") == {
        "1": 80.5,
        "2": 61,
        "3К1": 50,
        "9.1": 10,
    }
    assert _told(rows, "task", value="max_points") == {"1": 1, "2": 2, "3К1": 2, "9.1": 3}


def test_tasks_of_those_with_one_mark(root: Path) -> None:
    lines = [
        [GROUPS, PUPILS, 1, "3К1"], ["Макс. балл", "", 1, 2],
        [ALL, 1000, "80,5%", "50,1%"], ["Ср.% вып. уч. гр.баллов 2", 100, 20, 5], ["Группа «5»", 300, 98, 95],
        [LAKE], ["2", 1, 0, 0], ["Получившие отметку «4»", 2, 100, 75],
    ]  # fmt: skip
    found, rows = _rows(root, report(TITLES["of_marks"], lines), "of_marks")
    assert (found.source, found.status) == ("vpr_group_task_marks", "accepted"), found
    assert _told(rows, "territory_level", "mark_group", "task") == {
        ("country", "all", "1"): 80.5, ("country", "all", "3К1"): 50.1, ("country", "2", "1"): 20,
        ("country", "2", "3К1"): 5, ("country", "5", "1"): 98, ("country", "5", "3К1"): 95, ("school", "2", "1"): 0,
        ("school", "2", "3К1"): 0, ("school", "4", "1"): 100, ("school", "4", "3К1"): 75,
    }  # fmt: skip


def test_planned_results_are_turned_and_a_task_is_counted_once(root: Path) -> None:
    lines = [
        ["№", BLOCKS, "Макс балл", f"{ALL} 1 000 уч.", "Ивановская область\n900 уч.", f"{LAKE} 3 уч."],
        [1, "Умение считать", 1, 80.5, 79, 66.67], [1, "Умение проверять", 1, 80.5, 79, 66.67],
        ["3К1", "Умение читать график", 2, 50.1, "", 50],
    ]  # fmt: skip
    found, rows = _rows(root, report(TITLES["planned"], lines), "planned")
    assert (found.source, found.status) == ("vpr_group_planned", "accepted")
    assert _told(rows, "territory_level", "task") == {
        ("country", "1"): 80.5, ("country", "3К1"): 50.1, ("region", "1"): 79, ("school", "1"): 66.67,
        ("school", "3К1"): 50,
    }  # fmt: skip
    assert _told(rows, "territory_level", value="participants") == {
        "country": 1000,
        "region": 900,
        "school": 3,
    }
    assert _told(rows[rows["territory_level"] == "school"], "task", value="points") == {"1": 2, "3К1": 3}
    assert rows["skill"].iloc[0] == "Умение считать"


@pytest.mark.parametrize("is_wide", [True, False])
def test_the_journal_long_and_wide_says_the_same(root: Path, is_wide: bool) -> None:
    told = {ALL: (300, 600, 100), LAKE: (1, 1, 2)}
    if is_wide:
        header = [GROUPS, f"{PUPILS}(всего)", *(f"{w} {u}" for w in SIDES.values() for u in ("%", PUPILS))]
        lines = [
            [name, sum(n), *(x for one in n for x in (100 * one / sum(n), one))] for name, n in told.items()
        ]
    else:
        header, lines = [GROUPS, PUPILS, "%"], []
        for name, n in told.items():
            sides = [[f"{w} %", one, 100 * one / sum(n)] for w, one in zip(SIDES.values(), n, strict=True)]
            lines += [[name], *sides, ["Всего", sum(n), 100]]
    found, rows = _rows(root, report(TITLES["journal"], [header, *lines]), f"journal {is_wide}")
    assert (found.source, found.status, found.findings) == ("vpr_group_journal", "accepted", [])
    counts = _told(rows, "territory_level", "category", value="pupils")
    assert counts == {
        ("country", "lowered"): 300, ("country", "confirmed"): 600, ("country", "raised"): 100,
        ("school", "lowered"): 1, ("school", "confirmed"): 1, ("school", "raised"): 2,
    }  # fmt: skip
    assert set(rows[rows["territory_level"] == "school"]["participants"]) == {4}


def _rules(content: bytes, root: Path) -> list[tuple[str, str | None]]:
    path = root / "sent" / "spoiled.xlsx"
    path.write_bytes(content)
    (found,) = check([path], root)
    return [(f.rule, f.cell) for s in found.submissions for f in s.findings]


def test_parts_that_are_not_a_whole_are_found(root: Path) -> None:
    header = [GROUPS, "Кол-во ОО", PUPILS, 2, 3, 4, 5]
    good, bad = [AREA, 1, 200, 10, 20, 30, 40.2], [AREA, 1, 200, 10, 20, 30, 41.5]
    assert ("group.not_a_whole", "D9") not in _rules(report(TITLES["marks"], [header, good]), root)
    assert ("group.not_a_whole", "D9") in _rules(report(TITLES["marks"], [header, bad]), root)
    sides = [[f"{w} %", 1, x] for w, x in zip(SIDES.values(), (20, 30, 40), strict=True)]
    long = report(TITLES["journal"], [[GROUPS, PUPILS, "%"], [AREA], *sides])
    assert ("group.not_a_whole", "C10") in _rules(long, root)


def test_a_wrong_number_in_a_turned_report_is_shown_in_its_own_column(root: Path) -> None:
    header = ["№", BLOCKS, "Макс балл", "Ивановская область 900 уч.", f"{LAKE} 3 уч."]
    lines = [header, [1, "Считать", 1, 79.11, 66.67], [2, "Решать", "много", 50, 41.67]]
    assert _rules(report(TITLES["planned"], lines), root) == [
        ("vpr_group_task.max_points.type", "C10"), ("vpr_group_task.max_points.type", "C10"),
    ]  # fmt: skip
    lines[2] = [2, "Решать", 2, 50, 41.67]
    assert _rules(report(TITLES["planned"], lines), root) == [("group_percent_of_no_points", "E10")]


def test_an_unknown_organisation_is_asked_about_and_a_report_without_its_title_comes_back(root: Path) -> None:
    header = [GROUPS, "Кол-во ОО", PUPILS, 2, 3, 4, 5]
    lines = [header, ["Что-то непонятное", 1, 4, 25, 25, 25, 25]]
    assert _rules(report(TITLES["marks"], lines), root) == [("school.unknown_name", "A9")]
    path = root / "sent" / "untitled.xlsx"
    path.write_bytes(report("Отчёт", lines))
    (found,) = check([path], root)
    assert (found.source, found.status) == ("vpr_group_report", "refused")
    assert "не удаляйте верхние строки" in found.findings[0].fix


def test_samples_are_taken_without_a_remark(root: Path) -> None:
    for sample in (JOURNAL, MARKS, TASKS):
        (found,) = check([sample.write(root / "samples")], root)
        assert (found.source, found.status, found.findings) == (sample.source, "accepted", []), found


@pytest.mark.real
def test_the_real_reports_say_what_stands_in_them(real: Path, tmp_path: Path) -> None:
    marks = real / "vpr" / "fisoko_F3_marks_statistics_2026_rebuilt.xlsx"
    journal = real / "vpr" / "fisoko_marks_vs_journal_2024_rebuilt.xlsx"
    first, second = intake([marks, journal], tmp_path)
    rows = staged(tmp_path, first, "vpr_group_share")
    plain = CalamineWorkbook.from_path(marks).get_sheet_by_index(0).to_python(skip_empty_area=False)[8:]
    assert list(rows["percent"]) == [value for line in plain for value in line[3:7]]
    school = plain[-1]
    assert (
        list(rows["pupils"])[-4:]
        == [round(value * school[2] / 100) for value in school[3:7]]
        == [11, 47, 24, 7]
    )
    sides = staged(tmp_path, second, "vpr_group_share")
    plain = CalamineWorkbook.from_path(journal).get_sheet_by_index(0).to_python(skip_empty_area=False)[8:]
    assert list(sides["pupils"]) == [line[at] for line in plain for at in (3, 5, 7)]
    assert [(f.rule, f.cell) for s in second.submissions for f in s.findings] == [
        ("group_percent_of_nobody", "C9")
    ]

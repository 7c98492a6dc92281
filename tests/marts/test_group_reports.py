"""Group reports in the marts: schools known only by them, pupils that win over them, territories to compare with."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.benchmarks import benchmarks
from dashboard.values import as_records, records
from tests.marts.rows import OTHER, SCHOOL, District, pupils

Row = dict[str, Any]
NOBODYS: Row = {"school_id": None}
COUNTRY = {**NOBODYS, "territory_level": "country", "territory": "Российская Федерация"}
REGION = {**NOBODYS, "territory_level": "region", "territory": "Озёрная область"}
MARKS, SCORES = {"2": 1, "3": 3, "4": 2, "5": 1}, {"3": 1, "7": 3, "11": 2, "16": 1}
SIDES = {"lowered": 2, "confirmed": 4, "raised": 1}


def parts(
    breakdown: str, counts: dict[str, int], where: Row | None = None, whole: int | None = None
) -> list[Row]:
    """Rows of one group with percents as ФИС ОКО prints them."""
    n = whole or sum(counts.values())
    return [
        {"breakdown": breakdown, "category": category, "participants": n, "percent": round(100 * k / n, 2),
         "pupils": k, **(where or {})}
        for category, k in counts.items()
    ]  # fmt: skip


def task(name: str, points: int, n: int, top: int, where: Row | None = None) -> Row:
    """One task of one group."""
    percent = round(100 * points / (n * top), 2)
    return {
        "task": name,
        "max_points": top,
        "participants": n,
        "percent": percent,
        "points": points,
        **(where or {}),
    }


@pytest.fixture
def reported(district: District) -> District:
    """One school that is known by its reports only."""
    rows = [*parts("mark", MARKS), *parts("score", SCORES), *parts("journal", SIDES)]
    district.file("vpr_group_marks", vpr_group_share=rows)
    district.file("vpr_group_tasks", vpr_group_task=[task("1", 4, 7, 1), task("3К1", 9, 7, 2)])
    return district


def _one(marts: Any, indicator: str, **where: object) -> tuple[object, object, object]:
    found = records(marts, indicator, {"school": SCHOOL, **where})[0]
    return found["numerator"], found["denominator"], found["n"]


def test_a_school_known_by_reports_only_has_its_indicators(reported: District) -> None:
    marts = reported.marts()
    assert _one(marts, "participants")[0] == 7
    assert _one(marts, "quality_share") == (3, 7, 7)
    assert _one(marts, "pass_share") == (6, 7, 7)
    assert _one(marts, "low_mark_share") == (1, 7, 7)
    assert _one(marts, "mean_mark")[:2] == (sum(int(m) * k for m, k in MARKS.items()), 7)
    assert _one(marts, "mean_primary_score")[:2] == (sum(int(x) * k for x, k in SCORES.items()), 7)
    assert [_one(marts, f"journal_{side}_share") for side in SIDES] == [(2, 7, 7), (4, 7, 7), (1, 7, 7)]
    assert _one(marts, "journal_gap_share")[1] == 0
    assert _one(marts, "participation_share") == (None, None, 0)
    assert _one(marts, "task_success") == (13, 21, 7)
    assert _one(marts, "task_success", task="3К1") == (9, 14, 7)
    assert marts.query("select max_total, participants from dim_work").values.tolist() == [[16, 7]]


def test_marks_and_scores_agree_place_by_place(reported: District) -> None:
    rows = reported.marts().query("select mark, total_points from fct_vpr order by total_points, mark")
    assert list(rows.itertuples(index=False, name=None)) == [
        (2, 3), (3, 7), (3, 7), (3, 7), (4, 11), (4, 11), (5, 16),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        parts("mark", {"2": 1, "3": 2}, whole=7),
        [row | {"precision": 0.5, "participants": 120} for row in parts("mark", MARKS)],
        [row | {"percent": row["percent"] + 1} for row in parts("mark", MARKS)],
    ],
    ids=["not a whole", "percents too coarse", "no whole children"],
)  # fmt: skip
def test_counts_that_are_not_certain_are_not_used(district: District, rows: list[Row]) -> None:
    district.file("vpr_group_marks", vpr_group_share=rows)
    assert _one(district.marts(), "quality_share") == (None, None, 0)


def test_pupils_win_and_a_difference_is_told(district: District) -> None:
    district.file("mark_scale", mark_scale=[{"min_3": 1, "min_4": 2, "min_5": 3, "max_total": 3}])
    district.file("task_specification", task_specification=[{}, {"task": "2", "max_points": 2}])
    district.file("vpr", **pupils([[1, 2], [1, "X"], [0, 0], []]))
    same = [*parts("mark", {"2": 1, "3": 1, "4": 0, "5": 1}), *parts("score", {"0": 1, "1": 1, "3": 1})]
    district.file("vpr_group_marks", vpr_group_share=same)
    district.file("vpr_group_tasks", vpr_group_task=[task("1", 2, 3, 1), task("2", 2, 3, 2)])
    assert district.marts().query("select * from finding where rule = 'group_report_differs'").empty
    other = [*parts("mark", {"2": 2, "3": 1, "4": 1, "5": 0})]
    district.file("vpr_group_marks", vpr_group_share=other)
    district.file("vpr_group_tasks", vpr_group_task=[task("1", 3, 3, 1)])
    marts = district.marts()
    assert _one(marts, "quality_share") == (1, 3, 3)
    told = marts.query("select message from finding where rule = 'group_report_differs' order by message")
    assert told["message"].tolist() == [
        "Отчёт расходится с протоколом участников: задание 1, баллов 3 (в протоколе 2)",
        "Отчёт расходится с протоколом участников: участников 4 (в протоколе 3), «2» 2 (в протоколе 1), "
        "«4» 1 (в протоколе 0), «5» 0 (в протоколе 1)",
    ]  # fmt: skip


@pytest.fixture
def compared(maths: District) -> District:
    """Two schools with pupils, and reports of the country and the region."""
    maths.file(
        "task_specification",
        task_specification=[{"task_code": "1"}, {"task": "2", "task_code": "2К1", "max_points": 2}],
    )
    rows = [
        r
        for where in (COUNTRY, REGION)
        for r in parts("mark", {"2": 100, "3": 400, "4": 300, "5": 200}, where)
    ]
    maths.file(
        "vpr_group_marks", vpr_group_share=[*rows, *parts("score", {"0": 20, "2": 50, "3": 30}, REGION)]
    )
    maths.file(
        "vpr_group_journal",
        vpr_group_share=parts("journal", {"lowered": 30, "confirmed": 60, "raised": 10}, REGION),
    )
    maths.file(
        "vpr_group_tasks", vpr_group_task=[task("1", 70, 100, 1, REGION), task("2К1", 90, 100, 2, REGION)]
    )
    return maths


def _areas(marts: Any, indicator: str, where: Row | None = None, by: tuple[str, ...] = ()) -> list[Row]:
    return as_records(benchmarks(marts, indicator, where, by))


def test_territories_are_benchmarks_and_nobodys_pupils(compared: District) -> None:
    marts = compared.marts()
    assert records(marts, "participants")[0]["numerator"] == 5
    both = _areas(marts, "quality_share", {"school": SCHOOL, "year": 2026, "subject": "матем", "grade": 4})
    assert [(row["area_level"], row["area"], row["value"], row["n"]) for row in both] == [
        ("country", "Российская Федерация", 50, 1000), ("region", "Озёрная область", 50, 1000),
    ]  # fmt: skip
    region = {"pass_share": 90, "low_mark_share": 10, "mean_mark": 3.6}
    assert {name: _areas(marts, name)[1]["value"] for name in region} == pytest.approx(region)
    assert _areas(marts, "mean_primary_score")[0]["value"] == pytest.approx(1.9)
    sides = [_areas(marts, f"journal_{side}_share")[0]["value"] for side in SIDES]
    assert sides == pytest.approx([30, 60, 10])
    assert _areas(marts, "quality_share", {"grade": 5}) == []


def test_tasks_of_territories_go_by_the_names_of_our_tasks(compared: District) -> None:
    marts = compared.marts()
    by_task = _areas(marts, "task_success", {}, ("task",))
    assert [(row["task"], row["value"], row["n"]) for row in by_task] == [("1", 70, 100), ("2", 45, 100)]
    (whole,) = _areas(marts, "task_success")
    assert (whole["numerator"], whole["denominator"], whole["n"]) == (160, 300, 100)


def test_a_school_without_pupils_stands_beside_one_with_them(compared: District) -> None:
    third = "980103"
    compared.file(
        "vpr_group_marks", vpr_group_share=parts("mark", MARKS, {"school_id": third, "territory": third})
    )
    marts = compared.marts()
    found = records(marts, "participants", {}, ["school"])
    assert {row["school"]: row["numerator"] for row in found} == {SCHOOL: 3, OTHER: 2, third: 7}

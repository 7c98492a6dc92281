"""Altai 2021 from the workbook to the answer: every school and the region against plain pandas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.marts import Marts, open_latest
from dashboard.values import records
from pipelines.build import build

REAL = Path(__file__).parents[3] / "shared" / "real"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.exists(), reason="the real files are not beside the checkout"),
]
MAXIMA = dict(enumerate([1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 2], start=1))
SENT_BACK = {"224204", "224293", "223266", "220178", "224297", "223967"}
PLACES = {"pupils": 24, "teachers": 52, "top": 53, "computers": 66, "obsolete": 67, "internet": 68}
"""Where the questions stand in the questionnaire, from 0."""


@pytest.fixture(scope="module")
def marts(tmp_path_factory: pytest.TempPathFactory) -> Marts:
    from pipelines.intake import Context, intake

    root = tmp_path_factory.mktemp("altai")
    intake([REAL / "schools" / "registry.xlsx"], root)
    intake([REAL / "schools" / "context_2021.xlsx"], root, Context(year=2021))
    intake([REAL / "vpr" / "vpr2021_g4_math.xlsx"], root, Context(year=2021, subject="Математика", grade=4))
    build(root)
    return open_latest(root)


@pytest.fixture(scope="module")
def maths() -> pd.DataFrame:
    found = pd.read_excel(REAL / "vpr" / "vpr2021_g4_math.xlsx", engine="calamine", dtype=str)
    found["school"] = found["логин школы"].str.extract(r"(\d+)")[0]
    return found[~found["school"].isin(SENT_BACK)]


@pytest.fixture(scope="module")
def questionnaire() -> pd.DataFrame:
    found = pd.read_excel(REAL / "schools" / "context_2021.xlsx", engine="calamine")
    digits = found["логин"].str.extract(r"(\d+)")[0]
    usual = found["логин"].str.startswith("sch")
    other = ~usual & (found["логин"].str.startswith("spo") | digits.isin(digits[usual]))
    picked = {name: found[found.columns[place]] for name, place in PLACES.items()}
    return pd.DataFrame({"school": digits.where(~other, found["логин"]), **picked})


def by_school(marts: Marts, indicator: str, **where: object) -> dict[str, tuple[Any, Any]]:
    found = records(marts, indicator, where, ["school"])
    return {row["school"]: (row["numerator"], row["denominator"]) for row in found if row["n"]}


def whole(marts: Marts, indicator: str, **where: object) -> tuple[Any, Any]:
    (row,) = records(marts, indicator, where)
    return row["numerator"], row["denominator"]


def sums(parts: dict[str, tuple[Any, Any]]) -> tuple[Any, Any]:
    return sum(k for k, _ in parts.values()), sum(n for _, n in parts.values())


def test_participants_and_participation(marts: Marts, maths: pd.DataFrame) -> None:
    rows = maths.groupby("school").size()
    present = maths[maths["вариант"] != "отсутствовал"].groupby("school").size()
    expected = {school: (int(present.get(school, 0)), int(n)) for school, n in rows.items()}
    assert by_school(marts, "participation_share") == expected
    assert {s: k for s, (k, _) in by_school(marts, "participants").items()} == present.to_dict()
    assert whole(marts, "participation_share") == sums(expected)


def test_mean_primary_score(marts: Marts, maths: pd.DataFrame) -> None:
    present = maths[maths["вариант"] != "отсутствовал"]
    totals = pd.to_numeric(present["всего баллов"]).groupby(present["school"]).agg(["sum", "count"])
    expected = {school: (row["sum"], row["count"]) for school, row in totals.iterrows()}
    assert by_school(marts, "mean_primary_score") == expected
    assert whole(marts, "mean_primary_score") == sums(expected)


@pytest.mark.parametrize("task", MAXIMA)
def test_success_of_each_task(marts: Marts, maths: pd.DataFrame, task: int) -> None:
    present = maths[maths["вариант"] != "отсутствовал"]
    cells = present[f"балл за {task}"].astype("object").where(lambda cell: cell.notna(), "")
    points = pd.to_numeric(cells.replace(r"^[xXхХ]$", "0", regex=True), errors="coerce")
    sums_of = points.groupby(present["school"]).agg(["sum", "count"])
    expected = {s: (row["sum"], row["count"] * MAXIMA[task]) for s, row in sums_of.iterrows() if row["count"]}
    assert by_school(marts, "task_success", task=task) == expected
    assert whole(marts, "task_success", task=task) == sums(expected)


def test_teachers_and_their_categories(marts: Marts, questionnaire: pd.DataFrame) -> None:
    good = _in_force(questionnaire)
    teachers = good.dropna(subset="teachers")
    found = {row["school"]: row["value"] for row in records(marts, "teachers", {}, ["school"])}
    assert found == teachers.set_index("school")["teachers"].astype(int).to_dict()
    assert by_school(marts, "top_category_share") == _pairs(good, "top", "teachers")
    assert whole(marts, "top_category_share") == sums(_pairs(good, "top", "teachers"))


def test_computers(marts: Marts, questionnaire: pd.DataFrame) -> None:
    good = _in_force(questionnaire)
    for indicator, part, of in (
        ("computers_per_100", "computers", "pupils"),
        ("internet_computers_share", "internet", "computers"),
        ("obsolete_computers_share", "obsolete", "computers"),
    ):
        expected = _pairs(good, part, of)
        assert by_school(marts, indicator) == expected
        assert whole(marts, indicator) == sums(expected)


def _in_force(questionnaire: pd.DataFrame) -> pd.DataFrame:
    """Without the schools whose questionnaires contradict themselves."""
    q = questionnaire
    bad = (q["top"] > q["teachers"]) | (q["internet"] > q["computers"])
    assert (q["top"] > q["teachers"]).sum() == 19
    assert (q["internet"] > q["computers"]).sum() == 4
    return q[~bad]


def _pairs(good: pd.DataFrame, part: str, of: str) -> dict[str, tuple[Any, Any]]:
    both = good.dropna(subset=[part, of])
    both = both[both[of] > 0]
    return {school: (k, n) for school, k, n in zip(both["school"], both[part], both[of], strict=True)}


def test_marks_wait_for_their_scale(marts: Marts) -> None:
    assert records(marts, "quality_share", {"school": "sch220206"})[0]["note"] == "нет шкалы"

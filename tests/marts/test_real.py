"""Altai 2021 from the workbook to the answer: every school and the region against plain pandas."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.marts import Marts, open_latest
from dashboard.values import records
from pipelines.build import build
from tests.marts.rows import District

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
    for grade in range(1, 13):
        for name, place in (("classes", 23), ("pupils", 24)):
            picked[f"{name}_{grade}"] = found[found.columns[place + 2 * grade]]
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


def test_stages_and_classes(marts: Marts, questionnaire: pd.DataFrame) -> None:
    good = _in_force(questionnaire).set_index("school")
    for name, grades in (("primary", range(1, 5)), ("basic", range(5, 10)), ("senior", range(10, 13))):
        total = good[[f"pupils_{grade}" for grade in grades]].sum(axis=1, min_count=1).dropna()
        found = {r["school"]: r["value"] for r in records(marts, f"pupils_{name}", {}, ["school"]) if r["n"]}
        assert found == total[total > 0].to_dict()
    parts = pd.DataFrame({
        "pupils": good[[f"pupils_{grade}" for grade in range(1, 13)]].sum(axis=1, min_count=1),
        "classes": good[[f"classes_{grade}" for grade in range(1, 13)]].sum(axis=1),
    }).dropna()  # fmt: skip
    parts = parts[parts["classes"] > 0]
    expected = {str(code): (row["pupils"], row["classes"]) for code, row in parts.iterrows()}
    assert by_school(marts, "class_size") == expected
    assert whole(marts, "class_size") == sums(expected)


@pytest.fixture(scope="module")
def marked(marts: Marts, tmp_path_factory: pytest.TempPathFactory) -> Marts:
    """The same region once the scale of the year is there."""
    root = Path(shutil.copytree(marts.snapshot().path.parents[1], tmp_path_factory.mktemp("marked") / "data"))
    District(root).file(
        "mark_scale",
        mark_scale=[{"school_year": 2021, "min_3": 6, "min_4": 10, "min_5": 15, "max_total": 20}],
    )
    build(root)
    return open_latest(root)


def test_marks_and_the_journal(marked: Marts, maths: pd.DataFrame) -> None:
    present = maths[maths["вариант"] != "отсутствовал"]
    points = pd.to_numeric(present["всего баллов"], errors="coerce")
    tasks = present[[f"балл за {task}" for task in MAXIMA]].apply(pd.to_numeric, errors="coerce").sum(axis=1)
    points = points.where(~((points == 0) & (tasks > 0)))  # a total that nobody computed is unknown
    mark = pd.cut(points, [-1, 5, 9, 14, 99], labels=[2, 3, 4, 5]).astype("Int64")
    journal = pd.to_numeric(present["отметка за предыдущую четверть/триместр"], errors="coerce").astype(
        "Int64"
    )
    of_school = present["school"]
    for indicator, hit, known in (
        ("quality_share", mark >= 4, mark.notna()), ("pass_share", mark >= 3, mark.notna()),
        ("low_mark_share", mark == 2, mark.notna()),
        ("journal_confirmed_share", mark == journal, mark.notna() & journal.notna()),
        ("journal_lowered_share", mark < journal, mark.notna() & journal.notna()),
        ("journal_gap_share", (mark - journal).abs() >= 2, mark.notna() & journal.notna()),
    ):  # fmt: skip
        counts = pd.DataFrame({"k": (hit & known).fillna(False), "n": known}).groupby(of_school).sum()
        expected = {school: (int(r["k"]), int(r["n"])) for school, r in counts.iterrows() if r["n"]}
        assert by_school(marked, indicator) == expected, indicator
        assert whole(marked, indicator) == sums(expected), indicator


def test_how_many_schools_lie_outside_the_limits(marked: Marts) -> None:
    """The figures of the note on overdispersion: exact limits, then limits widened by what schools really differ."""
    ((schools, phi, *outside),) = marked.snapshot().rows(OUTSIDE)
    assert schools == 625
    assert phi == pytest.approx(3.163, abs=0.001)
    assert [round(100 * share, 1) for share in outside] == [25.6, 10.6, 8.8, 5.1]


OUTSIDE = """
with own as (select school_id, sum(numerator) as k, sum(n) as n from indicator_value
        where indicator_id = 'quality_share' and n > 0 group by all),
    common as (select sum(k) / sum(n) as p from own),
    spread as (select overdispersion(k, n, p) as phi from own, common),
    placed as (select own.*, p, phi, k / n as y, z.*
        from own, common, spread, (values (1.959963985, 3.090232306)) as z (z95, z998))
select count(*), any_value(phi),
    avg(cast(y < funnel_low(n, p, z95) or y > funnel_high(n, p, z95) as int)),
    avg(cast(y < funnel_low(n, p, z998) or y > funnel_high(n, p, z998) as int)),
    avg(cast(y < funnel_low(n, p, z95 * sqrt(phi)) or y > funnel_high(n, p, z95 * sqrt(phi)) as int)),
    avg(cast(y < funnel_low(n, p, z998 * sqrt(phi)) or y > funnel_high(n, p, z998 * sqrt(phi)) as int))
from placed
"""


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

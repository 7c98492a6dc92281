"""The numbers tell one plausible story, seen through the production marts as a methodist sees them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from dashboard.marts import Marts, open_latest
from dashboard.values import values
from pipelines.demo.model import YEARS, Results
from pipelines.demo.works import works

DEFICIT = Results().deficit


@pytest.fixture(scope="module")
def marts(demo_root: Path) -> Marts:
    return open_latest(demo_root)


def _by_year(marts: Marts, indicator: str, where: Mapping[str, object] | None = None) -> pd.Series:
    return values(marts, indicator, where or {}, ["year"]).set_index("year")["value"].loc[list(YEARS)]


@pytest.mark.parametrize("year", YEARS)
def test_reading_graphs_is_what_grade_7_lacks_in_mathematics(marts: Marts, year: int) -> None:
    work = next(one for one in works() if (one.subject, one.grade) == (DEFICIT.subject, DEFICIT.grade))
    where = {"subject": DEFICIT.subject, "grade": DEFICIT.grade, "year": year}
    success = values(marts, "task_success", where, ["task"]).set_index("task")["value"]
    named = {task.code: success[str(number)] for number, task in enumerate(work.tasks, 1)}
    basic = {task.code for task in work.tasks if task.level == "Б"}
    graphs = {"7", "8"}
    assert max(named[code] for code in graphs) < min(min(named[code] for code in basic - graphs), 50)
    assert named["15"] == min(named.values())


def test_about_one_in_sixteen_is_absent_and_every_year_has_all_schools(marts: Marts) -> None:
    taking_part = values(marts, "participation_share", {}, ["school", "year"])
    assert len(taking_part) == 5 * len(YEARS)
    assert taking_part["numerator"].sum() / taking_part["denominator"].sum() == pytest.approx(0.94, abs=0.02)


def test_the_journal_is_mostly_confirmed(marts: Marts) -> None:
    assert _by_year(marts, "journal_confirmed_share").between(65, 80).all()
    assert _by_year(marts, "journal_lowered_share").between(10, 25).all()


def test_marks_are_neither_perfect_nor_hopeless(marts: Marts) -> None:
    assert _by_year(marts, "quality_share").between(45, 65).all()
    assert _by_year(marts, "pass_share").between(78, 95).all()


def test_more_people_finish_courses_every_year(marts: Marts) -> None:
    covered = _by_year(marts, "course_3y_share")
    assert covered.is_monotonic_increasing
    assert covered.iloc[0] < 76
    assert covered.iloc[-1] == pytest.approx(90, abs=5)


def test_the_same_people_know_more_of_computers_every_year(marts: Marts) -> None:
    assert _by_year(marts, "ict_competence_mean").is_monotonic_increasing
    basic = _by_year(marts, "ict_level_share", {"level": "базовый"})
    assert basic.iloc[-1] < basic.iloc[0] - 10


def test_functional_literacy_is_wanted_more_and_more(marts: Marts) -> None:
    wanted = _by_year(marts, "training_need_share", {"topic": "Функциональная грамотность"})
    assert wanted.iloc[-1] > wanted.iloc[0]


def test_computers_get_older_where_nobody_renewed_them(marts: Marts) -> None:
    old = _by_year(marts, "obsolete_computers_share", {"school": "980101"})
    assert old.is_monotonic_increasing
    renewed = _by_year(marts, "obsolete_computers_share", {"school": "980102"})
    assert renewed.loc[2025] < renewed.loc[2024] / 2


def test_staff_has_young_and_old_and_every_category(marts: Marts) -> None:
    assert _by_year(marts, "young_teacher_share").between(8, 30).all()
    assert _by_year(marts, "pension_age_share").between(5, 30).all()
    assert _by_year(marts, "top_category_share").between(12, 35).all()
    assert _by_year(marts, "first_category_share").between(25, 50).all()
    assert _by_year(marts, "higher_education_share").between(65, 95).all()

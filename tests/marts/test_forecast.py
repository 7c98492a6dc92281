"""The staff forecast against products of chances by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.contract import declarations
from tests.marts.rows import OTHER, SCHOOL, District

AGES = (30, 33, 53, 59, 66)


def _hazard(age: int, scenario: str) -> float:
    for term in declarations().dictionaries["leaving_hazard"].terms.values():
        if term.facts["from_age"] <= age <= term.facts["to_age"]:
            return float(term.facts[{"base": "hazard"}.get(scenario, scenario)])
    raise AssertionError(age)


def _leaves(age: int, horizon: int, scenario: str) -> float:
    stays = 1.0
    for year in range(horizon):
        stays *= 1 - _hazard(age + year, scenario)
    return 1 - stays


@pytest.fixture
def forecast(tmp_path: Path) -> list[tuple[object, ...]]:
    district = District(tmp_path)
    people = [
        {"person_id": f"p{n}", "name_id": f"n{n}", "birth_year": 2025 - age, "load_hours": 18.0}
        for n, age in enumerate(AGES)
    ]
    nobody = {"school_id": OTHER, "birth_year": None}
    district.file("staff_list", staff=[*people, nobody])
    load = [{"name_id": "n4", "subject": "Физика", "hours": 10.0, "class": "8"}]
    district.file("teaching_load", teaching_load=load)
    return district.marts().snapshot().rows(
        "select school_id, subject, horizon, scenario, teachers, expected, variance, hours_at_risk"
        " from fct_staff_forecast order by all"
    )  # fmt: skip


def test_expected_leavers_and_their_variance(forecast: list[tuple[object, ...]]) -> None:
    whole = {(row[2], row[3]): row[4:] for row in forecast if row[1] == ""}
    assert {row[0] for row in forecast} == {SCHOOL}
    assert whole.keys() == {(h, s) for h in range(1, 6) for s in ("base", "low", "high")}
    for (horizon, scenario), found in whole.items():
        chances = [_leaves(age, horizon, scenario) for age in AGES]
        variance = sum(p * (1 - p) for p in chances)
        assert found == pytest.approx((5, sum(chances), variance, 18 * sum(chances)))


def test_hours_of_a_subject_are_its_teachers_own(forecast: list[tuple[object, ...]]) -> None:
    physics = {row[2]: row[7] for row in forecast if row[1] == "Физика" and row[3] == "base"}
    assert physics == pytest.approx({h: 10 * _leaves(66, h, "base") for h in range(1, 6)})


def test_scenarios_are_in_order(forecast: list[tuple[object, ...]]) -> None:
    said = {(row[1], row[2], row[3]): row[5] for row in forecast}
    for subject in ("", "Физика"):
        for horizon in range(1, 6):
            low, base, high = (said[subject, horizon, s] for s in ("low", "base", "high"))
            assert low < base < high  # type: ignore[operator]

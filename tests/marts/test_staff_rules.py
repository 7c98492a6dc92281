"""Who counts as what on the date of a staff list: courses, categories, pension, age."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard.values import records
from tests.marts.rows import District


@pytest.mark.parametrize(
    ("ended", "counts"),
    [
        (date(2022, 9, 19), False),
        (date(2022, 9, 20), True),
        (date(2025, 9, 20), True),
        (date(2025, 9, 21), False),
    ],
)
def test_courses_of_exactly_three_years(district: District, ended: date, counts: bool) -> None:
    district.file("staff_list", staff=[{}])
    other = {"name_id": "n9", "end_date": date(2025, 1, 1)}
    district.file("courses", training_course=[{"end_date": ended}, other])
    assert records(district.marts(), "course_3y_share")[0]["numerator"] == int(counts)


def test_without_a_register_of_those_years_training_is_unknown(district: District) -> None:
    district.file("staff_list", staff=[{}])
    district.file("courses", training_course=[{"end_date": date(2019, 1, 1)}])
    record = records(district.marts(), "course_3y_share")[0]
    assert (record["value"], record["note"]) == (None, "нет списка кадров или реестра курсов")


@pytest.mark.parametrize(
    ("given", "holds"),
    [
        (date(2020, 9, 19), False),
        (date(2020, 9, 20), True),
        (date(2023, 8, 31), True),
        (date(2015, 1, 1), False),
        (None, True),
    ],
)
def test_a_category_before_september_2023_holds_five_years(
    district: District, given: date | None, holds: bool
) -> None:
    people = [{"category": "высшая", "category_date": given}, {"person_id": "p2", "category": "нет"}]
    district.file("staff_list", staff=people)
    assert records(district.marts(), "top_category_share")[0]["numerator"] == int(holds)


@pytest.mark.parametrize(
    ("sex", "born", "retired"),
    [("ж", 1966, True), ("ж", 1967, False), ("м", 1961, True), ("м", 1962, False), (None, 1940, None)],
)
def test_nobody_reaches_the_pension_in_2025(
    district: District, sex: str | None, born: int, retired: bool | None
) -> None:
    district.file("staff_list", staff=[{"sex": sex, "birth_year": born}])
    found = district.marts().snapshot().rows("select is_pension_age from fct_staff")
    assert found == [(retired,)]


def test_ages_are_of_the_year_of_the_list(district: District) -> None:
    first = date(2024, 9, 20)
    lists = [
        {"as_of": first, "school_year": 2025, "birth_year": 1990},
        {"as_of": first + timedelta(days=365), "school_year": 2026, "birth_year": 1990},
    ]
    for number, row in enumerate(lists):
        district.file("staff_list", f"{number}", staff=[row])
    found = {r["year"]: r["numerator"] for r in records(district.marts(), "young_teacher_share")}
    assert found == {2025: 1, 2026: 0}

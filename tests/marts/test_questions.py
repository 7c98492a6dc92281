"""What people may ask and how: spellings, orders, empty cuts, wrong questions."""

from __future__ import annotations

import json

import pytest

from dashboard.marts import Marts, NoSnapshotError, open_latest
from dashboard.values import (
    UnknownDimension,
    UnknownIndicator,
    UnknownSchool,
    as_records,
    records,
    values,
)
from tests.marts.conftest import in_maths
from tests.marts.rows import GARDEN, OTHER, SCHOOL, District, pupils


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Marts:
    """The maths work with a registry, built once for all questions about spelling."""
    district = in_maths(District(tmp_path_factory.mktemp("registered")))
    district.file("school_registry", school=[{}])
    return district.marts()


@pytest.mark.parametrize("spelling", ["980101", "edu980101", "SCH980101", "мбоу Озерная  СШ", "Озёрная СШ"])
def test_a_school_goes_by_any_of_its_names(registered: Marts, spelling: str) -> None:
    record = records(registered, "participants", {"school": spelling})[0]
    assert (record["school"], record["school_name"], record["value"]) == (SCHOOL, 'МБОУ "Озёрная СШ"', 3)


@pytest.mark.parametrize(
    "where",
    [
        {"year": 2026},
        {"year": "2025/26"},
        {"subject": "матем", "grade": "4 класс"},
        {"procedure": "ВПР"},
        {"municipality": ["город Озёрск", "Озёрный муниципальный район"]},
        {"kind": "СОШ"},
        {"year": None, "subject": [], "grade": ""},
        {"school": [SCHOOL, OTHER]},
    ],
)
def test_conditions_are_understood_as_people_write_them(registered: Marts, where: dict[str, object]) -> None:
    assert sum(record["value"] for record in records(registered, "participants", where)) == 5


def test_cuts_by_facts_about_the_school(maths: District) -> None:
    by_place = records(maths.marts(), "participants", {}, ["municipality"])
    assert [(r["municipality"], r["value"]) for r in by_place] == [("Озёрный район", 3), ("г. Озёрск", 2)]


def test_tasks_stand_in_the_order_of_the_work(district: District) -> None:
    district.file("vpr", **pupils([[1] * 11]))
    tasks = [record["task"] for record in records(district.marts(), "task_success", {}, ["task"])]
    assert tasks == [str(task) for task in range(1, 12)]


def test_an_empty_cut_is_one_row_that_says_why(maths: District) -> None:
    maths.file("school_registry", school=[{}, {"school_id": GARDEN, "name": "Сад"}])
    marts = maths.marts()
    for where, note in (
        ({"year": 2024}, "нет данных за этот год; есть за 2025/26"),
        ({"school": GARDEN}, "нет данных по этой организации"),
        ({"subject": "Химия"}, "нет данных"),
    ):
        (record,) = records(marts, "participants", where)
        assert (record["value"], record["n"], record["note"]) == (None, 0, note)
    assert records(marts, "young_teacher_share")[0]["note"] == "нет списка кадров"


def test_wrong_questions_are_answered_in_russian(maths: District) -> None:
    maths.file("school_registry", school=[{}, {"school_id": OTHER, "name": "Озёрная СШ"}])
    marts = maths.marts()
    with pytest.raises(UnknownIndicator, match="Показателя «quality» нет"):
        values(marts, "quality")
    with pytest.raises(UnknownDimension, match=r"не разбивается по «topic»\. Можно: school, municipality"):
        values(marts, "participants", {"topic": "x"})
    with pytest.raises(UnknownDimension, match="«town»"):
        records(marts, "participants", {"town": "x"})
    with pytest.raises(UnknownSchool, match="Похожие: «озерная сш»"):
        values(marts, "participants", {"school": "Озёрная СОШ"})
    with pytest.raises(UnknownSchool, match="несколько организаций: 980101, 980102"):
        values(marts, "participants", {"school": "Озёрная СШ"})


def test_a_frame_has_the_dimensions_first_then_the_measures(maths: District) -> None:
    frame = values(maths.marts(), "mean_primary_score", {}, ["school", "year"])
    measures = ["numerator", "denominator", "value", "low", "high", "n", "note"]
    assert list(frame.columns) == ["school", "school_name", "year", *measures]
    assert [(r["year"], r["low"]) for r in as_records(frame)] == [(2026, None), (2026, None)]
    json.dumps(as_records(frame), allow_nan=False)


def test_without_a_snapshot_the_next_step_is_named(district: District) -> None:
    with pytest.raises(NoSnapshotError, match="kabinet up"):
        open_latest(district.root)

"""Golden answers: every number here is worked out by hand from the rows above it."""

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
from tests.marts.rows import GARDEN, OTHER, SCHOOL, District, pupils

ANSWER = ("numerator", "denominator", "value", "n", "note")


def answer(record: dict[str, object]) -> tuple[object, ...]:
    return tuple(record[name] for name in ANSWER)


def in_maths(district: District) -> District:
    """Two schools, two tasks: 3 + 2 pupils present, one absent."""
    district.file("vpr", "a", **pupils([[1, 2], [1, "X"], ["нет", None], []], municipality="Озёрный район"))
    district.file("vpr", "b", **pupils([[0, 1], [1, 1]], OTHER, municipality="г. Озёрск", **{"class": "4А"}))
    return district


@pytest.fixture
def maths(district: District) -> District:
    return in_maths(district)


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Marts:
    """The same with a registry, built once for all questions about spelling."""
    district = in_maths(District(tmp_path_factory.mktemp("registered")))
    district.file("school_registry", school=[{}])
    return district.marts()


def specified(district: District) -> District:
    district.file("task_specification", task_specification=[{}, {"task": "2", "level": "П", "max_points": 2}])
    return district


def test_participation_counts_the_absent_and_nothing_else_does(maths: District) -> None:
    marts = maths.marts()
    assert answer(records(marts, "participants")[0]) == (5, None, 5, 5, "")
    assert answer(records(marts, "participation_share", {"school": SCHOOL})[0])[:3] == (3, 4, 75)
    assert answer(records(marts, "mean_primary_score", {"school": SCHOOL})[0])[:2] == (4, 3)


def test_task_success_leaves_out_the_not_taught_and_counts_the_not_attempted(maths: District) -> None:
    by_task = records(specified(maths).marts(), "task_success", {"school": SCHOOL}, ["task"])
    small = "малая выборка, n < 10"
    assert [answer(record) for record in by_task] == [(2, 2, 100, 2, small), (2, 4, 50, 2, small)]


def test_people_counted_again_in_each_task_are_counted_once(maths: District) -> None:
    record = records(specified(maths).marts(), "task_success")[0]
    assert answer(record)[:4] == (7, 12, pytest.approx(100 * 7 / 12), 4)


def test_level_of_a_task_comes_from_the_specification(maths: District) -> None:
    by_level = records(specified(maths).marts(), "task_success", {}, ["level"])
    assert [(r["level"], r["numerator"], r["denominator"], r["n"]) for r in by_level] == [
        ("Б", 3, 4, 4),
        ("П", 4, 8, 4),
    ]


def test_without_a_specification_there_are_points_but_no_success(maths: District) -> None:
    marts = maths.marts()
    assert answer(records(marts, "task_success")[0]) == (0, 0, None, 0, "нет спецификации работы")
    assert answer(records(marts, "mean_primary_score")[0])[0] == 7


def test_maximum_inferred_from_one_file_serves_the_others(district: District) -> None:
    whole = pupils([[1, 2]])
    for row in whole["vpr_task_score"]:
        row |= {"max_points": 2.0, "max_source": "results"}
    district.file("vpr", "a", **whole)
    district.file("vpr", "b", **pupils([[1, 1]], OTHER))
    marts = district.marts()
    assert answer(records(marts, "task_success", {"school": OTHER})[0])[:3] == (2, 4, 50)
    assert set(marts.query("select max_source from dim_task")["max_source"]) == {"results"}


def test_marks_need_a_scale(maths: District) -> None:
    assert records(maths.marts(), "quality_share")[0]["note"] == "нет шкалы"


def test_marks_by_the_scale(maths: District) -> None:
    maths.file("mark_scale", mark_scale=[{"min_3": 1, "min_4": 2, "min_5": 3, "max_total": 3}])
    marts = maths.marts()
    assert answer(records(marts, "quality_share", {}, [])[0])[:3] == (2, 5, 40)
    assert answer(records(marts, "mean_mark")[0])[:2] == (5 + 3 + 2 + 3 + 4, 5)
    assert answer(records(marts, "pass_share", {"class": "4a"})[0])[:2] == (2, 2)


def test_several_works_in_one_number_are_named(maths: District) -> None:
    maths.file("vpr", "c", **pupils([[1]], subject="Русский язык"))
    maths.file("mark_scale", mark_scale=[{}])
    marts = maths.marts()
    assert records(marts, "quality_share")[0]["note"].startswith(
        "объединены разные работы; частично: нет шкалы"
    )
    by_subject = records(marts, "quality_share", {}, ["subject"])
    assert [(r["subject"], r["denominator"], r["note"].split(";")[0]) for r in by_subject] == [
        ("Русский язык", 0, "нет шкалы"),
        ("Математика", 5, "малая выборка, n < 10"),
    ]


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


def test_stocks_are_never_added_up_over_years(district: District) -> None:
    district.file("staff_list", "на 20.09.2025", staff=[{}, {"person_id": "p2"}])
    district.file(
        "school_questionnaire", "2024/25", school_questionnaire=[{"school_year": 2025, "teachers": 9}]
    )
    found = records(district.marts(), "teachers")
    assert [(r["year"], r["value"]) for r in found] == [(2025, 9), (2026, 2)]


def test_levels_and_topics_always_stand_apart_in_their_order(district: District) -> None:
    district.file("ict", ict_answer=[{"points": 2.0}, {"name_id": "n2", "points": 4.0}])
    district.file("needs", training_need=[{}])
    marts = district.marts()
    levels = [(r["level"], r["value"]) for r in records(marts, "ict_level_share")]
    assert levels == [("базовый", 0), ("повышенный", 50), ("продвинутый", 50)]
    assert [r["topic"] for r in records(marts, "training_need_share")][-1] == "Другое"


def test_staff_of_a_kindergarten_count_as_its_teachers(district: District) -> None:
    district.file("school_registry", school=[{}, {"school_id": GARDEN, "name": "Сад", "kind": "детский сад"}])
    people = [("учитель", None), ("воспитатель", None), ("руководитель", None), ("учитель", True)]
    rows = [
        {"school_id": school, "person_id": f"p{i}", "post_group": group, "is_external": external}
        for school in (SCHOOL, GARDEN)
        for i, (group, external) in enumerate(people)
    ]
    district.file("staff_list", staff=rows)
    found = {r["school"]: r["value"] for r in records(district.marts(), "teachers", {}, ["school"])}
    assert found == {SCHOOL: 1, GARDEN: 2}


def test_a_part_over_its_whole_is_left_out_and_reported(district: District) -> None:
    row = {"teachers": 10, "teachers_to_30": 12, "pension_age": 3}
    district.file("school_questionnaire", school_questionnaire=[row])
    marts = district.marts()
    note = "Доля педагогов не старше 30 лет: 12 из 10 — часть больше целого, показатель не рассчитан"
    assert records(marts, "teacher_to_30_share", {"school": SCHOOL})[0]["note"] == note
    assert records(marts, "pension_age_share")[0]["value"] == 30
    found = marts.query("select * from finding where rule = 'share_over_whole'").to_dict("records")
    assert [(f["message"], f["severity"], f["school_id"], f["file"]) for f in found] == [
        (note, "warning", SCHOOL, "school_questionnaire/1.xlsx")
    ]


def test_only_those_who_gave_both_numbers(district: District) -> None:
    rows = [{"pupils": 50, "computers": 10}, {"pupils": 900}, {"computers": 900}]
    schools = [SCHOOL, OTHER, GARDEN]
    district.file(
        "school_questionnaire",
        school_questionnaire=[{**row, "school_id": s} for row, s in zip(rows, schools, strict=True)],
    )
    assert answer(records(district.marts(), "computers_per_100")[0]) == (10, 50, 20, 50, "")


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

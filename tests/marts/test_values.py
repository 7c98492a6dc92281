"""Golden answers: every number here is worked out by hand from the rows above it."""

from __future__ import annotations

import pytest

from dashboard.values import (
    records,
)
from tests.marts.rows import GARDEN, OTHER, SCHOOL, District, pupils

ANSWER = ("numerator", "denominator", "value", "n", "note")


def answer(record: dict[str, object]) -> tuple[object, ...]:
    return tuple(record[name] for name in ANSWER)


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
    note = "частично: нет числа обучающихся или компьютеров"
    assert answer(records(district.marts(), "computers_per_100")[0]) == (10, 50, 20, 50, note)

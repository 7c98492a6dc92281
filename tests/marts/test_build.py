"""What a build makes of the staged store: tables, their words, and which submissions count."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.values import records
from pipelines.build import build
from pipelines.findings import Finding
from pipelines.models import SQL, models
from pipelines.staging import Store
from tests.marts.rows import OTHER, SCHOOL, District, pupils

CONTRACT = {
    "release": "release_id built_at declarations_digest kabinet_version",
    "indicator": "indicator_id theme title short formula unit kind better by split_by overlap scale missing"
    " source compare reviewed numerator_sql denominator_sql source_table",
    "indicator_value": "indicator_id school_id school_year procedure subject grade class task level"
    " competence topic numerator denominator n squares",
    "dim_school": "school_id login name short_name kind municipality parent_id parent_name",
    "dim_school_alias": "alias school_id",
    "dim_work": "school_year subject grade max_total min_3 min_4 min_5 has_scale has_specification"
    " participants",
    "dim_task": "school_year subject grade task task_order task_code skill level max_points max_source",
    "submission": "submission_id source source_title school_id period school_year status rows file sha256"
    " received_at is_current errors warnings",
    "finding": "submission_id file school_id severity rule sheet row column_title cell value message fix",
    "column_dictionary": "table_name column_name title type unit",
    "fct_vpr": "school_id school_year subject grade class",
    "fct_vpr_task": "task points max_points state",
    "fct_staff": "age category",
    "fct_course": "hours end_date",
    "fct_ict": "competence points",
    "fct_need": "topic is_chosen",
    "fct_resources": "computers pupils",
    "fct_teachers": "source teachers top_category first_category young pension_age higher_education",
}  # fmt: skip


def test_an_empty_store_gives_every_table_with_its_columns(district: District) -> None:
    marts = district.marts()
    for table, columns in CONTRACT.items():
        found = marts.query(f"describe {table}")["column_name"].tolist()
        assert set(columns.split()) <= set(found), table
    assert marts.query("select count(*) as n from indicator_value")["n"].tolist() == [0]


def test_every_mart_says_its_grain_first_and_is_one_select(district: District) -> None:
    for model in models():
        assert model.text.startswith("-- grain: "), model.name
        assert model.grain, model.name
        (statement,) = duckdb.extract_statements(model.text)
        assert statement.type == duckdb.StatementType.SELECT, model.name


def test_every_mart_comes_after_those_it_names() -> None:
    names = [model.name for model in models()]
    assert sorted(names) == sorted(path.stem for path in SQL.glob("*_*.sql"))
    for place, model in enumerate(models()):
        assert model.words & set(names) <= {*names[:place], model.name}, model.name


def test_every_column_has_a_title_and_every_comment_a_column(district: District) -> None:
    marts = district.marts()
    untitled = marts.query("select table_name, column_name from column_dictionary where title = ''")
    assert untitled.to_dict("records") == []
    for model in models():
        columns = marts.query(f"describe {model.name}")["column_name"].tolist()
        assert set(model.titles) <= set(columns), model.name


def test_a_unit_stands_after_the_last_comma_of_a_comment(district: District) -> None:
    found = district.marts().snapshot().rows(
        "select column_name, title, unit from column_dictionary"
        " where table_name = 'fct_teachers' and column_name in ('age_sum', 'source', 'top_category')"
        " order by column_name"
    )  # fmt: skip
    assert found == [
        ("age_sum", "Сумма возрастов", "год"),
        ("source", "Откуда числа: staff_list или school_questionnaire", ""),
        ("top_category", "Учителей высшей категории", "чел."),
    ]


def test_a_later_submission_replaces_the_earlier_and_a_refused_one_does_not(district: District) -> None:
    district.file("vpr", **pupils([[1], [1], [1]]))
    district.file("vpr", **pupils([[1]], OTHER))
    district.file("vpr", **pupils([[1], [1]]))
    district.file("vpr", status="refused", **pupils([[1]] * 9))
    marts = district.marts()
    found = {r["school"]: r["value"] for r in records(marts, "participants", {}, ["school"])}
    assert found == {SCHOOL: 2, OTHER: 1}
    current = marts.query("select status, is_current from submission order by received_at")
    assert list(current.itertuples(index=False, name=None)) == [
        ("accepted", False),
        ("accepted", True),
        ("accepted", True),
        ("refused", False),
    ]


def test_of_one_course_in_two_registers_the_later_row_counts(district: District) -> None:
    district.file("training_course_register", "2023/24", training_course=[{"hours": 8.0}])
    district.file("training_course_register", "2024/25", training_course=[{"hours": 72.0}])
    assert district.marts().query("select hours from fct_course")["hours"].tolist() == [72]


def test_a_file_staged_before_a_column_was_declared_is_still_read(district: District) -> None:
    report = district.file("staff_list", staff=[{"birth_year": 1990}])
    path = Store(district.root).staged / report.tables["staff"]
    pd.read_parquet(path).drop(columns=["education"]).to_parquet(path, index=False)
    marts = district.marts()
    assert marts.query("select education from fct_staff")["education"].isna().tolist() == [True]
    assert records(marts, "teachers")[0]["value"] == 1


def test_findings_and_submissions_are_carried_over(district: District) -> None:
    finding = Finding(severity="warning", rule="r", message="м", fix="ф", column="Стаж", cell="D7", row=7)
    district.file("staff_list", findings=(finding,), staff=[{}])
    found = district.marts().query(
        "select f.column_title, f.cell, f.row, f.school_id, s.warnings, s.errors, s.source"
        " from finding as f join submission as s using (submission_id)"
    )
    assert found.values.tolist() == [["Стаж", "D7", 7, SCHOOL, 1, 0, "staff_list"]]


def test_names_are_shortened_for_charts(district: District) -> None:
    names = {
        "1": 'МБОУ "Вавилонская СОШ"', "2": "МКОУ Полуямская СОШ", "3": 'МБОУ " Рубцовская районная СОШ № 1"',
        "4": 'МКОУ"Малиновоозёрская ООШ "', "5": "МБДОУ «Детский сад «Ромашка»", "6": "Лесная ОШ",
        "7": "МБУ ДО «Центр творчества»", "8": "КГБОУ СПО Алтайское училище", "9": "ЧОУ Православная школа",
    }  # fmt: skip
    district.file("school_registry", school=[{"school_id": key, "name": name} for key, name in names.items()])
    short = dict(district.marts().snapshot().rows("select school_id, short_name from dim_school"))
    assert short == {
        "1": "Вавилонская СОШ", "2": "Полуямская СОШ", "3": "Рубцовская районная СОШ № 1",
        "4": "Малиновоозёрская ООШ", "5": "Детский сад «Ромашка»", "6": "Лесная ОШ", "7": "Центр творчества",
        "8": "Алтайское училище", "9": "Православная школа",
    }  # fmt: skip


def test_a_build_says_what_it_made_and_what_changed(district: District) -> None:
    district.file(
        "school_questionnaire", "2024/25", school_questionnaire=[{"school_year": 2025, "teachers": 9}]
    )
    first = build(district.root)
    assert first.changes == ["Это первый снимок."]
    teachers = next(mart for mart in first.marts if mart.name == "fct_teachers")
    assert (teachers.rows, teachers.schools, teachers.years) == (1, 1, [2025])
    assert build(district.root).changes == ["Ни один показатель не изменился."]
    later = [{"school_year": 2025, "teachers": 12}, {"school_id": OTHER, "name": "Лесная ОШ", "teachers": 1}]
    district.file("school_questionnaire", "2024/25", school_questionnaire=later)
    assert build(district.root).changes == [
        "Появились организации: Лесная ОШ.",
        "Впервые есть данные за 2025/26 учебный год.",
        "Педагогов, 2024/25: 9\u00a0чел. → 12\u00a0чел.",
    ]


def test_many_changes_are_counted_not_listed(district: District) -> None:
    numbers = dict.fromkeys(
        ["pupils", "teachers", "top_category", "first_category", "pension_age", "computers", "rooms",
         "internet_computers", "obsolete_computers", "rooms_with_computer", "courses_to_36"], 4
    )  # fmt: skip
    district.file("school_questionnaire", school_questionnaire=[numbers])
    build(district.root)
    district.file(
        "school_questionnaire", school_questionnaire=[numbers | {"teachers": 9, "pupils": 8, "computers": 9}]
    )
    changes = build(district.root).changes
    assert len(changes) == 9
    assert changes[-1].startswith("Изменились и ещё 2")


def test_progress_goes_from_nothing_to_all(district: District) -> None:
    steps: list[tuple[str, int, int]] = []
    build(district.root, lambda *step: steps.append(step))
    assert steps[0][1] == 0
    assert steps[-1][1] == steps[-1][2]
    assert [done for _, done, _ in steps] == sorted(done for _, done, _ in steps)

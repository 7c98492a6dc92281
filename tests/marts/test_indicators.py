"""Indicators are declarations: what they must say, and what is said to whoever declares one wrongly."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import build as builder
from pipelines.build import write_marts
from pipelines.contract import EXPECTATIONS, DeclarationError, declarations, load_declarations
from pipelines.indicators import check_shape, explained, measurement, tables_of_submissions
from pipelines.staging import Store
from tests.marts.rows import District

REQUIRED = (
    "participants participation_share mean_primary_score task_success quality_share pass_share mean_mark"
    " journal_confirmed_share journal_lowered_share journal_raised_share teachers top_category_share"
    " first_category_share young_teacher_share pension_age_share higher_education_share course_3y_share"
    " ict_level_share ict_competence_mean training_need_share computers_per_100 internet_computers_share"
    " obsolete_computers_share"
)
TEACHERS = declarations().indicators["top_category_share"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The marts of a district without a single file."""
    with duckdb.connect() as connection:
        store = Store(tmp_path_factory.mktemp("empty"))
        write_marts(connection, store, [], declarations(), lambda *_: None)
        yield connection


def test_the_fixed_ids_are_declared() -> None:
    assert set(REQUIRED.split()) <= declarations().indicators.keys()


@pytest.mark.parametrize("name", declarations().indicators)
def test_every_declaration_fits_its_table(empty: duckdb.DuckDBPyConnection, name: str) -> None:
    indicator = declarations().indicators[name]
    check_shape(indicator)
    assert empty.execute(measurement(indicator, tables_of_submissions(empty))).fetchall() == []


@pytest.mark.parametrize("name", declarations().indicators)
def test_every_declaration_says_whom_it_counts_and_what_it_may_be_compared_with(name: str) -> None:
    indicator = declarations().indicators[name]
    assert "comparable" in indicator.model_fields_set
    assert indicator.comparable.model_fields_set == {"schools", "years", "subjects"}
    assert any("а" <= letter <= "я" for letter in indicator.population)
    assert indicator.comparable.years != "yes" or "нельзя" not in indicator.compare


HANDBOOK = {
    *(f"R{number}" for number in range(1, 22)), "R2k", "R2s", *(f"K{number}" for number in range(1, 16)), "K2a", "K2b",
    "K2c", *(f"I{number}" for number in range(1, 8)), *(f"T{number}" for number in range(1, 13)),
    *(f"M{number}" for number in range(1, 10)), *(f"W{number}" for number in range(1, 11)),
}  # fmt: skip
"""Every number of the handbook of indicators."""
SCREENS = {"R14", "R15", "R16", "R19", "K15"}
"""Zones of tasks, deficits of skills, КЭС, groups of marks, the forecast of staff: screens of their own."""


def test_every_number_of_the_handbook_is_counted_or_said_to_have_no_source() -> None:
    counted = {one.code for one in declarations().indicators.values()} - {""}
    assert counted | SCREENS | declarations().gaps.keys() == HANDBOOK


def test_what_has_no_source_names_the_lacking_field() -> None:
    for gap in declarations().gaps.values():
        assert gap.missing.endswith((".", "»."))
        assert gap.formula


def test_a_gap_that_is_counted_after_all_is_a_contradiction(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXPECTATIONS, tmp_path / "expectations"))
    said = '[R1]\ntitle = "х"\nformula = "х"\nmissing = "х"\n'
    (folder / "gaps" / "results.toml").write_text(said, encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"gaps/results\.toml: показатель R1 уже объявлен"):
        load_declarations(folder)


UNITS = ("%", "п. п.", "чел.", "балл", "год", "дн.", "кв. м", "на 100", "шт.", "ставок", "ч/нед.", "")
PERCENT_OF_NO_PEOPLE = ("ict_competence_mean", "sou_index", "staffing_share", "vacant_hours_share")
"""Means of percents, and parts of posts and hours: nobody is counted, so that they are no shares."""


@pytest.mark.parametrize("name", declarations().indicators)
def test_every_declaration_speaks_to_people(name: str) -> None:
    indicator = declarations().indicators[name]
    for said in (indicator.title, indicator.formula, indicator.source, indicator.compare):
        assert said.strip() == said
        assert any("а" <= letter <= "я" for letter in said), said
    assert indicator.unit in UNITS
    assert (indicator.unit == "%") == (indicator.kind == "share" or name in PERCENT_OF_NO_PEOPLE)


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"source_table": "fct_nobody"}, "ключ «from»: таблицы «fct_nobody» нет"),
        ({"by": ["school", "year", "task"]}, "ключ «by»: в таблице «fct_teachers» нет столбца «task»"),
        ({"numerator": "sum(nobody)"}, "ключ «numerator»"),
        ({"denominator": "sum(teachers"}, "ключ «denominator»"),
        ({"units": "teachers +"}, "ключ «units»"),
        ({"where": "nobody > 1"}, "ключ «where»"),
        ({"numerator": "teachers"}, "ключ «numerator»"),
    ],
)
def test_a_wrong_formula_is_named(
    empty: duckdb.DuckDBPyConnection, changed: dict[str, Any], complaint: str
) -> None:
    wrong = TEACHERS.model_copy(update=changed)
    with pytest.raises(duckdb.Error) as fault:
        empty.execute(measurement(wrong, tables_of_submissions(empty)))
    said = str(explained(empty, wrong, fault.value))
    assert said.startswith("indicators/staff.toml, показатель «top_category_share»")
    assert complaint in said


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"by": ["year"], "split_by": []}, "by"),
        ({"by": ["school", "year", "kind"]}, "by"),
        ({"split_by": ["task"]}, "split_by"),
        ({"overlap": ["topic"]}, "overlap"),
        ({"scale": 1.0}, "scale"),
        ({"squares": "sum(teachers)"}, "squares"),
        ({"kind": "mean"}, "squares"),
    ],
)
def test_a_contradiction_is_named(changed: dict[str, Any], key: str) -> None:
    with pytest.raises(DeclarationError, match=f"показатель «top_category_share», ключ «{key}»"):
        check_shape(TEACHERS.model_copy(update=changed))


NEW = """
[rooms_per_100]
title = "Кабинетов на 100 обучающихся"
formula = "кабинеты / обучающиеся × 100"
unit = "на 100"
kind = "ratio"
from = "fct_resources"
by = ["school", "year"]
numerator = "sum(rooms)"
denominator = "sum(pupils)"
units = "sum(pupils)"
scale = 100
source = "Анкета школы"
compare = "Сравнимо."
reviewed = 2026-11-22
"""


def test_a_new_indicator_is_a_declaration_only(
    district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "expectations"
    shutil.copytree(EXPECTATIONS, folder)
    (folder / "indicators" / "rooms.toml").write_text(NEW, encoding="utf-8")
    declared = load_declarations(folder)
    monkeypatch.setattr(builder, "declarations", lambda: declared)
    district.file("school_questionnaire", school_questionnaire=[{"rooms": 5, "pupils": 50}])
    marts = district.marts()
    assert marts.query("select value.* from indicator_value as value where indicator_id = 'rooms_per_100'")[
        ["numerator", "denominator"]
    ].values.tolist() == [[5, 50]]
    assert marts.indicators["rooms_per_100"].theme == "rooms"


def test_a_wrong_declaration_stops_the_build_and_publishes_nothing(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = TEACHERS.model_copy(update={"numerator": "sum(nobody)"})
    declared = declarations().model_copy(update={"indicators": {wrong.id: wrong}})
    monkeypatch.setattr(builder, "declarations", lambda: declared)
    with pytest.raises(DeclarationError, match="ключ «numerator»"):
        builder.build(district.root)
    assert list((district.root / "marts").iterdir()) == []

"""Declarations that contradict themselves are refused by name, and the suites on disk are those declared."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.contract import EXPECTATIONS, DeclarationError, declarations, load_declarations
from pipelines.sources import load_sources, sources
from pipelines.suites import suite, text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the declarations to spoil."""
    return Path(shutil.copytree(EXPECTATIONS, tmp_path / "expectations"))


def test_suites_on_disk_are_those_declared() -> None:
    for table in declarations().tables.values():
        written = (EXPECTATIONS / "suites" / f"{table.name}.json").read_text(encoding="utf-8")
        assert written == text(suite(table, declarations())), f"{table.name}: python -m pipelines.suites"


def test_ids_of_expectations_are_stable_and_their_own() -> None:
    one, two = (suite(t, declarations()) for t in [declarations().tables["staff"]] * 2)
    ids = [expectation["id"] for expectation in one["expectations"]]
    assert ids == [expectation["id"] for expectation in two["expectations"]]
    assert len(set(ids)) == len(ids)


def test_every_table_has_its_source() -> None:
    filled = {table for source in sources().values() for table in source.tables}
    assert filled == set(declarations().tables)


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("mark_scale", "reference = true", "reference = true\nnonsense = 1", "«nonsense»: такого ключа нет"),
        ("mark_scale", 'tables    = ["mark_scale"]', 'tables = ["nowhere"]', "таблицы «nowhere» нет"),
        ("mark_scale", '"min_5"]]', '"min_5", "min_6"]]', "столбец «min_6» назван, но не объявлен"),
        ("mark_scale", 'headings = ["«5» от", "Отметка «5» от"]', "", "нет ни headings, ни patterns"),
        ("mark_scale", '["«5» от", "Отметка «5» от"]', '["«4» от"]', "заголовок «4 от» и у"),
        ("mark_scale", "[columns.min_5]", "[columns.min_7]", "min_5"),
        ("school_questionnaire", "'^1 класс классов'", "'^1 (класс классов'", "не читается"),
        ("vpr_pupils_2021", "(?P<key>.+)", ".+", "нужна группа key"),
        ("ict_diagnostics", '"ict_question", ', '"ict_unknown", ', "словаря «ict_unknown» нет"),
        ("staff_list", '"staff"', '"training_need"', "такого столбца нет в таблицах и нет role"),
        ("staff_list", "[columns.post]", "[columns.post", "это не TOML"),
    ],
)  # fmt: skip
def test_a_wrong_declaration_is_named(folder: Path, file: str, old: str, new: str, named: str) -> None:
    path = folder / "sources" / f"{file}.toml"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DeclarationError) as error:
        load_sources(load_declarations(folder), folder)
    assert named in str(error.value)
    assert f"{file}.toml" in str(error.value)


def test_a_table_without_a_source_is_refused(folder: Path) -> None:
    (folder / "sources" / "mark_scale.toml").unlink()
    with pytest.raises(DeclarationError, match=r"mark_scale.toml: таблицу не наполняет"):
        load_sources(load_declarations(folder), folder)


def test_a_dictionary_that_nobody_uses_is_refused(folder: Path) -> None:
    (folder / "dictionaries" / "moon_phase.toml").write_text(
        'title = "Луна"\n[terms."новая"]\n', encoding="utf-8"
    )
    with pytest.raises(DeclarationError, match=r"moon_phase.toml: словарь нигде не используется"):
        load_sources(load_declarations(folder), folder)

"""Official lists are filled from the data as far as they go; declarations say what they lack."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import official, passport
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.view import views
from dashboard.words import NBSP
from pipelines.contract import DeclarationError, declarations, load_declarations

FOLDER = Path(__file__).parents[2] / "expectations"


def test_a_school_list_has_every_item_filled_or_told_where_to_take_it(demo: Queries) -> None:
    found = official.filled(demo, "1324", 2026, "980101")
    assert found is not None
    lines = {line.item: line for line in found.lines}
    staff = demo.one("any_category_share", year=2026, school="980101")
    assert lines["1.29"].text == f"{staff.numerator:.0f} / {staff.value:.1f}{NBSP}%".replace(".", ",")
    assert lines["1.24"].text == str(int(demo.one("teachers", year=2026, school="980101").numerator))
    assert lines["2.3"].text == "нет данных в системе; откуда взять: сведения школы"
    computers = demo.one("computers_per_100", year=2026, school="980101")
    assert lines["2.1"].text == f"{computers.numerator / computers.denominator:.2f}".replace(".", ",")
    assert all(line.text for line in found.lines)


def test_the_rest_of_a_share_is_what_it_does_not_count(demo: Queries) -> None:
    measure = demo.one("pass_share", year=2026)
    rest = official._rest(measure)
    assert rest.numerator + measure.numerator == measure.denominator
    assert rest.value == pytest.approx(demo.one("low_mark_share", year=2026).value)


def test_few_people_have_counts_and_no_percent(demo: Queries) -> None:
    found = official.filled(demo, "1324", 2026, "980301")
    assert found is not None
    (line,) = [line for line in found.lines if line.item == "1.29"]
    assert " из" in line.text
    assert "%" not in line.text


def test_the_page_shows_both_lists_for_a_school(demo: Queries) -> None:
    (view,) = [view for view in views() if view.path == "indicators"]
    said = view.build(demo, Selection(view="lists", school="980101", year=2026))
    assert [block.caption for block in said.blocks if hasattr(block, "caption")] == [
        "Показатели по приказу №\u00a01324", "Показатели по приказу №\u00a0955",
    ]  # fmt: skip


def test_an_unknown_list_is_nothing(demo: Queries) -> None:
    assert official.filled(demo, "1", 2026) is None
    assert official.blocks(demo, "1", 2026) == ()


def test_a_passport_says_goal_comparability_and_review(demo: Queries) -> None:
    said = {fact.term: fact.text for fact in passport.facts(demo.indicators["course_3y_share"])}
    assert said["Цель"].startswith(f"100{NBSP}% с 01.09.2013; установлено: 273-ФЗ")
    assert said["Что с чем сравнимо"].startswith("Между школами — да, между годами — да.")
    assert said["Описание проверено"] == "22.11.2026, снова — 01.11.2028"
    assert "Тревога" not in said


@pytest.mark.parametrize(("item", "words"), [
    ('item = "1"\ntitle = "x"\nindicator = "nobody"', "показателя «nobody» нет"),
    ('item = "1"\ntitle = "x"', "нужен indicator или fill"),
    ('item = "1"\ntitle = "x"\nindicator = "teachers"\ncut = { task = "1" }', r"не разбивается по \['task'\]"),
    ('item = "1"\ntitle = "x"\nfil = "y"', "такого ключа нет"),
])  # fmt: skip
def test_a_wrong_list_names_its_item(tmp_path: Path, item: str, words: str) -> None:
    (tmp_path / "lists").mkdir()
    for name in ("tables", "dictionaries", "indicators"):
        (tmp_path / name).symlink_to(FOLDER / name)
    text = f'title = "Л"\nact = "А"\nscope = "school"\n[[items]]\n{item}\n'
    (tmp_path / "lists" / "9.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError, match=words):
        load_declarations(tmp_path)


def test_every_goal_is_dated_and_somebodys() -> None:
    for indicator in declarations().indicators.values():
        for goal in (indicator.target, indicator.alarm):
            assert goal is None or goal.set_by
        assert indicator.comparable.schools in ("yes", "caution", "no")

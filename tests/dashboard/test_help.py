"""Help, the first walk, the live example of chance, the dictionary of the data."""

from __future__ import annotations

import re
from dataclasses import replace
from statistics import median
from urllib.parse import urlsplit

import pytest

from dashboard import chance, tour
from dashboard.blocks import Chart, Facts, Heading, Link, Links, Sentence, Table
from dashboard.panels import OWN, Here, at_top
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.theme import LIGHT
from dashboard.view import views
from dashboard.views.help import ROLES

BUILD = {view.path: view.build for view in views()}


def test_the_walk_goes_through_existing_pages_and_back() -> None:
    assert {step.page for step in tour.STEPS} <= set(BUILD)
    way = tour.start()
    for at in range(1, len(tour.STEPS) + 1):
        said, links = tour.at_top(way.selection, way.page)
        assert isinstance(said, Sentence)
        assert said.lead.startswith(f"Шаг {at} из")
        assert isinstance(links, Links)
        labels = [item.label for item in links.items]
        assert ("← Назад" in labels) == (at > 1)
        way = next((item for item in links.items if item.label == "Дальше →"), way)
    assert "Дальше →" not in labels


@pytest.mark.parametrize("panel", ["tour", "tour:0", "tour:99", "tour:x", None])
def test_a_step_that_is_not_there_says_nothing(panel: str | None) -> None:
    assert tour.at_top(Selection(panel=panel), "") == ()


def test_only_the_demonstration_can_be_left() -> None:
    here = Here("", Selection(panel=OWN))
    assert at_top(here, "Сводка") == ()
    left: list[int] = []
    (form,) = at_top(replace(here, leave_demo=lambda: left.append(1)), "Сводка")
    form.submit({})  # type: ignore[union-attr]
    assert left == [1]


@pytest.mark.parametrize("role", ROLES)
def test_help_leads_to_pages_that_are_there(demo: Queries, role: str) -> None:
    said = BUILD["help"](demo, Selection(view=role))
    links = [item for block in said.blocks if isinstance(block, Links) for item in block.items]
    assert {urlsplit(item.href).path.removeprefix("./") for item in links} <= set(BUILD)
    assert any(isinstance(block, Facts) for block in said.blocks)


def test_invented_years_repeat_and_differ() -> None:
    sizes = (4, 7, 9, 14, 22)
    assert chance.year(sizes, 0.45, 3) == chance.year(sizes, 0.45, 3)
    assert len({chance.year(sizes, 0.45, seed).counts for seed in range(20)}) > 15
    gaps = [chance.year(sizes, 0.45, seed).gap for seed in range(chance.YEARS)]
    assert chance.usual_gap(sizes, 0.45) == pytest.approx(median(gaps), abs=1)
    assert chance.usual_gap(sizes, 0.45) == pytest.approx(39, abs=4)  # the published figure for these sizes


def test_certain_success_has_no_gap() -> None:
    assert chance.year((5, 9), 1, 1) == chance.Drawn((5, 9), 0)


def test_methods_show_the_districts_own_sizes(demo: Queries) -> None:
    said = BUILD["indicators"](demo, Selection(view="methods"))
    (chart,) = [block for block in said.blocks if isinstance(block, Chart)]
    assert chart.figure(LIGHT).data
    assert len(chart.table.rows) > 1
    (again,) = [b.items[0] for b in said.blocks if isinstance(b, Links) and b.label == "Выдуманный год"]
    assert isinstance(again, Link)
    other = BUILD["indicators"](demo, again.selection)
    (changed,) = [block for block in other.blocks if isinstance(block, Chart)]
    assert changed.table != chart.table


def test_methods_without_results_use_invented_sizes(demo: Queries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.chance_page.works", lambda q: [])
    said = BUILD["indicators"](demo, Selection(view="methods"))
    (chart,) = [block for block in said.blocks if isinstance(block, Chart)]
    assert "выдумана" in chart.caption.text


def test_the_dictionary_has_every_table(demo: Queries) -> None:
    said = BUILD["indicators"](demo, Selection(view="data"))
    heads = [block.text for block in said.blocks if isinstance(block, Heading)]
    found = {name for (name,) in demo.rows("select distinct table_name from column_dictionary")}
    assert set(heads) == found
    cells = [row.cells[0].text for block in said.blocks if isinstance(block, Table) for row in block.rows]
    assert all(re.search("[а-яё]", text, re.IGNORECASE) for text in cells)

"""From every figure and page there is a way to where its numbers come from, in the figure's own cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import origins
from dashboard.blocks import (
    Caption,
    Cards,
    Chart,
    Facts,
    Links,
    Page,
    Table,
    every_block,
)
from dashboard.explain import origin
from dashboard.marts import open_latest
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.view import views
from dashboard.words import last_year
from tests.dashboard.test_pages import shown

BUILD = {view.path: view.build for view in views()}
MATHS = Selection(year=2026, subject="Математика", grade=4)
ADDRESSES = [
    ("results", MATHS), ("results", MATHS.but(school="980101")), ("results", MATHS.but(view="schools")),
    ("results", MATHS.but(view="groups")), ("results", MATHS.but(view="years")), ("results", MATHS.but(view="journal")),
    ("results", MATHS.but(view="scores")), ("results", Selection(procedure="ege", year=2026)), ("staff", Selection()),
    ("staff", Selection(view="ages")), ("staff", Selection(view="categories")), ("ict", Selection()),
    ("ict", Selection(view="deficits")), ("needs", Selection()), ("school", Selection(school="980101")),
    ("school", Selection(school="980102", view="similar")), ("explorer", Selection(indicator="quality_share")),
    ("indicators", Selection(indicator="any_category_share")),
]  # fmt: skip


def charts(page: Page) -> Iterator[Chart]:
    return (block for block in every_block(page.blocks) if isinstance(block, Chart))


@pytest.mark.parametrize(("page", "chosen"), ADDRESSES)
def test_every_figure_names_its_indicators_and_leads_to_them(
    demo: Queries, page: str, chosen: Selection
) -> None:
    found = list(charts(BUILD[page](demo, chosen)))
    assert found
    for chart in found:
        way = origins.of_figure(chart.caption, chosen)
        assert way is not None, chart.key
        assert {*chart.caption.origin} <= demo.indicators.keys()
        said = BUILD[way.page](demo, way.selection)
        assert any(getattr(b, "key", "") in ("origin-files", "origins") for b in said.blocks), chart.key


def test_the_origin_is_that_of_the_figures_cut(demo: Queries, demo_root: Path) -> None:
    (chart,) = charts(BUILD["results"](demo, MATHS.but(school="980101")))
    way = origins.of_figure(chart.caption, MATHS.but(school="980101", panel=None))
    assert way is not None
    page = BUILD[way.page](demo, way.selection)
    (facts,) = [block for block in page.blocks if isinstance(block, Facts)]
    told = {fact.term: fact.text for fact in facts.items}
    where = {"year": 2026, "subject": "Математика", "grade": 4, "school": "980101"}
    expected = origin(open_latest(demo_root), "task_success", where)
    assert f"{expected.counted} в таблице" in told["Сосчитано строк"]
    (table,) = [b for b in page.blocks if isinstance(b, Table) and b.key == "origin-files"]
    assert len(table.rows) == len(expected.files) > 0
    (conditions,) = [b for b in page.blocks if isinstance(b, Links) and b.label.startswith("Условия")]
    assert len(conditions.items) == 3
    without = [item.selection for item in conditions.items]
    assert {(s.subject, s.grade, s.school) for s in without} == {
        (None, 4, "980101"), ("Математика", None, "980101"), ("Математика", 4, None),
    }  # fmt: skip


def test_a_page_tells_all_it_was_made_of(demo_root: Path) -> None:
    q = Queries(open_latest(demo_root))
    page = BUILD[""](q, Selection(year=2026))
    assert any(isinstance(block, Cards) for block in page.blocks)
    way = origins.of_page(q.asked, Selection(year=2026))
    assert way is not None
    assert {"quality_share", "any_category_share", "course_3y_share"} <= {
        *(way.selection.indicator or "").split(",")
    }
    (table,) = [b for b in BUILD[way.page](q, way.selection).blocks if isinstance(b, Table)]
    titles = {row.cells[0].text for row in table.rows}
    assert q.indicators["any_category_share"].title in titles
    assert all(row.link and row.link.selection.panel == "origin" for row in table.rows)


def test_the_link_stands_in_the_caption_and_in_the_foot(
    demo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = shown(demo_root, "results", monkeypatch, subject="Математика", grade="4")
    assert f">{origins.LABEL}</a>" in html
    assert f">{origins.OF_PAGE}</a>" in html


@pytest.mark.parametrize("asked", ["beauty", None, "beauty,truth"])
def test_what_is_not_there_is_said(demo: Queries, asked: str | None) -> None:
    page = BUILD["indicators"](demo, Selection(indicator=asked, panel="origin"))
    assert page.title.text == origins.LABEL
    assert origins.of_figure(Caption("", "", ""), Selection()) is None


@pytest.mark.parametrize(
    ("period", "year"), [("2025/26", 2026), ("2022/23 – 2025/26", 2026), ("выдуманный год", None)]
)
def test_the_last_year_of_a_period(period: str, year: int | None) -> None:
    assert last_year(period) == year

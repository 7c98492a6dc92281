"""The display policy holds on every page, whatever shows a number; and pages stay light."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from dashboard import blocks as b
from dashboard.markup import can_render, render
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.theme import DARK, LIGHT
from dashboard.view import views
from tests.dashboard.test_pages import DEEP

SMALL = re.compile(r"(?<![\d,])(\d+) из\u00a0([1-9])(?![\d\u00a0,])")
PERCENT = re.compile(r"\d\u00a0%")


def pages(q: Queries) -> Iterator[tuple[str, b.Page]]:
    """Every page at several depths."""
    by_path = {view.path: view for view in views()}
    chosen = [(path, {}) for path in by_path] + DEEP
    for path, params in chosen:
        yield f"{path} {params}", by_path[path].build(q, Selection.parse(params)[0])


@pytest.fixture(scope="module")
def everything(demo: Queries) -> list[tuple[str, b.Block]]:
    """All blocks of all pages with their page's name."""
    return [(name, leaf) for name, page in pages(demo) for leaf in b.every_block(page.blocks)]


def test_no_percent_stands_beside_a_small_n(everything: list[tuple[str, b.Block]]) -> None:
    seen = 0
    for name, block in everything:
        tables = (
            [block] if isinstance(block, b.Table) else [block.table] if isinstance(block, b.Chart) else []
        )
        for cell in (cell for table in tables for row in table.rows for cell in row.cells):
            if SMALL.search(cell.text):
                seen += 1
                assert not PERCENT.search(cell.text), (name, cell.text)
                assert cell.value is None, (name, cell)
    assert seen > 100


def test_no_card_of_a_small_n_has_a_percent_or_a_verdict(everything: list[tuple[str, b.Block]]) -> None:
    cards = [(name, card) for name, block in everything if isinstance(block, b.Cards) for card in block.items]
    small = [(name, card) for name, card in cards if SMALL.search(card.value) or SMALL.search(card.count)]
    assert small
    for name, card in small:
        assert not PERCENT.search(card.value), (name, card)
        assert card.tone in ("muted", "plain"), (name, card)


def test_every_chart_has_its_caption_alt_and_numbers(everything: list[tuple[str, b.Block]]) -> None:
    charts = [(name, block) for name, block in everything if isinstance(block, b.Chart)]
    assert len(charts) > 20
    for name, chart in charts:
        caption = chart.caption
        assert all((caption.source, caption.period, caption.n, chart.alt, chart.table.rows)), (
            name,
            chart.key,
        )


def test_every_figure_can_be_drawn_in_both_appearances(everything: list[tuple[str, b.Block]]) -> None:
    for name, chart in ((name, block) for name, block in everything if isinstance(block, b.Chart)):
        for look in (LIGHT, DARK):
            figure = chart.figure(look)
            assert figure.data, name


def test_hover_texts_keep_the_policy(everything: list[tuple[str, b.Block]]) -> None:
    """One to four people: no percent even in a tooltip."""
    for name, chart in ((name, block) for name, block in everything if isinstance(block, b.Chart)):
        for trace in chart.figure(LIGHT).data:
            for text in (
                [*(trace.text or ()), *(trace.hovertext or ())] if not isinstance(trace.text, str) else []
            ):
                found = SMALL.search(str(text))
                if found and int(found[2]) < 5:
                    assert not PERCENT.search(str(text)), (name, text)


def test_schools_are_never_ordered_by_result(demo: Queries) -> None:
    order = [school.label for school in demo.schools().values()]
    for name, page in pages(demo):
        for block in b.every_block(page.blocks):
            if isinstance(block, b.Table) and block.columns[0].title in ("Школа", "Организация"):
                places = [order.index(row.cells[0].text) for row in block.rows if row.cells[0].text in order]
                if block.key not in ("findings",):
                    assert places == sorted(places), name


def test_every_block_without_widgets_is_html(everything: list[tuple[str, b.Block]]) -> None:
    for _, block in everything:
        if can_render(block):
            assert render(block, LIGHT).startswith("<")


def test_kindergartens_are_told_why_they_have_no_results(demo: Queries) -> None:
    (view,) = [view for view in views() if view.path == "school"]
    page = view.build(demo, Selection(school="980201"))
    said = " ".join(block.text for block in page.blocks if isinstance(block, b.Note))
    assert "ВПР здесь не проводится" in said


def test_the_first_screen_has_no_chart(demo: Queries) -> None:
    (view,) = [view for view in views() if not view.path]
    blocks = list(b.every_block(view.build(demo, Selection()).blocks))
    assert [block for block in blocks if isinstance(block, b.Chart)] == []
    (cards,) = [block for block in blocks if isinstance(block, b.Cards)]
    assert len(cards.items) == 8


def test_importing_the_pages_imports_no_figures_and_no_pipelines() -> None:
    code = (
        "import sys, dashboard.shell, dashboard.view; dashboard.view.views();"
        "heavy = ('dashboard.figures', 'great_expectations', 'pipelines', 'kaleido', 'openpyxl', 'scipy');"
        "sys.exit(', '.join(sorted(m for m in sys.modules if m.startswith(heavy))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_snapshot_from_before_an_indicator_has_no_number_and_no_fault(demo: Queries) -> None:
    assert demo.cuts("declared_tomorrow", ("year",)) == []
    assert demo.one("declared_tomorrow", year=2026).n == 0

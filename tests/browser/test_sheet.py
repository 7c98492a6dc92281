"""Charts are redrawn in their place: nothing of the former one may stay, whatever page it was on."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from dashboard.theme import DARK, LIGHT
from tests.browser.conftest import Visit

DRAWN = """() => [...document.querySelectorAll('.kb-chart')].map((chart) => [
    chart.ariaLabel,
    ...[...chart.querySelectorAll('.main-svg :is(path, text, rect, image)')].flatMap((mark) => {
        const { x, y, width, height } = mark.getBoundingClientRect();
        const { fill, stroke, opacity, visibility } = getComputedStyle(mark);
        const look = [fill.startsWith('url') ? 'pattern' : fill, stroke, opacity, visibility];
        const seen = (width || height) && !mark.closest('defs');
        const at = [x, y, width, height].map(Math.round);
        return seen ? [[mark.tagName, mark.textContent, ...at, ...look].join(' ')] : [];
    }),
])"""
"""Every mark of every chart as one sees it: place, size, colours, words."""
WALK = (
    "./results?year=2026&subject=Математика&grade=4", "./results?year=2026&subject=Математика&grade=4&view=scores",
    "./results?year=2026&subject=Математика&grade=4&view=journal", "./staff?view=ages",
    "./explorer?indicator=ict_level_share&by=school", "./explorer?indicator=top_category_share&chart=panels",
    "./results?year=2026",
)  # fmt: skip


def drawn(page: Page) -> list[Any]:
    """What the charts show once they stand still."""
    before: list[Any] = []
    for _ in range(100):
        page.wait_for_timeout(150)
        now: list[Any] = page.evaluate(DRAWN)
        if now and now == before and all(len(chart) > 5 for chart in now):
            return now
        before = now
    raise AssertionError("the charts do not settle")


def test_a_page_come_to_by_clicks_is_drawn_like_one_opened_anew(visit: Visit) -> None:
    page = visit.open("results?year=2025")
    opened = page.context.new_page()
    drawn(page)
    for place in WALK:
        opened.goto(f"{visit.address}{place[1:]}")
        wanted = drawn(opened)
        page.evaluate("place => document.dispatchEvent(new CustomEvent('kb-go', { detail: place }))", place)
        page.wait_for_function(
            "titles => String([...document.querySelectorAll('.kb-chart')].map((c) => c.ariaLabel)) === String(titles)",
            arg=[title for title, *_ in wanted],
        )
        assert drawn(page) == wanted, place


def test_a_chart_follows_the_width_of_the_page(visit: Visit) -> None:
    page = visit.open("results?year=2026")
    drawn(page)
    wide = page.locator(".kb-chart .main-svg").first.bounding_box()
    page.set_viewport_size({"width": 1100, "height": 768})
    drawn(page)
    narrow, box = (
        page.locator(".kb-chart .main-svg").first.bounding_box(),
        page.locator(".kb-chart").bounding_box(),
    )
    assert wide
    assert narrow
    assert box
    assert narrow["width"] == box["width"] < wide["width"]


def test_a_mark_under_the_pointer_says_what_it_is_now(visit: Visit) -> None:
    """The words over the mark that was clicked go away with it."""
    page = visit.open("results?year=2026")
    drawn(page)
    page.locator(".kb-chart .scatterlayer .points path").nth(1).hover(force=True)
    expect(page.locator(".hoverlayer .hovertext")).to_contain_text("Русский язык, 4 класс")
    page.locator(".kb-chart .scatterlayer .points path").nth(1).click(force=True)
    expect(page.locator(".kb-title h1")).to_contain_text("Русский язык, 4 класс")
    drawn(page)
    expect(page.locator(".hoverlayer", has_text="Русский язык, 4 класс")).to_have_count(0)


def test_a_chart_that_cannot_be_loaded_says_so(visit: Visit) -> None:
    visit.page.route("**/plotly-*.js", lambda route: route.abort())
    page = visit.open("results?year=2026")
    expect(page.locator(".kb-chart")).to_have_text(
        "Рисунок не загрузился: нет связи с «Кабинетом». Обновите страницу."
    )


def test_what_an_address_says_is_shown_and_never_run(visit: Visit) -> None:
    said = '<img src="nowhere" onerror="window.hasRun = true">'
    page = visit.open(f"results?{urlencode({'school': said})}")
    expect(page.locator(".kb-sheet").first).to_contain_text(said)
    assert not page.evaluate("window.hasRun")
    assert page.locator("img[src='nowhere']").count() == 0


def test_an_open_page_turns_dark_with_the_system_its_charts_too(visit: Visit) -> None:
    page = visit.open("staff")
    page.wait_for_selector(".js-plotly-plot .xtick text", state="attached")
    for appearance, look in (("dark", DARK), ("light", LIGHT)):
        page.emulate_media(color_scheme=appearance)
        red, green, blue = (int(look.ink[at : at + 2], 16) for at in (1, 3, 5))
        for words, style in ((".kb-title h1", "color"), (".js-plotly-plot .ytick text", "fill")):
            colour = f"getComputedStyle(document.querySelector('{words}')).{style}"
            page.wait_for_function(f"{colour} === 'rgb({red}, {green}, {blue})'", timeout=30_000)
    visit.settle()

"""Every page for those who see little, use no mouse, or hold a telephone."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from dashboard.view import views
from tests.browser.conftest import Visit

WORK = "results?year=2026&subject=Математика&grade=7"
DEEPER = (
    WORK, f"{WORK}&view=schools", f"{WORK}&task=8", "results?year=2026&procedure=oge", "school?school=980101",
    "explorer?indicator=quality_share&by=school", "indicators?indicator=quality_share", "?panel=pin",
)  # fmt: skip
"""Screens below the menu that are built of other blocks than its pages."""
WIDEST = "Math.max(document.scrollingElement.scrollWidth, document.querySelector('.stMain').scrollWidth)"


def screens() -> list[str]:
    return [*(view.path for view in views()), *DEEPER]


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_every_page_is_open_to_everybody(visit: Visit, appearance: Literal["light", "dark"]) -> None:
    """No serious finding of axe-core, no level of headings left out, nothing wider than the screen.

    In light on a desk's screen, in dark on a telephone.
    """
    visit.page.emulate_media(color_scheme=appearance)
    most = 1366
    if appearance == "dark":
        visit.page.set_viewport_size({"width": 390, "height": 844})
        most = 390
    axe, found = Axe(), []
    for path in screens():
        page = visit.open(path)
        page.wait_for_function("document.documentElement.lang === 'ru'")  # the last thing that is mounted
        for rule in axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]:
            if rule["impact"] in ("serious", "critical") or rule["id"] == "heading-order":
                found += [f"{path}: {rule['id']} {node['target']}" for node in rule["nodes"]]
        width = page.evaluate(WIDEST)
        found += [f"{path}: {width} px"] if width > most else []
    assert not found, "\n".join(found)


def test_a_telephone_tells_headings_apart_and_shows_the_number_of_a_row(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("ict")
    page.wait_for_selector(".js-plotly-plot .xtick text", state="attached")
    turned = page.locator(".js-plotly-plot .xtick text[transform*='rotate(45']")
    assert turned.all_text_contents() == [
        "Общепользовательская",
        "Общепедагогическая",
        "Предметно-педагогическая",
    ]
    page = visit.open(WORK)
    box = page.get_by_role("columnheader", name="Выполнено").first.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390
    heights = page.locator(".kb-table").first.evaluate("t => [...t.tBodies[0].rows].map(r => r.offsetHeight)")
    assert len(heights) == 19
    assert max(heights) < 130, heights  # no row waits for words that nobody sees


def test_from_the_overview_to_a_work_and_back_without_a_mouse(visit: Visit) -> None:
    page = visit.open()
    visit.find_school("нижнеозёрская сш", "Нижнеозёрская СШ")
    step_to(visit, "Математика, 7 класс")
    page.keyboard.press("Enter")
    page.wait_for_url("**/results?*")
    visit.settle()
    assert "school=980101" in page.url
    page.go_back()  # Alt + ←: a browser without a window has no keys of its own
    page.wait_for_url("**/school?school=*")
    visit.settle()
    assert visit.title == "Нижнеозёрская СШ"


def step_to(visit: Visit, text: str, most: int = 120) -> None:
    """Tab until the link of this text has the focus; every place on the way shows that it has it."""
    for _ in range(most):
        visit.page.keyboard.press("Tab")
        name, outline = visit.page.evaluate(
            "(e => [e.innerText || '', e.matches('a') ? getComputedStyle(e).outlineStyle : 'solid'])"
            "(document.activeElement)"
        )
        assert outline != "none", name
        if re.fullmatch(re.escape(text), name.strip()):
            return
    raise AssertionError(f"«{text}» is not reached by {most} presses of Tab")

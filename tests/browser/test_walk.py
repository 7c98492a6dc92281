"""What a methodist does with a mouse: down to a task and back, by a link, with a download."""

from __future__ import annotations

import io
import re
from urllib.parse import unquote

import openpyxl

from dashboard.view import views
from tests.browser.conftest import Visit

ALLOWED = {
    "DOCX",
    "PPTX",
    "HTML",
    "ZIP",
    "XLSX",
    "PNG",
    "SVG",
    "PDF",
    "kabinet",
    "n",
    "k",
    "CSV",
    "Wi",
    "Fi",
    "Tab",
    "Enter",
    "Alt",
    "Ctrl",
}
"""Latin words that a Russian screen may show: file formats, the command, keys, letters of formulas."""


def query(visit: Visit) -> str:
    return unquote(visit.page.url.partition("?")[2])


def test_from_the_overview_down_to_a_task_and_back(visit: Visit) -> None:
    page = visit.open()
    assert visit.title == "Сводка района"
    page.get_by_role("link", name="Результаты", exact=True).first.click()
    page.wait_for_url("**/results*")
    visit.settle()
    page.locator(".kb-table tbody tr a", has_text="Математика, 4 класс").first.click()
    page.wait_for_url(re.compile("subject="))
    visit.settle()
    assert visit.title == "Математика, 4 класс"
    page.get_by_role("link", name="Школы", exact=True).click()
    page.wait_for_url(re.compile("view=schools"))
    visit.settle()
    page.locator(".kb-table tbody tr a", has_text="Нижнеозёрская").first.click()
    page.wait_for_url(re.compile("school=980101"))
    visit.settle()
    page.locator(".kb-table tbody tr a").first.click()
    page.wait_for_url(re.compile("task="))
    visit.settle()
    assert "school=980101" in query(visit)
    page.locator(".kb-crumbs a").first.click()
    page.wait_for_function("!location.search.includes('task=')")
    visit.settle()
    assert "school=" not in query(visit)
    page.go_back()
    page.wait_for_url(re.compile("task="))


def test_a_click_on_a_mark_goes_the_same_way_as_a_row(visit: Visit) -> None:
    page = visit.open("results?year=2026&subject=Математика&grade=4")
    mark = page.locator(".js-plotly-plot .scatterlayer .trace .points path").last
    mark.click(force=True)
    page.wait_for_url(re.compile("task="), timeout=15_000)


def test_a_link_from_a_letter_opens_the_same_view(visit: Visit) -> None:
    page = visit.open("results?year=2026&subject=Математика&grade=4&school=980101")
    assert visit.title == "Математика, 4 класс"
    shown = page.locator(".kb-title").first.inner_text()
    assert "Нижнеозёрская" in shown
    again = visit.open(page.url.removeprefix(visit.address + "/"))
    assert again.locator(".kb-title").first.inner_text() == shown


def test_a_chart_gives_its_numbers(visit: Visit) -> None:
    page = visit.open("results?year=2026")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="XLSX").first.click()
    download = waiting.value
    assert download.suggested_filename.endswith(".xlsx")
    with open(download.path(), "rb") as file:  # noqa: PTH123 — a path of the browser's own making
        sheet = openpyxl.load_workbook(io.BytesIO(file.read())).active
    assert sheet is not None
    assert sheet.max_row > 5


SAID_ASIDE = """() => [...document.querySelectorAll("[data-testid=stApp] *")].filter(one => one.checkVisibility())
  .flatMap(one => ["placeholder", "title", "alt", "aria-label"].map(name => one.getAttribute(name) ?? ""))"""
"""What a page says in fields, in hints and to a screen reader."""


def test_every_page_speaks_russian_and_asks_nobody(visit: Visit) -> None:
    for view in views():
        page = visit.open(view.path)
        page.wait_for_function("window.kabinet?.isStarted")  # what Streamlit says is translated from then on
        text = page.locator("[data-testid=stMain]").inner_text()
        assert len(text) > 200, view.title
        assert latin(f"{page.locator('[data-testid=stSidebar]').inner_text()} {text}") <= ALLOWED, view.title
        assert latin(" ".join(page.evaluate(SAID_ASIDE))) <= ALLOWED, view.title


def latin(text: str) -> set[str]:
    """Latin words of a text, without commands and names of files, folders and indicators."""
    without_names = re.sub(r"«kabinet [^»]*»|\S+\.(xlsx|csv|duckdb|toml|html)|\S*[/_]\S*", " ", text)
    return set(re.findall(r"\b[A-Za-z][A-Za-z]+\b", without_names))


def test_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    for width, height in ((1366, 768), (390, 844)):
        visit.page.set_viewport_size({"width": width, "height": height})
        page = visit.open()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_anything_is_found_by_name_from_the_keyboard(visit: Visit) -> None:
    visit.open()
    visit.find_school("лесная", "Лесная ОШ")
    assert visit.title == "Лесная ОШ"


def test_what_is_not_there_is_said_and_left_by_escape(visit: Visit) -> None:
    page = visit.open()
    page.keyboard.press("/")
    page.keyboard.type("йцукен")
    found = page.get_by_role("listbox", name="Найденное")
    assert found.get_attribute("data-empty") == "Ничего не найдено"
    page.keyboard.press("Escape")
    assert not found.is_visible()
    assert page.get_by_role("combobox", name="Найти").input_value() == ""


def test_a_drop_down_is_walked_by_arrows_and_letters_and_leaves_nothing_open(visit: Visit) -> None:
    page = visit.open("results?year=2026")
    page.locator(".kb-pick summary", has_text="Все школы").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert focused(visit) == "Все школы"
    press_letter(visit, "Л")
    assert focused(visit) == "Лесная ОШ"
    page.keyboard.press("Escape")
    assert focused(visit) == "Все школы"
    page.keyboard.press("Enter")
    press_letter(visit, "н")
    page.keyboard.press("Enter")
    page.wait_for_url("**school=980101*")
    visit.settle()
    assert page.locator(".kb-pick[open]").count() == 0
    assert page.locator(".kb-pick summary", has_text="Нижнеозёрская СШ").count() == 1


def focused(visit: Visit) -> str:
    return str(visit.page.evaluate("document.activeElement.innerText"))


def press_letter(visit: Visit, letter: str) -> None:
    """A key of a Russian keyboard: Playwright has none, it would put the letter in without a key."""
    visit.page.evaluate(
        "key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))",
        letter,
    )


def test_on_a_phone_the_menu_goes_away_after_a_choice(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open()
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Кадры", exact=True).click()
    page.wait_for_url("**/staff*")
    visit.settle()
    assert page.get_by_test_id("stSidebar").get_attribute("data-collapsed") == "true"


def test_the_menu_takes_year_and_kind_along(visit: Visit) -> None:
    page = visit.open("?year=2025&kind=школа")
    page.get_by_role("link", name="Кадры", exact=True).first.click()
    page.wait_for_url("**/staff?*")
    visit.settle()
    assert query(visit) == "year=2025&kind=школа"
    page.go_back()
    page.wait_for_function("!location.pathname.includes('staff')")
    visit.settle()
    assert visit.title == "Сводка района"

"""What a person adds to the pages: a pinned view, a remark beside a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboard import server
from tests.browser.conftest import Visit, visitor


@pytest.fixture
def writer(browser: Browser, demo_copy: Path) -> Iterator[Visit]:
    """A visitor of pages that keep what is written."""
    port = server.free_port(8950)
    with server.served(demo_copy, port):
        yield from visitor(browser, f"http://{server.HOST}:{port}")


def test_a_view_is_pinned_to_the_first_page_and_a_remark_stays(writer: Visit) -> None:
    page = writer.open("explorer?indicator=top_category_share&by=school")
    page.get_by_role("link", name="Закрепить на доске").click()
    page.get_by_role("button", name="Закрепить", exact=True).wait_for()
    page.get_by_role("button", name="Закрепить", exact=True).click()
    page.get_by_text("Заполните: «Кто закрепляет»").wait_for()
    page.get_by_label("или новая доска").fill("Сводка района")
    page.get_by_label("Кто закрепляет").fill("А. Иванова")
    page.get_by_role("button", name="Закрепить", exact=True).click()
    page.wait_for_function("!location.search.includes('panel')")
    writer.settle()
    first = writer.open()
    assert first.locator(".kb-card-title").all_inner_texts() == ["Доля педагогов высшей категории"]
    page = writer.open("results?year=2026&subject=Математика&grade=4")
    page.get_by_role("link", name="Добавить заметку").first.click()
    page.get_by_label("Текст заметки").fill("Разобрать на РМО")
    page.get_by_label("Кто пишет").fill("А. Иванова")
    page.get_by_role("button", name="Записать").click()
    page.get_by_text("Разобрать на РМО").first.wait_for()
    again = writer.open("results?year=2026&subject=Математика&grade=4")
    again.get_by_role("link", name=re.compile("Заметки: 1")).wait_for()

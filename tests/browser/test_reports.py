"""The page «Отчёты»: choose, look, write one's own, make, fetch; next year the text is offered again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard import server
from tests.browser.conftest import Visit, visitor

SOON = 90_000
SECTION = "Организация работы районных методических объединений"
TEXT = "Проведено 14 заседаний районных методических объединений."


@pytest.fixture
def methodist(browser: Browser, demo_copy: Path) -> Iterator[Visit]:
    """A visitor of pages that keep what is written."""
    port = server.free_port(8980)
    with server.served(demo_copy, port):
        yield from visitor(browser, f"http://{server.HOST}:{port}")


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label).first.click()
    page.get_by_role("option", name=option, exact=True).click()


def test_a_report_is_chosen_looked_at_made_and_fetched(methodist: Visit) -> None:
    page = methodist.open("reports")
    choose(page, "Посмотреть раздел и дописать своё", SECTION)
    expect(page.get_by_role("heading", name=SECTION)).to_be_visible(timeout=SOON)
    methodist.settle()
    text = page.get_by_label("Свой текст раздела")
    text.fill(TEXT)
    text.blur()
    methodist.settle()
    page.get_by_role("button", name="Сохранить текст").click()
    expect(page.locator(".kb-sentence", has_text=TEXT)).to_be_visible(timeout=SOON)
    choose(page, "Разделы, в порядке выбора", SECTION)
    page.keyboard.press("Escape")
    page.locator(".kb-title h1").click()  # the first click beside an open list only closes it
    methodist.settle()
    page.get_by_role("button", name="Сделать отчёт").click()
    expect(page.get_by_role("progressbar")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("button", name="Сделать отчёт")).to_be_disabled()
    ready = page.get_by_role("button", name="DOCX", exact=True)
    ready.wait_for(timeout=SOON)
    with page.expect_download() as fetched:
        ready.click()
    said = [p.text for p in docx.Document(io.BytesIO(Path(fetched.value.path()).read_bytes())).paragraphs]
    assert TEXT in said
    assert re.match(r"Анализ работы \d{4}-\d{2}\.docx", fetched.value.suggested_filename)
    methodist.open("reports")  # the history outlives the visit, and last year's text is offered for this one
    expect(page.get_by_role("button", name="DOCX", exact=True)).to_be_visible(timeout=SOON)

"""How soon a methodist is told of a one-school file, against the bare upload of the same file."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard import keeper, server
from dashboard.desk import post
from tests.benchmarks.conftest import Report
from tests.benchmarks.test_pages import bare
from tests.browser.conftest import browser
from tests.submissions.conftest import LIST, changed

__all__ = ["browser"]

ROUNDS = 5
SECONDS = 2.0
"""From dropping a one-school file to reading its findings."""
BARE = """
import hashlib
import streamlit as st
file = st.file_uploader("file")
if file:
    st.html(f"<p id='there'>{hashlib.sha256(file.getvalue()).hexdigest()}</p>")
"""
INPUT = "[data-testid=stFileUploaderDropzoneInput]"


@pytest.fixture
def desk(demo_root: Path, tmp_path: Path) -> Iterator[str]:
    root = Path(shutil.copytree(demo_root, tmp_path / "data"))
    port = server.free_port(8300 + os.getpid() % 90)
    with keeper.kept(root), server.served(root, port):
        while post.worker(root) != "ready":
            time.sleep(0.1)
        yield f"http://{server.HOST}:{port}/collection"


def told(page: Page, path: Path) -> float:
    """Seconds from the drop to the findings of this very file."""
    start = time.perf_counter()
    page.locator(INPUT).set_input_files(path)
    expect(page.locator(".kb-file h2")).to_have_text(path.name, timeout=30_000)
    expect(page.locator(".kb-verdict")).to_be_visible()
    return time.perf_counter() - start


def test_a_school_is_told_of_its_file_within_two_seconds(
    browser: Browser, desk: str, demo_root: Path, tmp_path: Path, report: Report
) -> None:
    files = [
        changed(
            demo_root / LIST,
            tmp_path / f"кадры {n}.xlsx",
            lambda s, n=n: s.cell(5, 12).__setattr__("value", n),
        )
        for n in range(ROUNDS)
    ]
    page = browser.new_page()
    page.goto(desk)
    page.wait_for_selector(INPUT, state="attached", timeout=60_000)
    page.wait_for_timeout(1500)
    seconds = [told(page, path) for path in files]
    page.close()
    plain = _plain(browser, files, tmp_path)
    report(f"ответ о файле одной школы: медиана {median(seconds):.2f} с, первый {seconds[0]:.2f} с, "
           f"худший {max(seconds):.2f} с (не больше {SECONDS}); голая загрузка {plain:.2f} с: "
           f"в {median(seconds) / plain:.1f} раза")  # fmt: skip
    assert median(seconds) <= SECONDS


def _plain(browser: Browser, files: list[Path], folder: Path) -> float:
    """The same files through a page that does nothing but receive them."""
    found = []
    with bare(BARE, folder) as url:
        for path in files:
            page = browser.new_page()
            page.goto(url)
            page.wait_for_selector(INPUT, state="attached", timeout=60_000)
            page.wait_for_timeout(500)
            start = time.perf_counter()
            page.locator(INPUT).set_input_files(path)
            page.wait_for_selector("#there", timeout=30_000)
            found.append(time.perf_counter() - start)
            page.close()
    return median(found)

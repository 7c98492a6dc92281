"""A real Chromium in front of the real server. Without a browser these tests are skipped, except in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)

from dashboard import server

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
HERE = Path(__file__).parent
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {server.HOST}",
]
"""No other host can be reached. Playwright's own routes would do it too, but they switch the browser's cache off."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


def find_browser() -> str | None:
    """The installed browser."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium a run."""
    path = find_browser()
    if path is None:
        message = "нет установленного браузера (Chromium, Chrome или Edge)"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{message}: в CI этот тест пропускать нельзя")
        pytest.skip(message)
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def address(demo_root: Path) -> Iterator[str]:
    """The pages of the demonstration district, served as `kabinet up` serves them."""
    port = server.free_port(8700 + os.getpid() % 200)
    with server.served(demo_root, port):
        yield f"http://{server.HOST}:{port}"


class Visit:
    """A person at a 1366 × 768 screen: the page, what it asked of whom, what it complained of."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.foreign: list[str] = []
        self.errors: list[str] = []
        context.on("request", self._look)
        self.page: Page = context.new_page()
        self.page.on("console", self._listen)
        self.page.on("response", self._watch)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _listen(self, said: ConsoleMessage) -> None:
        if said.type == "error" and "Failed to load resource" not in said.text:  # `_watch` knows which
            self.errors.append(said.text)

    def _watch(self, answer: Response) -> None:
        # On a deep link Streamlit looks for its own address by trial: <page>/_stcore/… is not there.
        if answer.status >= 400 and "/_stcore/" not in answer.url:
            self.errors.append(f"{answer.status} {answer.url}")

    def _look(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.foreign.append(request.url)

    def open(self, path: str = "") -> Page:
        """Go to an address and wait until it says something."""
        self.page.goto(f"{self.address}/{path}")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page stands still."""
        self.page.wait_for_selector(".kb-title h1", timeout=30_000)
        self.page.wait_for_function("!document.querySelector('[data-stale=\"true\"]')", timeout=30_000)
        self.page.wait_for_function(
            "!document.querySelector('[data-testid=\"stStatusWidget\"]')", timeout=30_000
        )
        self.page.wait_for_timeout(250)

    def find_school(self, typed: str, name: str) -> None:
        """Go to a school by «/», a few letters of its name and Enter."""
        self.page.keyboard.press("/")
        self.page.keyboard.type(typed, delay=20)
        self.page.get_by_role("option", name=name).first.wait_for()
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/school?school=*")
        self.settle()

    @property
    def title(self) -> str:
        """The page's own head."""
        return self.page.locator(".kb-title h1").first.inner_text()


def visitor(browser: Browser, address: str) -> Iterator[Visit]:
    """A new visitor; nobody's page may ask another host or complain."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="ru-RU", accept_downloads=True
    )
    guest = Visit(context, address)
    yield guest
    context.close()
    assert guest.foreign == []
    assert guest.errors == []


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A new visitor of the demonstration district."""
    yield from visitor(browser, address)

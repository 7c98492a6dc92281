"""Files of figures at an address of their own: every one that a page offers can be made, and nothing else."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import pytest
from openpyxl import load_workbook
from starlette.requests import Request

from dashboard import around, downloads, saving
from dashboard.blocks import Below, Chart, Link, Page, Save, every_block
from dashboard.panels import Here
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.view import views
from tests.dashboard.test_pages import DEEP, PAGES

RESULTS = "./results?year=2026"
ADDRESSES = [(path, {}) for path in PAGES] + DEEP
Get = Callable[..., tuple[int, str, bytes]]


def saves(page: Page, here: Here) -> list[Save]:
    """Everything that a page offers to save."""
    shown = [one for block in every_block(page.blocks) for one in around.spread((block,), here)]
    return [save for block in shown if isinstance(block, Below) for save in block.saves]


@pytest.fixture
def get(demo_root: Path, monkeypatch: pytest.MonkeyPatch) -> Get:
    """Status, file name and content of an address, as the server asks for it."""
    monkeypatch.setenv("KABINET_DATA", str(demo_root))
    (route,) = saving.routes()

    def asked(kind: str, **said: str) -> tuple[int, str, bytes]:
        query = urlencode(said).encode()
        answer = route.endpoint(
            Request({"type": "http", "path_params": {"kind": kind}, "query_string": query})
        )
        name = unquote(answer.headers.get("content-disposition", "").rpartition("''")[2])
        return answer.status_code, name, answer.body

    return asked


@pytest.mark.parametrize(("path", "params"), ADDRESSES)
def test_what_a_page_offers_to_save_is_found_again_by_its_address(
    demo: Queries, path: str, params: dict[str, str]
) -> None:
    chosen = Selection.parse(params)[0]
    page = next(view for view in views() if view.path == path).build(demo, chosen)
    figures = list(saving.figures(page))
    assert max(Counter(figure.key for figure in figures).values(), default=1) == 1
    offered = saves(page, Here(path, chosen))
    assert len(offered) >= 3 * sum(isinstance(figure, Chart) for figure in figures)
    asked = [dict(parse_qsl(urlsplit(save.href).query)) for save in offered]
    assert {one["figure"] for one in asked} <= {figure.key for figure in figures}
    assert {one["at"] for one in asked} <= {Link("", path, chosen).href}


def test_the_numbers_of_a_figure_are_a_workbook_named_after_it(get: Get) -> None:
    status, name, content = get("xlsx", at=RESULTS, figure="works")
    assert (status, name) == (200, "Результаты все работы. Качество знаний по работам.xlsx")
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet["A1"].value == "Результаты: все работы. Качество знаний по работам"
    assert str(sheet["A2"].value).startswith("Источник: ВПР")
    assert sheet.max_row > 10


def test_a_table_without_a_figure_is_saved_too(get: Get) -> None:
    status, name, content = get("xlsx", at="./school?school=980101", figure="school-works")
    assert (status, name) == (200, "Нижнеозёрская СШ.xlsx")
    assert load_workbook(io.BytesIO(content)).active["A5"].value == "Математика, 4 класс"


@pytest.mark.browser
@pytest.mark.parametrize(("kind", "start"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_a_figure_is_drawn_into_a_file(get: Get, kind: str, start: bytes) -> None:
    if not downloads.has_browser():
        pytest.skip("нет браузера для рисунков")
    status, name, content = get(kind, at=RESULTS, figure="works")
    assert (status, name.rpartition(".")[2]) == (200, kind)
    assert content.startswith(start)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("xlsx", {"at": RESULTS, "figure": "nothing"}),
        ("xlsx", {"at": "./nowhere", "figure": "works"}),
        ("exe", {"at": RESULTS, "figure": "works"}),
        ("png", {"at": "./school?school=980101", "figure": "school-works"}),  # a table is no picture
        ("xlsx", {}),
    ],
)
def test_what_is_not_there_is_said_in_words(get: Get, kind: str, said: dict[str, str]) -> None:
    status, _, content = get(kind, **said)
    assert status == 404
    assert "Обновите страницу" in content.decode()


def test_a_failure_is_no_traceback(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(downloads, "workbook", broken)
    status, _, content = get("xlsx", at=RESULTS, figure="works")
    assert status == 503
    assert "ошибка программы" in content.decode()
    assert "Traceback" not in content.decode()


def test_without_a_browser_a_figure_says_why_it_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "has_browser", lambda: False)
    drawn, numbers = (downloads.save(kind, "results", Selection(), "works") for kind in ("png", "xlsx"))
    assert drawn.refused == downloads.NO_BROWSER
    assert numbers.refused == ""

"""Every page in Streamlit's own test harness: on full, one-school, empty and missing data."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import blocks, components
from dashboard.theme import Look
from dashboard.view import views
from tests.screen import html

BROKEN = "Страница не построилась"
PAGES = [view.path for view in views()]
DEEP = [
    ("results", {"subject": "Математика", "grade": "4"}),
    ("results", {"subject": "Математика", "grade": "4", "view": "schools"}),
    ("results", {"subject": "Математика", "grade": "4", "view": "schools", "against": "регион"}),
    ("results", {"subject": "Математика", "grade": "4", "view": "journal"}),
    ("results", {"subject": "Математика", "grade": "4", "view": "scores"}),
    ("results", {"subject": "Математика", "grade": "4", "view": "years"}),
    ("results", {"subject": "Математика", "grade": "4", "school": "980101"}),
    ("results", {"subject": "Математика", "grade": "4", "school": "980101", "view": "classes"}),
    ("results", {"subject": "Математика", "grade": "4", "task": "5"}),
    ("results", {"subject": "Математика", "grade": "4", "school": "980101", "task": "5"}),
    ("results", {"school": "980101", "year": "2024"}),
    ("results", {"procedure": "ege"}),
    ("results", {"procedure": "ege", "subject": "Русский язык", "view": "groups"}),
    ("results", {"procedure": "oge", "subject": "Математика", "school": "980101"}),
    ("staff", {"indicator": "age_55_share", "kind": "детский сад"}),
    ("staff", {"view": "ages"}),
    ("staff", {"view": "categories"}),
    ("staff", {"view": "load"}),
    ("staff", {"view": "official"}),
    ("staff", {"view": "forecast"}),
    ("ict", {"view": "same"}),
    ("ict", {"view": "deficits"}),
    ("needs", {"topic": "Функциональная грамотность"}),
    ("school", {"school": "980101"}),
    ("school", {"school": "980201"}),
    ("school", {"school": "980301"}),
    ("quality", {"view": "findings"}),
    ("quality", {"view": "rules"}),
    ("quality", {"view": "files"}),
    ("indicators", {"indicator": "ict_level_share"}),
    ("indicators", {"indicator": "computers_per_100"}),
    ("indicators", {"view": "methods"}),
    ("explorer", {"indicator": "quality_share", "by": "subject", "year": "2024"}),
    ("explorer", {"indicator": "ict_level_share", "by": "school"}),
    ("explorer", {"indicator": "teachers", "by": "whole"}),
    ("explorer", {"indicator": "top_category_share", "chart": "panels"}),
]  # fmt: skip
WRONG = [
    ("results", {"subject": "Алхимия", "grade": "4"}, "Работы «Алхимия, 4 класс»"),
    ("results", {"year": "1999"}, "данных нет; показан"),
    ("results", {"school": "000000"}, "Организации «000000» нет"),
    ("results", {"subject": "Математика", "grade": "4", "task": "777"}, "Задания «777»"),
    ("results", {"grade": "четвёртый"}, "не число"),
    ("results", {"procedure": "ege", "subject": "Алхимия"}, "Предмета «Алхимия»"),
    ("staff", {"indicator": "beauty"}, "Показателя «beauty»"),
    ("needs", {"topic": "Полёты"}, "Направления «Полёты» нет"),
    ("school", {"school": "000000"}, "Организации «000000» нет"),
    ("school", {"school": "980102", "view": "similar", "panel": "similar", "similar": "980104,-980103"}, "меньше 10"),
    ("explorer", {"indicator": "beauty"}, "Показателя «beauty» нет"),
    ("explorer", {"indicator": "teachers", "subject": "Физика"}, "условие снято"),
    ("explorer", {"indicator": "teachers", "by": "task"}, "не разбивается"),
    ("", {"colour": "red"}, "«colour»"),
]  # fmt: skip


def shown(root: Path, page: str, monkeypatch: pytest.MonkeyPatch, **params: str) -> str:
    """All HTML that one page of the application draws."""
    monkeypatch.setenv("KABINET_DATA", str(root))
    app = _at(page)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return html(app)


def _at(page: str) -> AppTest:
    """The application with the page as its first: AppTest cannot switch to pages that are functions."""
    code = f"""
from dataclasses import replace
from dashboard import shell, view
found = [replace(v, path="" if v.path == {page!r} else v.path or "first") for v in view.views()]
shell.views = lambda: tuple(found)
shell.run()
"""
    return AppTest.from_string(code, default_timeout=60)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_on_the_demonstration_district(
    page: str, demo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = shown(demo_root, page, monkeypatch)
    assert "<h1>" in html
    assert BROKEN not in html
    assert 'class="kb-empty"' not in html


def test_a_page_that_cannot_be_drawn_says_so_in_russian(
    demo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = components._text

    def broken(some: tuple[blocks.Block, ...], look: Look) -> str:
        if any(isinstance(block, blocks.Cards) for block in some):
            raise RuntimeError("broken on purpose")
        return text(some, look)

    monkeypatch.setattr(components, "_text", broken)
    assert BROKEN in shown(demo_root, "", monkeypatch)


SIDE_BY_SIDE = """
from dashboard import components
from dashboard.blocks import Details, Note, Split
from dashboard.theme import LIGHT
folded = Details("Подробности", (Note("внутри"),))
pair = Split((Note("слева"), folded), (Note("справа"),))
components.show((pair, pair, folded, Note("между"), pair), LIGHT, "place")
"""


def test_parts_of_one_shape_may_stand_side_by_side() -> None:
    app = AppTest.from_string(SIDE_BY_SIDE, default_timeout=60).run()
    assert not app.exception
    said = html(app)
    assert [said.count(word) for word in ("слева", "справа", "внутри", "между")] == [3, 3, 4, 1]


def test_a_page_that_fails_half_drawn_says_so_in_russian(
    demo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("dashboard.bureau.draw.draw", broken)
    assert BROKEN in shown(demo_root, "reports", monkeypatch)


def test_a_returned_file_leads_to_its_own_findings(demo_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = shown(demo_root, "collection", monkeypatch, year="2026", school="980103", source="vpr")
    (link,) = set(re.findall(r'href="\./quality\?([^"]*submission=[^"]*)"', sent))
    assert "17\u00a0ошибок, 10\u00a0замечаний" in sent
    said = shown(demo_root, "quality", monkeypatch, **dict(parse_qsl(unescape(link))))
    assert "27\u00a0замечаний" in said
    assert set(re.findall(r"ВПР 2026 [^»,<]*", said)) == {"ВПР 2026 Биология 6 класс.xlsx"}


def test_the_first_screen_names_those_who_have_not_sent_everything(
    demo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = shown(demo_root, "", monkeypatch)
    assert "полностью: 10 из" in html
    board = html.partition("<table")[2].partition("</table>")[0]
    assert re.findall(r"scope='row'><a[^>]*>([^<]*)", board) == [
        "Светлоключинская СШ",
        "Детский сад «Теремок»",
    ]


@pytest.mark.parametrize(("page", "params"), DEEP)
def test_every_depth(
    page: str, params: dict[str, str], demo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = shown(demo_root, page, monkeypatch, **params)
    assert BROKEN not in html
    assert 'role="status"' not in html


@pytest.mark.parametrize(("page", "params", "said"), WRONG)
def test_a_wrong_address_falls_back_and_says_so(
    page: str, params: dict[str, str], said: str, demo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = shown(demo_root, page, monkeypatch, **params)
    assert BROKEN not in html
    assert said in html


@pytest.mark.parametrize("page", PAGES)
def test_every_page_on_one_school(page: str, one_school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert BROKEN not in shown(one_school, page, monkeypatch)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_on_an_empty_snapshot(page: str, empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert BROKEN not in shown(empty, page, monkeypatch)


@pytest.mark.parametrize("page", PAGES)
def test_without_a_snapshot_every_page_says_how_to_begin(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = shown(tmp_path, page, monkeypatch)
    assert "Данных ещё нет" in html
    assert "kabinet up" in html

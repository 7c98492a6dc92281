"""Boards and remarks: written whole, kept outside the snapshots, said in words when they cannot be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import panels, pinned
from dashboard.blocks import Cards, Form, Page
from dashboard.notebook import FILE, SUMMARY, Notebook, NotebookError
from dashboard.panels import Here
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.view import views
from dashboard.views import boards


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    return Notebook(tmp_path)


@pytest.fixture
def noted(demo: Queries, notebook: Notebook) -> Iterator[Queries]:
    demo.notebook = notebook
    yield demo
    demo.notebook = None


def build(q: Queries, path: str, **chosen: object) -> Page:
    view = next(v for v in views() if v.path == path)
    return view.build(q, Selection(**chosen))  # type: ignore[arg-type]


def test_a_pin_is_kept_and_not_doubled(notebook: Notebook, tmp_path: Path) -> None:
    notebook.pin("Планёрка", "Кадры", "staff", "year=2026", "Иванова")
    notebook.pin("Планёрка", "Кадры района", "staff", "year=2026", "Петров")
    (pin,) = Notebook(tmp_path).pins()
    assert (pin.title, pin.author) == ("Кадры района", "Петров")
    assert notebook.boards() == ["Планёрка"]
    notebook.remove(pin.id)
    assert notebook.pins() == []


def test_remarks_belong_to_one_place(notebook: Notebook) -> None:
    notebook.remark("staff?#ages", "Проверить возраст", "Иванова")
    notebook.remark("staff?#ages", "Проверено", "Петров")
    notebook.remark("ict?#heat", "Другое", "Петров")
    assert [r.text for r in notebook.remarks("staff?#ages")] == ["Проверить возраст", "Проверено"]
    assert notebook.counted() == {"staff?#ages": 2, "ict?#heat": 1}


def test_writers_do_not_lose_each_other(notebook: Notebook) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda i: notebook.remark("here", f"{i}", "кто-то"), range(40)))
    assert len(notebook.remarks("here")) == 40


def test_a_broken_file_is_told_and_not_overwritten(notebook: Notebook, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    with pytest.raises(NotebookError, match="не читается"):
        notebook.remark("here", "слова", "кто-то")
    assert (tmp_path / FILE).read_text(encoding="utf-8") == "{"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match="Не удалось записать"):
        Notebook(tmp_path / "нет" / "такой").remark("here", "слова", "кто-то")


def test_the_form_pins_what_is_looked_at(notebook: Notebook) -> None:
    here = Here("staff", Selection(year=2026, panel=panels.PIN), notebook)
    (form,) = panels.at_top(here, "Кадры")
    assert isinstance(form, Form)
    assert form.submit is not None
    form.submit({"title": "", "board": SUMMARY, "new": "", "author": "Иванова"})
    (pin,) = notebook.pins(SUMMARY)
    assert (pin.title, pin.page, pin.query) == ("Кадры", "staff", "year=2026")
    assert form.close.selection.panel is None


def test_a_remark_is_shown_beside_its_figure_only(notebook: Notebook) -> None:
    here = Here("staff", Selection(panel=f"{panels.REMARK}:ages"), notebook)
    (form,) = panels.beside(here, "ages")
    assert isinstance(form, Form)
    assert form.submit is not None
    form.submit({"text": "Слова", "author": "Иванова"})
    (again,) = panels.beside(here, "ages")
    assert isinstance(again, Form)
    assert [entry.text for entry in again.entries] == ["Слова"]
    assert panels.beside(here, "service") == ()
    assert here.remarks_link("ages").label == "Заметки: 1"  # type: ignore[union-attr]
    again.entries[0].remove()
    assert here.remarks_link("ages").label == "Добавить заметку"  # type: ignore[union-attr]


def test_remarks_do_not_depend_on_what_is_unfolded(notebook: Notebook) -> None:
    here = Here("staff", Selection(year=2026), notebook)
    unfolded = replace(here, chosen=here.chosen.but(panel=panels.PIN, part=2))
    assert here.place("ages") == unfolded.place("ages")


def test_before_the_first_pin_there_is_something_to_begin_with(noted: Queries) -> None:
    (cards,) = [block for block in build(noted, "boards").blocks if isinstance(block, Cards)]
    assert len(cards.items) == len(boards.STARTERS)


def test_pinned_indicators_stand_on_the_first_page(noted: Queries, notebook: Notebook) -> None:
    notebook.pin(SUMMARY, "Матем.", "explorer", "indicator=quality_share&subject=Математика", "Иванова")
    notebook.pin(SUMMARY, "Кадры", "staff", "", "Иванова")
    (cards,) = [block for block in build(noted, "").blocks if isinstance(block, Cards)]
    assert [card.title for card in cards.items] == ["Матем."]
    board = build(noted, "boards", view=SUMMARY)
    (shown,) = [block for block in board.blocks if isinstance(block, Cards)]
    expected = noted.one("quality_share", year=2026, subject="Математика")
    assert shown.items[0].count == f"{expected.numerator:.0f} из\u00a0{expected.denominator:.0f}"


def test_a_pin_never_shows_another_number_under_its_name(noted: Queries, notebook: Notebook) -> None:
    notebook.pin("Моя", "Физика", "explorer", "indicator=quality_share&subject=Физика", "Иванова")
    assert pinned.cards(noted, notebook.pins()) == []


def test_a_pin_of_a_lost_indicator_stays_a_link(noted: Queries, notebook: Notebook) -> None:
    notebook.pin("Моя", "Было", "explorer", "indicator=gone", "Иванова")
    assert pinned.cards(noted, notebook.pins()) == []
    assert "Было" in json.dumps(
        [r.cells[0].text for b in build(noted, "boards").blocks if hasattr(b, "rows") for r in b.rows],
        ensure_ascii=False,
    )

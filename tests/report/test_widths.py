"""Columns of printed tables: as wide as the page, no word torn, titles on end where nothing else helps."""

from __future__ import annotations

import io

import docx as word
import pytest
from docx.oxml.ns import qn

from dashboard import blocks as b
from dashboard.report.docx_tables import add_table
from dashboard.report.widths import COLUMN, EDGES, LETTER, column_widths, is_upright, letters_of, unbroken


def table(titles: list[str], *rows: list[str]) -> b.Table:
    return b.Table(
        tuple(b.Column(title) for title in titles), tuple(b.Row(tuple(map(b.Cell, row))) for row in rows)
    )


WIDE = table(["Организация", *(f"Тарификация{i}" for i in range(12))], ["Школа", *"●" * 12])


@pytest.mark.parametrize("made", [
    WIDE, table(["А", "Б"], ["1", "слово " * 40]), table(["Год", "Доля"], ["2025", "43,2\u00a0% · 19 из\u00a044"]),
])  # fmt: skip
def test_columns_fill_the_page_and_tear_no_word(made: b.Table) -> None:
    widths = column_widths(made)
    assert sum(widths) == pytest.approx(COLUMN)
    letter = letters_of(made) * LETTER
    for place, width in enumerate(widths):
        for row in made.rows:
            words = unbroken(row.cells[place].text).split(" ")
            assert width >= max(map(len, words)) * letter + EDGES - 0.01


def test_one_long_text_does_not_take_the_room_of_the_others() -> None:
    rows = [["1 из 2", "выше прошлого года; в пределах случайного"] for _ in range(19)]
    usual, odd = column_widths(table(["Доля", "Вывод"], *rows, ["доля " * 60, "нет"]))
    assert odd > 2 * usual


def test_titles_stand_on_end_in_word() -> None:
    assert is_upright(WIDE)
    document = word.Document()
    document.styles.add_style("Ячейка", 1)
    add_table(document, WIDE)
    held = io.BytesIO()
    document.save(held)
    head = word.Document(io.BytesIO(held.getvalue())).tables[0].rows[0]
    turned = [cell._tc.find(f".//{qn('w:textDirection')}") is not None for cell in head.cells]
    assert turned == [False, *[True] * 12]


def test_a_short_table_stays_on_one_page() -> None:
    document = word.Document()
    document.styles.add_style("Ячейка", 1)
    for count in (3, 60):
        add_table(document, table(["А", "Б"], *(["1", "2"] for _ in range(count))))
    short, long = document.tables
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in short.rows]
    assert kept == [True, True, True, None]
    assert not any(row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in long.rows)

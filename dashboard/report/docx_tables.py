"""Tables of a DOCX: widths by what stands in the columns, heads repeated, numbers at the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from dashboard import blocks as b
from dashboard.report.docx_pieces import (
    keep_together,
    keep_whole,
    repeat_head,
    set_edges,
    set_widths,
    shade,
    turn,
)
from dashboard.report.docx_style import CELL, MUTED
from dashboard.report.shaded import Shaded
from dashboard.report.widths import (
    COLUMN,
    LETTER,
    SMALL,
    column_widths,
    is_upright,
    is_whole,
    letters_of,
    unbroken,
)

HEAD, EDGE = "F1F0EC", "C9C7C0"
CARDS = 4
WHOLE = 14
"""Rows of a shaded table that is not torn between pages."""


def add_table(document: Any, table: b.Table) -> None:
    """A table with its head; glyphs of tones stand before their texts."""
    widths = column_widths(table)
    size = letters_of(table)
    drawn = _grid(document, len(table.rows) + 1, len(table.columns))
    _fill_head(drawn.rows[0], [c.title for c in table.columns], [c.is_number for c in table.columns], size)
    if is_upright(table):
        _stand(drawn.rows[0], table, size)
    for row, said in zip(drawn.rows[1:], table.rows, strict=True):
        keep_whole(row)
        for cell, column, place in zip(said.cells, table.columns, row.cells, strict=True):
            glyph = f"{b.GLYPHS[cell.tone]} " if cell.tone else ""
            _write(place, glyph + unbroken(cell.text), size, is_right=column.is_number, is_bold=said.is_total)
    set_widths(drawn, [int(Mm(width)) for width in widths])
    if is_whole(table):
        keep_together(drawn)
    _spaced(document)


def _stand(head: Any, table: b.Table, size: float) -> None:
    """Titles on end, from below, all but the first."""
    head.height = Mm(max(len(column.title) for column in table.columns[1:]) * size * LETTER + 6)
    for place in head.cells[1:]:
        turn(place)


def add_shaded(document: Any, table: Shaded) -> None:
    """The heat map as a table."""
    drawn = _grid(document, len(table.rows) + 1, len(table.columns) + 1)
    _fill_head(drawn.rows[0], ["", *table.columns], [False] + [True] * len(table.columns), SMALL)
    for row, (name, cells) in zip(drawn.rows[1:], table.rows, strict=True):
        keep_whole(row)
        _write(row.cells[0], name, 9.5)
        for place, cell in zip(row.cells[1:], cells, strict=True):
            _write(place, cell.text, 9, is_centred=True, color=RGBColor.from_string(cell.ink))
            if cell.ground:
                shade(place, cell.ground)
    first = 46.0
    each = (COLUMN - first) / max(len(table.columns), 1)
    set_widths(drawn, [int(Mm(first))] + [int(Mm(each))] * len(table.columns))
    if len(table.rows) <= WHOLE:
        keep_together(drawn, with_next=True)


def add_cards(document: Any, cards: b.Cards) -> None:
    """Indicators at a glance, four in a row: name, figure, count, change."""
    for row in even(cards.items, CARDS):
        drawn = _grid(document, 1, len(row))
        keep_whole(drawn.rows[0])
        for place, card in zip(drawn.rows[0].cells, row, strict=True):
            _card(place, card)
        set_widths(drawn, [int(Mm(COLUMN / len(row)))] * len(row))
        _spaced(document, 4)


def even(items: Sequence[b.Card], most: int) -> Iterator[Sequence[b.Card]]:
    """Rows of nearly the same length: five are three and two, not four and one."""
    lines = -(-len(items) // most)
    each = -(-len(items) // lines) if lines else 0
    return (items[start : start + each] for start in range(0, len(items), each or 1))


def _card(place: Any, card: b.Card) -> None:
    _write(place, card.title, 9, color=MUTED)
    figure = place.add_paragraph(style=CELL)
    run = figure.add_run(card.value)
    run.bold, run.font.size = True, Pt(15)
    change = f"{card.glyph or b.GLYPHS[card.tone]} {card.change}" if card.change else ""
    for text in (card.count, change):
        if text:
            place.add_paragraph(style=CELL).add_run(text).font.size = Pt(9)


def add_facts(document: Any, facts: b.Facts) -> None:
    """Terms at the left, what is known of them at the right."""
    drawn = _grid(document, len(facts.items), 2)
    for row, fact in zip(drawn.rows, facts.items, strict=True):
        keep_whole(row)
        _write(row.cells[0], fact.term, 10, color=MUTED)
        _write(row.cells[1], fact.text, 10)
    set_widths(drawn, [int(Mm(52)), int(Mm(COLUMN - 52))])
    _spaced(document)


def plain_grid(document: Any, rows: int, columns: int) -> Any:
    """A table without lines, to place things side by side."""
    drawn = document.add_table(rows, columns)
    drawn.alignment = WD_TABLE_ALIGNMENT.LEFT
    return drawn


def _grid(document: Any, rows: int, columns: int) -> Any:
    drawn = plain_grid(document, rows, columns)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{EDGE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = '<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
    set_edges(drawn, edges, margins)
    return drawn


def _fill_head(row: Any, titles: list[str], are_numbers: list[bool], size: float) -> None:
    repeat_head(row)
    for place, title, is_number in zip(row.cells, titles, are_numbers, strict=True):
        _write(place, title, min(size, 9.5), is_right=is_number, color=MUTED)
        shade(place, HEAD)


def _write(
    place: Any, text: str, size: float, *, is_right: bool = False, is_centred: bool = False,
    is_bold: bool = False, color: RGBColor | None = None,
) -> None:  # fmt: skip
    paragraph = place.paragraphs[0]
    paragraph._p.style = CELL  # by its id: by its name every style is gone through, for each cell anew
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), is_bold or None
    if color is not None:
        run.font.color.rgb = color
    if is_right or is_centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_right else WD_ALIGN_PARAGRAPH.CENTER


def _spaced(document: Any, points: float = 8) -> None:
    """A thin empty line: tables that touch would become one."""
    paragraph = document.add_paragraph(style=CELL)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(points)

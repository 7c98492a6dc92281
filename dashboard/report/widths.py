"""How wide the columns of a printed table are: by what stands in them, the same in DOCX, PPTX and HTML."""

from __future__ import annotations

import re
from math import ceil
from typing import Any

import numpy as np

from dashboard import blocks as b
from dashboard.words import NBSP

COLUMN = 170
"""Millimetres of the text column."""
SMALL, SMALLEST = 8.5, 8
"""Points of letters in tables of many columns or much text, and in those of many such rows."""
MANY_ROWS = 40
TO_FILL = 24
"""Letters that an empty column has room for."""
LETTER, EDGES = 0.185, 3.6
"""Millimetres of a letter for each of its points; of both margins of a cell."""
LINE, ROW_EDGES = 0.41, 1.2
"""Millimetres of a line for each point of its letters; above and below the lines of a row."""
WHOLE = 60
"""Millimetres of the tallest table that goes over the page rather than be torn."""
STEPS, SAMPLE = 40, 100
"""In so many steps the room is shared out, looking at about so many rows."""


def letters_of(table: b.Table) -> float:
    """Points of a table's letters: smaller where there is much to say."""
    is_full = _longest(table) > 140
    if len(table.rows) > MANY_ROWS:
        return SMALLEST if is_full else SMALL
    return SMALL if len(table.columns) > 5 or is_full else 10


def height_of(table: b.Table) -> float:
    """Millimetres of the rows under the head, as far as letters tell."""
    size, widths = letters_of(table), column_widths(table)
    room = [max((width - EDGES) / (size * LETTER), 1) for width in widths]
    lines = (
        max(ceil(len(cell.text) / wide) for cell, wide in zip(row.cells, room, strict=True))
        for row in table.rows
    )
    return sum(max(count, 1) * size * LINE + ROW_EDGES for count in lines)


def is_whole(table: b.Table) -> bool:
    """Whether the table is so low that it is not torn between pages."""
    return height_of(table) <= WHOLE


def column_widths(table: b.Table) -> list[float]:
    """Millimetres: no word is torn; the rest goes step by step to the column that takes most lines off the rows."""
    least = _least(table, with_titles=not is_upright(table))
    if sum(least) > COLUMN:
        return [COLUMN * width / sum(least) for width in least]
    letters = _letters(table) * letters_of(table) * LETTER
    widths, step = np.array(least), (COLUMN - sum(least)) / STEPS
    wider = step * np.eye(len(least))
    for _ in range(STEPS):
        widths = widths + wider[np.argmin([_lines(letters, widths + one) for one in wider])]
    return [float(width) for width in widths]


def _letters(table: b.Table) -> Any:
    """How much each cell says, a row a row: a text longer than its column's others counts as they do."""
    said = _texts(table)
    usual = [
        max(_usual(texts) or TO_FILL, len(column.title) / 2)
        for texts, column in zip(said, table.columns, strict=True)
    ]
    rows = np.array([list(map(len, texts)) for texts in said]).T[:: max(len(table.rows) // SAMPLE, 1)]
    filled = np.where(rows.any(axis=0), rows, usual) if len(rows) else rows
    return np.vstack([np.minimum(filled, usual), [len(column.title) / 2 for column in table.columns]])


def _lines(letters: Any, widths: Any) -> float:
    """Lines of all rows together; smooth, so that every millimetre that helps is felt."""
    lines = letters / (widths - EDGES)
    return float(((1 + (lines**4).sum(axis=1)) ** 0.25).sum())


def is_upright(table: b.Table) -> bool:
    """Whether the titles have to stand on end: written along, they would be torn."""
    return sum(_least(table)) > COLUMN


def unbroken(text: str) -> str:
    """«19 из 44» that is not torn between lines."""
    return text.replace(f" из{NBSP}", f"{NBSP}из{NBSP}")


def _least(table: b.Table, with_titles: bool = True) -> list[float]:
    letter = letters_of(table) * LETTER
    heads = [column.title if with_titles or not i else "" for i, column in enumerate(table.columns)]
    return [
        max(map(_word, [head, *said])) * letter + EDGES
        for head, said in zip(heads, _texts(table), strict=True)
    ]


def _texts(table: b.Table) -> list[list[str]]:
    return [[row.cells[i].text for row in table.rows] for i in range(len(table.columns))]


def _usual(texts: list[str]) -> int:
    """Letters of a long text of a column; not of the one that is longer than all others."""
    known = sorted(map(len, texts))
    return known[int(len(known) * 0.9)] if known else 0


def _word(text: str) -> int:
    """The longest piece that is not broken between lines."""
    return max(map(len, re.split(r"[ -]", unbroken(text))))


def _longest(table: b.Table) -> int:
    return max((len(cell.text) for row in table.rows for cell in row.cells), default=0)

"""How wide the columns of a printed table are: by what stands in them, the same in DOCX, PPTX and HTML."""

from __future__ import annotations

import re

from dashboard import blocks as b
from dashboard.words import NBSP

COLUMN = 170
"""Millimetres of the text column."""
SMALL = 8.5
"""Points of letters in tables of many columns."""
TO_FILL = 40
"""Letters that an empty column has room for."""
LETTER, EDGES = 0.185, 3.6
"""Millimetres of a letter for each of its points; of both margins of a cell."""


def letters_of(table: b.Table) -> float:
    """Points of a table's letters: smaller where there is much to say."""
    return SMALL if len(table.columns) > 5 or _longest(table) > 140 else 10


def column_widths(table: b.Table) -> list[float]:
    """Millimetres: no word is torn, and columns with more to read, or to fill in, get more of the rest."""
    letter = letters_of(table) * LETTER
    least = _least(table, with_titles=not is_upright(table))
    if sum(least) > COLUMN:
        return [COLUMN * width / sum(least) for width in least]
    longest = [_usual(said) or TO_FILL for said in _texts(table)]
    more = [max(min(n, 120) * letter + EDGES - low, 0.5) for n, low in zip(longest, least, strict=True)]
    spare, total = COLUMN - sum(least), sum(more)
    return [low + spare * extra / total for low, extra in zip(least, more, strict=True)]


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

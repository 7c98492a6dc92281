"""Rows around a cell as the sender sees them in Excel, without what belongs to a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from pipelines.contract import declarations
from pipelines.findings import Finding
from pipelines.read import Sheet, letter
from pipelines.recognise import SEARCHED_ROWS, _column, is_personal
from pipelines.source import Source, normalised
from pipelines.sources import PERSONAL_HEADINGS

PLACES = 3
"""Places of one cause that are shown with their rows."""
AROUND = 2
"""Columns on either side of the cell."""
HIDDEN = "•••"
_PERSONS = ("person", "snils", "birth")
_LONGEST = 40

Grid = dict[str, Any]


class Excerpts:
    """Rows of one file around the cells of its findings."""

    def __init__(self, sheets: Sequence[Sheet], source: Source | None) -> None:
        self._sheets = {sheet.name: sheet for sheet in reversed(sheets)}  # of one name the first
        self._hidden = cache(lambda name: personal(self._sheets[name], source))

    def of(self, findings: Sequence[Finding]) -> Grid | None:
        """The rows of the first places with the row before and after, and the columns around; None without a place."""
        first = next((f for f in findings if f.row), None)
        sheet = self._sheets.get(first.sheet) if first else None
        if first is None or sheet is None:
            return None
        places = [f for f in findings if f.row and f.sheet == first.sheet][:PLACES]
        marked = {(f.row or 0, column) for f in places if (column := _index(f.cell)) is not None}
        columns = _columns(sorted({column for _, column in marked}), sheet)
        numbers = _rows([f.row or 0 for f in places], len(sheet.rows))
        hidden = self._hidden(sheet.name)
        return {
            "sheet": sheet.name,
            "columns": [letter(c) for c in columns],
            "rows": [
                {"number": n, "cells": [_cell(sheet, n, c, hidden, marked) for c in columns]} for n in numbers
            ],
        }


def personal(sheet: Sheet, source: Source | None) -> dict[int, int]:
    """Columns whose cells are not shown, and under which row: names, birthdays, those dropped at the door."""
    dictionary = declarations().dictionaries[PERSONAL_HEADINGS]
    found: dict[int, int] = {}
    for number, row in enumerate(sheet.rows[:SEARCHED_ROWS], 1):
        for index, cell in enumerate(row):
            if isinstance(cell, str) and cell.strip() and _is_personal(cell, source, dictionary):
                found.setdefault(index, number)
    return found


def _is_personal(text: str, source: Source | None, dictionary: Any) -> bool:
    meant = _column(source, normalised(text)) if source else None
    return is_personal(text, dictionary) or bool(
        source and meant and source.columns[meant[0]].role in _PERSONS
    )


def _index(cell: str | None) -> int | None:
    """Column of an address, from 0: D7 → 3."""
    letters = re.match(r"[A-Z]+", cell or "")
    if not letters:
        return None
    index = 0
    for sign in letters[0]:
        index = index * 26 + ord(sign) - ord("A") + 1
    return index - 1


def _columns(marked: list[int], sheet: Sheet) -> list[int]:
    width = max(map(len, sheet.rows), default=0)
    first, last = (marked[0] - AROUND, marked[-1] + AROUND) if marked else (0, 2 * AROUND)
    if last - first > 4 * AROUND:
        last = first + 2 * AROUND
    return list(range(max(first, 0), min(last, width - 1) + 1))


def _rows(places: list[int], height: int) -> list[int]:
    """The places and the neighbours of the first, in the order of the sheet."""
    wanted = {*places, places[0] - 1, places[0] + 1}
    return sorted(n for n in wanted if 1 <= n <= height)


def _cell(
    sheet: Sheet, number: int, column: int, hidden: dict[int, int], marked: set[tuple[int, int]]
) -> Grid:
    row = sheet.rows[number - 1]
    text = _text(row[column]) if column < len(row) else ""
    is_hidden = bool(text) and number > hidden.get(column, number)
    return {"text": HIDDEN if is_hidden else text, "marked": (number, column) in marked}


def _text(cell: object) -> str:
    if isinstance(cell, float):
        text = f"{cell:g}".replace(".", ",")
    elif isinstance(cell, datetime | date):
        text = f"{cell:%d.%m.%Y}"
    else:
        text = " ".join(str(cell).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

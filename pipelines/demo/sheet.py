"""Spreadsheets as offices write them: title lines, merged headings, then rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

Cell = str | int | float | date | None
Row = Sequence[Cell]


@dataclass(frozen=True)
class Sheet:
    """One sheet: what stands above the table, its heading rows, and the rows themselves."""

    name: str
    header: Sequence[Row]
    rows: Iterable[Row]
    titles: Sequence[str] = ()
    merges: Sequence[tuple[int, int, int, int]] = ()
    """Merged cells of the header: first and last row, first and last column, from zero."""


@dataclass(frozen=True)
class Workbook:
    """A file to write: its path (.xlsx or .csv), its sheets and the title in its properties."""

    path: Path
    sheets: Sequence[Sheet]
    title: str


def write_csv(workbook: Workbook) -> None:
    """«;»-separated text in cp1251, the way spreadsheets save it on a Russian desktop."""
    sheet = workbook.sheets[0]
    with workbook.path.open("w", encoding="cp1251", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        for row in chain(([title] for title in sheet.titles), sheet.header, sheet.rows):
            writer.writerow([_as_text(value) for value in row])


def _as_text(value: Cell) -> str:
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return "" if value is None else str(value)

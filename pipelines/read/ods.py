"""What calamine does not tell of an ods: repeated cells that would not fit into memory, hidden rows and columns."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from pipelines.read import refused
from pipelines.read.archive import Archive
from pipelines.read.sheet import Oddities, letter
from pipelines.read.xlsx import MOST_CELLS

_TAG = re.compile(
    rb"<table:(table|table-row|table-column|table-cell|covered-table-cell)(\s[^>]*?)?(/?)>|</table:(table-row)>"
)
_TIMES = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d+)"')
_NAME = re.compile(rb'table:name="([^"]*)"')
_HIDDEN = (b'table:visibility="collapse"', b'table:visibility="filter"')


@dataclass
class _Table:
    """One table as its tags go by."""

    name: str
    row: int = 0
    rows: int = 0
    """The last row with a value."""
    columns: int = 0
    column: int = 0
    declared: int = 0
    times: int = 1
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    has_value: bool = False

    def begin_row(self, attributes: bytes, is_closed: bool) -> None:
        self.times, self.column, self.has_value = _times(attributes), 0, False
        if any(mark in attributes for mark in _HIDDEN):
            self.hidden_rows |= set(range(self.row, self.row + min(self.times, 10_000)))
        if is_closed:
            self.end_row()

    def end_row(self) -> None:
        self.row += self.times
        if self.has_value:
            self.rows = self.row

    def cell(self, attributes: bytes, is_closed: bool) -> None:
        self.column += _times(attributes)
        if not is_closed or b"office:value" in attributes:
            self.has_value, self.columns = True, max(self.columns, self.column)

    def declare(self, attributes: bytes) -> None:
        times = _times(attributes)
        if any(mark in attributes for mark in _HIDDEN):
            self.hidden_columns |= set(range(self.declared, self.declared + min(times, 10_000)))
        self.declared += times


def looked_through(archive: Archive) -> dict[str, Oddities]:
    """Sheet's name → its oddities; `UnreadableError` where a sheet is too large to be read."""
    tables: list[_Table] = []
    for found in _TAG.finditer(archive.part("content.xml")):
        _go_by(tables, found)
    for table in tables:
        if table.rows * table.columns > MOST_CELLS:
            raise refused.too_far(table.name, f"{letter(table.columns - 1)}{table.rows}")
    return {
        table.name: Oddities(frozenset(r for r in table.hidden_rows if r < table.rows),
                             frozenset(c for c in table.hidden_columns if c < table.columns))
        for table in tables
    }  # fmt: skip


def _go_by(tables: list[_Table], found: re.Match[bytes]) -> None:
    tag, attributes, is_closed = found[1], found[2] or b"", bool(found[3])
    if tag == b"table":
        name = _NAME.search(attributes)
        tables.append(_Table(html.unescape(name[1].decode("utf-8", "replace")) if name else ""))
    elif tables and found[4]:
        tables[-1].end_row()
    elif tables and tag == b"table-row":
        tables[-1].begin_row(attributes, is_closed)
    elif tables and tag == b"table-column":
        tables[-1].declare(attributes)
    elif tables:
        tables[-1].cell(attributes, is_closed)


def _times(attributes: bytes) -> int:
    found = _TIMES.search(attributes)
    return int(found[1]) if found else 1

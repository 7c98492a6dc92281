"""What calamine does not tell of an xlsb: how far its cells reach and what is hidden, by its records."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.read import refused
from pipelines.read.archive import Archive
from pipelines.read.sheet import Oddities, letter
from pipelines.read.xlsx import MOST_CELLS, targets_of

_ROW, _BLANK, _LAST_CELL, _COLUMNS, _SHEET = 0, 1, 11, 60, 156
"""Records: a row's header, a cell with a format only, the last kind of cells with a value, columns, a sheet's name."""
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x10, 0x01
_LAST_COLUMN = 16_383


def looked_through(archive: Archive) -> dict[str, Oddities]:
    """Sheet's name → its oddities; `UnreadableError` where a sheet is too large to be read."""
    names = _sheets(archive)
    odd = {}
    for part in archive.names:
        if part.startswith("xl/worksheets/") and part.endswith(".bin"):
            name = names.get(part, part.rpartition("/")[2])
            odd[name] = _oddities(archive.part(part), name)
    return odd


def _sheets(archive: Archive) -> dict[str, str]:
    """The part of the archive that holds a sheet's cells → the sheet's name."""
    targets = targets_of(archive.part("xl/_rels/workbook.bin.rels"))
    book = archive.part("xl/workbook.bin")
    found = {}
    for kind, start in _records(book):
        if kind == _SHEET:
            relation, after = _text(book, start + 8)
            found[targets.get(relation, "")] = _text(book, after)[0]
    return found


def _oddities(content: bytes, name: str) -> Oddities:
    row = rows = columns = 0
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    for kind, start in _records(content):
        if kind == _ROW:
            row = _whole(content, start)
            if _whole(content, start + 11) & _ROW_HIDDEN:
                hidden_rows.add(row)
        elif _BLANK < kind <= _LAST_CELL:
            rows, columns = max(rows, row + 1), max(columns, _whole(content, start) + 1)
        elif kind == _COLUMNS and _whole(content, start + 16) & _COLUMN_HIDDEN:
            last = min(_whole(content, start + 4), _LAST_COLUMN)
            hidden_columns |= set(range(_whole(content, start), last + 1))
    if rows * columns > MOST_CELLS:
        raise refused.too_far(name, f"{letter(columns - 1)}{rows}")
    return Oddities(frozenset(hidden_rows), frozenset(hidden_columns))


def _whole(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 4], "little")


def _text(content: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    end = at + 4 + 2 * min(_whole(content, at), len(content))
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def _records(content: bytes) -> Iterator[tuple[int, int]]:
    """Kind of each record and where its body starts."""
    at, end = 0, len(content)
    while at < end:
        kind, at = _number(content, at, 2)
        size, at = _number(content, at, 4)
        yield kind, at
        at += size


def _number(content: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, as these records keep it, and where it ends."""
    value = 0
    for place in range(most):
        if at >= len(content):
            break
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return value, at

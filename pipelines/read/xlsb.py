"""How far the cells of an xlsb reach: its records are walked before calamine lays them out."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.read import refused
from pipelines.read.archive import Archive
from pipelines.read.sheet import letter
from pipelines.read.xlsx import MOST_CELLS

_ROW, _BLANK, _LAST_CELL = 0, 1, 11
"""Records: a row's header, a cell with a format only, the last kind of cells with a value."""


def look_through(archive: Archive) -> None:
    """`UnreadableError` where a sheet is too large to be read."""
    for name in archive.names:
        if name.startswith("xl/worksheets/") and name.endswith(".bin"):
            rows, columns = _used(archive.part(name))
            if rows * columns > MOST_CELLS:
                raise refused.too_far(name.rpartition("/")[2], f"{letter(columns - 1)}{rows}")


def _used(content: bytes) -> tuple[int, int]:
    row = rows = columns = 0
    for kind, start in _records(content):
        if kind == _ROW:
            row = int.from_bytes(content[start : start + 4], "little")
        elif _BLANK < kind <= _LAST_CELL:
            rows = max(rows, row + 1)
            columns = max(columns, int.from_bytes(content[start : start + 4], "little") + 1)
    return rows, columns


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

"""What calamine does not tell of an xls: hidden rows and columns, by the records of its sheets."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from pipelines.read.sheet import Oddities

_END, _COLUMNS, _SHEET, _ROW, _BEGIN = 0x0A, 0x7D, 0x85, 0x0208, 0x0809
_STREAMS = ("Workbook", "Book")
"""The stream of all sheets, as Excel 97–2003 and Excel 95 call it."""
_MODERN = 0x0600
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01
_LAST_COLUMN = 255


def looked_through(content: bytes) -> dict[str, Oddities]:
    """Sheet's name → its oddities; nothing of a file that is no compound file or whose records are broken."""
    stream = _stream(content)
    try:
        return {name: _oddities(stream, start) for name, start in _sheets(stream)}
    except struct.error:  # calamine decides whether the cells can be read all the same
        return {}


def _stream(content: bytes) -> bytes:
    import olefile  # such files are few, and no other needs it

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            name = next((name for name in _STREAMS if compound.exists(name)), None)
            return bytes(compound.openstream(name).read()) if name else b""
    except (OSError, IndexError, ValueError):
        return b""


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Name of each sheet and where its records begin."""
    is_modern = False
    for kind, body in _records(stream, 0):
        if kind == _BEGIN:
            is_modern = struct.unpack_from("<H", body)[0] == _MODERN
        elif kind == _SHEET:
            start, _, length = struct.unpack_from("<IHB", body)
            wide = is_modern and body[7] & 1
            text = body[8 if is_modern else 7 :][: length * (2 if wide else 1)]
            yield text.decode("utf-16-le" if wide else "latin-1" if is_modern else "cp1251", "replace"), start


def _oddities(stream: bytes, start: int) -> Oddities:
    rows: set[int] = set()
    columns: set[int] = set()
    for kind, body in _records(stream, start):
        if kind == _ROW and struct.unpack_from("<H", body, 12)[0] & _ROW_HIDDEN:
            rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLUMNS and struct.unpack_from("<H", body, 8)[0] & _COLUMN_HIDDEN:
            first, last = struct.unpack_from("<HH", body)
            columns |= set(range(first, min(last, _LAST_COLUMN) + 1))
    return Oddities(frozenset(rows), frozenset(columns))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record from here to the end of the substream."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        if kind == _END:
            return
        at += 4 + size

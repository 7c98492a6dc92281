"""Workbooks of every format from a grid of cells, written as plainly as the format allows."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Collection, Mapping, Sequence
from xml.sax.saxutils import escape

import openpyxl

Grid = Sequence[Sequence[object]]
Far = Mapping[tuple[int, int], object]
"""Cells far from the grid by row and column from 0."""
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx_of(grid: Grid, far: Far | None = None) -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    for row in grid:
        book.active.append(list(row))
    for (row, column), value in (far or {}).items():
        book.active.cell(row + 1, column + 1, value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def rezipped(content: bytes, parts: Mapping[str, bytes | str] | None = None, main: str = "") -> bytes:
    """The same archive with parts added or put in place of its own, and another kind of workbook if named."""
    given, written = dict(parts or {}), io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == "[Content_Types].xml" and main:
                plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
                part = part.replace(plain, main.encode())
            new.writestr(name, given.pop(name, part))
        for name, added in given.items():
            new.writestr(name, added)
    return written.getvalue()


def ods_of(grid: Grid, far: Far | None = None, hidden_rows: set[int] = frozenset()) -> bytes:  # type: ignore[assignment]
    """An OpenDocument workbook; ``far`` is written as one cell repeated up to there."""
    rows = [_ods_row(row, at in hidden_rows) for at, row in enumerate(grid)]
    for row, column in far or {}:
        repeated = f'table:number-columns-repeated="{column + 1}"'
        rows.append(
            f'<table:table-row table:number-rows-repeated="{row + 1 - len(grid)}"><table:table-cell {repeated}'
            ' office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
        )
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Лист">{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return _zip({"mimetype": _ODS, "META-INF/manifest.xml": "<manifest/>", "content.xml": content})


def _ods_row(row: Sequence[object], is_hidden: bool) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
        if cell not in ("", None)
        else "<table:table-cell/>"
        for cell in row
    )
    hidden = ' table:visibility="collapse"' if is_hidden else ""
    return f"<table:table-row{hidden}>{cells}</table:table-row>"


def html_of(grid: Grid) -> bytes:
    """A web page with one table."""
    rows = ("".join(f"<td>{escape(str(cell))}</td>" for cell in row) for row in grid)
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<html><head><meta charset="utf-8"></head><body><table>{table}</table></body></html>'.encode()


def xls_of(grid: Grid, hidden_rows: Collection[int] = (), hidden_columns: Collection[int] = ()) -> bytes:
    """A workbook of Excel 97–2003: only the records that hold cells of text and what is hidden."""
    sheet = _old(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 1997, 0, 6))
    sheet += b"".join(_old(0x7D, struct.pack("<HHHHHH", c, c, 2000, 0, 1, 0)) for c in hidden_columns)
    sheet += b"".join(
        _old(
            0x0208,
            struct.pack("<HHHHHHHH", r, 0, len(row), 255, 0, 0, 0x120 if r in hidden_rows else 0x100, 0),
        )
        for r, row in enumerate(grid)
    )
    for at, row in enumerate(grid):
        for column, cell in enumerate(row):
            text = str("" if cell is None else cell)
            place = struct.pack("<HHHHB", at, column, 0, len(text), 1)
            sheet += _old(0x0204, place + text.encode("utf-16-le")) if text else b""
    sheet += _old(0x0A)
    name = struct.pack("<BBBB", 0, 0, len("Лист"), 1) + "Лист".encode("utf-16-le")
    begin = _old(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 1997, 0, 6)) + _old(0x42, b"\xb0\x04")
    start = len(begin) + 4 + 4 + len(name) + 4
    return _compound(begin + _old(0x85, struct.pack("<I", start) + name) + _old(0x0A) + sheet)


def _old(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _compound(stream: bytes) -> bytes:
    """A compound file of one stream: a header, a table of sectors, a directory, the stream."""
    stream = stream.ljust(max(4096, -len(stream) % 512 + len(stream)), b"\0")
    sectors = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return (
        head
        + table
        + _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
        + _entry("Workbook", 2, -1, 2, len(stream))
        + bytes(256)
        + stream
    )


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    """One line of the directory."""
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBiii", len(text) + 2, kind, 1, -1, -1, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def xlsb_of(
    grid: Grid,
    far: Far | None = None,
    hidden_rows: Collection[int] = (),
    hidden_columns: Collection[int] = (),
) -> bytes:
    """A binary workbook: only the records that hold cells of text and what is hidden."""
    cells = {
        (r, c): cell for r, row in enumerate(grid) for c, cell in enumerate(row) if cell not in ("", None)
    }
    cells |= dict(far or {})
    columns = b"".join(_record(60, struct.pack("<IIIIH", c, c, 0, 0, 1)) for c in hidden_columns)
    sheet = _record(129) + _record(148, bytes(16)) + columns + _record(145)
    row = -1
    for (at, column), value in sorted(cells.items()):
        if at != row:
            sheet, row = sheet + _record(0, _row_head(at, at in hidden_rows)), at
        sheet += _record(6, column.to_bytes(4, "little") + bytes(4) + _wide(str(value)))
    sheet += _record(146) + _record(130)
    bundle = _record(156, bytes(4) + (1).to_bytes(4, "little") + _wide("r1") + _wide("Лист"))
    book = _record(131) + _record(143) + bundle + _record(144) + _record(132)
    relation = f'<Relationship Id="r1" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.bin"/>'
    relations = f'<Relationships xmlns="{_PACKAGE}/relationships">{relation}</Relationships>'
    return _zip({"[Content_Types].xml": "<Types/>", "xl/_rels/workbook.bin.rels": relations,
                 "xl/workbook.bin": book, "xl/worksheets/sheet1.bin": sheet})  # fmt: skip


def _row_head(row: int, is_hidden: bool) -> bytes:
    return row.to_bytes(4, "little") + bytes(7) + bytes([0x10 * is_hidden]) + bytes(13)


def _wide(text: str) -> bytes:
    return len(text).to_bytes(4, "little") + text.encode("utf-16-le")


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(body)
    length = b""
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | (0x80 if size else 0)])
        if not size:
            return head + length + body


def _zip(parts: Mapping[str, bytes | str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()

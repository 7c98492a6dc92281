"""A received workbook opened for writing: as it is where openpyxl can, else its cells in a plain one."""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime, time, timedelta
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.read import Sheet
from pipelines.returned.formulas import Results
from pipelines.returned.marks import FILLS, own_words

LARGEST = 300_000_000
"""Bytes of sheets that are still kept as they are; a larger workbook is written plain."""
OURS = "Замечания к файлу"
"""How the first cell of a list of remarks begins."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def kept(content: bytes, sheets: list[Sheet]) -> tuple[Workbook | None, Results]:
    """The sender's workbook and the results of its formulas; None where openpyxl cannot open it."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if sum(e.file_size for e in archive.infolist() if "worksheets/" in e.filename) > LARGEST:
                return None, {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that are not kept
            book = load_workbook(io.BytesIO(content), rich_text=True, keep_links=False)
    except BadZipFile:
        return None, {}
    except Exception:  # openpyxl has no error of its own for files that Excel itself forgives
        return None, {}
    rows = {sheet.name: sheet.rows for sheet in sheets}
    results: Results = {}
    if b"<f" in b"".join(_beginnings(content)):
        results = {s.title: _results(s, rows[s.title]) for s in book.worksheets if s.title in rows}
    return book, results


def _beginnings(content: bytes) -> list[bytes]:
    """A sign of formulas in each sheet."""
    with ZipFile(io.BytesIO(content)) as archive:
        names = [n for n in archive.namelist() if n.startswith("xl/worksheets/") and n.endswith(".xml")]
        return [b"<f" if b"<f" in archive.read(name) else b"" for name in names]


def _results(sheet: Worksheet, rows: list[list[Any]]) -> dict[str, Any]:
    """What formulas gave when the file was saved; one that looks into another file becomes what it gave."""
    found: dict[str, Any] = {}
    for cell in (c for line in sheet.iter_rows() for c in line if c.data_type == "f"):
        r, c = coordinate_to_tuple(cell.coordinate)
        row = rows[r - 1] if r <= len(rows) else []
        value = row[c - 1] if c <= len(row) else ""
        if "[" in str(getattr(cell.value, "text", cell.value)):
            put(cell, value)
        else:
            found[cell.coordinate] = value
    return found


def converted(sheets: list[Sheet]) -> Workbook:
    """The cells in a new workbook, where they stood; merged areas and hidden sheets stay so."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, one in enumerate((sheet for sheet in sheets if not is_ours(sheet)), 1):
        title = (one.name or "Таблица").translate(_FORBIDDEN)[:31].strip("'") or f"Лист {number}"
        sheet = book.create_sheet(title)
        for r, row in enumerate(one.rows, 1):
            for c, value in enumerate(row, 1):
                if value != "":
                    put(sheet.cell(r, c), value)
        _shape(sheet, one)
    return book


def _shape(sheet: Worksheet, one: Sheet) -> None:
    sheet.sheet_state = "hidden" if one.is_hidden else "visible"
    for (top, left), (bottom, right) in one.merged:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for column in range(1, min(max(map(len, one.rows), default=0), 100) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 16


def put(cell: Any, value: Any) -> None:
    """Write a value as it is: text stays text, whatever it begins with."""
    if isinstance(value, bool | int | float | datetime | date | time | timedelta):
        cell.value = value
        return
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value)) if value is not None else ""
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@", "\t", "\r"))


def is_ours(sheet: Sheet) -> bool:
    """Whether the sheet is a list of remarks from the time before."""
    return bool(sheet.rows and sheet.rows[0] and str(sheet.rows[0][0]).startswith(OURS))


def without_old_marks(book: Workbook) -> None:
    """Take away the sheet, fills and comments of the time before, if this is a returned file filled again."""
    old = [s for s in book.worksheets if str(s["A1"].value).startswith(OURS)]
    if not old or len(old) == len(book.worksheets):
        return
    for sheet in old:
        book.remove(sheet)
    for sheet in book.worksheets:
        for cell in (
            c for row in sheet.iter_rows() for c in row if c.comment and not isinstance(c, MergedCell)
        ):
            _clean(cell)


def _clean(cell: Cell) -> None:
    if cell.comment is None or (own := own_words(cell.comment.text)) == cell.comment.text:
        return
    cell.comment.text = own
    if not own:
        cell.comment = None
    if cell.fill.fgColor.rgb in {f"FF{colour}" for colour in FILLS.values()} | {
        f"00{c}" for c in FILLS.values()
    }:
        cell.fill = PatternFill()

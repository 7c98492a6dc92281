"""A workbook of any kind that calamine knows, once it is known to be harmless."""

from __future__ import annotations

import io

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    ZipError,
)

from pipelines.read import ods, refused, xls, xlsb, xlsx
from pipelines.read.archive import Archive
from pipelines.read.sheet import Oddities, Sheet, UnreadableError, without_tail

ZIPPED, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT_CUR", "_VBA_PROJECT"))
_DOCUMENT = "WordDocument".encode("utf-16-le")


def read(content: bytes) -> list[Sheet]:
    """Visible and hidden sheets; those that only a program can show are a form's own and left out."""
    odd = _looked_through(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        _refuse_macro_sheets(book)
        kept = [m for m in book.sheets_metadata if m.visible != SheetVisibleEnum.VeryHidden]
        tables = [m for m in kept if m.typ == SheetTypeEnum.WorkSheet]
        return [
            _sheet(book.get_sheet_by_name(m.name), m.visible == SheetVisibleEnum.Hidden, odd.get(m.name))
            for m in tables
        ]
    except PasswordError as error:
        raise refused.locked() from error
    except (CalamineError, ZipError, ValueError, OSError) as error:
        raise refused.damaged() from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's own crash is no Exception
            raise
        raise refused.damaged() from error


def _looked_through(content: bytes) -> dict[str, Oddities]:
    if content.startswith(COMPOUND):
        _refuse_compound(content)
        return xls.looked_through(content)
    archive = Archive(content)
    if "content.xml" in archive.names:
        return ods.looked_through(archive)
    if "xl/workbook.bin" in archive.names:
        return xlsb.looked_through(archive)
    return xlsx.looked_through(archive)


def _refuse_compound(content: bytes) -> None:
    """An xls: names of its streams stand in its directory as they are."""
    if _ENCRYPTED in content:
        raise refused.locked()
    if any(name in content for name in _MACROS):
        raise refused.macros()
    if _DOCUMENT in content and "Workbook".encode("utf-16-le") not in content:
        raise refused.not_a_table("Это документ Word, а не таблица")


def _refuse_macro_sheets(book: CalamineWorkbook) -> None:
    if any(m.typ == SheetTypeEnum.MacroSheet for m in book.sheets_metadata):
        raise refused.macros()


def _sheet(sheet: CalamineSheet, is_hidden: bool, odd: Oddities | None) -> Sheet:
    rows = without_tail(sheet.to_python(skip_empty_area=False))
    return Sheet(sheet.name, rows, list(sheet.merged_cell_ranges or []), is_hidden, odd or Oddities())


__all__ = ["COMPOUND", "ZIPPED", "UnreadableError", "read"]

"""Cells of a received file, sheet by sheet, exactly where Excel shows them.

The kind of file is told by its content, not by its name. Whatever cannot be read becomes one
`UnreadableError` with a message for the sender.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
    ZipError,
)

Cell = Any
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = {
    b"%PDF": "Это PDF, а не таблица",
    b"PK\x05\x06": "Это пустой архив, а не таблица",
    b"Rar!": "Это архив RAR, а не таблица",
    b"7z\xbc\xaf": "Это архив 7z, а не таблица",
    b"\x89PNG": "Это картинка, а не таблица",
    b"\xff\xd8\xff": "Это фотография, а не таблица",
    b"{\\rtf": "Это текстовый документ RTF, а не таблица",
}


class UnreadableError(Exception):
    """The file cannot be read: what is wrong and what the sender should do."""

    def __init__(self, fault: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.fault, self.message, self.fix = fault, message, fix


@dataclass(frozen=True)
class Sheet:
    """One sheet as rows of cells; the first row and column are Excel's row 1 and column A."""

    name: str | None
    rows: list[list[Cell]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]
    """Merged areas as ((first row, first column), (last row, last column)), from 0."""
    is_hidden: bool = False


def read_book(content: bytes) -> list[Sheet]:
    """The visible and hidden sheets of a workbook, or the only «sheet» of a csv."""
    if not content.strip():
        raise UnreadableError("empty", "Файл пуст", "Сохраните таблицу ещё раз и пришлите заново")
    for start, message in _FOREIGN.items():
        if content.startswith(start):
            raise UnreadableError(
                "not_a_table", message, "Пришлите исходную таблицу Excel (xlsx, xls, ods) или csv"
            )
    sheets = _workbook(content) if content.startswith(_WORKBOOK) else [_text(content)]
    if not any(cell != "" for sheet in sheets for row in sheet.rows for cell in row):
        raise UnreadableError(
            "empty", "В файле нет ни одной заполненной ячейки", "Заполните таблицу и пришлите заново"
        )
    return sheets


def letter(column: int) -> str:
    """Excel's name of a column counted from 0: 0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _workbook(content: bytes) -> list[Sheet]:
    if _ENCRYPTED in content[:65536]:
        raise _locked()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        kept = [m for m in book.sheets_metadata if m.visible != SheetVisibleEnum.VeryHidden]
        return [_sheet(book.get_sheet_by_name(m.name), m.visible == SheetVisibleEnum.Hidden) for m in kept]
    except PasswordError as error:
        raise _locked() from error
    except (CalamineError, ZipError, ValueError, OSError) as error:
        raise _damaged(content) from error


def _sheet(sheet: CalamineSheet, is_hidden: bool) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False)
    return Sheet(sheet.name, rows, list(sheet.merged_cell_ranges or []), is_hidden)


def _locked() -> UnreadableError:
    return UnreadableError(
        "password",
        "Файл защищён паролем и не открывается",
        "Снимите защиту: «Файл» → «Сведения» → «Защита книги», сохраните и пришлите заново",
    )


def _damaged(content: bytes) -> UnreadableError:
    if b"word/document.xml" in content:
        return UnreadableError(
            "not_a_table", "Это документ Word, а не таблица", "Пришлите исходную таблицу Excel или csv"
        )
    return UnreadableError(
        "damaged",
        "Файл повреждён или это не таблица Excel",
        "Откройте его в Excel, сохраните как «Книга Excel (.xlsx)» и пришлите заново",
    )


def _text(content: bytes) -> Sheet:
    if content.lstrip()[:15].lower().startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        raise UnreadableError(
            "html",
            "Это веб-страница, сохранённая с именем таблицы",
            "Откройте её в Excel, сохраните как «Книга Excel (.xlsx)» и пришлите заново",
        )
    text = _decoded(content)
    if "\x00" in text:
        raise _damaged(content)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        return Sheet(None, list(lines), [])
    except csv.Error as error:
        raise _damaged(content) from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


def _delimiter(text: str) -> str:
    """The separator that cuts the most lines of the beginning, more pieces first."""
    beginning = text[:20000].splitlines()[:50]
    return max(";\t,", key=lambda mark: (sum(mark in line for line in beginning), beginning[0].count(mark)))

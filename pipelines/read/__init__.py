"""Cells of a received file, sheet by sheet, exactly where Excel shows them.

The kind of file is told by its content, not by its name. Whatever cannot be read becomes one
`UnreadableError` with a message for the sender. Formulas are never computed and links never followed:
a cell says what was saved in it.
"""

from __future__ import annotations

from pipelines.read import html, refused, text, workbook
from pipelines.read.sheet import Area, Cell, Oddities, Sheet, UnreadableError, letter

__all__ = ["Area", "Cell", "Oddities", "Sheet", "UnreadableError", "kind_of", "letter", "read_book"]


def read_book(content: bytes) -> list[Sheet]:
    """The visible and hidden sheets of a workbook, or the only «sheet» of a csv or a web page."""
    if not content.strip(b" \r\n\t\x00"):
        raise refused.empty("Файл пуст", "Сохраните таблицу ещё раз и пришлите заново")
    if fault := refused.foreign(content):
        raise fault
    sheets = _sheets(content)
    if not any(cell != "" for sheet in sheets for row in sheet.rows for cell in row):
        raise refused.empty("В файле нет ни одной заполненной ячейки", "Заполните таблицу и пришлите заново")
    return sheets


def kind_of(content: bytes) -> str:
    """What the content is, as an ending of a name: ``xlsx`` (any zipped workbook), ``xls``, ``html`` or ``csv``."""
    if content.startswith(workbook.ZIPPED):
        return "ods" if b"opendocument.spreadsheet" in content[:200] else "xlsx"
    if content.startswith(workbook.COMPOUND):
        return "xls"
    return "html" if html.is_html(content) else "csv"


def _sheets(content: bytes) -> list[Sheet]:
    if content.startswith((workbook.ZIPPED, workbook.COMPOUND)):
        return workbook.read(content)
    if html.is_html(content):
        return [html.read(content)]
    if content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml"):
        raise refused.old_xml()
    return [text.read(content)]

"""Spreadsheets as offices write them: title lines, merged headings, then rows.

The workbooks are written as plain XML, row by row: ten times as fast as openpyxl, in constant memory,
and the same content always gives the same bytes, so a second generation is not new to intake.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import chain
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pipelines.demo.vocabulary import NOTICE

Cell = str | int | float | date | None
Row = Sequence[Cell]

PLAIN, TITLE, HEADING, DAY, MOMENT = range(5)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_FIRST_DAY = datetime(1899, 12, 30)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Sheet:
    """One sheet: what stands above the table, its heading rows, and the rows themselves."""

    name: str
    header: Sequence[Row]
    rows: Iterable[Row]
    titles: Sequence[str] = ()
    merges: Sequence[str] = ()
    """Merged ranges relative to the first heading row: «A1:A2» is the first column of a two-row header."""


@dataclass(frozen=True)
class Workbook:
    """A file to write and the sheets in it."""

    path: Path
    sheets: Sequence[Sheet]
    title: str = field(default="")


def write(workbook: Workbook) -> Path:
    """Write an .xlsx file; the notice that all is invented stands in its properties too."""
    workbook.path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(workbook.path, "w", ZIP_DEFLATED, compresslevel=4) as archive:
        for name, text in _frame(workbook):
            archive.writestr(_entry(name), _DECLARATION + text)
        for number, sheet in enumerate(workbook.sheets, 1):
            with archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as out:
                for part in _sheet_xml(sheet):
                    out.write(part.encode())
    return workbook.path


def write_csv(path: Path, sheet: Sheet, encoding: str = "cp1251") -> Path:
    """Write a sheet as «;»-separated text, the way spreadsheets save it on a Russian desktop."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as out:
        writer = csv.writer(out, delimiter=";")
        for row in chain(([title] for title in sheet.titles), sheet.header, sheet.rows):
            writer.writerow([_as_text(value) for value in row])
    return path


def _as_text(value: Cell) -> str:
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return "" if value is None else str(value)


def _entry(name: str) -> ZipInfo:
    """An archive entry without the time of writing."""
    entry = ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry


def _sheet_xml(sheet: Sheet) -> Iterator[str]:
    top = len(sheet.titles) + 1
    yield f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><sheetFormatPr defaultRowHeight="15"/><sheetData>'
    styled = chain(
        (([title], TITLE) for title in sheet.titles),
        ((row, HEADING) for row in sheet.header),
        ((row, PLAIN) for row in sheet.rows),
    )
    for number, (row, style) in enumerate(styled, 1):
        yield _row_xml(number, row, style)
    yield "</sheetData>"
    if sheet.merges:
        ranges = "".join(f'<mergeCell ref="{_moved(merge, top - 1)}"/>' for merge in sheet.merges)
        yield f'<mergeCells count="{len(sheet.merges)}">{ranges}</mergeCells>'
    yield "</worksheet>"


def _row_xml(number: int, row: Row, style: int) -> str:
    cells = [
        _cell_xml(f"{letters(index)}{number}", value, style)
        for index, value in enumerate(row)
        if value is not None
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell_xml(address: str, value: str | float | date, style: int) -> str:
    if isinstance(value, str):
        return f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, datetime):
        return f'<c r="{address}" s="{MOMENT}"><v>{(value - _FIRST_DAY).total_seconds() / 86400:.8f}</v></c>'
    if isinstance(value, date):
        return f'<c r="{address}" s="{DAY}"><v>{value.toordinal() - _FIRST_DAY.toordinal()}</v></c>'
    return f'<c r="{address}" s="{style}"><v>{value}</v></c>'


@cache
def letters(index: int) -> str:
    """Column letters from a zero-based index: 0 → A, 26 → AA."""
    head, tail = divmod(index, 26)
    return (letters(head - 1) if head else "") + chr(ord("A") + tail)


def _moved(merge: str, down: int) -> str:
    """A merged range moved down by a number of rows."""
    ends = (end.rstrip("0123456789") + str(int(end.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) + down)
            for end in merge.split(":"))  # fmt: skip
    return ":".join(ends)


def _frame(workbook: Workbook) -> Iterator[tuple[str, str]]:
    """The parts of the package around the sheets."""
    numbers = range(1, len(workbook.sheets) + 1)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{parts}</Types>',
    )
    yield (
        "_rels/.rels",
        _relations(
            (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
    )
    yield (
        "docProps/core.xml",
        (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(workbook.title)}</dc:title><dc:description>{NOTICE}</dc:description></cp:coreProperties>"
        ),
    )
    sheets = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in zip(numbers, workbook.sheets, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations(
            *((f"{_OFFICE}/worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
            (f"{_OFFICE}/styles", "styles.xml"),
        ),
    )
    yield "xl/styles.xml", _styles()


def _relations(*targets: tuple[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _styles() -> str:
    """The five cell styles, in the order of PLAIN, TITLE, HEADING, DAY and MOMENT."""
    wrap = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
    base = 'borderId="0" xfId="0"'
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/>'
        '<numFmt numFmtId="165" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/></patternFill></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" {base}/>'
        f'<xf numFmtId="0" fontId="1" fillId="0" {base} applyFont="1"/>'
        f'<xf numFmtId="0" fontId="1" fillId="2" {base} applyFont="1" applyFill="1" applyAlignment="1">{wrap}</xf>'
        f'<xf numFmtId="164" fontId="0" fillId="0" {base} applyNumberFormat="1"/>'
        f'<xf numFmtId="165" fontId="0" fillId="0" {base} applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )

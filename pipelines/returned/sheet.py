"""The first sheet of a returned workbook: every finding, by cause, with a link to its cell."""

from __future__ import annotations

from itertools import count
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.returned.book import OURS, put
from pipelines.returned.marks import FILLS, Place, row_of
from pipelines.returned.remarks import (
    SEVERITIES,
    Back,
    Cause,
    Remark,
    causes,
    kind_of,
    places,
    remarks_of,
    verdict,
)
from pipelines.sources import sources
from pipelines.words import number, plural

TITLE = "Замечания"
COLUMNS = {
    "№": 6, "Важность": 12, "Лист": 18, "Ячейка": 11, "Столбец": 26, "Значение": 18, "Что не так": 52,
    "Что сделать": 46, "Организация": 32,
}  # fmt: skip
NEWS = {"С прошлого раза": 16}
_LINE = Side(style="thin", color="FFBFBFBF")
_TOP = Alignment(vertical="top", wrap_text=True)
_LINK = Font(color="FF0B5394", underline="single")


def add_sheet(book: Workbook, back: Back, marked: list[Place | None]) -> None:
    """Put the sheet in front of the sender's own and open the workbook on it."""
    sheet = book.create_sheet(_free_title(book), 0)
    columns = {**COLUMNS, **(NEWS if back.comparison else {})}
    top = _head(sheet, back) + 2
    _headings(sheet, top, columns)
    rows = count(top + 1)
    numbers = count(1)
    where = dict(zip(map(id, remarks := remarks_of(back)), marked, strict=True))
    for cause in causes(remarks):
        _cause(sheet, next(rows), cause, len(columns))
        for remark in cause.remarks:
            _remark(book, sheet, next(rows), next(numbers), remark, where[id(remark)])
    _layout(sheet, top, columns)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0


def _free_title(book: Workbook) -> str:
    titles = {TITLE, *(f"{TITLE} ({n})" for n in range(2, 20))} - set(book.sheetnames)
    return min(titles, key=len) if TITLE not in titles else TITLE


def _head(sheet: Worksheet, back: Back) -> int:
    """Title, what the file is, what becomes of it; returns the last row."""
    source = sources().get(back.report.source or "")
    periods = list(dict.fromkeys(part.period for part in back.report.submissions))
    kind = f"Вид файла: {kind_of(back.report)}" if source else "Вид файла не узнан"
    if source and source.period.kind != "none" and 0 < len(periods) <= 3:
        kind += f" — {'; '.join(periods)}"
    lines = [f"{OURS} «{back.name}»", kind, verdict(back.report), *_news(back), _legend(back)]
    for row, line in enumerate(lines, 1):
        put(sheet.cell(row, 1), line)
        sheet.cell(row, 1).font = Font(bold=row in (1, 3), size=14 if row == 1 else 11)
    return len(lines)


def _news(back: Back) -> list[str]:
    if back.comparison is None:
        return []
    c = back.comparison
    return [
        f"С прошлого раза: исправлено {number(c.fixed)}, осталось {number(c.left)}, новое {number(c.new)}"
    ]


def _legend(back: Back) -> str:
    if not remarks_of(back):
        return "Замечаний нет."
    return (
        "Тёмная (красная) заливка ячейки — ошибка, её нужно исправить; светлая (жёлтая) — проверить. "
        "Пояснение — в примечании к ячейке. Адрес в столбце «Ячейка» — ссылка."
    )


def _headings(sheet: Worksheet, row: int, columns: dict[str, int]) -> None:
    for column, (title, width) in enumerate(columns.items(), 1):
        cell = sheet.cell(row, column, title)
        cell.font, cell.alignment = Font(bold=True), _TOP
        cell.fill, cell.border = PatternFill("solid", fgColor="FFE8EEF4"), Border(bottom=_LINE, top=_LINE)
        sheet.column_dimensions[get_column_letter(column)].width = width


def _cause(sheet: Worksheet, row: int, cause: Cause, width: int) -> None:
    """The line over findings of one cause: what, how many, in how many organisations."""
    text = cause.title.rstrip(".")
    if len(cause.remarks) > 1 or not cause.is_of_file:
        text += f" — {places(len(cause.remarks))}"
    if len(cause.schools) > 1:
        text += f" в {plural(len(cause.schools), 'организации', 'организациях', 'организациях')}"
    put(sheet.cell(row, 1), text)
    for column in range(1, width + 1):
        cell = sheet.cell(row, column)
        cell.font, cell.border = Font(bold=True), Border(top=_LINE)
        cell.fill = PatternFill("solid", fgColor=f"FF{FILLS[cause.severity]}")


def _remark(book: Workbook, sheet: Worksheet, row: int, at: int, remark: Remark, place: Place | None) -> None:
    finding = remark.finding
    address = place[1] if place else finding.cell or ""
    values: list[Any] = [
        at, SEVERITIES[finding.severity], finding.sheet or (place[0] if place else ""), address,
        finding.column or "", finding.value or "", finding.message, finding.fix, remark.school, remark.news,
    ]  # fmt: skip
    for column, value in enumerate(values[: sheet.max_column], 1):
        put(sheet.cell(row, column), value)
        sheet.cell(row, column).alignment = _TOP
    sheet.row_dimensions[row].outlineLevel = 1
    if place:
        _link(book, sheet, row, place)


def _link(book: Workbook, sheet: Worksheet, row: int, place: Place) -> None:
    title, address = place
    cell = sheet.cell(row, 4)
    location = f"{quote_sheetname(title)}!{address}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location, display=address)
    cell.font = _LINK
    target = book[title]
    if target.row_dimensions[row_of(address)].hidden or target.sheet_state != "visible":
        put(cell, f"{address} (скрыта)")


def _layout(sheet: Worksheet, top: int, columns: dict[str, int]) -> None:
    sheet.freeze_panes = f"A{top + 1}"
    sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{top}:{top}"

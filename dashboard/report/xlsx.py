"""Every table and every figure's numbers as sheets of one workbook, with charts that can be edited."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, cast

from openpyxl import Workbook
from openpyxl.chart._chart import ChartBase
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.xml.functions import fromstring

from dashboard import blocks as b
from dashboard.report.document import Document, Figure, Footnote, Grid
from dashboard.report.native.model import NativeChart
from dashboard.report.native.sheet import DataSheet, lay_out
from dashboard.report.native.xml import chart_xml
from dashboard.report.package import steady
from dashboard.report.shaded import Shaded
from dashboard.report.spread import spread

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEAD = PatternFill("solid", fgColor="F1F0EC")
LINE = Side(style="thin", color="C9C7C0")
GRID = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
FONT, MUTED = Font(name="Liberation Sans", size=10), Font(name="Liberation Sans", size=9, color="5B6470")
BOLD, TITLE = (
    Font(name="Liberation Sans", size=10, bold=True),
    Font(name="Liberation Sans", size=12, bold=True),
)
FIRST = 4
"""Row of a table's head: its name stands over it, then what is known of it."""
WIDEST = 60
TOP = FIRST + 1
"""Of a figure, under its source."""
ROW, ACROSS = 0.53, 8
"""Height of a row in centimetres, and how many columns a chart covers."""


class _Native(ChartBase):
    """A chart that is written as the shared part of all office formats."""

    tagname = "chart"

    def __init__(self, chart: NativeChart, data: DataSheet, anchor: str) -> None:
        super().__init__()
        self._content = chart_xml(chart, data)
        self.anchor = anchor
        self.width, self.height = 20, max(round(chart.height * 0.0265), 8)

    def _write(self) -> Any:
        return fromstring(self._content)


def xlsx(report: Document) -> bytes:
    """The file: a list of contents, then a sheet for each table and figure."""
    book = Workbook()
    contents = cast("Worksheet", book.active)
    contents.title = "Содержание"
    _properties(book, report)
    listed: list[tuple[str, str]] = []
    for part in report.parts:
        for place, item in enumerate(part.items):
            if isinstance(item, Grid | Figure):
                sheet = book.create_sheet(_sheet_name(item.name))
                columns = _fill(sheet, item, part.name)
                _limits(sheet, part.footnotes.get(place, ()), columns)
                listed.append((item.name, sheet.title))
    _list(contents, report, listed)
    held = io.BytesIO()
    book.save(held)
    return steady(held.getvalue(), report.built_at)


def _properties(book: Workbook, report: Document) -> None:
    made = report.built_at.replace(tzinfo=None)
    about = book.properties
    about.title, about.creator, about.created = (
        f"{report.title}, {report.period}",
        report.publisher.office,
        made,
    )
    about.description, about.lastModifiedBy = f"Данные: {report.release}", report.publisher.office


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name.split(".")[0]).replace("\u00a0", " ")[:31]


def _fill(sheet: Worksheet, item: Grid | Figure, section: str) -> int:
    """Everything but the footnotes; returns how many columns are printed."""
    sheet["A1"], sheet["A2"] = item.name, section
    sheet["A1"].font, sheet["A2"].font = TITLE, MUTED
    _paper(sheet, "landscape" if isinstance(item, Grid) else "portrait")
    if isinstance(item, Grid):
        table = spread(item.whole)
        _table(sheet, table, FIRST)
        sheet.freeze_panes = f"A{FIRST + 1}"
        return len(table.columns)
    sheet["A3"] = item.chart.caption.text
    sheet["A3"].font = MUTED
    table, form = item.chart.table, item.form
    if isinstance(form, Shaded):
        _table(sheet, table, TOP)
        _shaded(sheet, form, len(table.columns) + 2)
        sheet.freeze_panes = f"A{TOP + 1}"
        return sheet.max_column
    width = max(len(table.columns), ACROSS)
    _table(sheet, table, _chart(sheet, form, width + 2) if form else TOP)
    sheet.print_area = f"A1:{get_column_letter(width)}{sheet.max_row}"
    return width


def _paper(sheet: Worksheet, orientation: Literal["landscape", "portrait"]) -> None:
    """A4, as wide as the page: nobody wants a table printed by halves."""
    page = sheet.page_setup
    page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight = orientation, 9, 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    cast("Any", sheet.oddFooter).center.text = "&P"


def _limits(sheet: Worksheet, footnotes: Iterable[Footnote], columns: int) -> None:
    """Footnotes in one line under the name, after the source."""
    said = [str(sheet["A3"].value or ""), *(f"Примечание {one.number}: {one.text}" for one in footnotes)]
    sheet["A3"], sheet["A3"].font = " ".join(filter(None, said)) or None, MUTED
    _over(sheet, 3, columns)


def _over(sheet: Worksheet, line: int, columns: int) -> None:
    """A long text over so many columns, in as many lines as it takes."""
    text = str(sheet.cell(line, 1).value or "")
    width = sum(sheet.column_dimensions[get_column_letter(c)].width for c in range(1, columns + 1))
    sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=columns)
    sheet.cell(line, 1).alignment = Alignment(vertical="top", wrap_text=True)
    sheet.row_dimensions[line].height = 13 * max(1, -(-len(text) // int(width)))


def _chart(sheet: Worksheet, form: NativeChart, column: int) -> int:
    """The chart at the head of the sheet; its own numbers stand from a column right of it, where nobody prints them.

    Returns the first row that is free below it.
    """
    data = lay_out(form, sheet.title, TOP + 1, column)
    sheet.cell(TOP, column, "Числа диаграммы: измените их, и диаграмма изменится").font = MUTED
    data.write(sheet)
    for place in range(column, column + len(data.columns)):
        sheet.cell(TOP + 1, place).font = BOLD
        _tenths(sheet, place, TOP + 2)
    drawn = _Native(form, data, f"A{TOP}")
    sheet.add_chart(drawn)
    return TOP + round(drawn.height / ROW) + 2


def _tenths(sheet: Worksheet, column: int, first: int) -> None:
    """Numbers of a chart are whole in the cell and shown to one place."""
    for (cell,) in sheet.iter_rows(first, sheet.max_row, column, column):
        if isinstance(cell.value, float) and not cell.value.is_integer():
            cell.number_format = "#,##0.0"


def _shaded(sheet: Worksheet, form: Shaded, first: int) -> None:
    for place, name in enumerate(form.columns, first + 1):
        sheet.cell(TOP, place, name).font = BOLD
        sheet.column_dimensions[get_column_letter(place)].width = 18
    for line, (name, cells) in enumerate(form.rows, TOP + 1):
        sheet.cell(line, first, name).font = FONT
        for place, shade in enumerate(cells, first + 1):
            cell = sheet.cell(line, place, shade.text)
            cell.font = Font(name="Liberation Sans", size=10, color=shade.ink)
            cell.alignment = Alignment(horizontal="center")
            if shade.ground:
                cell.fill = PatternFill("solid", fgColor=shade.ground)
    sheet.column_dimensions[get_column_letter(first)].width = 28


def _table(sheet: Worksheet, table: b.Table, first: int) -> None:
    for place, column in enumerate(table.columns, 1):
        _put(sheet, first, place, column.title, BOLD).fill = HEAD
    for line, row in enumerate(table.rows, first + 1):
        for place, cell in enumerate(row.cells, 1):
            _put(sheet, line, place, _value(cell), BOLD if row.is_total else FONT, cell.text)
    for place, column in enumerate(table.columns, 1):
        longest = max([len(column.title), *(len(row.cells[place - 1].text) for row in table.rows)])
        sheet.column_dimensions[get_column_letter(place)].width = min(max(longest + 2, 10), WIDEST)


def _put(sheet: Worksheet, line: int, place: int, value: Any, font: Font, shown: str = "") -> Any:
    cell = sheet.cell(line, place, value)
    cell.font, cell.border = font, GRID
    is_number = isinstance(value, int | float)
    cell.alignment = Alignment(
        vertical="top", wrap_text=not is_number, horizontal="right" if is_number else None
    )
    if is_number:
        cell.number_format = _format(float(value), shown)
    elif isinstance(value, str):
        cell.data_type = "s"  # a text that begins with a sign of equality is no formula
    return cell


def _value(cell: b.Cell) -> Any:
    """The number behind the cell where it is all that the cell says, else the words."""
    alone = re.fullmatch(r"[−-]?[\d\u00a0]+(,\d+)?(\u00a0%)?", cell.text)
    return cell.value if cell.value is not None and alone else cell.text


def _format(value: float, shown: str) -> str:
    decimals = len(shown.partition(",")[2].rstrip("%\u00a0")) if "," in shown else 0
    form = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    return f'{form}"\u00a0%"' if shown.endswith("%") else form


def _list(sheet: Worksheet, report: Document, listed: list[tuple[str, str]]) -> None:
    sheet["A1"], sheet["A2"] = report.title, f"{report.about}, {report.period}. Данные: {report.release}."
    sheet["A1"].font, sheet["A2"].font = TITLE, MUTED
    for line, (name, target) in enumerate(listed, FIRST):
        cell: Any = sheet.cell(line, 1, name)
        cell.hyperlink = f"#'{target}'!A1"
        cell.font = Font(name="Liberation Sans", size=10, color="00568A", underline="single")
    sheet.column_dimensions["A"].width = 110

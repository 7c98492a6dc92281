"""A form as a workbook: headings that cannot be changed, cells that say what may stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.returned.book import put
from pipelines.templates.declared import Entry

LISTS = "Списки"
EXAMPLE = "Пример"
FORMATS = {"text": "@", "list": "@", "integer": "0", "number": "General", "date": "DD.MM.YYYY"}
_HEADING = PatternFill("solid", fgColor="FFE8EEF4")
_REQUIRED = PatternFill("solid", fgColor="FFFFE9B8")
_LINE = Side(style="thin", color="FF8C9BAA")
_WRAPPED = Alignment(vertical="center", horizontal="center", wrap_text=True)
_OPEN = Protection(locked=False)
_LARGEST = 1_000_000_000


@dataclass
class Form:
    """What a form is made of."""

    title: str
    lines: list[str]
    """Above the table; the last is locked if it names the organisation."""
    entries: list[Entry]
    notes: list[str] = field(default_factory=list)
    school: str = ""
    rows: int = 2000
    known: list[Sequence[Any]] = field(default_factory=list)
    """Rows written in before."""


def workbook(form: Form) -> Workbook:
    """The form itself, an example, and the lists behind the drop-downs."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Бланк"
    top = _lines(sheet, form) + 1
    lists = book.create_sheet(LISTS)
    for column, entry in enumerate(form.entries, 1):
        _heading(sheet, top, column, entry)
        _column(sheet, column, entry)
        sheet.add_data_validation(_allowed(lists, column, entry, top, form.rows))
    for row, values in enumerate(form.known, top + 1):
        for column, value in enumerate(values, 1):
            put(sheet.cell(row, column), value)
            sheet.cell(row, column).protection = _OPEN
    _layout(sheet, top)
    _example(book.create_sheet(EXAMPLE, 1), form)
    lists.sheet_state = "veryHidden"
    return book


def _lines(sheet: Worksheet, form: Form) -> int:
    """Lines above the table; what the filler may change is unlocked."""
    lines = [*form.lines, *([f"Организация: {form.school}"] if form.school else [])]
    for row, line in enumerate(lines, 1):
        put(sheet.cell(row, 1), line)
        sheet.cell(row, 1).font = Font(bold=True, size=14 if row == 1 else 11)
        sheet.cell(row, 1).protection = Protection(
            locked=line not in form.lines or not any(map(str.isdigit, line))
        )
        for column in range(2, len(form.entries) + 1):
            sheet.cell(row, column).protection = Protection(locked=True)
    return len(lines)


def _heading(sheet: Worksheet, row: int, column: int, entry: Entry) -> None:
    cell = sheet.cell(row, column, entry.heading)
    cell.font, cell.alignment, cell.border = Font(bold=True), _WRAPPED, Border(_LINE, _LINE, _LINE, _LINE)
    cell.fill = _REQUIRED if entry.required else _HEADING
    cell.protection = Protection(locked=True)
    unit = f"Единица: {entry.unit}." if entry.unit else ""
    needed = "Заполнять обязательно." if entry.required else ""
    told = [f"{entry.hint.rstrip('.')}.", f"Можно: {entry.limits}.", unit, needed]
    cell.comment = Comment("\n".join(line for line in told if line), "Кабинет", height=110, width=300)


def _column(sheet: Worksheet, column: int, entry: Entry) -> None:
    """Format and protection of the whole column: an empty row takes no place in the file."""
    style = sheet.column_dimensions[get_column_letter(column)]
    longest = max([len(value) for value in entry.values] + [len(str(entry.example))])
    style.width = min(max(12, longest + 3, len(entry.heading) // 4), 44)
    style.number_format, style.protection = FORMATS[entry.kind], _OPEN


def _allowed(lists: Worksheet, column: int, entry: Entry, top: int, rows: int) -> DataValidation:
    """A drop-down or limits, with a hint when the cell is chosen and an error in Russian."""
    rule = _list(lists, column, entry) if entry.kind == "list" else _limits(entry)
    rule.allow_blank = True
    rule.promptTitle, rule.prompt = entry.heading[:32], f"{entry.hint.rstrip('.')}. {entry.limits}."[:255]
    rule.errorTitle, rule.error = "Так не подойдёт", f"Можно: {entry.limits}."[:225]
    rule.showInputMessage, rule.showErrorMessage = True, not entry.free
    letter = get_column_letter(column)
    rule.add(f"{letter}{top + 1}:{letter}{top + rows}")
    return rule


def _list(lists: Worksheet, column: int, entry: Entry) -> DataValidation:
    for row, value in enumerate(entry.values, 1):
        put(lists.cell(row, column), value)
    letter = get_column_letter(column)
    return DataValidation(type="list", formula1=f"{LISTS}!${letter}$1:${letter}${len(entry.values)}")


def _limits(entry: Entry) -> DataValidation:
    if entry.kind == "text":
        return DataValidation(type="textLength", operator="lessThanOrEqual", formula1="1000")
    kind = {"integer": "whole", "number": "decimal", "date": "date"}[entry.kind]
    first, last = (
        _limit(value, other) for value, other in ((entry.first, -_LARGEST), (entry.last, _LARGEST))
    )
    return DataValidation(type=kind, operator="between", formula1=first, formula2=last)  # type: ignore[arg-type]


def _limit(value: object, other: int) -> str:
    if isinstance(value, date):
        return str(int(to_excel(value)))  # type: ignore[no-untyped-call]
    return f"{value:g}" if isinstance(value, int | float) else str(other)


def _layout(sheet: Worksheet, top: int) -> None:
    sheet.row_dimensions[top].height = 62
    sheet.freeze_panes = f"B{top + 1}"
    protection = sheet.protection
    protection.sheet = True
    for allowed in (
        "formatCells",
        "formatColumns",
        "formatRows",
        "insertRows",
        "deleteRows",
        "sort",
        "autoFilter",
    ):
        setattr(protection, allowed, False)  # the format's «False» means that it is not forbidden
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.print_title_rows = f"{top}:{top}"


def _example(sheet: Worksheet, form: Form) -> None:
    """One row of the form written downwards: so it is never taken for a second table."""
    needed = "Под заголовками, выделенными жёлтым, пустых ячеек в строке быть не должно."
    for line in [f"Как заполнять: {form.title}", *form.notes, needed]:
        sheet.append([line])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([])
    sheet.append(["Столбец бланка", "Образец", "Что вписать", "Что можно", "В чём измеряется", "Обязателен"])
    top = sheet.max_row
    for entry in form.entries:
        needed = "да" if entry.required else "нет"
        row = [entry.heading, entry.example, entry.hint, entry.limits, entry.unit, needed]
        for column, value in enumerate(row, 1):
            cell = sheet.cell(sheet.max_row + (column == 1), column)
            put(cell, value)
            cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="left")
        sheet.cell(sheet.max_row, 2).number_format = FORMATS[entry.kind]
    for column, width in enumerate((46, 34, 46, 26, 16, 12), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.cell(top, column).font, sheet.cell(top, column).fill = Font(bold=True), _HEADING
    sheet.freeze_panes = f"A{top + 1}"
    sheet.protection.sheet = True

"""Marks in the sender's cells: a fill by severity, and a comment that is read without colour."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.findings import Finding
from pipelines.returned.remarks import SEVERITIES, Remark

AUTHOR = "Кабинет"
SIGN = "Замечания Кабинета:"
FILLS = {"error": "F2A29B", "warning": "FFF0A6", "info": "DCE6F1"}
"""Darker is graver: on a grey print too."""
LONGEST = 1500
"""Signs of a comment: more does not fit on the screen."""

Place = tuple[str, str]
"""Sheet and address."""


def mark(book: Workbook, remarks: list[Remark]) -> list[Place | None]:
    """Mark the cell of each finding; returns where, None for what has no place in the file."""
    places = [_place(book, remark.finding) for remark in remarks]
    by_cell: dict[Place, list[Finding]] = defaultdict(list)
    for place, remark in zip(places, remarks, strict=True):
        if place:
            by_cell[place].append(remark.finding)
    for (sheet, address), findings in by_cell.items():
        _mark(_anchor(book[sheet], address), findings)
    return places


def own_words(comment: str) -> str:
    """What the sender wrote in a comment, without ours."""
    return comment.partition(SIGN)[0].strip() if SIGN in comment else comment


def _place(book: Workbook, finding: Finding) -> Place | None:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    sheet = sheets.get(finding.sheet or "") or (next(iter(sheets.values())) if len(sheets) == 1 else None)
    if sheet is None or not (finding.cell or finding.row):
        return None
    return sheet.title, finding.cell or _first_filled(sheet, int(finding.row or 1))


def _first_filled(sheet: Worksheet, row: int) -> str:
    cells = next(sheet.iter_rows(min_row=row, max_row=row), ())
    return next((str(cell.coordinate) for cell in cells if cell.value is not None), f"A{row}")


def _anchor(sheet: Worksheet, address: str) -> Any:
    """The cell itself, or the one that its merged area shows."""
    cell = sheet[address]
    if not isinstance(cell, MergedCell):
        return cell
    area = next(area for area in sheet.merged_cells.ranges if address in area)
    return sheet.cell(area.min_row, area.min_col)


def _mark(cell: Any, findings: list[Finding]) -> None:
    order = list(SEVERITIES)
    ranked = sorted(findings, key=lambda finding: order.index(finding.severity))
    colour = FILLS[ranked[0].severity]
    cell.fill = PatternFill("solid", fgColor=f"FF{colour}")
    own = own_words(cell.comment.text) if cell.comment else ""
    told = dict.fromkeys(f"• {SEVERITIES[f.severity].upper()}. {_said(f)}" for f in ranked)
    text = "\n".join([own, SIGN, *told] if own else [SIGN, *told])
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    text = text if len(text) <= LONGEST else text[:LONGEST] + " …"
    lines = sum(1 + len(line) // 45 for line in text.splitlines())
    cell.comment = Comment(text, AUTHOR, height=24 + 17 * lines, width=330)


def _said(finding: Finding) -> str:
    return f"{finding.message.rstrip('.')}. {finding.fix}".strip()


def row_of(address: str) -> int:
    """Row of an address."""
    return coordinate_from_string(address)[1]

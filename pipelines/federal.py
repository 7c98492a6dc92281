"""Forms of federal statistics: every number by its section, row code and column code, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from pipelines.cast import as_text
from pipelines.contract import Severity
from pipelines.findings import Finding
from pipelines.frame import Cells, Raw
from pipelines.read import Cell, Sheet, letter
from pipelines.recognise import SEARCHED_ROWS, head_lines
from pipelines.source import Form, Source

LEAST = 3
"""So many numbered columns make a row that numbers the columns of a form."""
_HEAD = 6
"""Rows of a head over the numbers of the columns."""
_ROW_CODE = re.compile(r"(№|n|код) ?строк|стро-? ?ки", re.IGNORECASE)
_CODE = re.compile(r"^\d{1,4}(\.\d{1,2})?[а-я]?$")
_BLANK = frozenset({"", "x", "х", "-", "–", "—"})


@dataclass(frozen=True)
class Place:
    """A filled cell of a form by its codes."""

    section: str
    row_code: str
    column_code: str
    sheet: Sheet
    row: int
    column: int
    """From 0, as `Sheet.rows` has them."""
    row_title: str = ""
    column_title: str = ""
    """What the blank prints beside the row and over the column."""

    @property
    def value(self) -> Cell:
        """What stands in the cell."""
        return self.sheet.rows[self.row][self.column]


@dataclass(frozen=True)
class FormRaw(Raw):
    """The filled cells of a form as rows; a finding names the very cell."""

    cells_at: tuple[Place, ...] = field(default_factory=tuple)

    def finding(
        self, severity: Severity, rule: str, message: str, fix: str, at: int, column: str | None
    ) -> Finding:
        """As any file's, at the cell of the number; without a column it is about the form as a whole."""
        if column is None:
            return Finding(severity=severity, rule=rule, message=message, fix=fix, sheet=self.sheet)
        place = self.cells_at[at]
        heading = f"раздел {place.section}, строка {place.row_code}, графа {place.column_code}"
        return Finding(
            severity=severity, rule=rule, message=message, fix=fix, sheet=place.sheet.name, row=place.row + 1,
            column=heading, cell=f"{letter(place.column)}{place.row + 1}",
        )  # fmt: skip


def read_form(sheets: list[Sheet], sources: Mapping[str, Source]) -> FormRaw | None:
    """The numbers of a declared form; None for a file that is none."""
    lines = head_lines(sheets)
    whole = "\n".join(lines)
    for source in sources.values():
        form = source.form
        if not form or not re.search(form.said, whole, re.IGNORECASE | re.MULTILINE):
            continue  # a look at all lines at once: most files are no form
        if any(re.search(form.said, line, re.IGNORECASE) for line in lines):
            found = [(sheet, *_numbered(sheet, form)) for sheet in sheets]
            if any(tables for _, tables, _ in found):
                return _raw(source, sheets, [place for *_, places in found for place in places])
    return None


def _raw(source: Source, sheets: list[Sheet], places: list[Place]) -> FormRaw:
    cells = {
        name: [getattr(place, name) for place in places] for name in ("section", "row_code", "column_code")
    }
    columns = {name: _objects(values) for name, values in cells.items()}
    columns["value"] = _objects([place.value for place in places])
    rows = np.array([place.row + 1 for place in places], dtype=np.int32)
    return FormRaw(source, sheets[0].name, rows, columns, {}, list(_titles(sheets)), cells_at=tuple(places))


def _objects(values: list[Cell]) -> Cells:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _titles(sheets: list[Sheet]) -> Iterator[str]:
    """Lines at the head of the sheets, cells of a row together: a name often stands beside its label."""
    for sheet in sheets:
        for row in sheet.rows[:SEARCHED_ROWS]:
            if line := " ".join(as_text(cell) for cell in row if cell != ""):
                yield line


def _numbered(sheet: Sheet, form: Form) -> tuple[int, list[Place]]:
    """How many tables of the form the sheet has, and their filled cells."""
    section, row_column, tables = "", 0, 0
    codes: dict[int, str] = {}
    heads: dict[int, str] = {}
    places: list[Place] = []
    for at, row in enumerate(sheet.rows):
        if named := _section(row, form):
            section, codes = named, {}
        elif section and (found := _column_codes(row)):
            codes, tables = found, tables + 1
            row_column, heads = _row_column(sheet, at, codes), _heads(sheet, at, codes)
        elif codes and (code := _row_code(row, row_column)):
            declared = _declared(code, form, section)
            title = " ".join(as_text(cell) for cell in row[:row_column] if isinstance(cell, str))
            places += [
                Place(section, declared, codes[column], sheet, at, column, title, heads.get(column, ""))
                for column in codes
                if row_column < column < len(row) and as_text(row[column]).lower() not in _BLANK
            ]
    return tables, places


def _section(row: list[Cell], form: Form) -> str | None:
    """The section that a line of words names; a row of the table has a code or a number."""
    filled = [cell for cell in row if cell != ""]
    if not filled or any(not isinstance(cell, str) or _CODE.match(cell.strip()) for cell in filled):
        return None
    line = as_text(" ".join(filled))
    return next((n for n, s in form.sections.items() if re.search(s.heading, line, re.IGNORECASE)), None)


def _column_codes(row: list[Cell]) -> dict[int, str]:
    """Column → code of a row «1 2 3 …» that numbers the columns; spacers of merged cells stand between."""
    filled = [(at, as_text(cell)) for at, cell in enumerate(row) if cell != ""]
    numbers = [text for _, text in filled]
    is_numbering = len(numbers) >= LEAST and numbers == [str(n) for n in range(1, len(numbers) + 1)]
    return dict(filled) if is_numbering else {}


def _over(sheet: Sheet, numbering: int, codes: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Words over the numbers of the columns, from the top down, each with its column."""
    for row in sheet.rows[max(numbering - _HEAD, 0) : numbering]:
        yield from (
            (at, as_text(cell)) for at, cell in enumerate(row) if at in codes and isinstance(cell, str)
        )


def _heads(sheet: Sheet, numbering: int, codes: Mapping[int, str]) -> dict[int, str]:
    """Column → the nearest words above its number."""
    return {at: text for at, text in _over(sheet, numbering, codes) if text}


def _row_column(sheet: Sheet, numbering: int, codes: Mapping[int, str]) -> int:
    """Where the codes of rows stand: under «№ строки», else in column 2 of the form."""
    for at, text in _over(sheet, numbering, codes):
        if _ROW_CODE.search(text):
            return at
    return next((at for at, code in codes.items() if code == "2"), 0)


def _row_code(row: list[Cell], column: int) -> str | None:
    text = as_text(row[column]) if column < len(row) else ""
    return text if _CODE.match(text) else None


def _declared(code: str, form: Form, section: str) -> str:
    """A code as the declaration writes it: «1» is «01», and so is «401» in section 4."""
    known = form.sections[section].rows
    plain = code.removeprefix(section) if len(code) == len(section) + 2 else code
    return next((name for name in known if name.lstrip("0") == plain.lstrip("0")), code)

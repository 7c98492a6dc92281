"""The numbers of a chart as a sheet, and where on it each series stands: what «Изменить данные» opens."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from openpyxl.utils import get_column_letter

from dashboard.report.native.model import NativeChart, Series

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Данные"
Value = str | float | None


@dataclass(frozen=True)
class Column:
    """One column of the sheet: its head and what stands under it."""

    head: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Placed:
    """Columns (counted from 1) of one series; 0 where it has none."""

    series: Series
    values: int
    places: int = 0
    minus: int = 0
    plus: int = 0


@dataclass(frozen=True)
class DataSheet:
    """The whole sheet and the place of every series on it."""

    columns: tuple[Column, ...]
    placed: tuple[Placed, ...]
    name: str = SHEET
    first_row: int = 1
    """Row of the heads."""
    first_column: int = 1
    """Where on the sheet the first of them stands."""

    def ref(self, column: int, count: int) -> str:
        """Address of a column's values, as charts name it."""
        letter, first = self._letter(column), self.first_row + 1
        return f"{_quoted(self.name)}!${letter}${first}:${letter}${first + max(count, 1) - 1}"

    def head_ref(self, column: int) -> str:
        """Address of a column's head."""
        return f"{_quoted(self.name)}!${self._letter(column)}${self.first_row}"

    def _letter(self, column: int) -> str:
        return get_column_letter(self.first_column - 1 + column)

    def write(self, sheet: Worksheet) -> None:
        """Put the columns on a sheet that is there already."""
        for number, column in enumerate(self.columns, self.first_column):
            sheet.cell(self.first_row, number, column.head)
            for row, value in enumerate(column.values, self.first_row + 1):
                if value is not None:
                    sheet.cell(row, number, value)


def lay_out(chart: NativeChart, name: str = SHEET, first_row: int = 1, first_column: int = 1) -> DataSheet:
    """Columns for a chart: names first, then each series with its places and intervals."""
    columns: list[Column] = [Column("", chart.categories)] if chart.kind != "scatter" else []
    placed: list[Placed] = []
    for series in chart.series:
        own = list(_columns(series))
        first = len(columns) + 1
        columns += [column for _, column in own]
        where = {kind: first + i for i, (kind, _) in enumerate(own)}
        placed.append(Placed(series, where["values"], where.get("places", 0), where.get("minus", 0),
                             where.get("plus", 0)))  # fmt: skip
    return DataSheet(tuple(columns), tuple(placed), name, first_row, first_column)


def _columns(series: Series) -> Iterator[tuple[str, Column]]:
    if series.places:
        yield "places", Column(f"{series.name}: по горизонтали", series.places)
    yield "values", Column(series.name, series.values)
    if series.whiskers:
        yield "minus", Column(f"{series.name}: интервал вниз", series.whiskers.minus)
        yield "plus", Column(f"{series.name}: интервал вверх", series.whiskers.plus)


def workbook(data: DataSheet) -> bytes:
    """The sheet as a workbook of its own, to lie inside the document."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = cast("Worksheet", book.active)
    sheet.title = data.name
    data.write(sheet)
    _widen(sheet, data.columns)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _widen(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns, 1):
        longest = max([len(column.head), *(len(str(v)) for v in column.values if isinstance(v, str))])
        sheet.column_dimensions[get_column_letter(number)].width = min(max(longest + 2, 10), 50)


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"

"""Cells that say a share with its counts («43,2 % · 19 из 44») as three columns of numbers for a spreadsheet."""

from __future__ import annotations

import re
from dataclasses import replace

from dashboard import blocks as b

_COUNTED = re.compile(
    r"(?:(?P<value>.+?) · )?(?P<k>[\d\u00a0]+(?:,\d+)?) из\u00a0?\s?(?P<n>[\d\u00a0]+(?:,\d+)?)(?P<more>.*)"
)


def spread(table: b.Table) -> b.Table:
    """The same table where every column of counted shares has its numerator and denominator beside it."""
    counted = [
        i for i, column in enumerate(table.columns)
        if column.is_number and any(_COUNTED.fullmatch(row.cells[i].text) for row in table.rows)
    ]  # fmt: skip
    if not counted:
        return table
    columns = tuple(
        part for i, column in enumerate(table.columns)
        for part in ((column, *_beside(column)) if i in counted else (column,))
    )  # fmt: skip
    rows = tuple(
        replace(row, cells=tuple(part for i, cell in enumerate(row.cells)
                                 for part in (_parts(cell) if i in counted else (cell,))))
        for row in table.rows
    )  # fmt: skip
    return replace(table, columns=columns, rows=rows)


def _beside(column: b.Column) -> tuple[b.Column, b.Column]:
    return b.Column(f"{column.title}: числитель", True), b.Column(f"{column.title}: знаменатель", True)


def _parts(cell: b.Cell) -> tuple[b.Cell, b.Cell, b.Cell]:
    found = _COUNTED.fullmatch(cell.text)
    if found is None:
        return cell, b.Cell(""), b.Cell("")
    value = b.Cell((found["value"] or "") + found["more"], cell.value)
    return value, _number(found["k"]), _number(found["n"])


def _number(text: str) -> b.Cell:
    return b.Cell(text, float(text.replace("\u00a0", "").replace(",", ".")))

"""A district with one school's list of teachers, and later versions of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

LIST = "raw/staff_list/Список педагогов Тихоборская 2025.xlsx"
SCHOOL, PERIOD = "980104", "на 20.09.2025"
CATEGORY, LOAD, FIRST = 8, 12, 5
"""Columns of the category and of the hours, and the first teacher's row, as Excel counts."""

Change = Callable[[Worksheet], object]


def changed(source: Path, target: Path, change: Change) -> Path:
    """A workbook with something else in it, under another name."""
    book = openpyxl.load_workbook(source)
    change(book.worksheets[0])
    held = io.BytesIO()
    book.save(held)
    target.write_bytes(held.getvalue())
    return target


def better(sheet: Worksheet) -> None:
    """One teacher has a category, another has left."""
    sheet.cell(FIRST + 1, CATEGORY).value = "высшая"
    sheet.delete_rows(FIRST + 10)


@pytest.fixture
def later(demo_copy: Path, tmp_path: Path) -> Path:
    """The school's list sent again with two differences."""
    return changed(demo_copy / LIST, tmp_path / "Тихоборская, исправленный.xlsx", better)

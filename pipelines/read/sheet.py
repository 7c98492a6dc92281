"""What a received file is once opened: sheets of cells, and the reason when it cannot be opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Cell = Any
Area = tuple[tuple[int, int], tuple[int, int]]
"""(first row, first column), (last row, last column), from 0."""


class UnreadableError(Exception):
    """The file cannot be read: what is wrong and what the sender should do."""

    def __init__(self, fault: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.fault, self.message, self.fix = fault, message, fix


@dataclass(frozen=True)
class Oddities:
    """What people do not see in a sheet or do not expect of it; rows and columns count from 0."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    not_computed: tuple[str, ...] = ()
    """Cells whose formula was saved without a value: ``D7``."""
    links: tuple[str, ...] = ()
    """Cells whose formula speaks of another workbook."""
    broken_rows: tuple[int, ...] = ()
    """Lines of a csv whose quotes had to be guessed."""


@dataclass(frozen=True)
class Sheet:
    """One sheet as rows of cells; the first row and column are Excel's row 1 and column A."""

    name: str | None
    rows: list[list[Cell]]
    merged: list[Area]
    is_hidden: bool = False
    odd: Oddities = field(default_factory=Oddities)


def letter(column: int) -> str:
    """Excel's name of a column counted from 0: 0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def number_of(letters: str) -> int:
    """The column called so, counted from 0: A → 0, AA → 26."""
    number = 0
    for character in letters:
        number = number * 26 + ord(character) - ord("A") + 1
    return number - 1


def without_tail(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows up to the last one in which anything stands."""
    last = len(rows)
    while last and not any(cell not in ("", None) for cell in rows[last - 1]):
        last -= 1
    return rows[:last]

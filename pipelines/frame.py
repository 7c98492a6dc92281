"""Rows between a sheet and a canonical table: the sender's cells, and where each value came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.contract import Severity
from pipelines.findings import Finding
from pipelines.read import Cell, Sheet, letter
from pipelines.recognise import Place
from pipelines.rows import Rows
from pipelines.source import Source

Cells: TypeAlias = npt.NDArray[Any]
Positions: TypeAlias = npt.NDArray[np.int32]
Mask: TypeAlias = npt.NDArray[np.bool_]


def distinct(cells: Cells) -> tuple[Positions, list[Any]]:
    """The number of each cell among the different ones, and these in the order in which they come.

    Pandas is quicker from thousands of rows on; of a school's thirty it prepares longer than it counts.
    """
    if len(cells) > _MANY:
        codes, different = pd.factorize(cells, use_na_sentinel=False)
        return codes.astype(np.int32), list(different)
    numbers: dict[Any, int] = {}
    own = [numbers.setdefault(cell, len(numbers)) for cell in cells]
    return np.array(own, dtype=np.int32), list(numbers)


_MANY = 2_000


@dataclass(frozen=True)
class Raw:
    """The data rows of a recognised sheet; positions count from 0, ``rows`` are Excel's own numbers."""

    source: Source
    sheet: str | None
    rows: Positions
    cells: dict[str, Cells]
    """Declared column (``task:5`` for one of many) → its cells."""
    places: dict[str, Place]
    titles: list[str] = field(default_factory=list)
    sections: list[tuple[int, str]] = field(default_factory=list)
    """Lines between the rows that name a group, by Excel's row number."""
    above: dict[str, list[str]] = field(default_factory=dict)
    """Declared column → what stands over its heading, the nearest first."""
    beside: list[Sheet] = field(default_factory=list)
    """The other sheets of the file."""
    sums: list[tuple[int, list[Cell]]] = field(default_factory=list)
    """Rows of sums that the source checks, by Excel's row number."""

    @property
    def tables(self) -> Sequence[Raw]:
        """The tables one under another that these rows are of; most files have one."""
        return (self,)

    def __len__(self) -> int:
        return len(self.rows)

    def many(self, name: str) -> list[str]:
        """The file's columns that belong to a declared column of many, in the order of the sheet."""
        return [full for full in self.cells if full.startswith(f"{name}:")]

    def has(self, *names: str) -> bool:
        """Whether the file has all these columns."""
        return all(name in self.cells for name in names)

    def finding(
        self, severity: Severity, rule: str, message: str, fix: str, at: int, column: str | None
    ) -> Finding:
        """A finding at a row position and a declared column, with the cell's address but not its value."""
        place = self.places.get(column) if column else None
        row = int(self.rows[at])
        cell = f"{letter(place.index)}{row}" if place else None
        heading = place.heading if place else None
        return Finding(
            severity=severity, rule=rule, message=message, fix=fix,
            sheet=self.sheet, row=row, column=heading, cell=cell,
        )  # fmt: skip


@dataclass
class Shaped:
    """Rows of one canonical table on their way from a file to the store."""

    table: str
    rows: Rows
    origin: Positions
    """Position in the raw rows from which each canonical row came."""
    places: dict[str, str | Cells] = field(default_factory=dict)
    """Canonical column → declared column that its cells came from; an array where each row has its own."""
    faults: dict[str, Mask] = field(default_factory=dict)
    """Canonical column → rows whose cell could not be read as the column's type."""

    def take(self, keep: Mask | Positions) -> Shaped:
        """Only the rows marked in ``keep``, or those at its positions in that order."""
        return Shaped(
            self.table,
            self.rows.take(keep),
            self.origin[keep],
            {c: p if isinstance(p, str) else p[keep] for c, p in self.places.items()},
            {c: mask[keep] for c, mask in self.faults.items()},
        )

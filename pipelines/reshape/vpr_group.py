"""What all group reports say of a row: whose it is, how many took part, and percents however they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipelines.cast import FAULT, as_number, as_text, cast, categorical
from pipelines.contract import Table
from pipelines.frame import Cells, Mask, Raw
from pipelines.reshape import Setting
from pipelines.rows import Rows
from pipelines.schools import bare_name
from pipelines.source import normalised
from pipelines.territories import level_of, name_of

Numbers = npt.NDArray[np.float64]
FINEST = 6
"""Digits after the comma that still mean something."""


def territories(raw: Raw, setting: Setting) -> Rows:
    """The columns that say whose row it is and of which work, one a row of the file."""
    cells = [as_text(cell) for cell in raw.cells[raw.source.group_column]]
    levels = [level_of(text) for text in cells]
    identity, at = setting.identity, np.arange(len(raw))
    ids = [identity.schools[code].id for code in identity.school]
    names = [
        (id_ or bare_name(text)) if level == "school" else name_of(text)
        for level, id_, text in zip(levels, ids, cells, strict=True)
    ]
    columns = {
        "territory_level": categorical(list(levels), at),
        "territory": categorical(list(names), at),
        "school_id": categorical(
            [i if level == "school" else None for i, level in zip(ids, levels, strict=True)], at
        ),
    }
    called = [
        bare_name(text) if level == "school" else None for level, text in zip(levels, cells, strict=True)
    ]
    columns["school_name"] = categorical(list(called), at)
    given = {name: identity.column(name) for name in ("school_year", "subject", "grade")}
    return Rows(len(raw), columns | given)


def counted(raw: Raw, name: str, table: Table, meant: str = "") -> tuple[Numbers, Mask]:
    """Whole numbers of a column, and which cells are not; nothing where the file lacks it.

    ``meant`` is the canonical column, where it is not called like the file's.
    """
    if name not in raw.cells:
        return np.full(len(raw), np.nan), np.zeros(len(raw), dtype=bool)
    values, faults = cast(
        raw.cells[name], table.columns[meant or name], None, frozenset(map(normalised, raw.source.empty))
    )
    return np.asarray(values, dtype=float), faults


def told(raw: Raw, rows: Rows, table: Table) -> dict[str, Mask]:
    """Put numbers of organisations and of participants into the rows; returns the cells that are no numbers."""
    faults = {}
    for name in ("schools", "participants"):
        rows[name], faults[name] = counted(raw, name, table)
    return faults


@dataclass(frozen=True)
class Percents:
    """Percents of several columns."""

    values: Numbers
    faults: Mask
    precision: float
    """Half of the last digit that the file writes."""


def percents(columns: Sequence[Cells]) -> Percents:
    """Cells of these columns as percents, columns × rows.

    A file whose numbers are all up to one, without a sign, has shares of one: what Excel keeps under «%».
    """
    distinct = {cell for cells in columns for cell in cells if cell not in ("", None)}
    numbers = {cell: as_number(cell) for cell in distinct}
    known = [n for n in numbers.values() if n is not FAULT]
    signed = any(isinstance(cell, str) and "%" in cell for cell in distinct)
    scale = 100 if known and max(known) <= 1 and not signed else 1
    digits = max((_digits(number) for number in known), default=0) - (2 if scale == 100 else 0)
    values = np.array(
        [[_value(numbers.get(cell), scale) for cell in cells] for cells in columns], dtype=float
    )
    faults = np.array([[numbers.get(cell) is FAULT for cell in cells] for cells in columns], dtype=bool)
    return Percents(values, faults, 0.5 * 10.0 ** -min(max(digits, 0), FINEST))


def _value(number: object, scale: int) -> float:
    return round(float(number) * scale, FINEST + 2) if isinstance(number, float) else np.nan


def _digits(number: float) -> int:
    return len(f"{number:.{FINEST + 2}f}".rstrip("0").partition(".")[2])

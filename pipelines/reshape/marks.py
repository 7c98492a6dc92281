"""What forms and journals say of marks: counts without names beside them, percents however they are kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pipelines.cast import FAULT, as_number, as_text
from pipelines.frame import Cells

_COUNT = re.compile(r"^(\d+)\s*(чел\S*|уч\S*)?\s*[(–—:,-].*$|^(\d+)\s*(чел|уч)\S*$")
NAMELESS = "текст"
"""Stands for what somebody wrote in a cell of numbers: it may be a child's name and is not repeated."""


def without_names(cells: Cells, known: Collection[str]) -> Cells:
    """«2 (Иванов, Петров)» is 2; of other words only those known as the form's own are kept."""
    return np.array([_nameless(cell, known) for cell in cells], dtype=object)


def _nameless(cell: Any, known: Collection[str]) -> Any:
    text = as_text(cell)
    if not isinstance(cell, str) or as_number(cell) is not FAULT or len(text) < 4:
        return cell
    found = _COUNT.match(text)
    return int(found[1] or found[3]) if found else text if text.lower() in known else NAMELESS


def as_percents(cells: Cells) -> Cells:
    """Shares of one, as a cell formatted in percents keeps them, in percents."""
    numbers = [n for n in map(as_number, cells) if n is not FAULT]
    if not numbers or max(numbers) > 1:
        return cells
    return np.array(
        [cell if (n := as_number(cell)) is FAULT else round(100 * n, 6) for cell in cells], dtype=object
    )


def counted(columns: Sequence[pd.Series[float] | Cells]) -> Cells:
    """The sum of several counts, unknown where none of them is known."""
    table = np.array([np.asarray(column, dtype=float) for column in columns])
    return np.where(np.isnan(table).all(axis=0), np.nan, np.nansum(table, axis=0))

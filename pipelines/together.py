"""Rows of one canonical table from several files, put together once: judged in one run, stored by slices.

Whatever is done column by column costs the same for one small file as for a thousand of them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.contract import Column, Table
from pipelines.frame import Mask, Shaped
from pipelines.rows import Rows

_STORED = {
    "text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
    "date": pa.date32(),
}  # fmt: skip


@dataclass(frozen=True)
class Together:
    """The rows of all files, one file after another, with every column of the table in its order."""

    table: Table
    files: Sequence[Shaped]
    rows: pd.DataFrame
    starts: Sequence[int]
    """Where the rows of each file begin."""

    def of_file(self, number: int) -> Rows:
        """The rows of one file, counted from 0."""
        start = self.starts[number]
        return Rows.of(self.rows.iloc[start : start + len(self.files[number].rows)])

    def faults(self) -> dict[str, Mask]:
        """Canonical column → rows whose cell could not be read, where there is any."""
        found: dict[str, Mask] = {}
        for start, one in zip(self.starts, self.files, strict=True):
            for name, mask in one.faults.items():
                if mask.any():
                    whole = found.setdefault(name, np.zeros(len(self.rows), dtype=bool))
                    whole[start : start + len(mask)] = mask
        return found

    def stored(self) -> list[pa.Table]:
        """The rows of each file as the store keeps them: whole numbers whole, dates without a time."""
        alone = len(self.files) == 1
        columns = [_stored(self.rows[name], column, alone) for name, column in self.table.columns.items()]
        whole = pa.table(columns, names=list(self.table.columns))
        return [whole.slice(start, len(one.rows)) for start, one in zip(self.starts, self.files, strict=True)]


def together(files: Sequence[Shaped], table: Table) -> Together:
    """Put the rows of these files together; a column that a file lacks is empty there."""
    sizes = [len(one.rows) for one in files]
    columns = {
        name: _joined([one.rows.array(name) for one in files], sizes, column)
        for name, column in table.columns.items()
    }
    starts = [0, *np.cumsum(sizes).tolist()][:-1]
    return Together(table, files, pd.DataFrame(columns, index=pd.RangeIndex(sum(sizes))), starts)


def _joined(parts: list[Any], sizes: list[int], column: Column) -> Any:
    """One column of all files, of the type that a single file has; None in the place of a column not there."""
    if column.type == "text":
        return _texts(parts, sizes)
    kind, nothing = _PLAIN[column.type]
    plain = [
        np.full(size, nothing, dtype=kind) if part is None else _plain(part, kind, nothing)
        for part, size in zip(parts, sizes, strict=True)
    ]
    whole = np.concatenate(plain)
    return pd.array(whole, dtype="boolean") if column.type == "boolean" else whole


_PLAIN: dict[str, tuple[str, Any]] = {
    "integer": ("float64", np.nan), "number": ("float64", np.nan), "boolean": ("object", None),
    "date": ("datetime64[s]", np.datetime64("NaT")),
}  # fmt: skip
"""Type of a column → that of its values while they are put together, and what stands for an empty cell."""


def _plain(part: Any, kind: str, nothing: Any) -> Any:
    if isinstance(part, np.ndarray) and part.dtype == kind:
        return part
    return pd.Series(part, copy=False).to_numpy(dtype=kind, na_value=nothing)


def _texts(parts: list[Any], sizes: list[int]) -> pd.Categorical:
    """Texts of all files, each kept once."""
    words: list[Any] = []
    codes: list[Any] = []
    for part, size in zip(parts, sizes, strict=True):
        if part is None:
            codes.append(np.full(size, -1, dtype=np.int32))
            continue
        own = part if isinstance(part, pd.Categorical) else pd.Categorical(part)
        place = own.codes.astype(np.int32)
        codes.append(np.where(place < 0, -1, place + len(words)))
        words.extend(own.categories)
    at, distinct = pd.factorize(np.array(words, dtype=object))
    places = np.append(at, -1)[np.concatenate(codes)]
    return pd.Categorical.from_codes(places, categories=pd.Index(distinct, dtype=object))


def _stored(values: pd.Series[Any], column: Column, alone: bool) -> pa.Array:
    kind = _STORED[column.type]
    if isinstance(values.array, pd.Categorical):
        words = pa.array(values.array.categories.to_numpy(dtype=object), pa.string())
        codes = pa.array(values.array.codes, pa.int32(), mask=values.array.codes < 0)
        # A slice must not carry the words of the other files; a file alone has its own, and they write faster.
        return pa.DictionaryArray.from_arrays(codes, words) if alone else words.take(codes)
    return pa.array(values, from_pandas=True).cast(kind)

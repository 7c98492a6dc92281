"""Canonical rows column by column, on their way from one file to the rows of many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray


class Rows:
    """Columns of equal length, each an array of numpy or pandas.

    For a school's thirty rows a frame costs more than all that is done with them: it is made where its own
    operations are needed (`frame`).
    """

    def __init__(self, size: int, columns: Mapping[str, Any] | None = None) -> None:
        self._size = size
        self._arrays: dict[str, Any] = {}
        for name, values in (columns or {}).items():
            self[name] = values

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Rows:
        """The rows of a frame, counted from 0."""
        return cls(len(frame), {str(name): column for name, column in frame.items()})

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __contains__(self, name: object) -> bool:
        return name in self._arrays

    def __getitem__(self, name: str) -> pd.Series[Any]:
        return pd.Series(self._arrays[name], copy=False)

    def __setitem__(self, name: str, values: Any) -> None:
        """An array, a series, a list or one value for all rows."""
        if not isinstance(values, np.ndarray | ExtensionArray):
            series = values if isinstance(values, pd.Series) else pd.Series(values, index=range(self._size))
            values = series.to_numpy() if isinstance(series.dtype, np.dtype) else series.array
        if len(values) != self._size:
            raise ValueError(f"{name}: {len(values)} values for {self._size} rows")
        self._arrays[name] = values

    def __delitem__(self, name: str) -> None:
        del self._arrays[name]

    def array(self, name: str) -> Any:
        """The values of a column, or None where there is no such column."""
        return self._arrays.get(name)

    def take(self, keep: npt.NDArray[Any], names: Sequence[str] | None = None) -> Rows:
        """The rows marked in ``keep``, or those at its positions in that order; all columns or these."""
        size = int(keep.sum()) if keep.dtype == bool else len(keep)
        return Rows(size, {name: values[keep] for name, values in self._chosen(names).items()})

    def frame(self, names: Sequence[str] | None = None) -> pd.DataFrame:
        """The same as a frame, of all columns or these."""
        return pd.DataFrame(self._chosen(names), index=range(self._size))

    def _chosen(self, names: Sequence[str] | None) -> dict[str, Any]:
        return self._arrays if names is None else {name: self._arrays[name] for name in names}

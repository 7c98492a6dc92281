"""Columns of a file's rows, and the different cells of a column, as pandas has them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from pipelines import frame
from pipelines.frame import distinct
from pipelines.rows import Rows

CELLS = st.lists(st.one_of(st.text(max_size=2), st.integers(-2, 2), st.floats(-1, 1), st.booleans()))
NUMBERS, WORDS = [1.5, float("nan"), 3.0], ["а", None, "в"]


@given(cells=CELLS)
def test_different_cells_of_few_rows_and_of_many_are_the_same(cells: list[Any]) -> None:
    column = np.empty(len(cells), dtype=object)
    column[:] = cells
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frame, "_MANY", -1)
        many = distinct(column)
    few = distinct(column)
    assert [few[1][code] for code in few[0]] == cells
    assert few[0].tolist() == many[0].tolist()
    assert few[1] == many[1]
    assert few[0].dtype == many[0].dtype == np.int32


def test_columns_are_given_as_arrays_series_lists_and_single_values() -> None:
    rows = Rows(3, {"number": np.array(NUMBERS), "word": WORDS})
    rows["flag"] = pd.array([True, None, False], dtype="boolean")
    rows["kind"] = pd.Series(["x", "y", "x"], index=[7, 8, 9], dtype="category")
    rows["same"] = 4.0
    whole = pd.DataFrame({"number": NUMBERS, "word": WORDS, "flag": pd.array([True, None, False], dtype="boolean"),
                          "kind": pd.Categorical(["x", "y", "x"]), "same": 4.0})  # fmt: skip
    assert list(rows) == list(whole)
    assert_frame_equal(rows.frame(), whole)
    assert_frame_equal(rows.frame(["kind", "same"]), whole[["kind", "same"]])
    assert_frame_equal(Rows.of(whole.iloc[1:]).frame(), whole.iloc[1:].reset_index(drop=True))


@pytest.mark.parametrize("keep", [np.array([True, False, True]), np.array([2, 0, 0, 1])])
def test_rows_are_taken_by_a_mask_or_by_position(keep: np.ndarray[Any, Any]) -> None:
    rows = Rows(3, {"number": np.array(NUMBERS), "kind": pd.Categorical(["x", "y", "x"])})
    whole = rows.frame()
    expected = (whole[keep] if keep.dtype == bool else whole.iloc[keep]).reset_index(drop=True)
    taken = rows.take(keep)
    assert len(taken) == len(expected)
    assert_frame_equal(taken.frame(), expected)
    assert list(rows.take(keep, ["kind"])) == ["kind"]


def test_a_column_of_another_length_is_refused() -> None:
    rows = Rows(3)
    with pytest.raises(ValueError, match="слово: 2 values for 3 rows"):
        rows["слово"] = np.array(["а", "б"], dtype=object)
    assert "слово" not in rows
    assert rows.array("слово") is None

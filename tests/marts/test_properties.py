"""What holds for any district: between its schools, in any order of rows, however files were split."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.compare import compare
from dashboard.marts import Indicator, Marts
from dashboard.values import values
from tests.marts.invented import invented
from tests.marts.rows import District, Row
from tests.marts.test_oracle import stored

Tables = dict[str, list[Row]]
seeds = st.integers(0, 10**6)
few = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def built(root: str, name: str, tables: Tables, parts: int = 1) -> Marts:
    """A district whose rows came in so many files a table, each school's rows in one of them."""
    district = District(Path(root) / name)
    for table, rows in tables.items():
        for part in range(parts):
            own = [row for row in rows if int(row.get("school_id") or 0) % parts == part]
            if own:
                district.file(table, **{table: own})
    return district.marts()


def shuffled(tables: Tables, seed: int) -> Tables:
    chance = Random(seed)
    return {name: chance.sample(rows, len(rows)) for name, rows in tables.items()}


@few
@given(seeds)
def test_neither_the_order_of_rows_nor_of_files_matters(seed: int) -> None:
    tables = invented(seed)
    with tempfile.TemporaryDirectory() as root:
        whole = built(root, "whole", tables)
        expected = stored(whole)
        again = (built(root, "shuffled", shuffled(tables, seed)), built(root, "split", tables, parts=3))
        for marts in again:
            assert stored(marts) == expected
            assert compare(whole.snapshot(), marts.snapshot()).moved == ()


@few
@given(seeds)
def test_every_cut_adds_up_to_the_district_which_lies_between_its_schools(seed: int) -> None:
    with tempfile.TemporaryDirectory() as root:
        marts = built(root, "district", invented(seed))
        for indicator in marts.indicators.values():
            whole = values(marts, indicator.indicator_id)
            for dimension in dict.fromkeys(("school", *indicator.by[2:])):
                cut = values(marts, indicator.indicator_id, {}, [dimension])
                assert _counted(cut) == pytest.approx(_counted(whole)), (indicator.indicator_id, dimension)
                if dimension == "school" and indicator.kind in ("share", "mean"):
                    _lies_between(whole, cut, indicator)


def _counted(cut: pd.DataFrame) -> list[float]:
    return cut[["numerator", "denominator"]].sum().tolist()


def _lies_between(whole: pd.DataFrame, schools: pd.DataFrame, indicator: Indicator) -> None:
    own = [
        (_key(row, indicator.split_by), row["value"])
        for row in schools.dropna(subset="value").to_dict("records")
    ]
    for row in whole.to_dict("records"):
        key = _key(row, indicator.split_by)
        beside = [value for of, value in own if of == key]
        if beside:
            assert min(beside) - 1e-9 <= row["value"] <= max(beside) + 1e-9, indicator.indicator_id
        if row["n"] and row["low"] == row["low"]:
            assert row["low"] - 1e-9 <= row["value"] <= row["high"] + 1e-9, indicator.indicator_id


def _key(row: dict[str, Any], names: list[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)

"""Every indicator of an invented district against the plain second implementation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.marts import Marts
from pipelines.contract import declarations
from tests.marts.invented import KINDS, invented, stage
from tests.marts.oracle import expected
from tests.marts.oracle_cells import Cells
from tests.marts.rows import District, Row

SEEDS = range(6)


def stored(marts: Marts) -> Cells:
    """``indicator_value`` as the oracle writes it: dimensions as declared, empty cells left out."""
    cells: Cells = {}
    for indicator in marts.indicators.values():
        columns = ", ".join(
            {"school": "school_id", "year": "school_year"}.get(d, f'"{d}"') for d in indicator.by
        )
        rows = marts.snapshot().rows(
            f"select {columns}, numerator, coalesce(denominator, 0), n from indicator_value"
            " where indicator_id = ? and n > 0",
            [indicator.indicator_id],
        )
        cells |= {(indicator.indicator_id, tuple(row[:-3])): tuple(row[-3:]) for row in rows}  # type: ignore[misc]
    return cells


def declared_levels() -> dict[str, Any]:
    terms = declarations().dictionaries["ict_level"].terms
    own = {name: term for name, term in terms.items() if term.facts["framework"] == "Профстандарт"}
    return {name: term.facts["from_percent"] for name, term in own.items()}


def wanted_of(tables: dict[str, list[Row]]) -> Cells:
    topics = list(declarations().dictionaries["training_topic"].terms)
    return expected(tables, KINDS, declared_levels(), topics)


def test_no_indicator_lacks_a_case() -> None:
    cases = {indicator for seed in SEEDS for indicator, _ in wanted_of(invented(seed))}
    assert cases == set(declarations().indicators)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_indicator(tmp_path: Path, seed: int) -> None:
    district = District(tmp_path)
    tables = invented(seed)
    stage(district, tables)
    wanted = wanted_of(tables)
    found = stored(district.marts())
    assert found.keys() == wanted.keys()
    for key, parts in wanted.items():
        assert found[key] == pytest.approx(parts), key

"""Comparisons made by the build: exact, few false ones among equal schools, and a real difference is found."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from pipelines.models import SQL, macros

DIMENSIONS = ("procedure", "term", "subject", "level", "topic", "competence", "task")
YEARS = 1000


def compared(sizes: Sequence[int], shares: Sequence[float], minimum: int, years: int = YEARS) -> pd.DataFrame:
    """What the build makes of so many years of schools with these sizes and true shares."""
    drawn = np.random.default_rng(7).binomial(sizes, shares, size=(years, len(sizes)))
    cells = pd.DataFrame({
        "indicator_id": "quality_share", "school_year": np.repeat(np.arange(years), len(sizes)),
        "school_id": [f"s{i}" for i in range(len(sizes))] * years, "grade": 4,
        "numerator": drawn.ravel().astype(float), "n": np.tile(np.array(sizes, dtype=float), years),
    })  # fmt: skip
    with duckdb.connect() as connection:
        connection.register("cells", cells)
        empty = ", ".join(f"cast(null as varchar) as {name}" for name in DIMENSIONS)
        connection.execute(macros())
        connection.execute(f"create table indicator_value as select *, n as denominator, {empty} from cells")
        connection.execute("create table dim_school as select distinct school_id, 'школа' as kind from cells")
        connection.execute(
            "create table indicator as select 'quality_share' as indicator_id, 'share' as kind, true as is_watched,"
            f" 'higher' as better, {minimum} as minimum, 'yes' as compare_schools, 'no' as compare_years"
        )
        connection.execute((SQL / "comparison.sql").read_text(encoding="utf-8"))
        return connection.execute("select * from comparison").df()


def years_with_a_signal(found: pd.DataFrame, school: str | None = None) -> float:
    loud = found[found["q"] <= 0.1]
    loud = loud if school is None else loud[loud["school_id"] == school]
    return loud["school_year"].nunique() / YEARS


@pytest.mark.parametrize("minimum", [1, 20])
def test_equal_schools_raise_few_false_signals(minimum: int) -> None:
    """Five schools of 4 to 22 pupils, all with a true 45 %: no more than the declared tenth of the years."""
    found = compared((4, 7, 9, 14, 22), [0.45] * 5, minimum)
    assert len(found) == YEARS * (5 if minimum == 1 else 1)
    assert years_with_a_signal(found) <= 0.1


def test_a_school_truly_25_points_lower_is_found() -> None:
    found = compared((60, 60, 60, 60, 60), [0.4, 0.65, 0.65, 0.65, 0.65], 20)
    assert years_with_a_signal(found, "s0") >= 0.8


def test_p_and_q_are_scipys_and_statsmodels() -> None:
    found = compared((22, 30, 41, 25), (0.3, 0.5, 0.5, 0.9), 20, years=20)
    for row in found.to_dict("records"):
        drawn = stats.hypergeom(row["n"] + row["other_n"], row["part"] + row["other_part"], row["n"])
        exact = min(1, 2 * min(drawn.cdf(row["part"]), drawn.sf(row["part"] - 1)))
        assert row["p"] == pytest.approx(exact, rel=1e-6)
    for _, year in found.groupby("school_year"):
        assert year["q"].tolist() == pytest.approx(multipletests(year["p"], method="fdr_bh")[1].tolist())

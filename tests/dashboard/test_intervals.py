"""Closed forms against statsmodels and against the snapshot's own macros; zones against their definition."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from dashboard.cloud import FunnelPoint, is_outside, spread
from dashboard.display import shown
from dashboard.intervals import Z95, Z998, funnel, newcombe, wilson
from dashboard.queries import Queries
from dashboard.zones import ADVANCED, BASE, Verdict, verdict, zone_of
from pipelines.models import macros
from tests.dashboard.test_display import share

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS)
def test_wilson_is_statsmodels_wilson(counts: tuple[int, int]) -> None:
    assert wilson(*counts) == pytest.approx(proportion_confint(*counts, method="wilson"), abs=1e-9)


@given(COUNTS, COUNTS)
def test_newcombe_is_statsmodels_newcombe(now: tuple[int, int], before: tuple[int, int]) -> None:
    expected = confint_proportions_2indep(*now, *before, method="newcomb", compare="diff")
    assert newcombe(*now, *before) == pytest.approx(expected, abs=1e-9)


def test_the_macros_of_the_snapshot_say_the_same(demo: Queries) -> None:
    sql = "select newcombe_low(19, 44, 18, 45), newcombe_high(19, 44, 18, 45), wilson_low(19, 44), wilson_high(19, 44)"
    assert demo.rows(sql)[0] == pytest.approx((*newcombe(19, 44, 18, 45), *wilson(19, 44)))


def test_nothing_counted_excludes_nothing() -> None:
    assert wilson(0, 0) == (0, 1)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(10, 44, Verdict.BELOW), (24, 44, Verdict.SAME), (30, 44, Verdict.ENOUGH), (0, 19, Verdict.NONE)],
)
def test_a_task_is_below_its_zone_only_with_its_whole_interval(
    part: int, whole: int, expected: Verdict
) -> None:
    assert verdict(shown(share(part, whole)), BASE) is expected


def test_zones_by_level() -> None:
    assert [zone_of(level) for level in ("Б", "базовый", "П", "В", None, "")] == [
        BASE, BASE, ADVANCED, ADVANCED, None, None,
    ]  # fmt: skip
    assert verdict(shown(share(1, 44)), None) is Verdict.NONE


def test_limits_widen_with_the_real_differences_of_schools() -> None:
    alike = [FunnelPoint(str(i), 100, shown(share(50 + i % 3, 100))) for i in range(20)]
    apart = [FunnelPoint(str(i), 100, shown(share(20 + 60 * (i % 2), 100))) for i in range(20)]
    assert spread(alike, 51) == 1
    assert spread(apart, 50) > 3
    assert is_outside(apart[0], 50)
    assert not is_outside(apart[0], 50, spread(apart, 50))


def test_few_schools_do_not_widen_the_limits() -> None:
    apart = [FunnelPoint(str(i), 100, shown(share(20 + 60 * (i % 2), 100))) for i in range(9)]
    assert spread(apart, 50) == 1


@pytest.fixture(scope="module")
def macro() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(macros())
        yield connection


@given(st.integers(1, 600), st.floats(0.01, 0.99), st.sampled_from([Z95, Z998, 1.5 * Z998]))
def test_the_funnel_drawn_is_the_snapshots_and_scipys(
    macro: duckdb.DuckDBPyConnection, n: int, share_: float, z: float
) -> None:
    drawn = funnel(share_, n, z)
    sql = "select funnel_low(?, ?, ?), funnel_high(?, ?, ?)"
    assert drawn == pytest.approx(macro.execute(sql, [n, share_, z] * 2).fetchone(), abs=2e-3 / n + 1e-4)
    for side, limit in zip((-z, z), drawn, strict=True):
        area = stats.norm.cdf(side)
        at = stats.binom.ppf(area, n, share_)
        below, upto = stats.binom.cdf(at - 1, n, share_), stats.binom.cdf(at, n, share_)
        exact = min(1, max(0, (at - (upto - area) / (upto - below)) / n))
        assert limit == pytest.approx(exact, abs=1e-6 + 1e-4 / n)


def test_a_funnel_of_everybody_or_nobody_has_no_width() -> None:
    assert (funnel(0, 10, Z95), funnel(1, 10, Z95)) == ((0, 0), (1, 1))

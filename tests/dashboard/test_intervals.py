"""Closed forms against statsmodels and against the snapshot's own macros; zones against their definition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from dashboard.cloud import FunnelPoint, is_outside, spread
from dashboard.display import shown
from dashboard.intervals import newcombe, wilson
from dashboard.queries import Queries
from dashboard.zones import ADVANCED, BASE, Verdict, verdict, zone_of
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

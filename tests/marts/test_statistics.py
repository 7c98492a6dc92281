"""The macros inside a snapshot against scipy and statsmodels."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import stdev
from typing import Any

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from pipelines.models import macros

counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.fixture(scope="module")
def call() -> Iterator[Any]:
    with duckdb.connect() as connection:
        connection.execute(macros())

        def evaluate(expression: str, *values: float) -> Any:
            row = connection.execute(f"select {expression}", list(values)).fetchone()
            return row[0] if row else None

        yield evaluate


@pytest.mark.parametrize(("k", "n"), [(0, 1), (1, 1), (0, 5), (5, 5), (5, 10), (0, 12), (12, 12), (1, 300)])
def test_wilson_at_the_edges(call: Any, k: int, n: int) -> None:
    _same_wilson(call, k, n)


@given(counts)
def test_wilson(call: Any, pair: tuple[int, int]) -> None:
    _same_wilson(call, *pair)


def _same_wilson(call: Any, k: int, n: int) -> None:
    expected = proportion_confint(k, n, method="wilson")
    found = call("wilson_low(?, ?)", k, n), call("wilson_high(?, ?)", k, n)
    assert found == pytest.approx(expected, abs=1e-9)
    assert 0 <= found[0] <= k / n <= found[1] <= 1


def test_wilson_of_the_handbook(call: Any) -> None:
    assert round(100 * call("wilson_high(0, 5)")) == 43
    assert (round(100 * call("wilson_low(5, 10)")), round(100 * call("wilson_high(5, 10)"))) == (24, 76)


def test_nothing_counted_has_no_interval(call: Any) -> None:
    for expression in (
        "wilson_low(0, 0)",
        "wilson_high(0, 0)",
        "newcombe_low(1, 2, 0, 0)",
        "mean_low(0, 0, 0)",
    ):
        assert call(expression) is None


@pytest.mark.parametrize("degrees", [*range(4, 40), 50, 100, 1000, 100000])
def test_t_quantile(call: Any, degrees: int) -> None:
    assert call("t95(?)", degrees) == pytest.approx(stats.t.ppf(0.975, degrees), abs=1e-3)


@given(st.lists(st.integers(0, 20), min_size=5, max_size=60))
def test_mean(call: Any, scores: list[int]) -> None:
    n, total, squares = len(scores), sum(scores), sum(score * score for score in scores)
    half = stats.t.ppf(0.975, n - 1) * stdev(scores) / n**0.5
    found = (call("mean_low(?, ?, ?)", total, squares, n), call("mean_high(?, ?, ?)", total, squares, n))
    assert found == pytest.approx((total / n - half, total / n + half), abs=1e-3 * max(1.0, half))


@given(st.lists(st.integers(0, 20), min_size=1, max_size=4))
def test_no_interval_for_a_mean_below_five(call: Any, scores: list[int]) -> None:
    squares = sum(score * score for score in scores)
    assert call("mean_low(?, ?, ?)", sum(scores), squares, len(scores)) is None


@given(counts, counts)
def test_newcombe(call: Any, one: tuple[int, int], other: tuple[int, int]) -> None:
    expected = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff")
    found = call("newcombe_low(?, ?, ?, ?)", *one, *other), call("newcombe_high(?, ?, ?, ?)", *one, *other)
    assert found == pytest.approx(expected, abs=1e-9)


areas = st.tuples(
    st.integers(1, 300), st.floats(0.01, 0.99), st.floats(1.5, 5).flatmap(lambda z: st.sampled_from([-z, z]))
)


def limit(n: int, p: float, z: float) -> float:
    """Spiegelhalter's interpolated limit, from scipy's exact binomial."""
    area = stats.norm.cdf(z)
    r = stats.binom.ppf(area, n, p)
    below, upto = stats.binom.cdf(r - 1, n, p), stats.binom.cdf(r, n, p)
    return min(1, max(0, (r - (upto - area) / (upto - below)) / n))


@given(areas)
def test_funnel_limits(call: Any, given_: tuple[int, float, float]) -> None:
    assert call("funnel_limit(?, ?, ?)", *given_) == pytest.approx(
        limit(*given_), abs=1e-6 + 1e-4 / given_[0]
    )


@pytest.mark.parametrize("p", [0.0, 1.0])
def test_a_funnel_around_nobody_and_everybody(call: Any, p: float) -> None:
    assert call("[funnel_low(7, ?, 1.96), funnel_high(7, ?, 1.96)]", p, p) == [p, p]
    assert call("funnel_low(0, 0.5, 1.96)") is None


@given(counts, st.floats(0.01, 0.99))
def test_binomial(call: Any, pair: tuple[int, int], p: float) -> None:
    k, n = pair
    assert call("binomial_at_most(?, ?, ?)", k, n, p) == pytest.approx(stats.binom.cdf(k, n, p), abs=1e-9)
    assert call("binomial_at_least(?, ?, ?)", k, n, p) == pytest.approx(stats.binom.sf(k - 1, n, p), abs=1e-9)
    assert 0 <= call("binomial_two_sided(?, ?, ?)", k, n, p) <= 1


@given(st.floats(-30, 8))
def test_normal(call: Any, z: float) -> None:
    assert call("normal_below(?)", z) == pytest.approx(stats.norm.cdf(z), rel=1e-9, abs=1e-15)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_benjamini_hochberg(call: Any, ps: list[float]) -> None:
    expected = multipletests(ps, method="fdr_bh")[1]
    row = call("benjamini_hochberg(cast(? as double[]))", ps)
    assert row == pytest.approx(list(expected), abs=1e-9)


@given(st.lists(counts, min_size=1, max_size=40))
def test_smoothing(call: Any, units: list[tuple[int, int]]) -> None:
    """Between the own share and the common one; the strength by moments against numpy."""
    found = over(call, "prior_strength(k, n)", units)
    assert found == pytest.approx(moments(units), rel=1e-6)
    total, whole = sum(k for k, _ in units), sum(n for _, n in units)
    for k, n in units:
        seen = call("smoothed(?, ?, ?, ?)", k, n, total / whole, found)
        low, high = sorted((k / n, total / whole))
        assert low - 1e-9 <= seen <= high + 1e-9


def over(call: Any, aggregate: str, units: list[tuple[int, int]]) -> Any:
    rows = ", ".join(f"({k}::double, {n}::double)" for k, n in units)
    return call(f"{aggregate} from (values {rows}) as unit(k, n)")


def moments(units: list[tuple[int, int]]) -> float:
    k, n = (np.array(side, dtype=float) for side in zip(*units, strict=True))
    share, count, whole = k.sum() / n.sum(), len(n), n.sum()
    if count < 10 or not 0 < share < 1:
        return 20.0
    between = (n * (k / n - share) ** 2).sum() / (share * (1 - share)) - (count - 1)
    spread = whole - (n * n).sum() / whole - (count - 1)
    rho = max(0.001, between / spread) if spread else 0.001
    return min(1000.0, 1 / rho - 1)


def test_smoothing_of_the_handbook(call: Any) -> None:
    schools = [(1, 4), (3, 7), (4, 9), (6, 14), (12, 22)]
    assert over(call, "prior_strength(k, n)", schools) == 20
    assert [round(100 * call("smoothed(?, ?, 26.0 / 56, 20)", k, n)) for k, n in schools] == [
        43,
        46,
        46,
        45,
        51,
    ]


def test_overdispersion_is_estimated_from_ten_units_on(call: Any) -> None:
    few, many = [(5, 10), (9, 10)], [(5, 10), (9, 10)] * 6
    assert over(call, "overdispersion(k, n, 0.5)", few) == 1
    assert over(call, "overdispersion(k, n, 0.5)", many) == pytest.approx(np.mean([0, (0.4**2) / 0.025]))


@pytest.mark.parametrize("truth", [[0.5] * 5, [0.2, 0.4, 0.5, 0.6, 0.9]])
def test_rank_intervals_hold_the_true_place(call: Any, truth: list[float]) -> None:
    """In at least 95 % of samples, for schools of 30; equal schools may stand anywhere."""
    chance = np.random.default_rng(1)
    held = tried = 0
    for _ in range(40):
        drawn = [(int(chance.binomial(30, p)), 30) for p in truth]
        for i, (k, n) in enumerate(drawn):
            others = ", ".join(f"{{'k': {a}, 'n': {b}}}" for j, (a, b) in enumerate(drawn) if j != i)
            best, worst = call(f"[rank_best({k}, {n}, [{others}]), rank_worst({k}, {n}, [{others}])]")
            place = 1 + sum(p > truth[i] for p in truth)
            last = sum(p >= truth[i] for p in truth)
            tried, held = tried + 1, held + (best <= last and worst >= place)
    assert held / tried >= 0.95

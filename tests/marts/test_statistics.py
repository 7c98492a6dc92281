"""The macros inside a snapshot against scipy and statsmodels."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import stdev
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
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

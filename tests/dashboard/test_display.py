"""The display policy by n, band by band, and what may be called a change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.display import Band, Measure, band, change, shown
from dashboard.intervals import wilson

NBSP = "\u00a0"


def share(part: float, whole: float) -> Measure:
    """A share with its interval, as values() returns it."""
    low, high = wilson(part, whole)
    return Measure(part, whole, whole, 100 * part / whole if whole else None, 100 * low, 100 * high)


@pytest.mark.parametrize(
    ("n", "expected"),
    [(0, Band.NONE), (1, Band.COUNTS), (4, Band.COUNTS), (5, Band.GREY), (9, Band.GREY), (10, Band.SMALL),
     (19, Band.SMALL), (20, Band.FULL), (5000, Band.FULL)],
)  # fmt: skip
def test_bands_begin_where_the_policy_says(n: int, expected: Band) -> None:
    assert band(n) is expected


def test_nothing_is_said_with_its_reason() -> None:
    seen = shown(replace(share(0, 0), note="нет шкалы"))
    assert (seen.text, seen.note) == ("нет данных", "нет шкалы")
    assert seen.position is None


@given(st.integers(1, 4).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_up_to_four_only_counts(counts: tuple[int, int]) -> None:
    seen = shown(share(*counts))
    assert seen.text == f"{counts[0]} из{NBSP}{counts[1]}"
    assert "%" not in seen.hover
    assert (seen.value, seen.position, seen.low, seen.interval) == (None, None, None, "")


@given(st.integers(5, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_five_to_nine_counts_with_the_interval_on_hover(counts: tuple[int, int]) -> None:
    seen = shown(share(*counts))
    assert "%" not in seen.text + seen.count
    assert "интервал" in seen.hover
    assert seen.value is None
    assert seen.position is not None
    assert not seen.has_verdict


def test_ten_to_nineteen_percent_but_no_verdict() -> None:
    seen = shown(share(6, 12))
    assert (seen.text, seen.count, seen.note) == (f"50,0{NBSP}%", f"6 из{NBSP}12", "малая выборка")
    assert seen.interval == f"25–75{NBSP}%"
    assert not seen.has_verdict


def test_from_twenty_on_a_verdict() -> None:
    assert shown(share(10, 20)).has_verdict


def test_points_of_tasks_are_told_from_people() -> None:
    seen = shown(Measure(31, 44, 22, 70.5, 50, 85))
    assert seen.count == f"31 из{NBSP}44 баллов, n{NBSP}={NBSP}22"
    assert seen.short == f"n{NBSP}={NBSP}22"


def test_means_of_few_say_only_how_many() -> None:
    seen = shown(Measure(40, 4, 4, 10, kind="mean", unit="балл"))
    assert (seen.text, seen.value) == (f"n{NBSP}={NBSP}4", None)


def test_counts_and_ratios_are_no_samples() -> None:
    assert shown(Measure(3, 0, 3, 3, kind="count", unit="чел.")).text == "3"
    assert shown(Measure(3, 20, 20, 15, kind="ratio", unit="на 100")).text == "15,0"


@pytest.mark.parametrize(
    ("now", "before", "better", "text", "tone"),
    [
        ((50, 100), (48, 100), "higher", f"выше прошлого года; в{NBSP}пределах случайного", "plain"),
        ((80, 100), (40, 100), "higher", "выше прошлого года; больше случайного", "good"),
        ((80, 100), (40, 100), "lower", "выше прошлого года; больше случайного", "bad"),
        ((40, 100), (80, 100), None, "ниже прошлого года; больше случайного", "watch"),
        ((50, 100), (50, 100), "higher", "как год назад", "plain"),
        ((15, 19), (1, 100), "higher", "мало данных для вывода о динамике", "muted"),
        ((15, 100), (1, 19), "higher", "мало данных для вывода о динамике", "muted"),
    ],
)
def test_changes_in_words(
    now: tuple[int, int], before: tuple[int, int], better: str | None, text: str, tone: str
) -> None:
    found = change(share(*now), share(*before), better)
    assert (found.text, found.tone) == (text, tone)


def test_no_year_before() -> None:
    assert change(share(1, 2), None, None).text == "год назад данных нет"


def test_points_of_tasks_are_compared_at_the_number_of_people() -> None:
    """Twenty people with a hundred points are twenty looks, not two thousand."""
    now, before = Measure(1040, 2000, 20, 52.0), Measure(960, 2000, 20, 48.0)
    assert not change(now, before, "higher").beyond_chance

"""Words and sentences: the same numbers as the pipelines write, correct cases, no causes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import words
from dashboard.display import Measure
from dashboard.sentences import compared
from pipelines import words as theirs
from tests.dashboard.test_display import share

NBSP = "\u00a0"


@given(st.integers(-(10**9), 10**9), st.integers(0, 3))
def test_numbers_are_the_pipelines_numbers(scaled: int, digits: int) -> None:
    value = scaled / 8
    assert words.number(value, digits).replace("−", "-") == theirs.number(value, digits).replace("-0", "-0")


@given(st.integers(0, 10**6))
def test_plurals_are_the_pipelines_plurals(count: int) -> None:
    forms = ("школа", "школы", "школ")
    assert words.plural(count, *forms) == theirs.plural(count, *forms)


@given(st.text('а«»„“" ', max_size=12))
def test_quotes_are_the_pipelines_quotes(text: str) -> None:
    assert words.in_quotes(text) == theirs.in_quotes(text)


def test_years_and_days() -> None:
    assert words.school_year(2026) == theirs.school_year(2026) == "2025/26"
    assert words.day(date(2025, 9, 20)) == "20.09.2025"


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["а"], "а"), (["а", "б"], "а и б"), (["а", "б", "в"], "а, б и в"),
     (list("абвгд"), f"а, б, в и{NBSP}ещё 2")],
)  # fmt: skip
def test_lists(items: list[str], text: str) -> None:
    assert words.joined(items) == text


def test_a_sentence_compares_without_causes() -> None:
    text = compared("Доля педагогов с категорией", share(19, 44), share(18, 45))
    assert text == (
        f"Доля педагогов с категорией составила 43,2{NBSP}% (19 из{NBSP}44), год назад{NBSP}40,0{NBSP}% "
        f"(18 из{NBSP}45); различие не превышает случайных колебаний."
    )


def test_a_sentence_agrees_with_any_title() -> None:
    assert compared("Участие", share(90, 100), share(40, 100)).startswith(
        "Показатель «Участие» составил 90,0"
    )
    assert compared("Участие", share(90, 100), share(40, 100)).endswith(
        "различие больше случайных колебаний."
    )


def test_a_sentence_of_few_says_so() -> None:
    assert compared("Участие", share(3, 4), share(4, 4)).endswith("для вывода о различии данных мало.")
    assert "%" not in compared("Участие", share(3, 4), share(4, 4))


def test_a_sentence_without_data() -> None:
    assert compared("Участие", Measure(0, 0, 0), None) == "Участие: нет данных."
    assert compared("Участие", share(90, 100), None).endswith("год назад данных нет.")

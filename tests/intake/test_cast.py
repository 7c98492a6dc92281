"""Cells as people type them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipelines.cast import FAULT, as_date, as_number, as_text, by_dictionary, cast
from pipelines.contract import Column, declarations

EMPTY = frozenset({"-", "—"})


@pytest.mark.parametrize(
    ("cell", "number"),
    [("12", 12), ("12,5", 12.5), ("1\u00a0234,5", 1234.5), ("45,5%", 45.5), (7.0, 7), ("-3", -3), ("+4", 4)],
)
def test_numbers(cell: object, number: float) -> None:
    assert as_number(cell) == number


@pytest.mark.parametrize("cell", ["много", "1.2.3", "12 чел.", True, "1e5", "", "инф"])
def test_not_numbers(cell: object) -> None:
    assert as_number(cell) is FAULT


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("05.03.1980", date(1980, 3, 5)), ("5.3.80", date(1980, 3, 5)), ("2024-09-01", date(2024, 9, 1)),
        ("сентябрь 2024 г.", date(2024, 9, 1)), ("1 мая 2023 г.", date(2023, 5, 1)), ("05.2024", date(2024, 5, 1)),
        ("2024", date(2024, 1, 1)), (2024.0, date(2024, 1, 1)), (45201, date(2023, 10, 2)),
        (datetime(2024, 5, 1, 10, 30), date(2024, 5, 1)), (date(2024, 5, 1), date(2024, 5, 1)),
    ],
)  # fmt: skip
def test_dates(cell: object, day: date) -> None:
    assert as_date(cell).date() == day


@pytest.mark.parametrize("cell", ["давно", "32.01.2024", "01.13.2024", "", "12", "34 марта 2024", "нояб"])
def test_not_dates(cell: object) -> None:
    assert as_date(cell) is FAULT


@pytest.mark.parametrize(
    ("cell", "text"),
    [(5.0, "5"), (5.5, "5.5"), ("  а   б ", "а б"), (date(2024, 5, 1), "01.05.2024"), (True, "да"),
     (datetime(2024, 5, 1, 9, 5), "01.05.2024 09:05"), (datetime(2024, 5, 1), "01.05.2024")],
)  # fmt: skip
def test_texts(cell: object, text: str) -> None:
    assert as_text(cell) == text


def _cast(cells: list[object], column: Column, dictionary: str | None = None) -> tuple[list[Any], list[bool]]:
    words = by_dictionary(declarations().dictionaries[dictionary]) if dictionary else None
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    values, faults = cast(array, column, words, EMPTY)
    return [None if pd.isna(value) else value for value in values], faults.tolist()


def test_a_column_is_cast_with_its_faults_marked() -> None:
    values, faults = _cast(["3", "", "-", "много", 4.0, "2,5"], Column(title="", type="integer"))
    assert values == [3, None, None, None, 4, None]
    assert faults == [False, False, False, True, False, True]


def test_booleans() -> None:
    values, faults = _cast(["да", "Нет", "", "+", "может быть"], Column(title="", type="boolean"))
    assert values == [True, False, None, True, None]
    assert faults == [False] * 4 + [True]


def test_dates_of_a_column() -> None:
    values, faults = _cast(["01.09.2024", "", "скоро"], Column(title="", type="date"))
    assert values == [pd.Timestamp(2024, 9, 1), None, None]
    assert faults == [False, False, True]


@pytest.mark.parametrize(
    ("said", "category"),
    [("Высшая", "высшая"), ("ВКК", "высшая"), ("в.к.", "высшая"), ("1 КК", "первая"), ("I", "первая"),
     ("первая, 12.05.2022", "первая"), ("СЗД", "соответствие"), ("б/к", "нет"), ("-", "нет"), ("вторая", "вторая"),
     ("", None)],
)  # fmt: skip
def test_a_dictionary_knows_its_spellings_and_keeps_the_unknown(said: str, category: str | None) -> None:
    assert _cast([said], Column(title=""), "category")[0] == [category]


def test_allowed_values_do_not_care_for_case() -> None:
    assert _cast(["Ж", "м", "женский"], Column(title="", values=["м", "ж"]))[0] == ["ж", "м", "женский"]

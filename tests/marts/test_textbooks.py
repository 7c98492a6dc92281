"""Textbooks that schools name, held to the list: by number, else by the first author, the subject and the grade."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard.marts import Marts
from tests.marts.rows import OTHER, District, pupils

BOOK = "Счётов В.В., Циркулева Г.Г. Математика 4 класс"
BAR = "ma4.8 | 1.1.3.1.8.4 | Иначев Е.Е. Математика 4 класс"


def _said(marts: Marts) -> list[tuple[Any, ...]]:
    return marts.snapshot().rows(
        "select textbook, pupils, number, is_permitted from fct_textbook order by 1, 2"
    )


def test_without_a_list_nothing_is_said(district: District) -> None:
    district.file("vpr", **pupils([[1], [0], []], textbook=BOOK))
    district.file("vpr", **pupils([[1]], OTHER))  # names no book
    assert _said(district.marts()) == [(BOOK, 3, None, None)]


@pytest.mark.parametrize(
    ("book", "listed", "number", "is_permitted"),
    [
        (BOOK, {"subject": "Математика", "grade_from": 4, "grade_to": 4}, "1.1.1.1", True),
        (BOOK, {"authors": "счетов в. в."}, "1.1.1.1", True),
        (BOOK, {"grade_from": 5, "grade_to": 6}, None, False),
        (BOOK, {"subject": "Физика"}, None, False),
        (BOOK, {"valid_until": date(2025, 8, 31)}, "1.1.1.1", False),
        (BOOK, {"valid_until": date(2025, 9, 1)}, "1.1.1.1", True),
        (BOOK, {"number": "4", "authors": "Другой А.А."}, None, False),
        (BAR, {"number": "1.1.3.1.8.4"}, "1.1.3.1.8.4", True),
        ("другое", {}, None, False),
    ],
)
def test_a_book_is_found_in_the_list(
    district: District, book: str, listed: dict[str, Any], number: str | None, is_permitted: bool
) -> None:
    district.file("textbook_list", textbook=[listed, {"number": "9", "authors": "Иной А.А."}])
    district.file("vpr", **pupils([[1], [0]], textbook=book))
    assert _said(district.marts()) == [(book, 2, number, is_permitted)]

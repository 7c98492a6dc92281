"""The address and the choice are two spellings of one thing."""

from __future__ import annotations

from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from dashboard.blocks import Link
from dashboard.selection import Selection

TEXTS = st.none() | st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30)
NUMBERS = st.none() | st.integers(0, 999_999_999)
CHOICES = st.builds(
    Selection, year=NUMBERS, grade=NUMBERS, part=NUMBERS, subject=TEXTS, school=TEXTS, class_=TEXTS, task=TEXTS,
    municipality=TEXTS, view=TEXTS, topic=TEXTS, kind=TEXTS,
)  # fmt: skip


@given(CHOICES)
def test_a_choice_survives_the_address(chosen: Selection) -> None:
    assert Selection.parse(chosen.params()) == (chosen, ())


@given(CHOICES)
def test_a_pasted_link_opens_the_same_choice(chosen: Selection) -> None:
    query = Link("к школе", "results", chosen).href.partition("?")[2]
    assert Selection.parse(dict(parse_qsl(query)))[0] == chosen


def test_class_is_spelled_without_underscore() -> None:
    assert Selection(class_="4А").params() == {"class": "4А"}


def test_an_unknown_parameter_is_named() -> None:
    chosen, ignored = Selection.parse({"colour": "red", "year": "2026"})
    assert chosen == Selection(year=2026)
    assert len(ignored) == 1
    assert "«colour»" in ignored[0]


def test_a_year_that_is_no_number_is_left_out() -> None:
    for text in ("весна", "٣", "-1", "1e3", "99999999999"):
        chosen, ignored = Selection.parse({"year": text})
        assert chosen == Selection()
        assert len(ignored) == 1


def test_an_empty_value_is_no_choice() -> None:
    assert Selection.parse({"school": "  "}) == (Selection(), ())


def test_a_page_without_a_choice_has_a_plain_address() -> None:
    assert Link("Сводка", "").href == "./"

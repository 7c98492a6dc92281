"""The report leaves the house: what it may name, where people are few.

A share or mean of fewer than ten people in one organisation or class is not printed, and where only one of a
row would be missing, the next smallest goes too: else the total gives it away by subtraction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.queries import Cut, Queries

SMALLEST = 10
NAMED = ("school", "class")
"""Dimensions whose values are places where single people can be recognised."""


class PublicQueries(Queries):
    """The same answers without the groups that are too small to be named in print."""

    smallest = SMALLEST

    def cuts(self, indicator: str, by: Sequence[str] = (), **where: Any) -> list[Cut]:
        """A cut by organisation or class keeps its large groups only; counts of things stay whole."""
        found = super().cuts(indicator, by, **where)
        is_of_people = self.indicators[indicator].kind in ("share", "mean")
        return _printable(found) if is_of_people and set(by) & set(NAMED) else found


def _printable(found: list[Cut]) -> list[Cut]:
    hidden: set[int] = set()
    for group in _rows(found):
        there = sorted((i for i in group if found[i].measure.n), key=lambda i: found[i].measure.n)
        small = [i for i in there if found[i].measure.n < SMALLEST]
        hidden |= set(there[: max(len(small), 2)] if small else [])
    return [cut for i, cut in enumerate(found) if i not in hidden]


def _rows(found: list[Cut]) -> Iterable[list[int]]:
    """Places that add up to one total: those alike in everything but their name."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for index, cut in enumerate(found):
        rest = tuple(value for key, value in cut.keys.items() if key not in (*NAMED, "school_name"))
        groups.setdefault(rest, []).append(index)
    return groups.values()

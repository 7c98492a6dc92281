"""Rooms and computers at a glance: of the district in the report, of one school on its card."""

from __future__ import annotations

from dashboard.blocks import Card
from dashboard.parts import card
from dashboard.queries import Queries

EQUIPMENT = ("computers_per_100", "internet_computers_share", "obsolete_computers_share",
             "rooms_with_computer_share", "rooms_with_projector_share")  # fmt: skip


def cards(q: Queries, year: int, school: str | None = None) -> tuple[Card, ...]:
    """Equipment with its line of years; empty where nobody gave the numbers."""
    found = (card(q, name, year, school=school) for name in EQUIPMENT)
    return tuple(_without_change(one) for one in found if one)


def _without_change(found: Card) -> Card:
    """Computers are counted, not sampled: chance has no part in a change."""
    return Card(found.title, found.value, found.count, spark=found.spark)

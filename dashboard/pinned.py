"""Pinned views as cards with today's numbers, for the boards and for the first page."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl

from dashboard.blocks import Card, Link
from dashboard.explorer.scope import PAGE as EXPLORER
from dashboard.explorer.scope import Scope, scope
from dashboard.notebook import Pin
from dashboard.parts import card
from dashboard.queries import Queries
from dashboard.selection import Selection


def link(pin: Pin) -> Link:
    """Where a pin leads."""
    return Link(pin.title, pin.page, Selection.parse(dict(parse_qsl(pin.query)))[0])


def cards(q: Queries, pins: Iterable[Pin], year: int | None = None, kind: str | None = None) -> list[Card]:
    """Pins of indicators as cards; ``year`` and ``kind``, where given, stand in for the pin's own."""
    return [found for pin in pins if (found := _card(q, pin, year, kind))]


def is_indicator(pin: Pin) -> bool:
    """Whether a pin is a view of the explorer, so that it has a number of its own."""
    return pin.page == EXPLORER and link(pin).selection.indicator is not None


def _card(q: Queries, pin: Pin, year: int | None, kind: str | None) -> Card | None:
    way = link(pin)
    asked = _asked(q, way.selection, year, kind) if is_indicator(pin) else None
    if asked is None:
        return None
    return card(q, asked.indicator.indicator_id, asked.year, way, pin.title, **asked.where)


def _asked(q: Queries, chosen: Selection, year: int | None, kind: str | None) -> Scope | None:
    if chosen.indicator not in q.indicators:
        return None
    asked = scope(q, chosen.but(year=year or chosen.year, kind=kind or chosen.kind))
    return None if asked is None or asked.messages else asked  # never another number under the pin's name

"""The way from any figure or page to where its numbers come from: which indicators, in which cut, in one address."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.blocks import Caption, Link
from dashboard.selection import Selection

PAGE, PANEL = "indicators", "origin"
LABEL, OF_PAGE = "Откуда это число", "Откуда числа этой страницы"


def of_figure(caption: Caption, chosen: Selection) -> Link | None:
    """From under a chart; none where it is made of no declared indicator."""
    return _way(caption.origin, chosen.but(year=caption.year or chosen.year), LABEL)


def of_page(asked: Iterable[str], chosen: Selection) -> Link | None:
    """From the foot of a page, to all that its cards, tables and charts were made of."""
    return _way(tuple(asked), chosen, OF_PAGE)


def _way(indicators: tuple[str, ...], chosen: Selection, label: str) -> Link | None:
    if not indicators:
        return None
    unfolded = dict.fromkeys(("view", "by", "chart", "source", "rule", "similar", "part"))
    return Link(label, PAGE, chosen.but(indicator=",".join(indicators), panel=PANEL, **unfolded))

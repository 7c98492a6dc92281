"""Intervals that plotly draws as loose lines, given back to the points they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dashboard.report.native.marks import numbers, rgb
from dashboard.report.native.model import Numbers, Whiskers


@dataclass(frozen=True)
class Interval:
    """An interval at a place of the named axis."""

    place: float
    low: float
    high: float
    color: str


def intervals(trace: Any, is_upright: bool) -> list[Interval]:
    """The intervals that a trace draws: separate strokes across the named axis, or the band of a line."""
    x, y = numbers(trace.x), numbers(trace.y)
    places, values = (x, y) if is_upright else (y, x)
    color = rgb(trace.line.color or trace.fillcolor)
    if trace.fill:
        return _band(places, values, color)
    found = []
    for (place, low), (other, high) in pairwise(zip(places, values, strict=True)):
        if place is not None and place == other and low is not None and high is not None:
            found.append(Interval(place, low, high, color))
    return found


def is_loose(trace: Any) -> bool:
    """Whether the trace is nothing but intervals: strokes with gaps between, or a band."""
    if trace.fill:
        return True
    x, y = numbers(trace.x), numbers(trace.y)
    strokes = [list(zip(x[i : i + 2], y[i : i + 2], strict=True)) for i in range(0, len(x), 3)]
    has_gaps = len(x) >= 2 and all(v is None for v in x[2::3])
    straight = all(len(s) == 2 and (s[0][0] == s[1][0] or s[0][1] == s[1][1]) for s in strokes)
    return trace.mode == "lines" and has_gaps and straight and len(x) % 3 == 0


def of_series(
    found: Sequence[Interval],
    places: Sequence[float | None],
    values: Sequence[float | None],
    is_upright: bool,
) -> Whiskers | None:
    """The whiskers of points at these places; None where none of them has an interval."""
    by_place = {i.place: i for i in found}
    own = [by_place.get(p) if p is not None and v is not None else None
           for p, v in zip(places, values, strict=True)]  # fmt: skip
    known = [one for one in own if one]
    if not known:
        return None
    minus: Numbers = tuple(
        max((v or 0) - one.low, 0.0) if one else None for v, one in zip(values, own, strict=True)
    )
    plus: Numbers = tuple(
        max(one.high - (v or 0), 0.0) if one else None for v, one in zip(values, own, strict=True)
    )
    return Whiskers(minus, plus, known[0].color, is_upright)


def _band(places: list[float | None], values: list[float | None], color: str) -> list[Interval]:
    ends: dict[float, list[float]] = {}
    for place, value in zip(places, values, strict=True):
        if place is not None and value is not None:
            ends.setdefault(place, []).append(value)
    return [Interval(place, min(both), max(both), color) for place, both in ends.items()]

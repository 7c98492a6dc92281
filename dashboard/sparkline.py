"""A small line of years as SVG, drawn without any charting library: the first screen paints at once."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dashboard.blocks import Spark, Tone
from dashboard.theme import Look

WIDTH, HEIGHT, PAD = 92, 34, 5


def svg(spark: Spark, tone: Tone, look: Look) -> str:
    """The drawing; empty when there are not two years to join."""
    known = [v for v in spark.values if v is not None]
    if len(known) < 2:
        return ""
    scale = _scale([*known, *(v for v in (*spark.lows, *spark.highs) if v is not None)])
    x = _positions(len(spark.values))
    color = look.tone(tone)
    last = max(i for i, v in enumerate(spark.values) if v is not None)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">'
        + _band(x, spark.lows, spark.highs, scale, color)
        + _line(x, spark.values, scale, color)
        + f'<circle cx="{x[last]:.1f}" cy="{scale(spark.values[last] or 0):.1f}" r="3.2" '
        + f'fill="{color}"/></svg>'
    )


def data_uri(drawing: str) -> str:
    """The drawing as an address that needs no request."""
    return "data:image/svg+xml," + quote(drawing, safe="/:=, ")


class _Scale:
    def __init__(self, low: float, high: float) -> None:
        self.low, self.height = low, max(high - low, 1e-9)

    def __call__(self, value: float) -> float:
        return HEIGHT - PAD - (value - self.low) / self.height * (HEIGHT - 2 * PAD)


def _scale(values: Sequence[float]) -> _Scale:
    low, high = min(values), max(values)
    room = max(8.0 - (high - low), 0) / 2
    return _Scale(low - room, high + room)


def _positions(count: int) -> list[float]:
    step = (WIDTH - 2 * PAD) / max(count - 1, 1)
    return [PAD + i * step for i in range(count)]


def _line(x: list[float], values: Sequence[float | None], scale: _Scale, color: str) -> str:
    points = " ".join(f"{a:.1f},{scale(v):.1f}" for a, v in zip(x, values, strict=True) if v is not None)
    return f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="1.8"/>'


def _band(
    x: list[float], lows: Sequence[float | None], highs: Sequence[float | None], scale: _Scale, color: str
) -> str:
    ends = [
        (a, lo, hi) for a, lo, hi in zip(x, lows, highs, strict=False) if lo is not None and hi is not None
    ]
    if len(ends) < 2:
        return ""
    there = [f"{a:.1f},{scale(hi):.1f}" for a, _, hi in ends]
    back = [f"{a:.1f},{scale(lo):.1f}" for a, lo, _ in reversed(ends)]
    return f'<polygon points="{" ".join(there + back)}" fill="{color}" fill-opacity="0.16"/>'

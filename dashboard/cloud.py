"""Many organisations at once: what chance alone allows at each size, widened by how much they really differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from dashboard.display import Shown
from dashboard.intervals import Z998, funnel


@dataclass(frozen=True)
class FunnelPoint:
    """One school: its size, what may be shown, and where it leads."""

    label: str
    n: float
    shown: Shown
    href: str = ""


def spread(points: Sequence[FunnelPoint], centre: float) -> float:
    """By how much schools differ more than chance alone would have it: the limits are widened by this factor."""
    share = centre / 100
    variance = share * (1 - share)
    judged = [p for p in points if p.shown.has_verdict and p.shown.value is not None]
    if len(judged) < 10 or variance <= 0:
        return 1.0
    squares = [(((p.shown.value or 0) / 100 - share) ** 2) * p.n / variance for p in judged]
    return max(1.0, sqrt(sum(squares) / len(squares)))


def is_outside(point: FunnelPoint, centre: float, wide: float = 1.0) -> bool:
    """Beyond the 99.8 % limits, where a verdict is allowed at all."""
    low, high = funnel(centre / 100, max(point.n, 1), Z998 * wide)
    value = point.shown.value
    return point.shown.has_verdict and value is not None and not low <= value / 100 <= high

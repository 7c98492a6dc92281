"""Closed forms for small numbers: the same as the SQL macros of the snapshot, for numbers already in hand."""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log, sqrt
from statistics import NormalDist

Z95 = 1.959963984540054
Z998 = 3.0902323061678132


def wilson(part: float, whole: float, z: float = Z95) -> tuple[float, float]:
    """Wilson's interval of a share, as fractions; (0, 1) when nothing was counted."""
    if whole <= 0:
        return 0.0, 1.0
    p, z2 = part / whole, z * z
    centre = (p + z2 / (2 * whole)) / (1 + z2 / whole)
    half = z * sqrt(p * (1 - p) / whole + z2 / (4 * whole * whole)) / (1 + z2 / whole)
    return max(0.0, centre - half), min(1.0, centre + half)


def newcombe(part: float, whole: float, was: float, was_of: float) -> tuple[float, float]:
    """Interval of the difference of two shares (now minus before) by Newcombe's hybrid score method."""
    p1, p2 = part / whole, was / was_of
    (l1, u1), (l2, u2) = wilson(part, whole), wilson(was, was_of)
    difference = p1 - p2
    return (
        difference - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2),
        difference + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2),
    )


def funnel(share: float, whole: float, z: float) -> tuple[float, float]:
    """Where a group of this size lies by chance alone around a common share: exact binomial, interpolated."""
    n = max(1, round(whole))
    return _limit(share, n, -z), _limit(share, n, z)


@lru_cache(maxsize=4096)
def _limit(share: float, n: int, z: float) -> float:
    """The share below which lies the area below ``z`` (Spiegelhalter 2005)."""
    if share <= 0 or share >= 1:
        return min(1.0, max(0.0, share))
    area, spread = NormalDist().cdf(z), sqrt(n * share * (1 - share))
    r = max(0, int(n * share - 20 * spread))
    at = exp(lgamma(n + 1) - lgamma(r + 1) - lgamma(n - r + 1) + r * log(share) + (n - r) * log(1 - share))
    upto = at
    while upto < area and r < n:
        at *= (n - r) / (r + 1) * share / (1 - share)
        r, upto = r + 1, upto + at
    return min(1.0, max(0.0, (r - (upto - area) / at) / n))

"""Closed forms for small numbers: the same as the SQL macros of the snapshot, for numbers already in hand."""

from __future__ import annotations

from math import sqrt

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
    """Where a school of this size lies by chance alone around a common share (score limits)."""
    half = z * sqrt(share * (1 - share) / whole)
    return max(0.0, share - half), min(1.0, share + half)

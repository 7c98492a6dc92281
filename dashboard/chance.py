"""A live example of chance: organisations of the district's own sizes, all equally good, in invented years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

YEARS = 400
"""Invented years from which the usual gap is taken."""


@dataclass(frozen=True)
class Drawn:
    """One invented year: how many of each organisation's people succeeded by chance alone."""

    counts: tuple[int, ...]
    gap: float
    """Percentage points between the best and the worst."""


def year(sizes: Sequence[int], share: float, seed: int) -> Drawn:
    """Everybody succeeds with the same probability ``share`` (0…1); the seed names the year."""
    luck = Random(seed)
    counts = tuple(sum(luck.random() < share for _ in range(n)) for n in sizes)
    shares = [100 * k / n for k, n in zip(counts, sizes, strict=True) if n]
    return Drawn(counts, max(shares) - min(shares) if shares else 0)


def usual_gap(sizes: Sequence[int], share: float) -> float:
    """The median gap, in percentage points, over `YEARS` invented years."""
    gaps = sorted(year(sizes, share, seed).gap for seed in range(YEARS))
    return gaps[len(gaps) // 2]

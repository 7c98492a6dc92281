"""Zones of task success (ФИОКО, 2026) and what an estimate with its interval says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from dashboard.display import Shown
from dashboard.words import NBSP, plain


@dataclass(frozen=True)
class Zone:
    """From ``enough`` on the level is reached; under ``below`` it is not."""

    enough: float
    below: float
    name: str

    @property
    def label(self) -> str:
        """«базовый: 60 %»."""
        return f"{self.name}: {plain(self.enough)}{NBSP}%"


BASE = Zone(60, 57, "базовый")
ADVANCED = Zone(30, 28.5, "повышенный")


PUBLISHED: Mapping[str, Zone] = {"Б": BASE, "П": ADVANCED, "В": ADVANCED}
"""The zones of releases from before they were declared in the dictionary ``task_zone``."""


def zone_of(level: str | None, zones: Mapping[str, Zone] = PUBLISHED) -> Zone | None:
    """The zone of a task's level; none when no specification says the level."""
    return zones.get((level or "").strip()[:1].upper())


class Verdict(Enum):
    """What may be said of a task."""

    ENOUGH = "выполнено достаточно"
    SAME = "ниже зоны, но при таком n не отличается от случайного"
    BELOW = "ниже зоны"
    NONE = "вывод не делается"

    @property
    def words(self) -> str:
        """As it stands in tables and tooltips."""
        return self.value


def verdict(shown: Shown, zone: Zone | None) -> Verdict:
    """A task is below its zone only if its whole interval is; a verdict needs n ≥ 20."""
    if zone is None or not shown.has_verdict or shown.value is None:
        return Verdict.NONE
    if shown.high is not None and shown.high < zone.below:
        return Verdict.BELOW
    return Verdict.ENOUGH if shown.value >= zone.enough else Verdict.SAME

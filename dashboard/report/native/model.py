"""A chart as office programs know it: categories and series, and nothing of plotly."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["bar", "column", "line", "scatter"]
"""``bar`` lies, ``column`` stands; ``scatter`` has numbers on both axes."""
Numbers = tuple[float | None, ...]


@dataclass(frozen=True)
class Whiskers:
    """Intervals of a series, as lengths from the value down (left) and up (right)."""

    minus: Numbers
    plus: Numbers
    color: str
    is_upright: bool


@dataclass(frozen=True)
class Series:
    """One row of marks, bars or a line. A None is a gap."""

    name: str
    values: Numbers
    places: Numbers = ()
    """Horizontal positions, of a scatter chart only."""
    color: str = "000000"
    line: str = ""
    """Dash of the line between points (``solid``, ``dash``, ``sysDot``, …); none where empty."""
    width: float = 1.5
    """Points."""
    symbol: str = ""
    """Marker; none where empty."""
    is_hollow: bool = False
    size: int = 8
    is_hatched: bool = False
    edge: str = ""
    """Outline of bars."""
    whiskers: Whiskers | None = None
    labels: tuple[str, ...] = ()
    """Texts beside the points; an empty one is none."""
    shows_values: bool = False
    label_side: str = "r"
    label_color: str = ""
    is_helper: bool = False
    """Carries names or lines of an axis: not in the legend."""


@dataclass(frozen=True)
class Axis:
    """An axis with numbers."""

    low: float | None = None
    high: float | None = None
    step: float | None = None
    number: str = "General"
    """Number format as spreadsheets write it."""
    is_log: bool = False
    is_shown: bool = True
    has_grid: bool = True
    title: str = ""


@dataclass(frozen=True)
class NativeChart:
    """Everything an office program needs to draw the chart."""

    kind: Kind
    series: tuple[Series, ...]
    categories: tuple[str, ...] = ()
    is_stacked: bool = False
    is_overlaid: bool = False
    value_axis: Axis = field(default_factory=Axis)
    place_axis: Axis = field(default_factory=Axis)
    has_legend: bool = False
    height: int = 360
    """Pixels at 96 dots an inch, for a chart as wide as an A4 column."""
    left: float = 0.0
    right: float = 0.0
    """Parts of the width kept free for names that the chart writes itself; 0 leaves it to the program."""

    @property
    def rows(self) -> int:
        """How many names stand one under another."""
        own = (sum(map(bool, one.labels)) for one in self.series if self.kind == "scatter")
        return max(len(self.categories) if self.kind == "bar" else 0, *own, 0)

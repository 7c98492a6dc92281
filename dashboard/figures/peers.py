"""A school among similar ones: theirs as pale rings, all together as a line, its own with the interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.base import (
    Point,
    clickable,
    figure,
    hover,
    marker,
    name_axis,
    row_height,
    share_axis,
    side_labels,
    whiskers,
)
from dashboard.theme import Look
from dashboard.words import percent


@dataclass(frozen=True)
class Among:
    """One row: the school, the similar ones and what they make together, in percent."""

    mine: Point
    others: tuple[Point, ...]
    together: float | None


def among(rows: Sequence[Among], look: Look) -> go.Figure:
    """Rows in the given order; the similar schools are not named but on hover."""
    labels = [row.mine.label for row in rows]
    fig = figure(
        look,
        height=row_height(labels) * len(rows) + 36,
        xaxis={**share_axis(look), "side": "bottom"},
        yaxis=name_axis(look, labels),
        margin={"l": 8, "r": 84, "t": 8, "b": 28},
    )
    _others(fig, rows, look)
    _together(fig, rows, look)
    _mine(fig, rows, look)
    side_labels(fig, look, [row.mine.shown.short or row.mine.shown.text for row in rows])
    return fig


def _others(fig: go.Figure, rows: Sequence[Among], look: Look) -> None:
    drawn = [(at, p) for at, row in enumerate(rows) for p in row.others if p.shown.position is not None]
    ring = {"size": 9, "symbol": "circle-open", "color": look.grey, "opacity": 0.75, "line": {"width": 1.4}}
    fig.add_trace(
        go.Scatter(
            x=[point.shown.position for _, point in drawn],
            y=[at for at, _ in drawn],
            mode="markers",
            marker=ring,
            customdata=clickable([point for _, point in drawn]),
            text=[hover(point) for _, point in drawn],
            hovertemplate="%{text}<extra></extra>",
        )
    )


def _together(fig: go.Figure, rows: Sequence[Among], look: Look) -> None:
    known = [(at, row.together) for at, row in enumerate(rows) if row.together is not None]
    fig.add_trace(
        go.Scatter(
            x=[value for _, value in known],
            y=[at for at, _ in known],
            mode="markers",
            marker={"symbol": "line-ns", "size": 18, "opacity": 1, "line": {"width": 2.4, "color": look.ink}},
            text=[f"Похожие вместе: {percent(value)}" for _, value in known],
            hovertemplate="%{text}<extra></extra>",
        )
    )


def _mine(fig: go.Figure, rows: Sequence[Among], look: Look) -> None:
    drawn = [(at, row.mine) for at, row in enumerate(rows) if row.mine.shown.position is not None]
    looks = [marker(point, look) for _, point in drawn]
    ends = [(at, p.shown.low, p.shown.high, color) for (at, p), (_, color) in zip(drawn, looks, strict=True)]
    whiskers(
        fig, [(at, low, high, color) for at, low, high, color in ends if low is not None and high is not None]
    )
    fig.add_trace(
        go.Scatter(
            x=[point.shown.position for _, point in drawn],
            y=[at for at, _ in drawn],
            mode="markers",
            marker={
                "opacity": 1,
                "size": 12,
                "symbol": [symbol for symbol, _ in looks],
                "color": [color for _, color in looks],
                "line": {"width": 2, "color": [color for _, color in looks]},
            },
            text=[hover(point) for _, point in drawn],
            hovertemplate="%{text}<extra></extra>",
        )
    )

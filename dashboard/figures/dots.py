"""Shares as dots with their intervals, one row a name, the district as a line. Never ordered by value."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.figures.base import (
    MEANINGS,
    Point,
    Reference,
    clickable,
    figure,
    hover,
    marker,
    name_axis,
    plain_axis,
    row_height,
    share_axis,
    side_labels,
    whiskers,
)
from dashboard.theme import Look
from dashboard.words import number, percent

DASHES = ("dash", "dot", "dashdot")
LABEL = 16
"""Height of one line of words over the rows."""


def dots(
    points: Sequence[Point], reference: Reference | None, look: Look, top: float | None = None,
    others: Sequence[Reference] = (),
) -> go.Figure:  # fmt: skip
    """Rows in the given order; ``top`` is the end of the axis for values that are not percent."""
    axis = share_axis(look) if top is None else _value_axis(look, top)
    fig = figure(
        look,
        height=row_height([p.label for p in points]) * len(points)
        + (54 if reference else 36)
        + LABEL * len(others),
        xaxis={**axis, "side": "bottom"},
        yaxis=name_axis(look, [p.label for p in points]),
        margin={"l": 8, "r": 84, "t": (26 if reference else 8) + LABEL * len(others), "b": 28},
    )
    for line, one in enumerate([reference, *others]):
        _reference(fig, one, look, top is None, line)
    _whiskers(fig, points, look)
    _marks(fig, points, look)
    side_labels(fig, look, [point.shown.short or point.shown.text for point in points])
    return fig


def _value_axis(look: Look, top: float) -> dict[str, object]:
    return {**plain_axis(look), "range": [0, top], "showgrid": True, "gridcolor": look.line, "nticks": 6}


def _reference(
    fig: go.Figure, reference: Reference | None, look: Look, is_share: bool, line: int = 0
) -> None:
    if reference is None:
        return
    value = percent(reference.value) if is_share else number(reference.value, 1)
    fig.add_vline(
        x=reference.value, line={"color": look.muted, "width": 1.2, "dash": DASHES[line % len(DASHES)]}
    )
    fig.add_annotation(
        x=reference.value,
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=LABEL * line,
        text=f"{reference.label}: {value}",
        showarrow=False,
        font={"size": 12, "color": look.muted},
    )


def _whiskers(fig: go.Figure, points: Sequence[Point], look: Look) -> None:
    seen = [
        (row, p.shown.low, p.shown.high, marker(p, look)[1], p.shown.value) for row, p in enumerate(points)
    ]
    whiskers(
        fig,
        [(row, low, high, color) for row, low, high, color, value in seen if None not in (low, high, value)],  # type: ignore[misc]
    )


def _marks(fig: go.Figure, points: Sequence[Point], look: Look) -> None:
    drawn = [(row, point) for row, point in enumerate(points) if point.shown.position is not None]
    looks = [marker(point, look) for _, point in drawn]
    fig.add_trace(
        go.Scatter(
            x=[point.shown.position for _, point in drawn],
            y=[row for row, _ in drawn],
            mode="markers",
            meta=MEANINGS,
            marker={
                "opacity": 1,
                "size": 11,
                "symbol": [symbol for symbol, _ in looks],
                "color": [color for _, color in looks],
                "line": {"width": 2, "color": [color for _, color in looks]},
            },
            customdata=clickable([point for _, point in drawn]),
            text=[hover(point) for _, point in drawn],
            hovertemplate="%{text}<extra></extra>",
        )
    )

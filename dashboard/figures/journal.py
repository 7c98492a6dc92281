"""Marks of the work against the journal: lowered to the left, raised to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.base import figure, name_axis, plain_axis, row_height, side_labels
from dashboard.theme import Look
from dashboard.words import NBSP, number


@dataclass(frozen=True)
class JournalRow:
    """One organisation or work; ``lowered`` and ``raised`` in percent, None where a percent may not be said."""

    label: str
    counts: str
    """«понизили 3, подтвердили 9, повысили 2 из 14»."""
    lowered: float | None
    confirmed: float | None
    raised: float | None
    href: str = ""


def diverging(rows: Sequence[JournalRow], look: Look) -> go.Figure:
    """Two bars from the middle; what was confirmed is written at the right."""
    widest = max([*(row.lowered or 0 for row in rows), *(row.raised or 0 for row in rows), 20])
    edge = min(100, -(-(widest + 8) // 10) * 10)
    ticks = [-edge, -edge / 2, 0, edge / 2, edge]
    fig = figure(
        look,
        height=row_height([row.label for row in rows]) * len(rows) + 54,
        barmode="overlay",
        bargap=0.35,
        xaxis={
            **plain_axis(look),
            "range": [-edge, edge],
            "tickvals": ticks,
            "ticktext": [f"{number(abs(t))}{NBSP}%" for t in ticks],
            "showgrid": True,
            "gridcolor": look.line,
        },
        yaxis=name_axis(look, [row.label for row in rows]),
        margin={"l": 8, "r": 120, "t": 26, "b": 28},
    )
    _bars(fig, rows, look, "lowered")
    _bars(fig, rows, look, "raised")
    _words(fig, rows, look)
    return fig


def _bars(fig: go.Figure, rows: Sequence[JournalRow], look: Look, side: str) -> None:
    known = [(i, row, getattr(row, side)) for i, row in enumerate(rows) if getattr(row, side) is not None]
    left = side == "lowered"
    fig.add_trace(
        go.Bar(
            name="понизили" if left else "повысили",
            x=[-value if left else value for _, _, value in known],
            y=[i for i, _, _ in known],
            orientation="h",
            marker={
                "color": look.orange if left else look.blue,
                "line": {"width": 0},
                "pattern": {
                    "shape": "/" if left else "",
                    "fgcolor": look.ground,
                    "size": 5,
                    "solidity": 0.25,
                    "fillmode": "overlay",
                },
            },
            text=[f"{number(value)}{NBSP}%" for _, _, value in known],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 12, "color": look.ink},
            customdata=[[row.href] for _, row, _ in known],
            hovertext=[f"<b>{row.label}</b><br>{row.counts}" for _, row, _ in known],
            hovertemplate="%{hovertext}<extra></extra>",
            unselected={"marker": {"opacity": 1}},
        )
    )


def _words(fig: go.Figure, rows: Sequence[JournalRow], look: Look) -> None:
    for x, text, anchor in ((-2, "понизили", "right"), (2, "повысили", "left")):
        fig.add_annotation(
            x=0,
            y=1,
            yref="paper",
            yanchor="bottom",
            xanchor=anchor,
            xshift=5 * x,
            text=text,
            showarrow=False,
            font={"size": 12, "color": look.muted},
        )
    fig.add_annotation(
        x=1,
        xref="paper",
        xanchor="left",
        xshift=8,
        y=1,
        yref="paper",
        yanchor="bottom",
        text="подтвердили",
        showarrow=False,
        font={"size": 12, "color": look.muted},
    )
    confirmed = [f"{number(row.confirmed)}{NBSP}%" if row.confirmed is not None else "" for row in rows]
    side_labels(fig, look, confirmed)
    for index, row in enumerate(rows):
        if row.confirmed is not None:
            continue
        fig.add_annotation(
            x=0,
            y=index,
            text=row.counts,
            showarrow=False,
            font={"size": 11, "color": look.muted},
            bgcolor=look.ground,
        )

"""How many pupils got each score: zero-based bars, the boundaries of marks as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from dashboard.figures.base import figure, plain_axis
from dashboard.theme import Look
from dashboard.words import NBSP, out_of


def scores(
    counts: Mapping[int, int], top: int, boundaries: Sequence[tuple[str, int]], look: Look
) -> go.Figure:
    """Every score from 0 to ``top``; a boundary stands before the first score of its mark."""
    total = sum(counts.values())
    places = list(range(top + 1))
    fig = figure(
        look,
        height=280,
        bargap=0.18,
        margin={"l": 8, "r": 8, "t": 26, "b": 44},
        xaxis={
            **plain_axis(look),
            "range": [-0.6, top + 0.6],
            "dtick": 1 if top <= 30 else 5,
            "tickangle": 0,
            "title": {"text": "Баллов", "font": {"size": 12, "color": look.muted}},
        },
        yaxis={
            **plain_axis(look),
            "rangemode": "tozero",
            "showgrid": True,
            "gridcolor": look.line,
            "nticks": 5,
        },
    )
    fig.add_trace(
        go.Bar(
            x=places,
            y=[counts.get(x, 0) for x in places],
            marker={"color": look.blue, "line": {"width": 0}},
            hovertext=[f"{x} б.: {out_of(counts.get(x, 0), total)}" for x in places],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    _boundaries(fig, boundaries, look)
    return fig


def _boundaries(fig: go.Figure, boundaries: Sequence[tuple[str, int]], look: Look) -> None:
    for mark, start in boundaries:
        fig.add_vline(x=start - 0.5, line={"color": look.muted, "width": 1.2, "dash": "dash"})
        fig.add_annotation(
            x=start - 0.5,
            y=1,
            yref="paper",
            yanchor="bottom",
            xanchor="left",
            text=f"«{mark}» от{NBSP}{start}",
            showarrow=False,
            font={"size": 12, "color": look.muted},
        )

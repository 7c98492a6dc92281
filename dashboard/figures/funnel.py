"""Many schools at once: share against size, with what chance alone allows. No names in a row, no ranks."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.cloud import FunnelPoint, is_outside, spread
from dashboard.figures.base import figure, plain_axis, share_axis, value_axis
from dashboard.intervals import Z95, Z998, funnel
from dashboard.theme import Look
from dashboard.words import number, percent


def funnel_plot(
    points: Sequence[FunnelPoint],
    centre: float,
    look: Look,
    reference: str,
    sizes_title: str = "Участников (логарифмическая шкала)",
    is_share: bool = True,
) -> go.Figure:
    """Points from n = 5 on; for shares the curves are the 95 and 99.8 % limits around the common value."""
    drawn = [p for p in points if p.shown.position is not None and p.n > 0]
    sizes = [p.n for p in drawn] or [5.0, 50.0]
    fig = figure(
        look,
        height=430,
        yaxis=share_axis(look) if is_share else value_axis(look),
        margin={"l": 8, "r": 96, "t": 10, "b": 46},
        xaxis={
            **plain_axis(look),
            "type": "log",
            "title": {"text": sizes_title, "font": {"size": 12, "color": look.muted}},
            "tickvals": [5, 10, 20, 50, 100, 200, 500, 1000, 2000],
        },
    )
    wide = spread(drawn, centre) if is_share else 1.0
    if is_share:
        _limits(fig, centre / 100, min(sizes), max(sizes), wide, look)
    _marks(fig, drawn, [is_share and is_outside(p, centre, wide) for p in drawn], look)
    _centre(fig, centre, reference, is_share, look)
    return fig


def _centre(fig: go.Figure, centre: float, reference: str, is_share: bool, look: Look) -> None:
    fig.add_hline(y=centre, line={"color": look.muted, "width": 1.2, "dash": "dash"})
    fig.add_annotation(
        x=1,
        xref="paper",
        xanchor="left",
        xshift=4,
        y=centre,
        text=f"{reference}:<br>{percent(centre) if is_share else number(centre, 1)}",
        align="left",
        showarrow=False,
        font={"size": 12, "color": look.muted},
    )


def _limits(fig: go.Figure, share: float, smallest: float, largest: float, wide: float, look: Look) -> None:
    sizes = [smallest * (largest / smallest) ** (i / 60) for i in range(61)]
    for z, dash in ((Z95, "dot"), (Z998, "solid")):
        for side in (0, 1):
            fig.add_trace(
                go.Scatter(
                    x=sizes,
                    y=[100 * funnel(share, n, z * wide)[side] for n in sizes],
                    mode="lines",
                    hoverinfo="skip",
                    line={"color": look.grey, "width": 1.1, "dash": dash},
                )
            )


def _marks(fig: go.Figure, points: Sequence[FunnelPoint], outside: Sequence[bool], look: Look) -> None:
    fig.add_trace(
        go.Scatter(
            x=[p.n for p in points],
            y=[p.shown.position for p in points],
            mode="markers",
            marker={
                "size": [10 if out else 7 for out in outside],
                "opacity": 0.8,
                "symbol": [_symbol(p, out) for p, out in zip(points, outside, strict=True)],
                "color": [_color(p, out, look) for p, out in zip(points, outside, strict=True)],
            },
            customdata=[[p.href] for p in points],
            hovertext=[f"<b>{p.label}</b><br>{p.shown.hover.replace('; ', '<br>')}" for p in points],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )


def _symbol(point: FunnelPoint, is_out: bool) -> str:
    return "diamond" if is_out else "circle" if point.shown.has_verdict else "circle-open"


def _color(point: FunnelPoint, is_out: bool, look: Look) -> str:
    return look.red if is_out else look.blue if point.shown.has_verdict else look.grey

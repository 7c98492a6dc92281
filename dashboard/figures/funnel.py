"""Many schools at once: share against size, with what chance alone allows. No names in a row, no ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.display import Shown
from dashboard.figures.base import figure, plain_axis, share_axis
from dashboard.intervals import Z95, Z998, funnel
from dashboard.theme import Look
from dashboard.words import NBSP, percent


@dataclass(frozen=True)
class FunnelPoint:
    """One school: its size, what may be shown, and where it leads."""

    label: str
    n: float
    shown: Shown
    href: str = ""


def is_outside(point: FunnelPoint, centre: float) -> bool:
    """Beyond the 99.8 % limits, where a verdict is allowed at all."""
    low, high = funnel(centre / 100, max(point.n, 1), Z998)
    value = point.shown.value
    return point.shown.has_verdict and value is not None and not low <= value / 100 <= high


def funnel_plot(
    points: Sequence[FunnelPoint],
    centre: float,
    look: Look,
    reference: str,
    sizes_title: str = "Участников (логарифмическая шкала)",
) -> go.Figure:
    """Points from n = 5 on; the curves are the 95 and 99.8 % limits around the common share."""
    sizes = [p.n for p in points if p.shown.position is not None] or [5.0, 50.0]
    fig = figure(
        look,
        height=430,
        yaxis=share_axis(look),
        margin={"l": 8, "r": 96, "t": 10, "b": 46},
        xaxis={
            **plain_axis(look),
            "type": "log",
            "title": {
                "text": sizes_title,
                "font": {"size": 12, "color": look.muted},
            },
            "tickvals": [5, 10, 20, 50, 100, 200, 500, 1000, 2000],
        },
    )
    _limits(fig, centre / 100, min(sizes), max(sizes), look)
    _marks(fig, [p for p in points if p.shown.position is not None], centre, look)
    fig.add_hline(y=centre, line={"color": look.muted, "width": 1.2, "dash": "dash"})
    fig.add_annotation(
        x=1,
        xref="paper",
        xanchor="left",
        xshift=4,
        y=centre,
        text=f"{reference}:<br>{percent(centre)}",
        align="left",
        showarrow=False,
        font={"size": 12, "color": look.muted},
    )
    return fig


def _limits(fig: go.Figure, share: float, smallest: float, largest: float, look: Look) -> None:
    sizes = [smallest * (largest / smallest) ** (i / 60) for i in range(61)]
    for z, dash in ((Z95, "dot"), (Z998, "solid")):
        for side in (0, 1):
            fig.add_trace(
                go.Scatter(
                    x=sizes,
                    y=[100 * funnel(share, n, z)[side] for n in sizes],
                    mode="lines",
                    hoverinfo="skip",
                    line={"color": look.grey, "width": 1.1, "dash": dash},
                )
            )


def _marks(fig: go.Figure, points: Sequence[FunnelPoint], centre: float, look: Look) -> None:
    outside = [is_outside(p, centre) for p in points]
    fig.add_trace(
        go.Scatter(
            x=[p.n for p in points],
            y=[p.shown.position for p in points],
            mode="markers",
            marker={
                "size": [10 if out else 7 for out in outside],
                "opacity": 0.8,
                "symbol": [
                    "diamond" if out else "circle" if p.shown.has_verdict else "circle-open"
                    for p, out in zip(points, outside, strict=True)
                ],
                "color": [
                    look.red if out else look.blue if p.shown.has_verdict else look.grey
                    for p, out in zip(points, outside, strict=True)
                ],
            },
            customdata=[[p.href] for p in points],
            hovertext=[f"<b>{p.label}</b><br>{p.shown.hover.replace('; ', '<br>')}" for p in points],
            hovertemplate="%{hovertext}<extra></extra>",
            unselected={"marker": {"opacity": 0.8}},
        )
    )


def limits_note() -> str:
    """What the curves mean."""
    return (
        f"Точечная кривая — 95{NBSP}%, сплошная — 99,8{NBSP}% того, что даёт один случай при такой численности; "
        "ромб — за сплошной кривой"
    )

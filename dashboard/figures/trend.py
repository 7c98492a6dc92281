"""One indicator over years: the line, its interval, and every year's number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.display import Shown
from dashboard.figures.base import figure, plain_axis, share_axis
from dashboard.theme import Look


@dataclass(frozen=True)
class Line:
    """A named line over the common years; a year without data is a gap."""

    label: str
    values: tuple[Shown, ...]


DASHES = ("solid", "dash", "dot", "dashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up")


def trend(lines: Sequence[Line], years: Sequence[str], look: Look, is_share: bool = True) -> go.Figure:
    """Lines with direct labels at their last point; the band only for a single line."""
    places = list(range(len(years)))
    value_axis = (
        share_axis(look) if is_share else {**plain_axis(look), "showgrid": True, "gridcolor": look.line}
    )
    fig = figure(
        look,
        height=300,
        margin={"l": 8, "r": 130 if len(lines) > 1 else 30, "t": 14, "b": 34},
        yaxis=value_axis,
        xaxis={
            **plain_axis(look),
            "tickvals": places,
            "ticktext": list(years),
            "range": [-0.3, len(years) - 0.7],
        },
    )
    for index, line in enumerate(lines):
        color = look.sequence[index % len(look.sequence)]
        if len(lines) == 1:
            _band(fig, line, color)
        _line(fig, line, years, color, index, look, names=len(lines) > 1)
    return fig


def _band(fig: go.Figure, line: Line, color: str) -> None:
    known = [
        (i, v.low, v.high) for i, v in enumerate(line.values) if v.value is not None and v.low is not None
    ]
    fig.add_trace(
        go.Scatter(
            x=[i for i, _, _ in known] + [i for i, _, _ in reversed(known)],
            y=[high for _, _, high in known] + [low for _, low, _ in reversed(known)],
            fill="toself",
            fillcolor=color,
            opacity=0.14,
            mode="none",
            hoverinfo="skip",
        )
    )


def _sides(heights: Sequence[float | None]) -> list[str]:
    """Where a point's number stands clear of its line: under a valley, else above."""
    beside = zip([None, *heights[:-1]], heights, [*heights[1:], None], strict=True)
    return ["bottom center" if _is_valley(*three) else "top center" for three in beside]


def _is_valley(left: float | None, here: float | None, right: float | None) -> bool:
    return left is not None and here is not None and right is not None and left > here < right


def _line(
    fig: go.Figure, line: Line, years: Sequence[str], color: str, index: int, look: Look, names: bool
) -> None:
    places = list(range(len(years)))
    fig.add_trace(
        go.Scatter(
            x=places,
            y=[v.position for v in line.values],
            mode="lines+markers+text" if not names else "lines+markers",
            line={"color": color, "width": 2, "dash": DASHES[index % 4]},
            textposition=_sides([v.position for v in line.values]),
            marker={
                "size": 9,
                "color": color,
                "symbol": [SYMBOLS[index % 4] + ("" if v.has_verdict else "-open") for v in line.values],
            },
            text=[v.text if v.value is not None else "" for v in line.values],
            cliponaxis=False,
            textfont={"size": 12, "color": look.ink},
            hovertext=[
                f"<b>{line.label}</b>, {year}<br>{v.hover.replace('; ', '<br>')}"
                for year, v in zip(years, line.values, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    last = max((i for i, v in enumerate(line.values) if v.position is not None), default=None)
    if names and last is not None:
        fig.add_annotation(
            x=last,
            y=line.values[last].position,
            text=f"{line.label}: {line.values[last].text}",
            showarrow=False,
            xanchor="left",
            xshift=9,
            font={"size": 12, "color": color},
            align="left",
        )

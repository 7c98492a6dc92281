"""Small multiples: the same line of years for every value, each in a panel of its own on one common scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.base import figure, folded, plain_axis, share_axis
from dashboard.figures.trend import Line
from dashboard.theme import Look

ACROSS = 4
HEIGHT = 150
GAP_X, GAP_Y = 0.035, 46
"""Between panels: a part of the width, and pixels of the height (for the panel's name)."""


def panels(lines: Sequence[Line], years: Sequence[str], look: Look, is_share: bool = True) -> go.Figure:
    """Panels row by row in the given order; a hollow mark is a small sample, a gap is no data."""
    across = min(ACROSS, len(lines))
    down = -(-len(lines) // across)
    total = down * HEIGHT + (down - 1) * GAP_Y
    fig = figure(look, height=total + 78, margin={"l": 40, "r": 14, "t": 34, "b": 30})
    top = max((v.high or v.position or 0 for line in lines for v in line.values), default=1) * 1.1
    for index, line in enumerate(lines):
        row, column = divmod(index, across)
        place = _place(row, column, across, total)
        _axes(fig, index, place, (row == down - 1 or index + across >= len(lines), column == 0), years, look)
        if not is_share:
            fig.layout[f"yaxis{_suffix(index)}"].update(range=[0, top])
        else:
            fig.layout[f"yaxis{_suffix(index)}"].update(share_axis(look), showticklabels=column == 0)
        _draw(fig, index, line, years, place, look)
    return fig


def _suffix(index: int) -> str:
    return "" if index == 0 else str(index + 1)


def _place(row: int, column: int, across: int, total: int) -> tuple[list[float], list[float]]:
    """The panel's part of the width and of the height."""
    width = (1 - GAP_X * (across - 1)) / across
    left = column * (width + GAP_X)
    upper = 1 - row * (HEIGHT + GAP_Y) / total
    return [left, left + width], [max(upper - HEIGHT / total, 0), upper]


def _axes(
    fig: go.Figure, index: int, place: tuple[list[float], list[float]], ticks: tuple[bool, bool],
    years: Sequence[str], look: Look,
) -> None:  # fmt: skip
    ends = [0, len(years) - 1] if len(years) > 2 else list(range(len(years)))
    x: dict[str, Any] = {
        **plain_axis(look), "domain": place[0], "anchor": f"y{_suffix(index)}", "range": [-0.35, len(years) - 0.65],
        "tickvals": ends, "ticktext": [years[i] for i in ends], "showticklabels": ticks[0],
    }  # fmt: skip
    y: dict[str, Any] = {
        **plain_axis(look), "domain": place[1], "anchor": f"x{_suffix(index)}", "showgrid": True,
        "gridcolor": look.line, "showticklabels": ticks[1], "nticks": 3,
    }  # fmt: skip
    fig.update_layout({f"xaxis{_suffix(index)}": x, f"yaxis{_suffix(index)}": y})


def _draw(
    fig: go.Figure, index: int, line: Line, years: Sequence[str], place: tuple[list[float], list[float]], look: Look
) -> None:  # fmt: skip
    known = [
        (i, v.low, v.high) for i, v in enumerate(line.values) if v.value is not None and v.low is not None
    ]
    axes = {"xaxis": f"x{_suffix(index)}", "yaxis": f"y{_suffix(index)}"}
    fig.add_trace(
        go.Scatter(
            x=[i for i, _, _ in known] + [i for i, _, _ in reversed(known)],
            y=[high for _, _, high in known] + [low for _, low, _ in reversed(known)],
            fill="toself", fillcolor=look.blue, opacity=0.14, mode="none", hoverinfo="skip", **axes,
        )
    )  # fmt: skip
    fig.add_trace(
        go.Scatter(
            x=list(range(len(years))),
            y=[v.position for v in line.values],
            mode="lines+markers",
            line={"color": look.blue, "width": 2},
            marker={
                "size": 8,
                "color": look.blue,
                "symbol": ["circle" if v.has_verdict else "circle-open" for v in line.values],
            },
            cliponaxis=False,
            hovertext=[
                f"<b>{line.label}</b>, {year}<br>{v.hover.replace('; ', '<br>')}"
                for year, v in zip(years, line.values, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            **axes,
        )
    )
    _names(fig, line, place, look)


def _names(fig: go.Figure, line: Line, place: tuple[list[float], list[float]], look: Look) -> None:
    last = next((v.text for v in reversed(line.values) if v.text), "")
    fig.add_annotation(
        x=place[0][0], y=place[1][1], xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=3,
        text=f"<b>{folded(line.label, 26)}</b>  {last}", showarrow=False, align="left",
        font={"size": 12, "color": look.ink},
    )  # fmt: skip

"""A heat map whose cells carry their numbers: colour only where the display policy allows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.display import Shown
from dashboard.figures.base import figure, name_axis, plain_axis
from dashboard.theme import Look
from dashboard.words import NBSP, number


@dataclass(frozen=True)
class HeatRow:
    """One organisation: a cell for every column."""

    label: str
    cells: tuple[Shown, ...]
    sizes: tuple[int, ...]
    href: str = ""


def heat(rows: Sequence[HeatRow], columns: Sequence[str], look: Look) -> go.Figure:
    """Percent of the maximum: the darker, the higher; under n = 20 the cell stays without colour."""
    places = list(range(len(columns)))
    fig = figure(
        look,
        height=38 * len(rows) + 58,
        margin={"l": 8, "r": 8, "t": 40, "b": 8},
        xaxis={
            **plain_axis(look),
            "side": "top",
            # Where a telephone leaves no room for them side by side, the headings turn and take their height.
            "tickangle": None,
            "autotickangles": [0, 45, 90],
            "automargin": "height",
            "tickvals": places,
            "ticktext": list(columns),
            "range": [-0.5, len(columns) - 0.5],
            "tickfont": {"color": look.muted, "size": 12},
        },
        yaxis=name_axis(look, [row.label for row in rows]),
    )
    values = [[cell.value if cell.has_verdict else None for cell in row.cells] for row in rows]
    fig.add_trace(
        go.Heatmap(
            z=values,
            x=places,
            y=list(range(len(rows))),
            zmin=0,
            zmax=100,
            showscale=False,
            xgap=3,
            ygap=3,
            colorscale=[[0, look.faint], [0.3, look.faint], [1, look.blue]],
            hoverinfo="skip",
        )
    )
    _texts(fig, rows, columns, look)
    return fig


def _texts(fig: go.Figure, rows: Sequence[HeatRow], columns: Sequence[str], look: Look) -> None:
    places = [(x, y, row) for y, row in enumerate(rows) for x in range(len(columns))]
    fig.add_trace(
        go.Scatter(
            x=[x for x, _, _ in places],
            y=[y for _, y, _ in places],
            mode="markers+text",
            cliponaxis=False,
            marker={"size": 26, "opacity": 0.001, "symbol": "square", "color": look.ground},
            text=[_text(row.cells[x], row.sizes[x]) for x, _, row in places],
            textfont={"size": 12, "color": [_ink(row.cells[x], look) for x, _, row in places]},
            customdata=[[row.href] for _, _, row in places],
            hovertext=[
                f"<b>{row.label}</b><br>{columns[x]}<br>{row.cells[x].hover.replace('; ', '<br>')}"
                for x, _, row in places
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )


def _text(cell: Shown, size: int) -> str:
    if cell.value is None:
        return cell.text
    return f"{number(cell.value)}{NBSP}%<br><span style='font-size:10px'>n{NBSP}={NBSP}{size}</span>"


def _ink(cell: Shown, look: Look) -> str:
    if not cell.has_verdict or cell.value is None:
        return look.muted
    return look.ramp[-1][1] if cell.value > 80 else look.ink

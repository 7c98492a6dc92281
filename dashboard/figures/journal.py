"""Two bars from the middle: marks lowered and raised against the journal, lowest and highest levels, two sexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.base import figure, name_axis, plain_axis, row_height, side_labels
from dashboard.theme import Look
from dashboard.words import NBSP, number


@dataclass(frozen=True)
class JournalRow:
    """One organisation or work: what goes to the left, stands in the middle and goes to the right.

    In percent, None where a percent may not be said; or all three in people.
    """

    label: str
    counts: str
    """«понизили 3, подтвердили 9, повысили 2 из 14»."""
    lowered: float | None
    confirmed: float | None
    raised: float | None
    href: str = ""


PERCENT = f"{NBSP}%"
RIGHT = 120
"""Pixels at the right for the middle's numbers and their word."""


def diverging(
    rows: Sequence[JournalRow], look: Look, words: tuple[str, str, str], unit: str = PERCENT
) -> go.Figure:
    """Two bars from the middle; what lies between them, or their sum, is written at the right."""
    edge = _edge(rows, unit)
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
            "ticktext": [
                f"{number(abs(t))}{unit if t else ''}" if t in (-edge, 0, edge) else "" for t in ticks
            ],
            "showgrid": True,
            "gridcolor": look.line,
        },
        yaxis=name_axis(look, [row.label for row in rows]),
        margin={"l": 8, "r": RIGHT, "t": 26, "b": 28},
    )
    _bars(fig, rows, look, "lowered", words[0], unit)
    _bars(fig, rows, look, "raised", words[2], unit)
    _words(fig, rows, look, words, unit)
    return fig


def _edge(rows: Sequence[JournalRow], unit: str) -> float:
    """Where the axis ends on both sides: a round number with room for the longest bar's label."""
    widest = max((value for row in rows for value in (row.lowered or 0, row.raised or 0)), default=0)
    if unit == PERCENT:
        return min(100, -(-(max(widest, 20) + 8) // 10) * 10)
    step = 2 * 10 ** max(0, len(str(int(widest))) - 2)
    return float(step * -(-max(1.2 * widest, 4) // step))


def _bars(fig: go.Figure, rows: Sequence[JournalRow], look: Look, side: str, word: str, unit: str) -> None:
    known = [(i, row, getattr(row, side)) for i, row in enumerate(rows) if getattr(row, side) is not None]
    left = side == "lowered"
    fig.add_trace(
        go.Bar(
            name=word,
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
            text=[f"{number(value)}{unit}" for _, _, value in known],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 12, "color": look.ink},
            customdata=[[row.href] for _, row, _ in known],
            hovertext=[f"<b>{row.label}</b><br>{row.counts}" for _, row, _ in known],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )


def _words(
    fig: go.Figure, rows: Sequence[JournalRow], look: Look, words: tuple[str, str, str], unit: str
) -> None:
    for x, text, anchor in ((-2, words[0], "right"), (2, words[2], "left")):
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
    # At the very edge: on a telephone the word of the right side needs the room between.
    fig.add_annotation(
        x=1,
        xref="paper",
        xanchor="right",
        xshift=RIGHT - 4,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=words[1],
        showarrow=False,
        font={"size": 12, "color": look.muted},
    )
    confirmed = [f"{number(row.confirmed)}{unit}" if row.confirmed is not None else "" for row in rows]
    side_labels(fig, look, confirmed)
    _counts(fig, rows, look)


def _counts(fig: go.Figure, rows: Sequence[JournalRow], look: Look) -> None:
    """Where a percent may not be said: the counts in its place."""
    for index, row in enumerate(rows):
        if row.confirmed is not None:
            continue
        fig.add_annotation(
            x=0,
            xref="paper",
            xanchor="left",
            align="left",
            y=index,
            text=",<br>".join(row.counts.rsplit(", ", 1)),  # in one line a telephone would cut it
            showarrow=False,
            font={"size": 11, "color": look.muted},
            bgcolor=look.ground,
        )

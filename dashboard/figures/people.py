"""People in groups: zero-based bars of counts, levels side by side, demand against courses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.base import ROW, figure, name_axis, plain_axis
from dashboard.theme import Look
from dashboard.words import number


@dataclass(frozen=True)
class Group:
    """One bar: how many now and, where known, a year ago."""

    label: str
    count: int
    before: int | None = None
    href: str = ""


def groups(rows: Sequence[Group], look: Look, before: str = "") -> go.Figure:
    """Counts as horizontal bars; a dash marks the year before."""
    fig = figure(
        look,
        height=ROW * len(rows) + 46,
        bargap=0.32,
        margin={"l": 8, "r": 40, "t": 20, "b": 12},
        xaxis={**plain_axis(look), "rangemode": "tozero", "showticklabels": False},
        yaxis=name_axis(look, [row.label for row in rows]),
    )
    fig.add_trace(
        go.Bar(
            x=[row.count for row in rows],
            y=list(range(len(rows))),
            orientation="h",
            cliponaxis=False,
            marker={"color": look.blue, "line": {"width": 0}},
            text=[number(row.count) for row in rows],
            textposition="outside",
            textfont={"size": 12, "color": look.ink},
            customdata=[[row.href] for row in rows],
            hovertext=[_hover(row, before) for row in rows],
            hovertemplate="%{hovertext}<extra></extra>",
            unselected={"marker": {"opacity": 1}},
        )
    )
    known = [(i, row.before) for i, row in enumerate(rows) if row.before is not None]
    fig.add_trace(
        go.Scatter(
            x=[x for _, x in known],
            y=[y for y, _ in known],
            mode="markers",
            hoverinfo="skip",
            marker={
                "symbol": "line-ns-open",
                "size": 15,
                "color": look.ink,
                "line": {"width": 2, "color": look.ink},
            },
        )
    )
    return fig


def _hover(row: Group, before: str) -> str:
    was = f"<br>{before}: {row.before}" if row.before is not None else ""
    return f"<b>{row.label}</b><br>{row.count} чел.{was}"


@dataclass(frozen=True)
class Levels:
    """People of one organisation by level, in the order of the levels."""

    label: str
    counts: tuple[int, ...]
    href: str = ""


def levels(rows: Sequence[Levels], names: Sequence[str], look: Look) -> go.Figure:
    """Stacked counts of people; each part carries its number, patterns tell the parts apart in grey."""
    fig = figure(
        look,
        height=ROW * len(rows) + 66,
        barmode="stack",
        bargap=0.3,
        showlegend=True,
        legend={
            "orientation": "h",
            "y": 1,
            "yanchor": "bottom",
            "x": 0,
            "traceorder": "normal",
            "font": {"size": 12},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        xaxis={**plain_axis(look), "rangemode": "tozero", "showticklabels": False},
        yaxis=name_axis(look, [row.label for row in rows]),
        margin={"l": 8, "r": 16, "t": 34, "b": 10},
    )
    colors, patterns = (look.orange, look.sky, look.blue, look.grey), ("/", "", "", "x")
    for index, name in enumerate(names):
        fig.add_trace(
            go.Bar(
                name=name,
                x=[row.counts[index] for row in rows],
                y=list(range(len(rows))),
                orientation="h",
                marker={
                    "color": colors[index % 4],
                    "line": {"width": 1, "color": look.ground},
                    "pattern": {
                        "shape": patterns[index % 4],
                        "fgcolor": look.ground,
                        "size": 5,
                        "solidity": 0.22,
                    },
                },
                text=[str(row.counts[index] or "") for row in rows],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                textfont={"size": 12, "color": look.on_fill[index % 4]},
                customdata=[[row.href] for row in rows],
                hovertext=[
                    f"<b>{row.label}</b><br>{name}: {row.counts[index]} из {sum(row.counts)}" for row in rows
                ],
                hovertemplate="%{hovertext}<extra></extra>",
                unselected={"marker": {"opacity": 1}},
            )
        )
    return fig


@dataclass(frozen=True)
class Demand:
    """One topic: how many ask for it and how many took a course."""

    label: str
    asked: int
    taken: int
    href: str = ""


def demand(rows: Sequence[Demand], look: Look) -> go.Figure:
    """Two marks a topic, joined: open — asked for, filled — took a course."""
    fig = figure(
        look,
        height=ROW * len(rows) + 74,
        margin={"l": 8, "r": 24, "t": 30, "b": 34},
        xaxis={
            **plain_axis(look),
            "rangemode": "tozero",
            "showgrid": True,
            "gridcolor": look.line,
            "ticksuffix": " чел.",
            "nticks": 6,
        },
        yaxis=name_axis(look, [row.label for row in rows]),
    )
    for index, row in enumerate(rows):
        fig.add_trace(
            go.Scatter(
                x=[row.asked, row.taken],
                y=[index, index],
                mode="lines",
                hoverinfo="skip",
                line={"color": look.line, "width": 3},
            )
        )
    _ends(fig, rows, look, "asked", "просят", "circle-open", look.orange)
    _ends(fig, rows, look, "taken", "прошли курс", "circle", look.blue)
    return fig


def _ends(
    fig: go.Figure, rows: Sequence[Demand], look: Look, side: str, word: str, symbol: str, color: str
) -> None:
    values = [getattr(row, side) for row in rows]
    fig.add_trace(
        go.Scatter(
            x=values,
            y=list(range(len(rows))),
            mode="markers",
            customdata=[[row.href] for row in rows],
            marker={"size": 12, "symbol": symbol, "color": color, "line": {"width": 2.4, "color": color}},
            hovertext=[
                f"<b>{row.label}</b><br>просят: {row.asked}<br>прошли курс: {row.taken}" for row in rows
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            unselected={"marker": {"opacity": 1}},
        )
    )
    glyph = "○" if symbol.endswith("open") else "●"
    fig.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        xshift=0 if glyph == "○" else 78,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=f"{glyph} {word}",
        showarrow=False,
        font={"size": 12, "color": color},
    )

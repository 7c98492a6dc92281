"""People in groups: zero-based bars of counts, levels side by side, demand against courses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.base import figure, legend_above, name_axis, plain_axis, row_height, side_labels
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
    """Counts as horizontal bars; a dash marks the year before, the numbers stand at the right."""
    has_before = any(row.before is not None for row in rows)
    fig = figure(
        look,
        height=row_height([row.label for row in rows]) * len(rows) + 12,
        bargap=0.36,
        margin={"l": 8, "r": 96 if has_before else 40, "t": 4, "b": 8},
        xaxis={**plain_axis(look), "rangemode": "tozero", "showticklabels": False},
        yaxis=name_axis(look, [row.label for row in rows]),
    )
    fig.add_trace(
        go.Bar(
            x=[row.count for row in rows],
            y=list(range(len(rows))),
            orientation="h",
            marker={"color": look.blue, "line": {"width": 0}},
            customdata=[[row.href] for row in rows],
            hovertext=[_hover(row, before) for row in rows],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    known = [(i, row.before) for i, row in enumerate(rows) if row.before is not None]
    fig.add_trace(
        go.Scatter(
            x=[count for _, count in known],
            y=[place for place, _ in known],
            mode="markers",
            hoverinfo="skip",
            marker={
                "symbol": "line-ns-open",
                "size": 15,
                "color": look.ink,
                "line": {"width": 2.5, "color": look.ink},
            },
        )
    )
    _numbers(fig, rows, look)
    return fig


def _numbers(fig: go.Figure, rows: Sequence[Group], look: Look) -> None:
    before = [f"  (было {number(row.before)})" if row.before is not None else "" for row in rows]
    side_labels(
        fig, look, [f"<b>{number(row.count)}</b>{was}" for row, was in zip(rows, before, strict=True)]
    )


def _hover(row: Group, before: str) -> str:
    was = f"<br>{before}: {row.before}" if row.before is not None else ""
    return f"<b>{row.label}</b><br>{row.count} чел.{was}"


@dataclass(frozen=True)
class Levels:
    """People of one organisation by level, in the order of the levels."""

    label: str
    counts: tuple[int, ...]
    href: str = ""


def levels(rows: Sequence[Levels], names: Sequence[str], look: Look, rises: bool = True) -> go.Figure:
    """Stacked counts of people: the higher the level, the darker, so that grey paper tells the parts apart."""
    fig = figure(
        look,
        height=row_height([row.label for row in rows]) * len(rows) + 66,
        barmode="stack",
        bargap=0.3,
        showlegend=True,
        legend=legend_above(look),
        xaxis={**plain_axis(look), "rangemode": "tozero", "showticklabels": False},
        yaxis=name_axis(look, [row.label for row in rows]),
        margin={"l": 8, "r": 16, "t": 34, "b": 10},
    )
    shades = _shades(look, len(names))
    ramp = shades if rises else shades[::-1]
    for index, name in enumerate(names):
        _level(fig, rows, name, index, ramp[index], look)
    return fig


def _shades(look: Look, count: int) -> list[tuple[str, str]]:
    """So many steps of the ramp with their ink: its own darkest ones, or steps between where there are more."""
    if count <= len(look.ramp):
        return list(look.ramp[-count:])
    places = [at * (len(look.ramp) - 1) / (count - 1) for at in range(count)]
    return [
        (_between(look.ramp[int(place)][0], look.ramp[min(int(place) + 1, len(look.ramp) - 1)][0], place % 1),
         look.ramp[round(place)][1])
        for place in places
    ]  # fmt: skip


def _between(first: str, second: str, part: float) -> str:
    """A colour on the way from one to another."""
    pairs = ((int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def _level(
    fig: go.Figure, rows: Sequence[Levels], name: str, index: int, colors: tuple[str, str], look: Look
) -> None:
    fill, ink = colors
    fig.add_trace(
        go.Bar(
            name=name,
            x=[row.counts[index] for row in rows],
            y=list(range(len(rows))),
            orientation="h",
            marker={"color": fill, "line": {"width": 1, "color": look.edge}},
            text=[str(row.counts[index] or "") for row in rows],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"size": 12, "color": ink},
            customdata=[[row.href] for row in rows],
            hovertext=[_part(row, name, index) for row in rows],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )


def _part(row: Levels, name: str, index: int) -> str:
    return f"<b>{row.label}</b><br>{name}: {row.counts[index]} из {sum(row.counts)}"


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
        height=row_height([row.label for row in rows]) * len(rows) + 74,
        margin={"l": 8, "r": 24, "t": 30, "b": 34},
        xaxis={
            **plain_axis(look),
            "rangemode": "tozero",
            "showgrid": True,
            "gridcolor": look.line,
            "ticksuffix": " чел.",
            "showticksuffix": "last",
            "nticks": 6,
        },
        yaxis=name_axis(look, [row.label for row in rows]),
    )
    fig.add_trace(
        go.Scatter(
            x=[x for row in rows for x in (row.asked, row.taken, None)],
            y=[y for index in range(len(rows)) for y in (index, index, None)],
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
            name=word,
            x=values,
            y=list(range(len(rows))),
            mode="markers",
            customdata=[[row.href] for row in rows],
            marker={"size": 12, "symbol": symbol, "color": color, "line": {"width": 2.4, "color": color}},
            hovertext=[
                f"<b>{row.label}</b><br>просят: {row.asked}<br>прошли курс: {row.taken}" for row in rows
            ],
            hovertemplate="%{hovertext}<extra></extra>",
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

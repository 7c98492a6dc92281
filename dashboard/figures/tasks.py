"""The profile of a work: success of every task with its interval against the zones of its level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import plotly.graph_objects as go

from dashboard.display import Shown
from dashboard.figures.base import figure, meanings, plain_axis, share_axis, whiskers
from dashboard.theme import Look
from dashboard.words import NBSP, number, percent
from dashboard.zones import Verdict, Zone


@dataclass(frozen=True)
class TaskPoint:
    """One task of the profile."""

    task: str
    level: str
    """«Б», «П», «В», or nothing when no specification says it."""
    shown: Shown
    zone: Zone | None
    verdict: Verdict
    skill: str = ""
    href: str = ""
    district: float | None = None
    is_chosen: bool = False
    areas: tuple[tuple[str, float], ...] = ()
    """Territories to compare with and their percents."""


MARKERS = {
    Verdict.ENOUGH: "circle",
    Verdict.SAME: "circle-open",
    Verdict.BELOW: "diamond",
    Verdict.NONE: "circle-open",
}


LEGEND = {Verdict.SAME: "ниже, в пределах случайного"}
"""Shorter than in tables: a long entry makes the legend of an office chart one entry a line."""


def color(verdict: Verdict, look: Look) -> str:
    """The colour of a verdict; its second code is the marker's shape."""
    return {Verdict.ENOUGH: look.blue, Verdict.SAME: look.orange, Verdict.BELOW: look.red}.get(
        verdict, look.grey
    )


def profile(tasks: Sequence[TaskPoint], look: Look, reference: str = "район") -> go.Figure:
    """Tasks in their order in the work, from left to right."""
    fig = figure(
        look,
        height=350,
        yaxis=share_axis(look),
        margin={"l": 8, "r": 56, "t": 8, "b": 40},
        xaxis={
            **plain_axis(look),
            "tickvals": list(range(len(tasks))),
            "ticktext": [_tick(t) for t in tasks],
            "range": [-0.6, len(tasks) - 0.4],
            "ticks": "",
            "tickfont": {"size": 11, "color": look.ink},
        },
    )
    _zones(fig, tasks, look)
    _district(fig, tasks, look, reference)
    _areas(fig, tasks, look)
    _whiskers(fig, tasks, look)
    _marks(fig, tasks, look)
    return fig


def _tick(task: TaskPoint) -> str:
    name = f"<b>{task.task}</b>" if task.is_chosen else task.task
    return f"{name}<br>{task.level}" if task.level else name


def runs(tasks: Sequence[TaskPoint]) -> Iterator[tuple[Zone, int, int]]:
    """Neighbouring tasks of one zone: the zone, the first and the last of them."""
    for zone, found in groupby(enumerate(tasks), key=lambda item: item[1].zone):
        places = [index for index, _ in found]
        if zone is not None:
            yield zone, places[0], places[-1]


def _zones(fig: go.Figure, tasks: Sequence[TaskPoint], look: Look) -> None:
    """Bands and lines of the zones behind the tasks, their names at the right."""
    found = list(runs(tasks))
    fig.layout.shapes = [shape for run in found for shape in _zone_shapes(*run, look)]
    fig.layout.annotations = [
        {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 4, "y": zone.enough, "showarrow": False,
         "text": f"{zone.name[0].upper()}: {number(zone.enough)}{NBSP}%",
         "font": {"size": 12, "color": look.orange}}
        for zone in dict.fromkeys(zone for zone, _, _ in found)
    ]  # fmt: skip


def _zone_shapes(
    zone: Zone, first: int, last: int, look: Look
) -> tuple[dict[str, object], dict[str, object]]:
    ends = {"x0": first - 0.45, "x1": last + 0.45, "y1": zone.enough, "layer": "below"}
    band = {"type": "rect", "y0": zone.below, "fillcolor": look.orange, "opacity": 0.28, "line": {"width": 0}}
    line = {"type": "line", "y0": zone.enough, "line": {"color": look.orange, "width": 1.3}}
    return {**ends, **band}, {**ends, **line}


def _district(fig: go.Figure, tasks: Sequence[TaskPoint], look: Look, reference: str) -> None:
    known = [(index, task.district) for index, task in enumerate(tasks) if task.district is not None]
    if not known:
        return
    fig.add_trace(
        go.Scatter(
            x=[x for x, _ in known],
            y=[y for _, y in known],
            mode="lines",
            hoverinfo="skip",
            line={"color": look.muted, "width": 1.5, "dash": "dot"},
        )
    )
    place, height = known[-1]
    taken = [task.zone.enough for task in tasks if task.zone]
    crowded = any(abs(height - level) < 6 for level in taken)
    fig.add_annotation(
        x=place,
        y=height,
        text=reference,
        showarrow=False,
        xanchor="left",
        xshift=12,
        yshift=14 if crowded else 0,
        font={"size": 12, "color": look.muted},
    )


AREA_MARKS = {"регион": ("line-ew-open", 13, 2.0), "РФ": ("x-thin-open", 7, 1.5)}
"""Symbol, size and line of each territory: a stroke for the region, a cross for the country."""


def _areas(fig: go.Figure, tasks: Sequence[TaskPoint], look: Look) -> None:
    """Territories behind the tasks' own marks."""
    for label, (symbol, size, width) in AREA_MARKS.items():
        drawn = [(at, value) for at, task in enumerate(tasks) for name, value in task.areas if name == label]
        if drawn:
            line = {"width": width, "color": look.ink}
            fig.add_trace(
                go.Scatter(
                    x=[at for at, _ in drawn],
                    y=[value for _, value in drawn],
                    mode="markers",
                    meta=meanings({symbol: label}),
                    hovertext=[f"{label}: {percent(value)}" for _, value in drawn],
                    hovertemplate="%{hovertext}<extra></extra>",
                    marker={"symbol": symbol, "size": size, "color": look.ink, "line": line, "opacity": 0.75},
                )
            )


def _whiskers(fig: go.Figure, tasks: Sequence[TaskPoint], look: Look) -> None:
    ends = [
        (index, task.shown.low, task.shown.high, color(task.verdict, look))
        for index, task in enumerate(tasks)
        if task.shown.value is not None
    ]
    whiskers(fig, [end for end in ends if None not in end], is_upright=True)  # type: ignore[misc]


def _marks(fig: go.Figure, tasks: Sequence[TaskPoint], look: Look) -> None:
    drawn = [(index, task) for index, task in enumerate(tasks) if task.shown.position is not None]
    colors = [color(task.verdict, look) for _, task in drawn]
    fig.add_trace(
        go.Scatter(
            x=[index for index, _ in drawn],
            y=[task.shown.position for _, task in drawn],
            mode="markers",
            meta=meanings(
                {f"{MARKERS[one]} {color(one, look)}": LEGEND.get(one, one.words) for one in Verdict}
            ),
            marker={
                "opacity": 1,
                "size": [14 if task.is_chosen else 11 for _, task in drawn],
                "color": colors,
                "symbol": [MARKERS[task.verdict] for _, task in drawn],
                "line": {"width": 2, "color": colors},
            },
            customdata=[[task.href] for _, task in drawn],
            text=[_hover(task) for _, task in drawn],
            hovertemplate="%{text}<extra></extra>",
        )
    )


def _hover(task: TaskPoint) -> str:
    skill = f"<br>{task.skill[:90]}" if task.skill else ""
    beside = "".join(f"<br>{label}: {percent(value)}" for label, value in task.areas)
    own = task.shown.hover.replace("; ", "<br>")
    return f"<b>Задание {task.task}</b>{skill}<br>{own}{beside}<br>{task.verdict.words}"

"""The common ground of all charts: type, colours, axes, labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from dashboard.display import Shown
from dashboard.theme import FONT, Look
from dashboard.words import NBSP

LETTER, LINE, GAP = 7.1, 16, 4
"""A letter's width, a line's height and the space beside labels, in pixels: an estimate that errs to the wide side."""
ROW, FOLDED_ROW = 30, 37
"""Height of one row of a horizontal chart, and of one whose name takes two lines."""


def row_height(labels: Sequence[str]) -> int:
    """Rows are as high as the longest name needs."""
    return FOLDED_ROW if any("<br>" in folded(label) for label in labels) else ROW


@dataclass(frozen=True)
class Point:
    """One mark: its name, what may be shown of it, and where a click leads."""

    label: str
    shown: Shown
    href: str = ""
    is_different: bool = False
    """Differs from the reference by more than chance; only where a verdict is allowed."""


@dataclass(frozen=True)
class Reference:
    """A line to compare with: the district, the region."""

    label: str
    value: float


def figure(look: Look, height: int, **layout: Any) -> go.Figure:
    """An empty figure in the product's type and colours."""
    # It says everything itself: the default template would be copied into it, then taken out. Libraries set their
    # own default whenever they like, so taking it away once is not enough.
    pio.templates.default = None
    text = {"family": FONT, "size": 13, "color": look.ink}
    base: dict[str, Any] = {
        "height": height,
        "font": text,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 28, "b": 34},
        "separators": f",{NBSP}",
        "showlegend": False,
        "dragmode": "pan",
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": look.panel, "bordercolor": look.line, "font": text, "align": "left"},
    }
    whole = {**base, **layout}
    whole["margin"] = _with_labels(whole)
    return go.Figure(layout=whole)


def _with_labels(layout: dict[str, Any]) -> dict[str, float]:
    """The margins with room for the labels of the axes, so that plotly need not measure them and draw again."""
    margin, x, y = dict(layout["margin"]), layout.get("xaxis", {}), layout.get("yaxis", {})
    if y and y.get("showticklabels", True):
        margin["l"] += _widest(y) + y.get("ticklabelstandoff", 0) + GAP
    if x.get("ticktext"):
        margin["t" if x.get("side") == "top" else "b"] += LINE * max(t.count("<br>") for t in x["ticktext"])
    return margin


def _widest(axis: dict[str, Any]) -> float:
    """Pixels of the longest line of an axis's labels; of a number with a thousand where they are not given."""
    lines = [line for text in axis.get("ticktext") or ("1\u00a0000",) for line in text.split("<br>")]
    return max((len(line) for line in lines), default=0) * LETTER


def share_axis(look: Look) -> dict[str, Any]:
    """0 to 100 percent, with room for a mark that stands on the edge."""
    return {
        "range": [-2, 102],
        "tickvals": [0, 25, 50, 75, 100],
        "ticktext": [f"{x}{NBSP}%" if x % 50 == 0 else "" for x in (0, 25, 50, 75, 100)],
        **plain_axis(look),
        "gridcolor": look.line,
        "showgrid": True,
    }


def value_axis(look: Look) -> dict[str, Any]:
    """From zero up, for values that are not percent."""
    return {**plain_axis(look), "rangemode": "tozero", "showgrid": True, "gridcolor": look.line, "nticks": 6}


def plain_axis(look: Look) -> dict[str, Any]:
    """A quiet axis that cannot be dragged.

    Its labels lie flat and may not be measured: with `automargin` a chart takes three times as long to draw.
    """
    return {
        "automargin": False,
        "tickangle": 0,
        "ticklabeloverflow": "allow",
        "fixedrange": True,
        "zeroline": False,
        "showgrid": False,
        "showline": False,
        "tickfont": {"color": look.muted, "size": 12},
    }


def name_axis(look: Look, labels: Sequence[str]) -> dict[str, Any]:
    """Names from top to bottom in the given order; long ones are folded."""
    return {
        **plain_axis(look),
        "tickfont": {"color": look.ink, "size": 13},
        "tickvals": list(range(len(labels))),
        "ticktext": [folded(label) for label in labels],
        "range": [len(labels) - 0.4, -0.6],
        "ticks": "",
        "ticklabelstandoff": 6,
    }


def legend_above(look: Look) -> dict[str, Any]:
    """A legend in one line over the whole chart, names included: over the bars alone a telephone has no room."""
    return {
        "orientation": "h",
        "xref": "container",
        "yref": "container",
        "x": 0,
        "y": 1,
        "yanchor": "top",
        "traceorder": "normal",
        "itemclick": False,
        "itemdoubleclick": False,
        "font": {"size": 12, "color": look.muted},
    }


def folded(label: str, width: int = 24) -> str:
    """A label in at most two lines of about ``width`` letters."""
    if len(label) <= width:
        return label
    cut = label.rfind(" ", 0, width + 1)
    head, tail = (label[:cut], label[cut + 1 :]) if cut > 0 else (label[:width], label[width:])
    return f"{head}<br>{tail if len(tail) <= width else tail[: width - 1].rstrip() + '…'}"


def meanings(words: dict[str, str]) -> list[list[str]]:
    """What the looks of marks say, for legends on paper: a trace's ``meta`` as pairs of a look and its words."""
    return [list(pair) for pair in words.items()]


MEANINGS = meanings({
    "diamond": "отличается больше, чем допускает случай", "circle": "20 и более", "circle-open": "малая выборка",
})  # fmt: skip
"""What the symbols of `marker` say."""


def marker(point: Point, look: Look) -> tuple[str, str]:
    """Symbol and colour of a mark: the second code is the shape."""
    if point.is_different:
        return "diamond", look.red
    if point.shown.has_verdict:
        return "circle", look.blue
    return "circle-open", look.grey if point.shown.value is None else look.blue


def hover(point: Point) -> str:
    """A tooltip: name, figures, what a click does."""
    return f"<b>{point.label}</b><br>{point.shown.hover.replace('; ', '<br>')}"


def side_labels(fig: go.Figure, look: Look, texts: Sequence[str]) -> None:
    """A text at the right of every row; set at once, because plotly copies all of them for each one added."""
    font = {"size": 12, "color": look.muted}
    new = [
        {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 8, "y": row, "text": text, "showarrow": False,
         "font": font, "align": "left"}
        for row, text in enumerate(texts) if text
    ]  # fmt: skip
    fig.layout.annotations = [*fig.layout.annotations, *new]


def whiskers(
    fig: go.Figure, ends: Sequence[tuple[float, float, float, str]], is_upright: bool = False
) -> None:
    """Intervals as (place, low, high, colour): one trace a colour, gaps between."""
    for color in dict.fromkeys(end[3] for end in ends):
        own = [end for end in ends if end[3] == color]
        places = [x for place, _, _, _ in own for x in (place, place, None)]
        values = [x for _, low, high, _ in own for x in (low, high, None)]
        fig.add_trace(
            go.Scatter(
                x=places if is_upright else values,
                y=values if is_upright else places,
                mode="lines",
                hoverinfo="skip",
                line={"color": color, "width": 2.3},
                opacity=0.65,
            )
        )


def clickable(points: Sequence[Point]) -> list[list[str]]:
    """``customdata`` of marks that lead somewhere."""
    return [[point.href] for point in points]

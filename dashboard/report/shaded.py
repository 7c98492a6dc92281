"""A figure that office programs have no form for, as a table whose cells are shaded: the heat map."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dashboard.report.native.axes import names
from dashboard.report.native.marks import plain, rgb
from dashboard.theme import LIGHT


@dataclass(frozen=True)
class Shade:
    """One cell: its text, its ground and its ink as six hexadecimal digits; no ground where empty."""

    text: str
    ground: str = ""
    ink: str = "17202C"


@dataclass(frozen=True)
class Shaded:
    """Names of columns, then rows: a name and its cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Shade, ...]], ...]


def shaded(figure: Any) -> Shaded | None:
    """The heat map of a figure as a table; None where it has none."""
    maps = [trace for trace in figure.data if trace.type == "heatmap"]
    columns, rows = names(figure.layout.xaxis), names(figure.layout.yaxis)
    if not maps or not columns or not rows:
        return None
    texts = _texts(figure)
    found = tuple(
        (row, tuple(_shade(maps[0], y, x, texts.get((x, y), "")) for x in range(len(columns))))
        for y, row in enumerate(rows)
    )
    return Shaded(tuple(columns), found)


def _texts(figure: Any) -> dict[tuple[int, int], str]:
    return {
        (int(x), int(y)): plain(text)
        for trace in figure.data if trace.type == "scatter" and trace.text is not None
        for x, y, text in zip(trace.x, trace.y, trace.text, strict=True)
    }  # fmt: skip


def _shade(trace: Any, y: int, x: int, text: str) -> Shade:
    value = trace.z[y][x]
    if value is None or value != value:
        return Shade(text)
    low, high = float(trace.zmin or 0), float(trace.zmax or 100)
    ground = _between(trace.colorscale, (float(value) - low) / (high - low))
    return Shade(text, ground, "FFFFFF" if _is_dark(ground) else rgb(LIGHT.ink))


def _between(scale: Any, part: float) -> str:
    for (start, first), (end, last) in pairwise(scale):
        if part <= end:
            share = 0 if end == start else max(part - start, 0) / (end - start)
            pairs = zip(_channels(first), _channels(last), strict=True)
            return "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)
    return rgb(scale[-1][1])


def _channels(color: str) -> list[int]:
    text = rgb(color)
    return [int(text[i : i + 2], 16) for i in (0, 2, 4)]


def _is_dark(color: str) -> bool:
    red, green, blue = _channels(f"#{color}")
    return 0.299 * red + 0.587 * green + 0.114 * blue < 120

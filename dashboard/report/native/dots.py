"""Marks between two axes of numbers; names of rows are written by a helping series along the edge."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard.report.native.axes import COUNT, TENTH, names, number_axis
from dashboard.report.native.lines import words
from dashboard.report.native.marks import dash, each, numbers, plain, rgb, symbol
from dashboard.report.native.model import Axis, NativeChart, Series
from dashboard.report.native.whiskers import Interval, intervals, is_loose
from dashboard.words import NBSP

LETTER = 0.0103
"""Part of the chart's width that a letter of a name takes."""
ROW = 28
"""Pixels of a row: its name is one line."""
INK, MUTED = "17202C", "5B6470"


def chart(figure: Any) -> NativeChart:
    """A scatter chart: rows from top to bottom where the vertical axis has names, else plain numbers."""
    rows = names(figure.layout.yaxis)
    loose = [t for t in figure.data if rows and is_loose(t)]
    found = [one for trace in loose for one in intervals(trace, is_upright=False)]
    top = len(rows) - 1
    rest = [t for t in figure.data if t not in loose and t.x is not None and len(t.x)]
    marks = [s for trace in rest for s in _of(trace, top if rows else None)]
    seen = [v for s in marks for v in s.places]
    across = _rounded(number_axis(figure.layout.xaxis, seen), seen)
    upright = Axis(-0.6, top + 0.6, is_shown=False, has_grid=False) if rows else _upright(figure, marks)
    helpers, left, right = _edges(figure, rows, across, upright)
    series = [*_strokes(found, top), *helpers, *marks]
    return NativeChart(
        kind="scatter", series=_aligned(series, len(rows)), value_axis=upright, place_axis=across,
        has_legend=len({s.name for s in marks}) > 1,
        height=max(int(figure.layout.height or 360) + (34 if len(marks) > 1 else 0), len(rows) * ROW + 70),
        left=left, right=right,
    )  # fmt: skip


def _aligned(series: list[Series], rows: int) -> tuple[Series, ...]:
    """Series with as many points as the longest: LibreOffice drops those that are shorter than others."""
    count = max([rows, *(len(one.values) for one in series)]) if rows else 0

    def padded(values: tuple[Any, ...], empty: Any) -> tuple[Any, ...]:
        return (*values, *[empty] * (count - len(values))) if values else ()

    return tuple(
        replace(one, values=padded(one.values, None), places=padded(one.places, None),
                labels=padded(one.labels, ""))
        for one in series
    )  # fmt: skip


def _strokes(found: list[Interval], top: int) -> list[Series]:
    """Intervals of lying charts as strokes: error bars along the horizontal axis are not drawn by LibreOffice."""
    return [
        Series(
            "Интервал 95 %", tuple(v for i in found if i.color == color for v in (top - i.place,) * 2 + (None,)),
            tuple(v for i in found if i.color == color for v in (i.low, i.high, None)), color=color, line="solid",
            width=2.0, is_helper=True,
        )
        for color in dict.fromkeys(i.color for i in found)
    ]  # fmt: skip


def _upright(figure: Any, marks: list[Series]) -> Axis:
    return number_axis(figure.layout.yaxis, [v for s in marks for v in s.values])


def _rounded(axis: Axis, seen: list[float | None]) -> Axis:
    """Ends of the axis that a person would choose."""
    if axis.is_log or axis.step is not None:
        return axis
    high = axis.high if axis.high is not None else max([v for v in seen if v is not None], default=1) * 1.08
    size: float = 10 ** (len(str(int(high))) - 1)
    step = next(s for s in (size / 5, size / 2, size, size * 2, size * 5) if high / s <= 6)
    form = COUNT if axis.number == TENTH and float(step).is_integer() else axis.number
    return Axis(axis.low or 0.0, -(-high // step) * step, step, form, False, axis.is_shown,
                axis.has_grid, axis.title)  # fmt: skip


def _of(trace: Any, top: int | None) -> list[Series]:
    x, y = numbers(trace.x), numbers(trace.y)
    if "markers" not in (trace.mode or "lines"):
        name = plain(trace.name) or "Граница"
        return [Series(name, _turned(y, top), tuple(x), rgb(trace.line.color), dash(trace.line.dash), 1.0,
                       is_helper=not trace.name)]  # fmt: skip
    looks = list(zip(map(str, each(trace.marker.symbol, len(x), "circle")),
                     map(str, each(trace.marker.color, len(x), "")), strict=True))  # fmt: skip
    return [_marks(trace, look, [i for i, own in enumerate(looks) if own == look], top)
            for look in dict.fromkeys(looks)]  # fmt: skip


def _marks(trace: Any, look: tuple[str, str], own: list[int], top: int | None) -> Series:
    x, y = numbers(trace.x), numbers(trace.y)
    mark, hollow = symbol(look[0])
    places, rows = [x[i] for i in own], [y[i] for i in own]
    return Series(
        name=words(trace, look), values=_turned(rows, top), places=tuple(places), color=rgb(look[1]),
        symbol=mark, is_hollow=hollow, size=8 if top is not None else 6,
    )  # fmt: skip


def _turned(values: list[float | None], top: int | None) -> tuple[float | None, ...]:
    """Rows counted from below, as office programs count."""
    return tuple(v if v is None or top is None else top - v for v in values)


def _edges(figure: Any, rows: list[str], across: Axis, upright: Axis) -> tuple[list[Series], float, float]:
    """Names at the left, counts at the right, lines to compare with."""
    notes, top = list(figure.layout.annotations), len(rows) - 1
    helpers = _references(figure, upright, across)
    if not rows:
        return helpers, 0.0, 0.0
    low, high = across.low or 0.0, across.high if across.high is not None else 100.0
    places = tuple(float(top - i) for i in range(len(rows)))
    helpers.append(Series("Названия", places, (low,) * len(rows), labels=tuple(rows), label_side="l",
                          label_color=INK, is_helper=True))  # fmt: skip
    beside = {int(a.y): plain(a.text) for a in notes if a.xref == "paper" and a.yref != "paper" and a.text}
    if beside:
        texts = tuple(f"{NBSP * 2}{beside.get(i, '')}" for i in range(len(rows)))
        helpers.append(Series("Числа", places, (high,) * len(rows), labels=texts, label_side="r",
                              label_color=MUTED, is_helper=True))  # fmt: skip
    longest = max(map(len, rows))
    right = max(map(len, beside.values()), default=0)
    return helpers, min(longest * LETTER + 0.03, 0.45), right * LETTER + 0.05


def _references(figure: Any, upright: Axis, across: Axis) -> list[Series]:
    """Lines across the whole chart, named by the note that stands on them."""
    found = []
    for shape in (s for s in figure.layout.shapes if s.type == "line"):
        is_upright = shape.x0 == shape.x1
        level = float(shape.x0 if is_upright else shape.y0)
        text = next((plain(a.text) for a in figure.layout.annotations
                     if (a.x if is_upright else a.y) == level and a.text), "")  # fmt: skip
        ends = (upright.low or 0.0, upright.high or 100.0) if is_upright else (level, level)
        edge = (across.low or 1.0, across.high or _widest(figure))
        found.append(Series(
            text or "Сравнение", ends, (level, level) if is_upright else edge,
            color=rgb(shape.line.color), line=dash(shape.line.dash), width=1.1, labels=("", text),
            label_side="t" if is_upright else "r", label_color=MUTED, is_helper=True,
        ))  # fmt: skip
    return found


def _widest(figure: Any) -> float:
    return max(v for trace in figure.data for v in numbers(trace.x) if v is not None)

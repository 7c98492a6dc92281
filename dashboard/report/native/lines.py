"""Lines and marks over named places from left to right: years, tasks of a work."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from dashboard.report.native.axes import names, number_axis
from dashboard.report.native.marks import dash, each, numbers, plain, rgb, symbol
from dashboard.report.native.model import Axis, NativeChart, Numbers, Series
from dashboard.report.native.whiskers import Interval, intervals, is_loose, of_series


def chart(figure: Any) -> NativeChart:
    """A line chart whose intervals are error bars."""
    labels = names(figure.layout.xaxis)
    loose = [trace for trace in figure.data if is_loose(trace)]
    found = [one for trace in loose for one in intervals(trace, is_upright=True)]
    notes = {(a.x, a.y): plain(a.text) for a in figure.layout.annotations if a.xref != "paper"}
    rest = [trace for trace in figure.data if trace not in loose and trace.x is not None and len(trace.x)]
    series = [one for trace in rest for one in _of(trace, len(labels), found, notes)]
    series = [part for one in series for part in _clear_of_whiskers(one)]
    series += _levels(figure, len(labels))
    values = [v for one in series for v in one.values]
    ends = [end for one in series for end in _ends(one)]
    return NativeChart(
        kind="line", series=tuple(series), categories=tuple(labels),
        value_axis=_holding(number_axis(figure.layout.yaxis, values), ends),
        has_legend=sum(not one.is_helper for one in series) > 1,
        height=int(figure.layout.height or 300) + (36 if len(series) > 1 else 0),
    )  # fmt: skip


def _holding(axis: Axis, ends: list[float]) -> Axis:
    """An axis without limits of its own, as long as the intervals: office programs look at the marks only."""
    if not ends or axis.low is not None or axis.high is not None:
        return axis
    return replace(axis, low=float(math.floor(min(ends))), high=float(math.ceil(max(ends))))


def _ends(series: Series) -> list[float]:
    """How far intervals reach."""
    if series.whiskers is None:
        return []
    reach = zip(series.values, series.whiskers.minus, series.whiskers.plus, strict=True)
    return [end for v, down, up in reach if v is not None for end in (v - (down or 0), v + (up or 0))]


def _of(trace: Any, count: int, found: list[Interval], notes: dict[Any, str]) -> list[Series]:
    """The series of a trace: one for each look of its marks, joined ones stay together."""
    x, y = numbers(trace.x), numbers(trace.y)
    known = {int(p): (v, i) for i, (p, v) in enumerate(zip(x, y, strict=True)) if p is not None}
    values = [known.get(place, (None, 0))[0] for place in range(count)]
    texts = [str(t or "") for t in each(trace.text, len(x), "")]
    has_texts = "text" in (trace.mode or "")
    labels = tuple(plain(texts[known[p][1]]) if has_texts and p in known else "" for p in range(count))
    own_notes = tuple(notes.get((p, values[p]), "") for p in range(count))
    if "lines" in (trace.mode or "lines"):
        return [_line(trace, values, labels if any(labels) else own_notes, found)]
    looks = _looks(trace, len(x))
    return [
        _marks(trace, look, [v if p in known and looks[known[p][1]] == look else None
                             for p, v in enumerate(values)], found)
        for look in dict.fromkeys(looks)
    ]  # fmt: skip


def _line(trace: Any, values: list[float | None], labels: tuple[str, ...], found: list[Interval]) -> Series:
    has_marks = "markers" in (trace.mode or "")
    mark, hollow = symbol(str(each(trace.marker.symbol, 1, "circle")[-1])) if has_marks else ("", False)
    own = found if has_marks else []
    name = plain(trace.name) or next((text for text in reversed(labels) if text), "")
    return Series(
        name=name if not has_marks or trace.name else (plain(trace.name) or "Значение"),
        values=tuple(values), color=rgb(trace.line.color), line=dash(trace.line.dash),
        width=1.1 if not has_marks else 2.0, symbol=mark, is_hollow=hollow,
        labels=labels if has_marks and any(labels) else (), label_side="r",
        whiskers=of_series(own, list(range(len(values))), values, is_upright=True),
    )  # fmt: skip


def _clear_of_whiskers(series: Series) -> list[Series]:
    """Labels stand over the upper ends of the intervals, carried by a helping series."""
    if series.whiskers is None or not any(series.labels):
        return [series]
    ends = tuple(
        None if v is None else v + (up or 0)
        for v, up in zip(series.values, series.whiskers.plus, strict=True)
    )
    return [replace(series, labels=()),
            Series("Подписи", ends, labels=series.labels, label_side="t", is_helper=True)]  # fmt: skip


def _marks(trace: Any, look: tuple[str, str], values: list[float | None], found: list[Interval]) -> Series:
    mark, hollow = symbol(look[0])
    return Series(
        name=words(trace, look), values=tuple(values), color=rgb(look[1]), symbol=mark, is_hollow=hollow,
        whiskers=of_series(found, list(range(len(values))), values, is_upright=True),
    )  # fmt: skip


def _looks(trace: Any, count: int) -> list[tuple[str, str]]:
    symbols = each(trace.marker.symbol, count, "circle")
    colors = each(trace.marker.color, count, "")
    return [(str(s), str(c)) for s, c in zip(symbols, colors, strict=True)]


def words(trace: Any, look: tuple[str, str]) -> str:
    """What a mark of this look means, as the figure's own ``meta`` tells it."""
    told = dict(trace.meta or ())
    return str(told.get(f"{look[0]} {look[1]}") or told.get(look[0]) or trace.name or "Значение")


def _levels(figure: Any, count: int) -> list[Series]:
    """Horizontal lines that the figure draws as shapes: the boundaries of zones."""
    lines = [s for s in figure.layout.shapes if s.type == "line" and s.y0 == s.y1 and s.yref != "paper"]
    found: dict[tuple[float, str, str], list[float | None]] = {}
    for shape in lines:
        key = (float(shape.y0), rgb(shape.line.color), dash(shape.line.dash))
        values = found.setdefault(key, [None] * count)
        whole = shape.xref == "paper" or shape.xref == "x domain"
        for place in range(count):
            if whole or float(shape.x0) <= place <= float(shape.x1):
                values[place] = float(shape.y0)
    told = {round(float(a.y), 6): plain(a.text) for a in figure.layout.annotations if a.y is not None}
    return [
        Series(told.get(round(level, 6), "Граница"), _held(values), color=color, line=line, width=1.6)
        for (level, color, line), values in found.items()
    ]


def _held(values: list[float | None]) -> Numbers:
    return tuple(values)

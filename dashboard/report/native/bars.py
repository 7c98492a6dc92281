"""Bars: lying or standing, stacked, diverging, with marks of the year before as a second row of bars."""

from __future__ import annotations

from typing import Any

from dashboard.report.native.axes import PERCENT, names, number_axis
from dashboard.report.native.marks import each, numbers, plain, rgb
from dashboard.report.native.model import Axis, NativeChart, Series
from dashboard.words import number

NOW, BEFORE = "Этот год", "Год назад"


def chart(figure: Any) -> NativeChart:
    """A bar chart; what stands beside a row and is not its own number goes into the row's name."""
    drawn = [trace for trace in figure.data if trace.type == "bar"]
    is_lying = drawn[0].orientation == "h"
    axis, numeric = (
        (figure.layout.yaxis, figure.layout.xaxis) if is_lying else (figure.layout.xaxis, figure.layout.yaxis)
    )
    places = _places(figure.data, is_lying)
    known = names(axis)
    labels = [known[int(p)] if known and p < len(known) else number(p) for p in places]
    series = [_series(trace, places, is_lying) for trace in figure.data]
    values = [v for one in series for v in one.values]
    beside = _beside(figure, is_lying)
    series = _labelled(series, beside, places)
    value_axis = _axis(figure, numeric, values)
    if not _are_values(series[0], beside, places):
        labels = [_with(label, beside.get(place, "")) for label, place in zip(labels, places, strict=True)]
    return NativeChart(
        kind="bar" if is_lying else "column", series=tuple(series), categories=tuple(labels),
        is_stacked=figure.layout.barmode in ("stack", "relative") and not _is_diverging(series),
        is_overlaid=figure.layout.barmode == "overlay" or _is_diverging(series), value_axis=value_axis,
        has_legend=len(series) > 1,
        height=int(figure.layout.height or 360) + (50 if len(series) > 1 else 0),
    )  # fmt: skip


def _places(traces: Any, is_lying: bool) -> list[float]:
    found = {v for trace in traces for v in numbers(trace.y if is_lying else trace.x) if v is not None}
    return sorted(found)


def _series(trace: Any, places: list[float], is_lying: bool) -> Series:
    where, values = (trace.y, trace.x) if is_lying else (trace.x, trace.y)
    known = dict(zip(numbers(where), numbers(values), strict=True))
    is_bar = trace.type == "bar"
    color = rgb(each(trace.marker.color, 1)[0])
    edge = rgb(trace.marker.line.color, "") if trace.marker.line.width else ""
    texts = dict(zip(numbers(where), each(trace.text, len(known), ""), strict=True)) if trace.text else {}
    ink = each(trace.textfont.color, 1)[0] if trace.textfont else None
    return Series(
        name=plain(trace.name) or (NOW if is_bar else BEFORE),
        values=tuple(known.get(place) for place in places), color=color if is_bar else "FFFFFF",
        edge=edge or ("" if is_bar else color), is_hatched=bool(trace.marker.pattern.shape) if is_bar else False,
        shows_values=bool(texts), label_side="ctr" if trace.textposition == "inside" else "outEnd",
        label_color=rgb(ink, "") if ink else "",
    )  # fmt: skip


def _axis(figure: Any, numeric: Any, values: list[float | None]) -> Axis:
    axis = number_axis(numeric, values)
    texts = [str(t) for trace in figure.data for t in each(trace.text, 1, "")]
    if axis.number != PERCENT and any("%" in text for text in texts):
        return Axis(axis.low, axis.high, axis.step, PERCENT, False, axis.is_shown, axis.has_grid, axis.title)
    return axis


def _beside(figure: Any, is_lying: bool) -> dict[float, str]:
    """Texts that the figure writes beside its rows, with the word that stands above them."""
    if not is_lying:
        return {}
    notes = list(figure.layout.annotations)
    above = next((plain(a.text) for a in notes if a.xref == "paper" and a.yref == "paper" and a.x == 1), "")
    rows = [(float(a.y), plain(a.text), a.xref == "paper") for a in notes if a.yref != "paper" and a.text]
    return {row: f"{above} {text}".strip() if at_side else text for row, text, at_side in rows}


def _are_values(series: Series, beside: dict[float, str], places: list[float]) -> bool:
    """Whether the texts beside the rows only repeat the bars' own numbers."""
    pairs = [(beside[p], v) for p, v in zip(places, series.values, strict=True) if p in beside]
    return all(text.startswith((number(v or 0), number(v or 0, 1))) for text, v in pairs)


def _labelled(series: list[Series], beside: dict[float, str], places: list[float]) -> list[Series]:
    """Bars show their numbers where the figure wrote them beside the rows."""
    if not beside or not _are_values(series[0], beside, places):
        return series
    return [Series(**{**one.__dict__, "shows_values": True, "label_side": "outEnd"}) for one in series]


def _is_diverging(series: list[Series]) -> bool:
    return any((v or 0) < 0 for one in series for v in one.values)


def _with(label: str, more: str) -> str:
    return f"{label} ({more})" if more else label

"""Plotly's axes read back: names in a row, limits, ticks, how numbers are written."""

from __future__ import annotations

from typing import Any

from dashboard.report.native.marks import plain
from dashboard.report.native.model import Axis

PERCENT = '0"\u00a0%";0"\u00a0%"'
COUNT = "#,##0;#,##0"
TENTH = "#,##0.0"


def names(axis: Any) -> list[str]:
    """Names of the places 0, 1, 2 … of a named axis; nothing where it has numbers."""
    if axis.ticktext is None or axis.tickvals is None:
        return []
    places = list(axis.tickvals)
    return [plain(t) for t in axis.ticktext] if places == list(range(len(places))) and places else []


def number_axis(axis: Any, values: list[float | None]) -> Axis:
    """An axis of numbers; the margin that plotly leaves around 0 and 100 % is not kept."""
    low, high = list(axis.range) if axis.range is not None else [None, None]
    is_log = axis.type == "log"
    ticks = [float(t) for t in axis.tickvals] if axis.tickvals is not None else []
    is_percent = any("%" in str(t) for t in axis.ticktext or ()) or "%" in str(axis.ticksuffix or "")
    if ticks and low is not None and not is_log:
        low, high = min(ticks), max(ticks)
    low = 0.0 if low is None and axis.rangemode == "tozero" else low
    return Axis(
        None if is_log else _number(low), None if is_log else _number(high),
        ticks[1] - ticks[0] if len(ticks) > 1 and not is_log else None,
        PERCENT if is_percent else _format(values), is_log, axis.showticklabels is not False,
        bool(axis.showgrid), plain(axis.title.text),
    )  # fmt: skip


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _format(values: list[float | None]) -> str:
    return COUNT if all(v is None or float(v).is_integer() for v in values) else TENTH

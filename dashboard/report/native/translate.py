"""The figure of a screen as a native chart: by what it draws, not by which page it stands on."""

from __future__ import annotations

from typing import Any

from dashboard.report.native import bars, dots, lines
from dashboard.report.native.axes import names
from dashboard.report.native.model import NativeChart


def native(figure: Any) -> NativeChart | None:
    """The chart, or None where office programs have no such form and a shaded table says it."""
    kinds = {trace.type for trace in figure.data}
    if not kinds or not kinds <= {"bar", "scatter"} or _is_many(figure):
        return None
    if "bar" in kinds:
        return bars.chart(figure)
    if not any(numbers_there(trace) for trace in figure.data):
        return None
    return lines.chart(figure) if names(figure.layout.xaxis) else dots.chart(figure)


def numbers_there(trace: Any) -> bool:
    """Whether a trace has any point."""
    return trace.x is not None and len(trace.x) > 0


def _is_many(figure: Any) -> bool:
    """Small multiples: several pairs of axes in one figure."""
    return any(trace.xaxis not in (None, "x") for trace in figure.data)

"""What a figure of the document is in an office file: a native chart with its sheet, or a shaded table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from dashboard.report.document import Figure
from dashboard.report.native.model import NativeChart
from dashboard.report.native.sheet import lay_out, workbook
from dashboard.report.native.translate import native, numbers_there
from dashboard.report.native.xml import chart_xml
from dashboard.report.package import steady
from dashboard.report.shaded import Shaded, shaded
from dashboard.theme import LIGHT


@dataclass(frozen=True)
class ChartParts:
    """The parts that an office package takes in: the chart's XML and the workbook with its numbers."""

    chart: NativeChart
    workbook: bytes
    size: float
    """Points of the letters."""

    def xml(self, relation: str) -> bytes:
        """The chart part that finds its workbook by this relation."""
        return chart_xml(self.chart, lay_out(self.chart), self.size, relation)


def office_form(figure: Figure) -> NativeChart | Shaded | None:
    """The chart, the shaded table, or None: then the numbers themselves are printed."""
    drawn = figure.chart.figure(LIGHT)
    found = native(drawn)
    if found is None:
        return shaded(drawn)
    is_alone = len(found.series) == 1
    return replace(
        found, series=tuple(replace(s, name=_named(s.name, figure, is_alone)) for s in found.series)
    )


def has_marks(figure: Figure) -> bool:
    """Whether anything is drawn at all: where every group is too small, nothing is."""
    return any(numbers_there(trace) for trace in figure.chart.figure(LIGHT).data)


def parts(chart: NativeChart, built_at: datetime, size: float = 9) -> ChartParts:
    """Ready parts of a native chart."""
    return ChartParts(chart, _workbook(replace(chart, left=0.0, right=0.0), built_at), size)


@lru_cache(maxsize=128)
def _workbook(chart: NativeChart, built_at: datetime) -> bytes:
    """Written once for the document and for the slides."""
    return steady(workbook(lay_out(chart)), built_at)


def _named(name: str, figure: Figure, is_alone: bool) -> str:
    """A series that has no name of its own is called as the figure."""
    return figure.subject if name == "Значение" or is_alone else name

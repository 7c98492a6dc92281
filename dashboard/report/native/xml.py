"""A native chart as the XML part that DOCX, PPTX and XLSX share; order of elements is the schema's."""

from __future__ import annotations

from xml.sax.saxutils import escape

from dashboard.report.native.model import Axis, NativeChart, Series
from dashboard.report.native.pieces import (
    INK,
    LINE,
    MUTED,
    hatched,
    labels,
    numbers,
    rich,
    shape,
    solid,
    strings,
    stroke,
    text_style,
    tint,
    val,
)
from dashboard.report.native.sheet import DataSheet, Placed

SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
NATURAL = 360
"""Pixels for which LibreOffice may lay out a taller chart: what stands at the edges has room in them."""
NAME_AXIS, VALUE_AXIS = 111111111, 222222222


def chart_xml(chart: NativeChart, data: DataSheet, size: float = 9, workbook: str = "") -> bytes:
    """The chart part; ``size`` of letters in points, ``workbook`` the relation to an embedded one."""
    held = f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData>' if workbook else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {SPACES}>'
        f"{val('date1904', 0)}{val('lang', 'ru-RU')}{val('roundedCorners', 0)}"
        f"<c:chart>{val('autoTitleDeleted', 1)}<c:plotArea>{_place(chart)}{_body(chart, data, size)}"
        f"{_axes(chart, size)}{shape('<a:noFill/>')}</c:plotArea>{_legend(chart, size)}"
        f"{val('plotVisOnly', 1)}{val('dispBlanksAs', 'gap')}</c:chart>"
        f"{shape('<a:noFill/>', stroke(''))}{text_style(size, INK)}{held}</c:chartSpace>"
    ).encode()


def _place(chart: NativeChart) -> str:
    """Where the plot stands, where the chart itself writes names at its sides."""
    if not chart.left and not chart.right:
        return "<c:layout/>"
    head = 30 if any(s.is_helper and s.label_side == "t" for s in chart.series) else 8
    foot = 28 + (30 if chart.has_legend else 0)
    tall = min(chart.height, NATURAL)
    top, height = head / tall, 1 - (head + foot) / tall
    sides = (("x", chart.left), ("y", top), ("w", 1 - chart.left - max(chart.right, 0.03)), ("h", height))
    placed = "".join(val(name, round(value, 4)) for name, value in sides)
    return (
        f"<c:layout><c:manualLayout>{val('layoutTarget', 'inner')}{val('xMode', 'edge')}"
        f"{val('yMode', 'edge')}{placed}</c:manualLayout></c:layout>"
    )


def _body(chart: NativeChart, data: DataSheet, size: float) -> str:
    own = "".join(_series(chart, data, i, placed, size) for i, placed in enumerate(data.placed))
    ids = val("axId", NAME_AXIS) + val("axId", VALUE_AXIS)
    if chart.kind in ("bar", "column"):
        direction = "bar" if chart.kind == "bar" else "col"
        grouping = "stacked" if chart.is_stacked else "clustered"
        overlap = 100 if chart.is_stacked or chart.is_overlaid else -5
        return (
            f"<c:barChart>{val('barDir', direction)}{val('grouping', grouping)}{val('varyColors', 0)}{own}"
            f"{val('gapWidth', 45)}{val('overlap', overlap)}{ids}</c:barChart>"
        )
    if chart.kind == "line":
        return (
            f"<c:lineChart>{val('grouping', 'standard')}{val('varyColors', 0)}{own}{val('marker', 1)}{ids}"
            "</c:lineChart>"
        )
    return f"<c:scatterChart>{val('scatterStyle', 'lineMarker')}{val('varyColors', 0)}{own}{ids}</c:scatterChart>"


def _series(chart: NativeChart, data: DataSheet, index: int, placed: Placed, size: float) -> str:
    series = placed.series
    head = (
        f"{val('idx', index)}{val('order', index)}"
        f"<c:tx>{strings(data.head_ref(placed.values), (series.name,))}</c:tx>"
    )
    form = chart.value_axis.number
    values = numbers(data.ref(placed.values, len(series.values)), series.values, form)
    said = labels(series, form, size - 0.5)
    errors = _whiskers(data, placed)
    if chart.kind == "scatter":
        where = numbers(data.ref(placed.places, len(series.places)), series.places, chart.place_axis.number)
        return (
            f"<c:ser>{head}{_look(series)}{said}{errors}<c:xVal>{where}</c:xVal><c:yVal>{values}</c:yVal>"
            f"{val('smooth', 0)}</c:ser>"
        )
    names = f"<c:cat>{strings(data.ref(1, len(chart.categories)), chart.categories)}</c:cat>"
    body = f"{said}{errors}{names}<c:val>{values}</c:val>"
    if chart.kind == "line":
        return f"<c:ser>{head}{_look(series)}{body}{val('smooth', 0)}</c:ser>"
    fill = hatched(series.color) if series.is_hatched else solid(series.color)
    outline = stroke(series.edge or (series.color if series.is_hatched else ""))
    return f"<c:ser>{head}{shape(fill, outline)}{val('invertIfNegative', 0)}{body}</c:ser>"


def _look(series: Series) -> str:
    """Line and marker of a series."""
    line = stroke(series.color if series.line else "", series.width, series.line or "solid")
    if not series.symbol:
        return shape("", line) + f"<c:marker>{val('symbol', 'none')}</c:marker>"
    fill = solid(tint(series.color) if series.is_hollow else series.color)
    return (
        shape("", line) + f"<c:marker>{val('symbol', series.symbol)}{val('size', series.size)}"
        f"{shape(fill, stroke(series.color, 1.5))}</c:marker>"
    )


def _whiskers(data: DataSheet, placed: Placed) -> str:
    found = placed.series.whiskers
    if found is None:
        return ""
    minus, plus = (
        numbers(data.ref(column, len(values)), values, "General")
        for column, values in ((placed.minus, found.minus), (placed.plus, found.plus))
    )
    return (
        f"<c:errBars>{val('errDir', 'y' if found.is_upright else 'x')}{val('errBarType', 'both')}"
        f"{val('errValType', 'cust')}{val('noEndCap', 1)}<c:plus>{plus}</c:plus><c:minus>{minus}</c:minus>"
        f"{shape('', stroke(found.color, 1.75))}</c:errBars>"
    )


def _axes(chart: NativeChart, size: float) -> str:
    if chart.kind == "scatter":
        return _numeric(chart.place_axis, NAME_AXIS, VALUE_AXIS, "b", size, between="midCat") + _numeric(
            chart.value_axis, VALUE_AXIS, NAME_AXIS, "l", size, between="midCat"
        )
    is_lying = chart.kind == "bar"
    names = (
        f"<c:catAx>{val('axId', NAME_AXIS)}<c:scaling>{val('orientation', 'maxMin' if is_lying else 'minMax')}"
        f"</c:scaling>{val('delete', 0)}{val('axPos', 'l' if is_lying else 'b')}"
        f'<c:numFmt formatCode="General" sourceLinked="0"/>{val("majorTickMark", "none")}'
        f"{val('minorTickMark', 'none')}{val('tickLblPos', 'low')}{shape('', stroke(LINE))}"
        f"{text_style(size, INK, is_level=True)}{val('crossAx', VALUE_AXIS)}{val('crosses', 'autoZero')}"
        f"{val('auto', 0)}{val('lblAlgn', 'ctr')}{val('lblOffset', 60)}{val('noMultiLvlLbl', 1)}</c:catAx>"
    )
    return names + _numeric(chart.value_axis, VALUE_AXIS, NAME_AXIS, "b" if is_lying else "l", size, is_lying)


def _numeric(
    axis: Axis,
    own: int,
    other: int,
    side: str,
    size: float,
    is_turned: bool = False,
    between: str = "between",
) -> str:
    """A value axis; ``is_turned`` where the names run from top to bottom, so that it stays below."""
    ends = f"{val('max', axis.high)}" * (axis.high is not None) + f"{val('min', axis.low)}" * (
        axis.low is not None
    )
    base = val("logBase", 10) if axis.is_log else ""
    grid = f"<c:majorGridlines>{shape('', stroke(LINE, 0.5))}</c:majorGridlines>" if axis.has_grid else ""
    title = f"<c:title>{rich(axis.title, size, MUTED)}{val('overlay', 0)}</c:title>" if axis.title else ""
    step = val("majorUnit", axis.step) if axis.step else ""
    form = escape(axis.number, {'"': "&quot;"})
    return (
        f"<c:valAx>{val('axId', own)}<c:scaling>{base}{val('orientation', 'minMax')}{ends}</c:scaling>"
        f"{val('delete', int(not axis.is_shown))}{val('axPos', side)}{grid}{title}"
        f'<c:numFmt formatCode="{form}" sourceLinked="0"/>{val("majorTickMark", "none")}'
        f"{val('minorTickMark', 'none')}{val('tickLblPos', 'nextTo' if is_turned else 'low')}"
        f"{shape('', stroke(''))}{text_style(size, MUTED, is_level=True)}{val('crossAx', other)}"
        f"{val('crosses', 'max' if is_turned else 'min')}{val('crossBetween', between)}{step}</c:valAx>"
    )


def _legend(chart: NativeChart, size: float) -> str:
    if not chart.has_legend:
        return ""
    seen: set[str] = set()
    hidden = ""
    for index, series in enumerate(chart.series):
        if series.is_helper or series.name in seen:
            hidden += f"<c:legendEntry>{val('idx', index)}{val('delete', 1)}</c:legendEntry>"
        seen.add(series.name)
    return f"<c:legend>{val('legendPos', 'b')}{hidden}{val('overlay', 0)}{text_style(size, INK)}</c:legend>"

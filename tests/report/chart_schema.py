"""The order and the occurrence of a chart's elements by ECMA-376 (dml-chart.xsd), as far as we write them.

Office programs offer to repair a file whose elements are in another order than the schema's sequence.
"""

from __future__ import annotations

from typing import Any

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_LABEL = ("numFmt", "spPr", "txPr", "dLblPos", "showLegendKey", "showVal", "showCatName", "showSerName",
          "showPercent", "showBubbleSize", "separator", "showLeaderLines", "extLst")  # fmt: skip
_AXIS = ("axId", "scaling", "delete", "axPos", "majorGridlines", "minorGridlines", "title", "numFmt",
         "majorTickMark", "minorTickMark", "tickLblPos", "spPr", "txPr", "crossAx", "crosses", "crossesAt")  # fmt: skip
SEQUENCES: dict[str, tuple[str, ...]] = {
    "chartSpace": ("date1904", "lang", "roundedCorners", "style", "clrMapOvr", "pivotSource", "protection", "chart",
                   "spPr", "txPr", "externalData", "printSettings", "userShapes", "extLst"),
    "chart": ("title", "autoTitleDeleted", "pivotFmts", "view3D", "floor", "sideWall", "backWall", "plotArea",
              "legend", "plotVisOnly", "dispBlanksAs"),
    "plotArea": ("layout", "barChart", "lineChart", "scatterChart", "catAx", "valAx", "dTable", "spPr"),
    "manualLayout": ("layoutTarget", "xMode", "yMode", "wMode", "hMode", "x", "y", "w", "h"),
    "barChart": ("barDir", "grouping", "varyColors", "ser", "dLbls", "gapWidth", "overlap", "serLines", "axId"),
    "lineChart": ("grouping", "varyColors", "ser", "dLbls", "dropLines", "hiLowLines", "upDownBars", "marker",
                  "smooth", "axId"),
    "scatterChart": ("scatterStyle", "varyColors", "ser", "dLbls", "axId"),
    "barChart/ser": ("idx", "order", "tx", "spPr", "invertIfNegative", "pictureOptions", "dPt", "dLbls", "trendline",
                     "errBars", "cat", "val", "shape"),
    "lineChart/ser": ("idx", "order", "tx", "spPr", "marker", "dPt", "dLbls", "trendline", "errBars", "cat", "val",
                      "smooth"),
    "scatterChart/ser": ("idx", "order", "tx", "spPr", "marker", "dPt", "dLbls", "trendline", "errBars", "xVal",
                         "yVal", "smooth"),
    "marker": ("symbol", "size", "spPr"),
    "dLbls": ("dLbl", "delete", *_LABEL),
    "dLbl": ("idx", "delete", "layout", "tx", *_LABEL),
    "errBars": ("errDir", "errBarType", "errValType", "noEndCap", "plus", "minus", "val", "spPr"),
    "catAx": (*_AXIS, "auto", "lblAlgn", "lblOffset", "tickLblSkip", "tickMarkSkip", "noMultiLvlLbl"),
    "valAx": (*_AXIS, "crossBetween", "majorUnit", "minorUnit", "dispUnits"),
    "scaling": ("logBase", "orientation", "max", "min"),
    "legend": ("legendPos", "legendEntry", "layout", "overlay", "spPr", "txPr"),
    "legendEntry": ("idx", "delete", "txPr"),
    "title": ("tx", "layout", "overlay", "spPr", "txPr"),
    "numRef": ("f", "numCache"),
    "numCache": ("formatCode", "ptCount", "pt"),
    "strRef": ("f", "strCache"),
    "strCache": ("ptCount", "pt"),
}  # fmt: skip
PLACES = {
    "barChart": {"ctr", "inEnd", "inBase", "outEnd"}, "lineChart": {"t", "b", "l", "r", "ctr"},
    "scatterChart": {"t", "b", "l", "r", "ctr"},
}  # fmt: skip
"""Where a label may stand; a stacked bar has no outer end."""


def broken(root: Any) -> list[str]:
    """What is out of order in a chart part."""
    return [fault for node in root.iter() for fault in _of(node)]


def _of(node: Any) -> list[str]:
    if not isinstance(node.tag, str) or not node.tag.startswith(CHART):
        return []
    name = node.tag.removeprefix(CHART)
    parent = node.getparent()
    key = f"{parent.tag.removeprefix(CHART)}/ser" if name == "ser" else name
    faults = _order(key, node) if key in SEQUENCES and len(node) else []
    if name == "dLblPos":
        faults += _place(node)
    return faults


def _order(key: str, node: Any) -> list[str]:
    names = [child.tag.removeprefix(CHART) for child in node if isinstance(child.tag, str)]
    sequence = SEQUENCES[key]
    unknown = [name for name in names if name not in sequence]
    places = [sequence.index(name) for name in names if name in sequence]
    return [f"{key}: unknown {unknown}"] * bool(unknown) + [f"{key}: order {names}"] * (
        places != sorted(places)
    )


def _place(node: Any) -> list[str]:
    kind = next(a for a in node.iterancestors() if a.tag.removeprefix(CHART) in PLACES)
    allowed = set(PLACES[kind.tag.removeprefix(CHART)])
    grouping = kind.find(f"{CHART}grouping")
    if grouping is not None and grouping.get("val") == "stacked":
        allowed.discard("outEnd")
    return [] if node.get("val") in allowed else [f"dLblPos {node.get('val')}"]

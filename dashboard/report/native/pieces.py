"""Small pieces of the chart vocabulary of office programs (ECMA-376, DrawingML): fills, texts, data."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from dashboard.report.native.model import Numbers, Series

FONT = "Liberation Sans"
INK, MUTED, LINE = "17202C", "5B6470", "D9D8D3"


def val(name: str, value: object) -> str:
    """``<c:name val="…"/>``."""
    return f'<c:{name} val="{escape(str(value), {chr(34): "&quot;"})}"/>'


def solid(color: str) -> str:
    """A fill of one colour; none without a colour."""
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>' if color else "<a:noFill/>"


def tint(color: str, share: float = 0.6) -> str:
    """A paler colour: the ground of a hollow mark. White would vanish where outlines of marks are not drawn."""
    channels = (int(color[i : i + 2], 16) for i in (0, 2, 4))
    return "".join(f"{round(c + (255 - c) * share):02X}" for c in channels)


def stroke(color: str, points: float = 0.75, dash: str = "solid") -> str:
    """A line of so many points; none without a colour."""
    if not color:
        return "<a:ln><a:noFill/></a:ln>"
    return f'<a:ln w="{int(points * 12700)}" cap="flat">{solid(color)}<a:prstDash val="{dash}"/><a:round/></a:ln>'


def shape(fill: str = "", line: str = "") -> str:
    """``c:spPr`` with a ready fill and a ready line."""
    return f"<c:spPr>{fill}{line}</c:spPr>"


def hatched(color: str) -> str:
    """Stripes: what grey paper tells from a plain fill."""
    return (
        f'<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="{color}"/></a:fgClr>'
        '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
    )


def letters(size: float, color: str, is_bold: bool = False) -> str:
    """Properties of a run of text; ``size`` in points."""
    return (
        f'<a:defRPr sz="{int(size * 100)}" b="{int(is_bold)}">{solid(color)}'
        f'<a:latin typeface="{FONT}"/><a:cs typeface="{FONT}"/></a:defRPr>'
    )


def text_style(size: float, color: str, is_level: bool = False) -> str:
    """``c:txPr`` of axes, legends and labels; ``is_level`` forbids turning."""
    body = '<a:bodyPr rot="0" vert="horz"/>' if is_level else "<a:bodyPr/>"
    return (
        f"<c:txPr>{body}<a:lstStyle/><a:p><a:pPr>{letters(size, color)}</a:pPr>"
        '<a:endParaRPr lang="ru-RU"/></a:p></c:txPr>'
    )


def rich(text: str, size: float, color: str) -> str:
    """Own words of one label or of an axis, in one line: LibreOffice would break a name after a fifth of the chart."""
    return (
        f'<c:tx><c:rich><a:bodyPr wrap="none"/>'
        f"<a:lstStyle/><a:p><a:pPr>{letters(size, color)}</a:pPr>"
        f'<a:r><a:rPr lang="ru-RU" sz="{int(size * 100)}">{solid(color)}<a:latin typeface="{FONT}"/></a:rPr>'
        f"<a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx>"
    )


def numbers(address: str, values: Numbers, form: str) -> str:
    """A reference to numbers with their copies."""
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{value!r}</c:v></c:pt>' for i, value in enumerate(values) if value is not None
    )
    return (
        f"<c:numRef><c:f>{escape(address)}</c:f><c:numCache><c:formatCode>{escape(form)}</c:formatCode>"
        f"{val('ptCount', len(values))}{points}</c:numCache></c:numRef>"
    )


def strings(address: str, values: Sequence[str]) -> str:
    """A reference to texts with their copies."""
    points = "".join(f'<c:pt idx="{i}"><c:v>{escape(v)}</c:v></c:pt>' for i, v in enumerate(values))
    return (
        f"<c:strRef><c:f>{escape(address)}</c:f><c:strCache>{val('ptCount', len(values))}{points}"
        "</c:strCache></c:strRef>"
    )


_SHOWN = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")


def shows(*what: str) -> str:
    """What a label shows, all of it said, as the schema wants it."""
    return "".join(val(name, int(name in what)) for name in _SHOWN)


def labels(series: Series, form: str, size: float) -> str:
    """``c:dLbls``: own words of single points, or the values of all."""
    color = series.label_color or INK
    if series.shows_values:
        form = f"{form};;" if series.label_side == "ctr" else form  # no room for a zero inside a bar
        return (
            f'<c:dLbls><c:numFmt formatCode="{escape(form, {chr(34): "&quot;"})}" sourceLinked="0"/>'
            f"{shape('<a:noFill/>', stroke(''))}{text_style(size, color)}"
            f"{val('dLblPos', series.label_side)}{shows('showVal')}</c:dLbls>"
        )
    if not any(series.labels):
        return ""
    own = "".join(
        f"<c:dLbl>{val('idx', i)}{rich(text, size, color)}{shape('<a:noFill/>', stroke(''))}"
        f"{val('dLblPos', series.label_side)}{shows('showVal')}</c:dLbl>"
        for i, text in enumerate(series.labels) if text
    )  # fmt: skip
    return f"<c:dLbls>{own}{shows()}</c:dLbls>"

"""What a slide is put together from: texts, a native chart, a table, cards."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.parts.chart import ChartPart
from pptx.util import Emu, Mm, Pt

from dashboard import blocks as b
from dashboard.report.drawn import ChartParts
from dashboard.report.shaded import Shaded
from dashboard.theme import LIGHT

FONT = "Liberation Sans"
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
Box = tuple[float, float, float, float]
"""Left, top, width, height in millimetres."""


def rgb(color: str) -> RGBColor:
    """A colour of the product."""
    return RGBColor.from_string(color.lstrip("#").upper())


def write(
    frame: Any, text: str, size: float, *, color: str = LIGHT.ink, is_bold: bool = False, is_new: bool = True,
    is_right: bool = False,
) -> None:  # fmt: skip
    """One paragraph in a text frame."""
    paragraph = frame.paragraphs[0] if is_new else frame.add_paragraph()
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.name = Pt(size), is_bold, FONT
    run.font.color.rgb = rgb(color)
    if is_right:
        paragraph.alignment = PP_ALIGN.RIGHT


def place(slide: Any, box: Box) -> Any:
    """A text box; its frame wraps words."""
    frame = slide.shapes.add_textbox(*(Mm(side) for side in box)).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Mm(0)
    return frame


def put_chart(slide: Any, box: Box, number: int, alt: str, ready: ChartParts) -> None:
    """A chart that can be edited, its workbook inside."""
    package = slide.part.package
    part = ChartPart.load(PackURI(f"/ppt/charts/chart{number}.xml"), CHART, package, ready.xml("rId1"))
    element = part._element
    for held in element.findall("{http://schemas.openxmlformats.org/drawingml/2006/chart}externalData"):
        element.remove(held)
    part.chart_workbook.update_from_xlsx_blob(ready.workbook)
    relation = slide.part.relate_to(part, RT.CHART)
    left, top, width, height = (int(Mm(side)) for side in box)
    slide.shapes._spTree.append(parse_xml(_FRAME.format(
        spaces=nsdecls("p", "a", "r"), id=900 + number, alt=_quoted(alt), relation=relation, left=left, top=top,
        width=width, height=height,
    )))  # fmt: skip


_CHARTS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_FRAME = (
    "<p:graphicFrame {spaces}><p:nvGraphicFramePr><p:cNvPr id='{id}' name='Диаграмма {id}' descr='{alt}'/>"
    "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>"
    "<p:xfrm><a:off x='{left}' y='{top}'/><a:ext cx='{width}' cy='{height}'/></p:xfrm>"
    f"<a:graphic><a:graphicData uri='{_CHARTS}'><c:chart xmlns:c='{_CHARTS}' r:id='{{relation}}'/>"
    "</a:graphicData></a:graphic></p:graphicFrame>"
)


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;")


def put_table(slide: Any, box: Box, table: b.Table, widths: list[float], size: float) -> None:
    """A table; its head is shaded, totals are bold."""
    drawn = _table(slide, box, len(table.rows) + 1, widths)
    for cell, column in zip(drawn.rows[0].cells, table.columns, strict=True):
        _cell(cell, column.title, size - 1, LIGHT.panel, color=LIGHT.muted, is_right=column.is_number)
    for row, said in zip(list(drawn.rows)[1:], table.rows, strict=True):
        for cell, column, words in zip(row.cells, table.columns, said.cells, strict=True):
            glyph = f"{b.GLYPHS[words.tone]} " if words.tone else ""
            _cell(
                cell, glyph + words.text, size, LIGHT.ground, is_bold=said.is_total, is_right=column.is_number
            )


def put_shaded(slide: Any, box: Box, table: Shaded, size: float) -> None:
    """The heat map as a table."""
    first = box[2] * 0.28
    each = (box[2] - first) / max(len(table.columns), 1)
    drawn = _table(slide, box, len(table.rows) + 1, [first] + [each] * len(table.columns))
    for cell, title in zip(drawn.rows[0].cells, ("", *table.columns), strict=True):
        _cell(cell, title, size - 1, LIGHT.panel, color=LIGHT.muted)
    for row, (name, cells) in zip(list(drawn.rows)[1:], table.rows, strict=True):
        _cell(row.cells[0], name, size, LIGHT.ground)
        for cell, shade in zip(list(row.cells)[1:], cells, strict=True):
            _cell(cell, shade.text, size, shade.ground or LIGHT.ground, color=shade.ink)


def _table(slide: Any, box: Box, rows: int, widths: list[float]) -> Any:
    left, top, width, _ = box
    shape = slide.shapes.add_table(rows, len(widths), Mm(left), Mm(top), Mm(width), Mm(6 * rows))
    drawn = shape.table
    total = sum(widths)
    for column, part in zip(drawn.columns, widths, strict=True):
        column.width = Emu(int(Mm(width * part / total)))
    return drawn


def _cell(
    cell: Any, text: str, size: float, ground: str, *, color: str = LIGHT.ink, is_bold: bool = False,
    is_right: bool = False,
) -> None:  # fmt: skip
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(ground)
    cell.margin_left = cell.margin_right = Mm(1.6)
    cell.margin_top = cell.margin_bottom = Mm(0.8)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(cell.text_frame, text, size, color=color, is_bold=is_bold, is_right=is_right)
    cell._tc.get_or_add_tcPr()[:] = [*_edges(), *cell._tc.tcPr]


def _edges() -> list[Any]:
    line = rgb(LIGHT.line)
    return [
        parse_xml(
            f'<a:{side} {nsdecls("a")} w="6350"><a:solidFill><a:srgbClr val="{line}"/></a:solidFill></a:{side}>'
        )
        for side in ("lnL", "lnR", "lnT", "lnB")
    ]


def put_card(slide: Any, box: Box, card: b.Card) -> None:
    """One indicator in a frame."""
    shape = slide.shapes.add_shape(1, *(Mm(side) for side in box))
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(LIGHT.ground)
    shape.line.color.rgb, shape.line.width = rgb(LIGHT.line), Pt(0.75)
    shape.shadow.inherit = False
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = Mm(3)
    write(frame, card.title, 12, color=LIGHT.muted)
    write(frame, card.value, 26, is_bold=True, is_new=False)
    change = f"{card.glyph or b.GLYPHS[card.tone]} {card.change}" if card.change else ""
    for text in (card.count, change):
        if text:
            write(frame, text, 12, is_new=False)
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT

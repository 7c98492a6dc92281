"""What python-docx has no words for: fields, page numbers, shading, a chart part, cell edges."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu

CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_field(paragraph: Any, code: str, shown: str) -> None:
    """A field with the result it shows until it is refreshed."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """A place that the contents lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)


def shade(cell: Any, color: str) -> None:
    """The ground of a cell."""
    properties = cell._tc.get_or_add_tcPr()
    for old in properties.findall(qn("w:shd")):
        properties.remove(old)
    properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{color}"/>'))


def set_edges(table: Any, edges: str, margins: str) -> None:
    """Lines and cell margins of a table, where the schema's sequence has them."""
    properties = table._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    if layout is None:
        layout = OxmlElement("w:tblLayout")
        layout.set(qn("w:type"), "autofit")
        properties.insert_element_before(layout, "w:tblCellMar", "w:tblLook")
    layout.addprevious(parse_xml(f"<w:tblBorders {nsdecls('w')}>{edges}</w:tblBorders>"))
    layout.addnext(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"))


def repeat_head(row: Any) -> None:
    """The row stands again on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))


def keep_whole(row: Any) -> None:
    """The row is not torn between pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def keep_together(table: Any, with_next: bool = False) -> None:
    """The whole table on one page: each row goes with the next, the last with what follows where asked."""
    for row in table.rows if with_next else table.rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def turn(cell: Any) -> None:
    """The text of a cell on end, read from below."""
    properties = cell._tc.get_or_add_tcPr()
    direction = OxmlElement("w:textDirection")
    direction.set(qn("w:val"), "btLr")
    later = ("tcFitText", "vAlign", "hideMark")
    after = next((node for node in properties if node.tag.rpartition("}")[2] in later), None)
    properties.append(direction) if after is None else after.addprevious(direction)


def add_chart(
    document: Any, paragraph: Any, number: int, size: tuple[int, int], alt: str, parts: Any
) -> None:
    """A chart in the line of text; ``parts(relation)`` gives its XML, and its workbook is embedded."""
    package = document.part.package
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), BOOK, parts.workbook, package)
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART, b"", package)
    chart._blob = parts.xml(chart.relate_to(book, RT.PACKAGE))
    relation = document.part.relate_to(chart, RT.CHART)
    drawing = _DRAWING.format(
        spaces=nsdecls("w", "wp", "a"), width=size[0], height=size[1], id=1000 + number, relation=relation,
        alt=_quoted(alt), r=RELATIONS, c=CHARTS,
    )  # fmt: skip
    paragraph.add_run()._r.append(parse_xml(drawing))


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CHARTS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = (
    "<w:drawing {spaces}><wp:inline distT='0' distB='0' distL='0' distR='0'>"
    "<wp:extent cx='{width}' cy='{height}'/><wp:effectExtent l='0' t='0' r='0' b='0'/>"
    "<wp:docPr id='{id}' name='Диаграмма {id}' descr='{alt}'/><wp:cNvGraphicFramePr/>"
    "<a:graphic><a:graphicData uri='{c}'><c:chart xmlns:c='{c}' xmlns:r='{r}' r:id='{relation}'/>"
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;")


def set_widths(table: Any, widths: list[int]) -> None:
    """Widths of the columns in EMU, said where each program looks for them."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Emu(width)

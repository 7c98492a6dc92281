"""The look of a DOCX: page, type and styles by ГОСТ Р 7.0.97-2025."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from dashboard.report.docx_pieces import add_field

SERIF, SANS = "Liberation Serif", "Liberation Sans"
STAND_IN = {SERIF: "PT Astra Serif, Times New Roman", SANS: "PT Astra Sans, Arial"}
"""Fonts of the same widths, for computers without Liberation. LibreOffice knows no stand-ins: a font that it lacks
becomes DejaVu Sans, a fifth wider; so the font it always has is named first."""
LEFT, RIGHT, TOP, BOTTOM = 30, 10, 20, 20
"""Margins in millimetres, 30 at the left because reports are filed; the column is what they leave."""
BODY = 13
INK, MUTED = RGBColor(0x17, 0x20, 0x2C), RGBColor(0x5B, 0x64, 0x70)

CAPTION, TABLE_NAME, SOURCE, CELL, ITEM = (
    "Рисунок",
    "Название таблицы",
    "Источник",
    "Ячейка",
    "Пункт содержания",
)


def prepare(document: Any) -> None:
    """Page, fonts and every style that the report uses."""
    _forget(document, "/stylesWithEffects")
    _page(document.sections[0])
    _fonts(document)
    _normal(document.styles["Normal"])
    for level, size in ((1, 15), (2, 13), (3, 13)):
        _heading(document.styles[f"Heading {level}"], size, level)
    _title(document.styles["Title"])
    _own(document, CAPTION, 11, is_bold=True, before=2, after=0, is_kept=True)
    _own(document, TABLE_NAME, 11, is_bold=True, before=10, after=3, is_kept=True)
    _own(document, SOURCE, 9.5, color=MUTED, before=1, after=8)
    _own(document, CELL, 10, before=1, after=1)
    _own(document, ITEM, BODY, before=0, after=4)


def _forget(document: Any, kind: str) -> None:
    """Take out a part of the library's template: a second copy of the styles, which says other things than ours."""
    for name, relation in list(document.part.rels.items()):
        if relation.reltype.endswith(kind):
            document.part.rels.pop(name)


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    section.different_first_page_header_footer = True
    top = section.header.paragraphs[0]
    top.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(top, "PAGE", "2")


def _fonts(document: Any) -> None:
    """Russian as the language of the text, and what stands in for fonts that are not there."""
    table = next(
        (r.target_part for r in document.part.rels.values() if r.reltype.endswith("/fontTable")), None
    )
    if table is None:
        return
    root = parse_xml(table.blob)
    for name, instead in STAND_IN.items():
        family = "roman" if name == SERIF else "swiss"
        root.append(parse_xml(
            f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{instead}"/>'
            f'<w:charset w:val="CC"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        ))  # fmt: skip
    from lxml import etree

    table._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def set_font(style: Any, name: str, size: float, color: RGBColor | None = None) -> None:
    """Font of a style for every alphabet."""
    style.font.name, style.font.size = name, Pt(size)
    style.font.color.rgb = color or INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), name)


def _normal(style: Any) -> None:
    set_font(style, SERIF, BODY)
    language = style.element.get_or_add_rPr().find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        style.element.get_or_add_rPr().append(language)
    language.set(qn("w:val"), "ru-RU")
    form = style.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.15
    form.space_after, form.space_before = Pt(6), Pt(0)
    form.widow_control = True


def _heading(style: Any, size: float, level: int) -> None:
    set_font(style, SERIF, size)
    style.font.bold, style.font.italic = True, False
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(20 if level == 1 else 12), Pt(10 if level == 1 else 5)
    form.keep_with_next = True
    form.line_spacing = 1.0


def _title(style: Any) -> None:
    set_font(style, SERIF, 20)
    style.font.bold = True
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for edge in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.pPr.remove(edge)


def _own(
    document: Any, name: str, size: float, *, color: RGBColor | None = None, is_bold: bool = False,
    before: float = 0, after: float = 0, is_kept: bool = False,
) -> None:  # fmt: skip
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    set_font(style, SERIF, size, color)
    style.font.bold = is_bold
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.keep_with_next, form.line_spacing = is_kept, 1.0

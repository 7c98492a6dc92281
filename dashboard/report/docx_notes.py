"""Real footnotes of a DOCX, which python-docx has no words for: a part of their own, two styles, a setting."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from dashboard.report.document import Footnote
from dashboard.report.docx_style import SERIF, set_font

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
TEXT, REFERENCE = "footnote text", "footnote reference"
SIZE = 9.5
APART = 40
"""Twentieths of a point between two numbers in a row: no comma, which would become part of the text."""
_RULES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    "</w:footnote>"
)
"""The line over footnotes, and the one over what goes on from the page before."""


def refer(paragraph: Any, footnotes: Iterable[Footnote]) -> None:
    """The raised numbers at the end of a paragraph."""
    for one in footnotes:
        run = paragraph.add_run()
        run.style = REFERENCE
        run._r.get_or_add_rPr().append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="{APART}"/>'))
        run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{one.number}"/>'))


def add_footnotes(document: Any, footnotes: Iterable[Footnote]) -> None:
    """The part with their texts; nothing where there are none."""
    texts = "".join(_text(one, document) for one in footnotes)
    if not texts:
        return
    content = f"<w:footnotes {nsdecls('w')}>{_RULES}{texts}</w:footnotes>"
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, content.encode(), package)
    document.part.relate_to(part, RT.FOOTNOTES)
    _tell(document.settings.element)


def prepare_footnotes(document: Any) -> None:
    """Both styles, under the names that Word knows."""
    text = document.styles.add_style(TEXT, WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = document.styles["Normal"]
    set_font(text, SERIF, SIZE)
    text.paragraph_format.space_after, text.paragraph_format.line_spacing = Pt(1), 1.0
    reference = document.styles.add_style(REFERENCE, WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True


def _text(one: Footnote, document: Any) -> str:
    text, reference = (document.styles[name].style_id for name in (TEXT, REFERENCE))
    return (
        f'<w:footnote w:id="{one.number}"><w:p><w:pPr><w:pStyle w:val="{text}"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="{reference}"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(one.text, quote=False)}</w:t></w:r></w:p></w:footnote>'
    )


_LATER = (
    "endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang", "clrSchemeMapping",
    "doNotIncludeSubdocsInStats", "shapeDefaults", "decimalSymbol", "listSeparator",
)  # fmt: skip
"""What comes after footnotes among the settings."""


def _tell(settings: Any) -> None:
    said = parse_xml(
        f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    )
    later = next((node for node in settings if node.tag.rpartition("}")[2] in _LATER), None)
    if later is None:
        settings.append(said)
    else:
        later.addprevious(said)

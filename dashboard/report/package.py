"""Files of office programs that are the same when made again: no moment but the snapshot's."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

from lxml import etree

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FONT = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
    "charset", "scheme",
)  # fmt: skip
MOMENT = (1980, 1, 1, 0, 0, 0)
"""The moment of every part inside the file: the earliest a ZIP can say."""


def steady(content: bytes, made: datetime) -> bytes:
    """The same package with moments fixed: those of its parts, and those it says of itself."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made_again,
    ):
        for name in sorted(given.namelist(), key=_order):
            data = given.read(name)
            if name == "docProps/core.xml":
                data = _dated(data, made)
            elif name == "xl/styles.xml":
                data = _in_order(data)
            elif name.endswith(".xlsx"):
                data = steady(data, made)
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            made_again.writestr(info, data)
    return held.getvalue()


def _order(name: str) -> tuple[bool, bool, str]:
    """The list of contents first, as readers of such packages expect."""
    return name != "[Content_Types].xml", name != "_rels/.rels", name


def _in_order(styles: bytes) -> bytes:
    """What a font says in the schema's sequence: openpyxl writes the name first."""
    root = etree.fromstring(styles)
    for font in root.iter(f"{SHEET}font"):
        font[:] = sorted(font, key=lambda said: FONT.index(said.tag.removeprefix(SHEET)))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _dated(core: bytes, made: datetime) -> bytes:
    stamp = made.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, core)

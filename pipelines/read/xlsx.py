"""What calamine does not tell of an xlsx: how far its cells reach, what is hidden, which formulas have no value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from xml.etree import ElementTree

from pipelines.read import refused
from pipelines.read.archive import Archive
from pipelines.read.sheet import Oddities, letter, number_of

MOST_CELLS = 10_000_000
"""Area of a sheet that still fits into memory: 300 MB."""
_FEW = 300_000
"""Cells that may be looked at one by one; of more only the last are."""
_NAMED = 20
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>')
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)>')
"""As most programs write it, found three times as quickly."""
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d+)"')
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s+ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"')
_HIDDEN = re.compile(rb'hidden="(?:1|true)"')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\s(?=[^>]*?\bhidden="(?:1|true)")[^>]*>')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>([^<]*)</(?:\w+:)?f>)\s*(<(?:\w+:)?v>[^<])?")
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')
_CELL_HEAD = 200
"""Bytes before a formula in which its cell begins."""
_LOOKED_AT = 50_000
"""Formulas of a sheet that are looked at: what is odd is odd from the first rows on."""
_LINK = re.compile(rb"\[\d+\]")


@dataclass(frozen=True)
class Area:
    """The last used row and column, from 1."""

    rows: int
    columns: int

    @property
    def cell(self) -> str:
        """The far corner as Excel names it."""
        return f"{letter(self.columns - 1)}{self.rows}"


def looked_through(archive: Archive) -> dict[str, Oddities]:
    """Sheet's name → its oddities; `UnreadableError` where a sheet is too large to be read."""
    odd: dict[str, Oddities] = {}
    for name, part in _parts(archive).items():
        xml = archive.part(part)
        area = used_area(xml)
        if area.rows * area.columns > MOST_CELLS:
            raise refused.too_far(name, area.cell)
        odd[name] = _oddities(xml)
    return odd


def used_area(xml: bytes) -> Area:
    """How far cells with a value reach; cells that only have a format do not count."""
    if (xml.count(b"<c ") or xml.count(b":c ")) <= _FEW:
        is_plain = xml.count(b'<c r="') == xml.count(b"<c ") and b":c " not in xml
        cells = (_PLAIN_CELL if is_plain else _CELL).findall(xml)
        used = [(letters, row) for letters, row, end in cells if not end.endswith(b"/")]
        lowest = max(map(int, {row for _, row in used}), default=0)
        widest = max(
            (number_of(letters.decode()) + 1 for letters in {letters for letters, _ in used}), default=0
        )
        return Area(lowest, widest)
    told = _DIMENSION.search(xml)
    seen = (number_of(m[1].decode()) + 1 for m in islice(_CELL.finditer(xml), _LOOKED_AT) if not m[3])
    columns = number_of(told[1].decode()) + 1 if told else max(seen, default=1)
    end = max(xml.rfind(b"v>"), xml.rfind(b"is>"))
    start = max(xml.rfind(b"<row", 0, end), xml.rfind(b":row", 0, end) - 4, 0)
    last = _ROW.findall(xml, start, end)
    return Area(int(last[-1]) if last else xml.count(b"row>"), columns)


def _parts(archive: Archive) -> dict[str, str]:
    """Sheet's name → the part of the archive that holds its cells."""
    targets = targets_of(archive.part("xl/_rels/workbook.xml.rels"))
    found = {}
    for one in _elements(archive.part("xl/workbook.xml")):
        if one.tag.endswith("}sheet"):
            key = next((value for name, value in one.attrib.items() if name.endswith("}id")), None)
            found[one.get("name", "")] = targets.get(key or "", "")
    return found


def targets_of(relations: bytes) -> dict[str, str]:
    """Id of each relation of a workbook → the part of the archive it leads to."""
    targets = {}
    for one in _elements(relations):
        target = one.get("Target", "").lstrip("/")
        targets[one.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return targets


def _elements(xml: bytes) -> list[ElementTree.Element]:
    """All elements of a small part; none where it is missing, declares entities or is broken."""
    if not xml or b"<!DOCTYPE" in xml:
        return []
    try:
        return list(ElementTree.fromstring(xml).iter())
    except ElementTree.ParseError:
        return []


def _oddities(xml: bytes) -> Oddities:
    not_computed, links = _formulas(xml)
    return Oddities(_hidden_rows(xml), _hidden_columns(xml), not_computed, links)


def _hidden_rows(xml: bytes) -> frozenset[int]:
    """From the word back to its tag: that is found faster than all rows are looked at."""
    tags = (_ROW.match(xml, xml.rfind(b"<", 0, mark.start())) for mark in _HIDDEN.finditer(xml))
    return frozenset(int(row[1]) - 1 for row in tags if row)


def _formulas(xml: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The first cells whose formula has no value, and the first that speak of another workbook."""
    not_computed: list[str] = []
    links: list[str] = []
    for found in islice(_FORMULA.finditer(xml), _LOOKED_AT):
        is_link = bool(found[1] and _LINK.search(found[1]))
        if is_link or not found[2]:
            before = _ADDRESS.findall(xml, max(found.start() - _CELL_HEAD, 0), found.start())
            cell = before[-1].decode() if before else ""
            not_computed += [cell] if not found[2] else []
            links += [cell] if is_link else []
    return tuple(not_computed[:_NAMED]), tuple(links[:_NAMED])


def _hidden_columns(xml: bytes) -> frozenset[int]:
    head = xml[: max(xml.find(b"sheetData"), 0)]
    hidden: set[int] = set()
    for found in _HIDDEN_COLUMN.finditer(head):
        bounds = [re.search(rb'\b%s="(\d+)"' % name, found[0]) for name in (b"min", b"max")]
        first, last = (int(bound[1]) if bound else 0 for bound in bounds)
        hidden |= set(range(first - 1, min(last, 16_384)))
    return frozenset(hidden - {-1})

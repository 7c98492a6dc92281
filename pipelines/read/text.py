"""Tables kept as text: csv in the encodings and separators of Excel, and csv with broken quotes."""

from __future__ import annotations

import csv
import io
import re

from pipelines.read import refused
from pipelines.read.sheet import Oddities, Sheet

csv.field_size_limit(2**20)
_LINES = 20
"""Lines that one cell may take among others with broken quotes."""


def read(content: bytes) -> Sheet:
    """The only sheet of a csv; lines whose quotes had to be guessed are remembered."""
    text = decoded(content)
    if "\x00" in text:
        raise refused.damaged()
    delimiter = _delimiter(text)
    try:
        return Sheet(
            None, list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)), []
        )
    except csv.Error:
        rows, broken = _guessed(text, delimiter)
        return Sheet(None, rows, [], odd=Oddities(broken_rows=tuple(broken)))


def decoded(content: bytes) -> str:
    """The text: UTF-16 with or without a mark, UTF-8, else the encoding of Russian Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if even := _unmarked(content[:4096]):
        return content.decode(even, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


def _unmarked(beginning: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of digits and separators is 0, of Russian letters 4."""
    for name, high in (("utf-16-le", beginning[1::2]), ("utf-16-be", beginning[0::2])):
        if (
            len(high) > 3
            and set(high) <= {0, 4, 0x20, 0x21}
            and high.count(0) + high.count(4) > 0.9 * len(high)
        ):
            return name
    return None


def _delimiter(text: str) -> str:
    """The separator that cuts the most lines of the beginning, more pieces first."""
    beginning = text[:20000].splitlines()[:50]
    return max(";\t,", key=lambda mark: (sum(mark in line for line in beginning), beginning[0].count(mark)))


def _guessed(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Line by line: a quote ends a cell only before a separator or the end of the line."""
    cell = _cell_pattern(delimiter)
    lines, at = text.splitlines(keepends=True), 0
    rows: list[list[str]] = []
    broken = []
    while at < len(lines):
        taken, row = _record(lines[at : at + _LINES], delimiter)
        if row is None:
            broken.append(len(rows))
            row = [_bare(found[1]) for found in cell.finditer(lines[at].rstrip("\r\n"))]
        rows.append(row)
        at += taken
    return rows, broken


def _record(lines: list[str], delimiter: str) -> tuple[int, list[str] | None]:
    """How many of these lines one record takes, and its cells; None where its quotes are wrong."""
    for taken in range(1, len(lines) + 1):
        try:
            return taken, next(csv.reader(lines[:taken], delimiter=delimiter, strict=True), [])
        except csv.Error as error:
            if "unexpected end" not in str(error):
                break
    return 1, None


def _cell_pattern(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    return re.compile(rf'(?:^|{mark})("(?:[^"]|"(?!{mark}"?|$))*"(?={mark}|$)|[^{mark}]*)')


def _bare(cell: str) -> str:
    inside = cell[1:-1] if len(cell) > 1 and cell.startswith('"') and cell.endswith('"') else cell
    return inside.replace('""', '"')

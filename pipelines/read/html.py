"""A web page saved with the name of a table, as journals and forms export it: its tables as one sheet."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from pipelines.read import refused
from pipelines.read.sheet import Area, Sheet
from pipelines.read.text import decoded

_STARTS = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<body", b"<style", b"<div")
_SKIPPED = {"style", "script", "title", "head"}
_MOST_SPAN = 1000
_MOST_CELLS = 5_000_000


def is_html(content: bytes) -> bool:
    """Whether the content begins as a web page does."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").replace(b"\x00", b"").lower()
    start = re.sub(rb"^(<\?xml[^>]*\?>|<!--.*?-->)\s*", b"", start, flags=re.DOTALL)
    return start.startswith(_STARTS)


def read(content: bytes) -> Sheet:
    """All tables of the page one below another, with the lines between them as rows of one cell."""
    said = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", content[:2048], re.IGNORECASE)
    text = _in(content, said[1].decode("ascii")) if said else decoded(content)
    page = _Page()
    page.feed(text)
    page.close()
    if not page.tables or not any(map(any, page.rows)):
        raise refused.web_page()
    return Sheet(None, page.rows, page.merged)


def _in(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return decoded(content)


class _Page(HTMLParser):
    """Gathers rows as their tags go by."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.merged: list[Area] = []
        self.tables = 0
        self._depth = 0
        self._skipped = 0
        self._text: list[str] = []
        self._cell: tuple[int, int] | None = None
        self._taken: dict[tuple[int, int], bool] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipped += tag != "head"
        elif tag == "table":
            self._depth += 1
            self.tables += 1
            self._line()
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            self._begin_cell({name: value or "" for name, value in attrs})
        elif tag in ("br", "p", "div"):
            self._text.append("\n" if self._cell else " ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped = max(self._skipped - (tag != "head"), 0)
        elif tag == "table":
            self._depth = max(self._depth - 1, 0)
            if not self._depth:
                self._end_cell()
        elif tag in ("td", "th", "tr") and self._depth == 1:
            self._end_cell()
        elif tag in ("p", "div", "h1", "h2", "h3", "h4", "body") and not self._depth:
            self._line()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._text.append(data)

    def _line(self) -> None:
        """Text outside tables is a line above or between them."""
        if self._cell is None and (text := self._said()):
            self.rows.append([text])

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if not self.rows:
            self.rows.append([])
        row, column = len(self.rows) - 1, len(self.rows[-1])
        while self._taken.pop((row, column), False):
            self.rows[-1].append("")
            column += 1
        self._cell = (_span(attributes.get("rowspan", "")), _span(attributes.get("colspan", "")))
        height, width = self._cell
        if height * width > 1:
            self.merged.append(((row, column), (row + height - 1, column + width - 1)))
            self._taken |= {(row + r, column + c): True for r in range(1, height) for c in range(width)}
        if len(self._taken) > _MOST_CELLS:
            raise refused.too_far("страница", f"строка {row + 1}")

    def _end_cell(self) -> None:
        if self._cell is not None:
            self.rows[-1] += [self._said(), *[""] * (self._cell[1] - 1)]
            self._cell = None

    def _said(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self._text).split("\n"))
        self._text = []
        return "\n".join(line for line in lines if line)


def _span(text: str) -> int:
    return min(max(int(text), 1), _MOST_SPAN) if text.strip().isdecimal() else 1

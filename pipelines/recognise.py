"""Which source a file is and where its table stands: decided by headings, never by the file's name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipelines.contract import Dictionary
from pipelines.read import Cell, Sheet
from pipelines.source import Source, normalised

SEARCHED_ROWS = 40
HEADER_ROWS = 3
_REMEMBERED = 20_000
"""Headings of which it is remembered what they mean."""
HEADING_NUMBERS = 100
"""Numbers below may be headings: marks, primary scores, tasks."""


@dataclass(frozen=True)
class Place:
    """A column of the sheet under its heading."""

    index: int
    heading: str
    key: str | None = None
    year: str | None = None


@dataclass(frozen=True)
class Match:
    """A header row that belongs to a source."""

    source: Source
    sheet: Sheet
    top: int
    below: int
    """First row under the header, from 0."""
    places: dict[str, Place]
    """Declared column (``task:5`` for one of many) → where it stands."""
    missing: list[str] = field(default_factory=list)
    """Columns of the nearest layout that are not there; empty for a full match."""

    @property
    def titles(self) -> list[str]:
        """The lines above the header."""
        cells = (cell for row in self.sheet.rows[: self.top] for cell in row)
        return [" ".join(cell.split()) for cell in cells if isinstance(cell, str) and cell.strip()]

    @property
    def layout_found(self) -> set[str]:
        """Columns of the nearest layout that are there."""
        found = {name.split(":")[0] for name in self.places}
        nearest = min(self.source.layouts, key=lambda layout: len(set(layout) - found))
        return set(nearest) & found

    @property
    def asks(self) -> bool:
        """Whether a question of the source's own is there, whatever else is not."""
        return any(self.source.columns[name].many for name in self.layout_found)

    @property
    def rank(self) -> tuple[bool, bool, float, int]:
        """Greater is better: a full layout, a sheet that people see, the nearer layout, more columns known."""
        near = len(self.layout_found) / max(len(self.layout_found) + len(self.missing), 1)
        return (not self.missing, not self.sheet.is_hidden, near, len(self.places))

    def repeats(self, other: Match) -> bool:
        """Whether every column known in both tables says the same in both."""
        common = [
            (place.index, other.places[n].index) for n, place in self.places.items() if n in other.places
        ]
        mine = [[_at(row, at) for at, _ in common] for row in self.sheet.rows[self.below :]]
        theirs = [[_at(row, at) for _, at in common] for row in other.sheet.rows[other.below :]]
        return mine == theirs


Meanings = Mapping[str, tuple[str, str, str | None, str | None]]
"""Source → what a column's heading is to it: the heading, the declared column, its key and year."""


class Recogniser:
    """Finds the header of a known source among the first rows of a sheet."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._known: dict[tuple[str, ...], Meanings] = {}

    def best(self, sheets: list[Sheet]) -> Match | None:
        """The best match in the file: a full one if there is any, else the nearest."""
        lines = cache(lambda: head_lines(sheets))
        full: list[Match] = []
        for match in self._said(sheets, lines, whole=True):
            if _is_unbeatable(match, sheets):
                return match
            full.append(match)
        best = max(full, key=lambda match: match.rank, default=None)
        if best and not best.source.of_anyone:
            return best
        nearest = [match for match in self._said(sheets, lines, whole=False) if match.missing]
        best = best or max(nearest, key=lambda match: match.rank, default=None)
        asked = [match for match in nearest if match.asks]
        if best and best.source.of_anyone and asked:
            return max(asked, key=lambda match: match.rank)
        return best

    def rivals(self, match: Match, sheets: list[Sheet]) -> list[Match]:
        """Tables of the same source on other visible sheets."""
        others = [sheet for sheet in sheets if sheet is not match.sheet and not sheet.is_hidden]
        found = [self.of_source(sheet, match.source) for sheet in others]
        return [other for other in found if other]

    def of_source(self, sheet: Sheet, source: Source) -> Match | None:
        """The table of a known source on a sheet, if there is one."""
        found = [match for match in self._in_sheet(sheet, whole=True) if match.source is source]
        return max(found, key=lambda match: match.rank, default=None)

    def _said(self, sheets: list[Sheet], lines: Callable[[], list[str]], whole: bool) -> Iterator[Match]:
        """Matches of sources whose own lines stand in the file."""
        is_said = cache(lambda name: _is_said(self._sources[name], lines))
        return (m for sheet in sheets for m in self._in_sheet(sheet, whole) if is_said(m.source.id))

    def _in_sheet(self, sheet: Sheet, whole: bool) -> Iterator[Match]:
        """Matches from the top down: full ones alone, or the partial ones too, which are many."""
        last = min(SEARCHED_ROWS, len(sheet.rows))
        for top in range(last):
            if top >= last or sum(isinstance(cell, str) and cell != "" for cell in sheet.rows[top]) < 2:
                continue
            texts = [_as_texts(row) for row in sheet.rows[top : top + HEADER_ROWS]]
            for height in range(1, len(texts) + 1):
                for match in self._at(sheet, top, texts[:height], whole):
                    last = last if match.missing else min(last, top + HEADER_ROWS)
                    yield match

    def _at(self, sheet: Sheet, top: int, texts: list[list[str]], whole: bool) -> Iterator[Match]:
        columns = [self._meanings(variants) for variants in _headings(sheet, top, texts)]
        named: dict[str, set[str]] = defaultdict(set)
        for meanings in columns:
            for name, (_, column, _, _) in meanings.items():
                named[name].add(column)
        for name, there in named.items():
            source = self._sources[name]
            if not whole or any(layout <= there for layout in source.layout_sets):
                places = _places(name, columns)
                missing = _missing(source, places)
                yield Match(source, sheet, top, _below(sheet, top, len(texts)), places, missing)

    def _meanings(self, variants: tuple[str, ...]) -> Meanings:
        """Source → the first of a column's headings that it knows and which column that is."""
        if variants not in self._known:
            if len(self._known) >= _REMEMBERED:  # cells under a header are looked up too, and never end
                self._known.clear()
            found: dict[str, tuple[str, str, str | None, str | None]] = {}
            for heading in variants:
                text = normalised(heading)
                for source in self._sources.values():
                    if source.id not in found and (column := _column(source, text)):
                        found[source.id] = (heading, *column)
            self._known[variants] = found
        return self._known[variants]


def first_lines(sheet: Sheet) -> list[str]:
    """Cells of words at the head of a sheet, and its name."""
    cells = (cell for row in sheet.rows[:SEARCHED_ROWS] for cell in row)
    words = (cell.split() for cell in cells if isinstance(cell, str))
    return [sheet.name or "", *(" ".join(some) for some in words if some)]


def head_lines(sheets: list[Sheet]) -> list[str]:
    """What stands at the heads of all sheets of a file, each line once."""
    return list(dict.fromkeys(line for sheet in sheets for line in first_lines(sheet)))


def _is_said(source: Source, lines: Callable[[], list[str]]) -> bool:
    """Whether the lines that tell this source from its likes stand in the file."""
    return all(any(pattern.search(line) for line in lines()) for pattern in source.titles_said)


def _is_unbeatable(match: Match, sheets: list[Sheet]) -> bool:
    """Whether no other match can rank higher: full, visible, and every column of the widest row has its meaning."""
    rows = (row for sheet in sheets for row in sheet.rows[: SEARCHED_ROWS + HEADER_ROWS])
    width = max(map(len, rows))
    return not (match.source.of_anyone or match.sheet.is_hidden) and len(match.places) >= width


def _places(source: str, columns: Sequence[Meanings]) -> dict[str, Place]:
    """Where the columns of a source stand; of two that mean the same the first."""
    places: dict[str, Place] = {}
    for index, meanings in enumerate(columns):
        if source in meanings:
            heading, name, key, year = meanings[source]
            full = f"{name}:{key}" if key is not None else name
            places.setdefault(full, Place(index, heading, key, year))
    return places


def _at(row: list[Cell], index: int) -> Cell:
    return row[index] if index < len(row) else ""


def _headings(sheet: Sheet, top: int, texts: list[list[str]]) -> list[tuple[str, ...]]:
    """How each column may be called by a header of these rows: its own words and those of its group."""
    width = max(map(len, texts))
    block = [row + [""] * (width - len(row)) for row in texts]
    filled = [_spread(row, sheet, top + i) for i, row in enumerate(block[:-1])] + block[-1:]
    return [_variants([row[c] for row in block], [row[c] for row in filled]) for c in range(width)]


def is_personal(heading: str, dictionary: Dictionary) -> bool:
    """Whether the column is one of those never read."""
    text = normalised(heading)
    return any(pattern.search(text) for pattern in _patterns(dictionary.name, dictionary))


def _below(sheet: Sheet, top: int, height: int) -> int:
    """The first row under the header, however deep its merged cells reach."""
    bottoms = [last + 1 for (first, _), (last, _) in sheet.merged if top <= first < top + height]
    return max([top + height, *(bottom for bottom in bottoms if bottom <= top + HEADER_ROWS)])


def _as_texts(row: list[Cell]) -> list[str]:
    return [_as_heading(cell) for cell in row]


def _as_heading(cell: Cell) -> str:
    """The words of a cell; «5» over a column of marks, scores or tasks may be kept as a number."""
    if isinstance(cell, str):
        return " ".join(cell.split())
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < HEADING_NUMBERS
    return f"{cell:g}" if is_number else ""


def _spread(row: list[str], sheet: Sheet, number: int) -> list[str]:
    """A group's words over all columns of its merged cell; where merges are unknown, up to the next words."""
    spread = list(row)
    if not sheet.merged:
        for c in range(1, len(spread)):
            spread[c] = spread[c] or spread[c - 1]
    for (first, left), (last, right) in sheet.merged:
        if first <= number <= last:
            for c in range(left, min(right + 1, len(row))):
                spread[c] = spread[c] or row[left]
    return spread


def _variants(own: list[str], filled: list[str]) -> tuple[str, ...]:
    """A column's own words first, then together with its group's."""
    words = [text for text in own if text]
    if not words:
        return ()
    parts = list(dict.fromkeys(text for text in filled if text))
    return tuple(dict.fromkeys([words[-1], " ".join(parts), " ".join(words)]))


def _column(source: Source, text: str) -> tuple[str, str | None, str | None] | None:
    if name := source.exact.get(text):
        return name, text if source.columns[name].many else None, None
    for pattern, matched in source.regular:
        if found := pattern.search(text):
            groups = found.groupdict()
            return matched, groups.get("key"), groups.get("year")
    return None


def _missing(source: Source, places: Mapping[str, Place]) -> list[str]:
    """What the nearest layout of the source lacks."""
    found = {name.split(":")[0] for name in places}
    return min(([name for name in layout if name not in found] for layout in source.layouts), key=len)


_compiled: dict[str, list[re.Pattern[str]]] = {}


def _patterns(name: str, dictionary: Dictionary) -> list[re.Pattern[str]]:
    if name not in _compiled:
        _compiled[name] = [re.compile(p) for term in dictionary.terms.values() for p in term.patterns]
    return _compiled[name]

"""Several tables one under another on a sheet, each under a line of its own, read as one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipelines.read import Cell, Sheet
from pipelines.recognise import Match
from pipelines.source import Source

FindHeader = Callable[[Sheet, Source], Match | None]


def tables(match: Match, find: FindHeader) -> list[Match]:
    """The tables of a sheet from its first line to its last; a table without a header has the one above."""
    sheet, source = match.sheet, match.source
    starts = [at for at, row in enumerate(sheet.rows) if opens(row, source)]
    if len(starts) < 2:
        return [match]
    found: list[Match] = []
    for start, end in zip([0, *starts[1:]], [*starts[1:], len(sheet.rows)], strict=True):
        part = Sheet(sheet.name, sheet.rows[start:end], _within(sheet, start, end), sheet.is_hidden)
        own = find(part, source)
        if own is None and found:
            own = replace(found[-1], sheet=part, top=1, below=1)
        if own is not None:
            found.append(_moved(own, sheet, start))
    return found


def opens(row: list[Cell], source: Source) -> bool:
    """Whether a row is the line over a table."""
    words = [cell for cell in row if isinstance(cell, str) and cell.strip()]
    if len(words) > 2:
        return False
    return any(p.search(" ".join(word.split())) for p in source.block_lines for word in words)


def title_of(match_titles: list[str], source: Source) -> str:
    """The line that opens a table, out of all lines above its header."""
    lines = [line for line in match_titles if any(p.search(line) for p in source.block_lines)]
    return lines[-1] if lines else ""


def _within(sheet: Sheet, start: int, end: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return [
        ((top - start, left), (bottom - start, right))
        for (top, left), (bottom, right) in sheet.merged
        if start <= top and bottom < end
    ]


def _moved(own: Match, sheet: Sheet, start: int) -> Match:
    """The table where it stands on the whole sheet; rows of other tables are empty there."""
    blank: list[list[Cell]] = [[] for _ in range(start)]
    merged = [((t + start, left), (b + start, right)) for (t, left), (b, right) in own.sheet.merged]
    whole = Sheet(sheet.name, [*blank, *own.sheet.rows], merged, sheet.is_hidden)
    return replace(own, sheet=whole, top=own.top + start, below=own.below + start)

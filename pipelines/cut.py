"""The data rows of a recognised sheet: sums, numbering, names of sections and notes are left out and named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np

from pipelines.contract import Severity
from pipelines.findings import Finding
from pipelines.frame import Cells, Mask, Positions, Raw
from pipelines.inner import parts_named, turned
from pipelines.read import Cell
from pipelines.recognise import HEADER_ROWS, Match
from pipelines.source import Source


def raw_rows(match: Match) -> tuple[Raw, list[Finding]]:
    """Cut the data rows out of the sheet; sums, numbering and notes are left out and named."""
    data = match.sheet.rows[match.below :]
    cells = {name: _column(data, place.index) for name, place in match.places.items()}
    _fill_merged(cells, match)
    for name in match.source.carried:
        if name in cells:
            cells[name] = _carried(cells[name])
    parts_named(cells, match.source)
    filled = sum(
        ((column != "").astype(np.int16) for column in cells.values()), np.zeros(len(data), np.int16)
    )
    sums = _sums(data, match.source) & (filled > 0)
    if match.source.kept_totals in cells:
        words = match.source.totals
        sums &= ~np.array([_is_sum(cell, words) for cell in cells[match.source.kept_totals]], dtype=bool)
    numbering = _numbering(data)
    lonely = (filled == 1) & (len(cells) > 3) & ~sums & ~numbering
    named = _sections(data, match, lonely)
    notes = lonely & np.array([not text for text in named], dtype=bool)
    keep = (filled > 0) & ~sums & ~numbering & ~lonely
    numbers = np.arange(match.below + 1, match.below + 1 + len(data), dtype=np.int32)
    raw = Raw(
        match.source,
        match.sheet.name,
        numbers[keep],
        {n: c[keep] for n, c in cells.items()},
        match.places,
        match.titles,
        [(int(number), text) for number, text in zip(numbers, named, strict=True) if text],
        _above(match),
    )
    last = numbers[keep][-1] if keep.any() else 0
    if match.source.checked_totals:
        kept = [(int(numbers[at]), data[at]) for at in np.flatnonzero(sums)]
        raw, sums = replace(raw, sums=kept), np.zeros_like(sums)
    return turned(raw), _left_out(raw, numbers[sums], numbers[notes], int(last))


def _sections(data: list[list[Cell]], match: Match, lonely: Mask) -> list[str]:
    """What a row says that only names the group below it; empty for any other row."""
    patterns = match.source.section_lines
    if not patterns:
        return [""] * len(data)
    texts = [
        " ".join(str(cell) for cell in row if cell != "") if alone else ""
        for row, alone in zip(data, lonely, strict=True)
    ]
    return [text if any(pattern.search(text) for pattern in patterns) else "" for text in texts]


def _above(match: Match) -> dict[str, list[str]]:
    rows = match.sheet.rows[max(match.below - 1 - HEADER_ROWS, 0) : match.below - 1]
    return {
        name: [
            str(row[p.index]).strip() for row in reversed(rows) if p.index < len(row) and row[p.index] != ""
        ]
        for name, p in match.places.items()
    }


def _column(data: list[list[Cell]], index: int) -> Cells:
    cells = np.empty(len(data), dtype=object)
    cells[:] = [row[index] if index < len(row) else "" for row in data]
    return cells


def _fill_merged(cells: dict[str, Cells], match: Match) -> None:
    """A cell merged over several rows says the same of each of them."""
    columns = {place.index: name for name, place in match.places.items()}
    for (first, left), (last, right) in match.sheet.merged:
        if first >= match.below and last > first and left == right and left in columns:
            column = cells[columns[left]]
            column[first - match.below : last - match.below + 1] = column[first - match.below]


def _carried(cells: Cells) -> Cells:
    """What is written once for a group of rows, in each of them."""
    filled = np.where(cells != "", np.arange(len(cells)), 0)
    return cells[np.maximum.accumulate(filled)] if len(cells) else cells


def _sums(data: list[list[Cell]], source: Source) -> Mask:
    return np.array([is_sum_row(row, source) for row in data], dtype=bool)


def is_sum_row(row: list[Cell], source: Source) -> bool:
    """Whether a row sums others: one of its first cells begins with such a word."""
    words = tuple(source.totals)
    return any(_is_sum(cell, words) for cell in row[:3])


def _is_sum(cell: Cell, words: tuple[str, ...]) -> bool:
    if not isinstance(cell, str) or not cell:
        return False
    text = cell.strip().lower()
    return text.startswith(words) and text.replace(":", " ").split()[0] in words


def _numbering(data: list[list[Cell]]) -> Mask:
    """A row «1, 2, 3 …» under the header that numbers the columns, or names them for Qualtrics alone."""
    mask = np.zeros(len(data), dtype=bool)
    for at, row in enumerate(data[:2]):
        numbers = [str(cell).removesuffix(".0") for cell in row if cell != ""]
        mask[at] = (
            len(numbers) > 3 and all(n.isdigit() for n in numbers) and _counts_up([int(n) for n in numbers])
        )
        mask[at] |= bool(numbers) and all(said.startswith(_IMPORT) for said in numbers)
    return mask


_IMPORT = '{"ImportId"'


def _counts_up(numbers: list[int]) -> bool:
    """1, 2, 3, 4 …, beginning again only with a number that was before."""
    known = {0}
    for before, number in pairwise([0, *numbers]):
        if number != before + 1 and (number not in known or len(known) < 5):
            return False
        known.add(number)
    return True


def _left_out(raw: Raw, sums: Positions, notes: Positions, last: int) -> list[Finding]:
    between = [n for n in notes if n < last]
    found = []
    if len(sums):
        found.append(_rows_finding(raw, "info", "file.totals", "Строки итогов не читались", sums, ""))
    if between:
        fix = "Если это запись, заполните её; если примечание, перенесите его под таблицу"
        found.append(
            _rows_finding(raw, "warning", "file.notes", "Строки почти пусты и не прочитаны", between, fix)
        )
    if len(notes) > len(between):
        below = [n for n in notes if n >= last]
        found.append(
            _rows_finding(raw, "info", "file.notes", "Примечания под таблицей не читались", below, "")
        )
    return found


def _rows_finding(
    raw: Raw, severity: Severity, rule: str, message: str, rows: Iterable[int], fix: str
) -> Finding:
    numbers = [int(n) for n in rows]
    shown = ", ".join(map(str, numbers[:5])) + (" и другие" if len(numbers) > 5 else "")
    return Finding(
        severity=severity,
        rule=rule,
        message=f"{message}: строки {shown}",
        fix=fix,
        sheet=raw.sheet,
        row=numbers[0],
    )

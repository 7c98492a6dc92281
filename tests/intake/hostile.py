"""Hostile files: valid ones of several sources, spoilt from a seed in the ways that files are spoilt."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

import openpyxl

from tests.intake import files, marks_files, vpr_files
from tests.intake.books import rezipped, xlsx_of
from tests.intake.files import Sample, as_csv

SOURCES = [
    files.VPR, files.STAFF, files.COURSES, files.ICT, files.NEEDS, files.QUESTIONNAIRE, files.REGISTRY,
    marks_files.CLASS_MARKS, marks_files.SUBJECT_MARKS, vpr_files.EXPORT_2022, vpr_files.INDIVIDUAL,
]  # fmt: skip
LATIN = str.maketrans("АВСЕНКМОРТХасеорх", "ABCEHKMOPTXaceopx")
STATES: list[Any] = ["н/я", "Х", "осв", "-", "—", "#ССЫЛКА!", "#DIV/0!", "нет", "1e309", "NaN", "inf", "٣", "½",
                     "1 000", "1\u00a0000,5", "12,5 %", True, datetime(1900, 1, 1), -1, 10**30, 1e308, "", " ",
                     "\u200b", "х" * 32_000, "\U0001f600"]  # fmt: skip
FORMULAS = ["=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("file:x")', "='[1]Чужой'!A1", "@SUM(A1)", "+1+cmd|'x'!A0",
            "-2+3", "=A1:A1048576", "=1/0"]  # fmt: skip


@dataclass
class Hostile:
    """One spoilt file: what was done to it and, where a number now contradicts another, the row of that number."""

    name: str
    content: bytes
    done: list[str] = field(default_factory=list)
    contradicts: int | None = None


def hostile(seed: int) -> Hostile:
    """The file of this seed; the same every time."""
    chance = Random(seed)
    sample = chance.choice(SOURCES)
    if sample.source in _CONTRADICTIONS and chance.random() < 0.25:
        return _contradicting(sample, chance, seed)
    grid = _grid(sample)
    done = [_spoil(grid, chance) for _ in range(chance.choice((1, 1, 2, 3)))]
    if chance.random() < 0.2:
        return Hostile(f"{seed}.csv", _as_text(grid, chance), [sample.source, *done])
    content = xlsx_of(grid)
    if chance.random() < 0.5:
        after = chance.choice(_AFTER)
        content, done = after(content, chance), [*done, after.__name__]
    return Hostile(f"{seed}.xlsx", content, [sample.source, *done])


def _grid(sample: Sample) -> list[list[Any]]:
    return [[line] for line in sample.titles] + [
        list(sample.rows[0]),
        *(list(row.values()) for row in sample.rows),
    ]


_CONTRADICTIONS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "vpr_pupils_2021": ("всего баллов", lambda value: value + 7),
    "vpr_export_2022": ("Итого баллов", lambda value: value + 1),
    "class_marks": ("На конец", lambda value: value + 3),
    "subject_marks": ("«5»", lambda value: value + 5),
}
"""A cell that a sum in the same file speaks of, and what becomes of its number."""


def _contradicting(sample: Sample, chance: Random, seed: int) -> Hostile:
    """A file valid but for one number."""
    heading, change = _CONTRADICTIONS[sample.source]
    at = chance.randrange(len(sample.rows))
    rows = sample.changed({heading: change(sample.rows[at][heading])}, at)
    content = xlsx_of(
        [[line] for line in sample.titles] + [list(rows[0]), *(list(row.values()) for row in rows)]
    )
    return Hostile(f"{seed}.xlsx", content, [sample.source, "contradicts"], len(sample.titles) + 2 + at)


def _spoil(grid: list[list[Any]], chance: Random) -> str:
    change = chance.choice(_CHANGES)
    change(grid, chance)
    return change.__name__


def _shifted(grid: list[list[Any]], chance: Random) -> None:
    for _ in range(chance.randint(1, 50)):
        grid.insert(0, [])
    for row in grid:
        row[:0] = [""] * 3


def _half_shifted(grid: list[list[Any]], chance: Random) -> None:
    for row in grid[len(grid) // 2 :]:
        row.insert(chance.randint(0, 2), "")


def _renamed(grid: list[list[Any]], chance: Random) -> None:
    head = max(grid, key=len)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(head)) if head else 0
        head[at : at + 1] = [
            chance.choice(["", "Столбец", str(head[at])[::-1], str(head[at]).translate(LATIN), 5])
        ]


def _mixed_scripts(grid: list[list[Any]], chance: Random) -> None:
    for row in grid:
        row[:] = [
            cell.translate(LATIN) if isinstance(cell, str) and chance.random() < 0.3 else cell for cell in row
        ]


def _states(grid: list[list[Any]], chance: Random) -> None:
    for row in grid[1:]:
        for at in range(len(row)):
            if chance.random() < 0.2:
                row[at] = chance.choice(STATES)


def _formulas(grid: list[list[Any]], chance: Random) -> None:
    for row in grid[1:]:
        for at in range(len(row)):
            if chance.random() < 0.15:
                row[at] = chance.choice(FORMULAS)


def _repeated(grid: list[list[Any]], chance: Random) -> None:
    at = chance.randrange(len(grid))
    grid[at:at] = [list(grid[at]) for _ in range(chance.randint(1, 30))]


def _dropped(grid: list[list[Any]], chance: Random) -> None:
    at = chance.randrange(max(map(len, grid)))
    for row in grid:
        del row[at : at + chance.randint(0, 2)]


def _shuffled(grid: list[list[Any]], chance: Random) -> None:
    chance.shuffle(grid)


def _turned(grid: list[list[Any]], chance: Random) -> None:
    width = max(map(len, grid))
    grid[:] = [[row[at] if at < len(row) else "" for row in grid] for at in range(width)]


def _emptied(grid: list[list[Any]], chance: Random) -> None:
    keep = chance.randint(0, len(grid))
    grid[keep:] = []
    if not grid:
        grid.append([""])


def _wide(grid: list[list[Any]], chance: Random) -> None:
    for row in grid:
        row += ["", chance.choice(STATES), *["x"] * chance.randint(0, 300)]


_CHANGES = [_shifted, _half_shifted, _renamed, _mixed_scripts, _states, _formulas, _repeated, _dropped, _shuffled,
            _turned, _emptied, _wide]  # fmt: skip


def _merged(content: bytes, chance: Random) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for _ in range(3):
        row, column = chance.randint(1, 6), chance.randint(1, 8)
        book.active.merge_cells(None, row, column, row + chance.randint(0, 2), column + chance.randint(1, 4))
    return _saved(book)


def _far(content: bytes, chance: Random) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.active.cell(chance.choice([5_000, 100_000, 1_048_576]), chance.choice([1, 30, 200, 16_384]), "x")
    return _saved(book)


def _copied_sheet(content: bytes, chance: Random) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    copy = book.copy_worksheet(book.active)
    copy.cell(5, 1, chance.choice(STATES[:10]))
    copy.sheet_state = chance.choice(["visible", "hidden", "veryHidden"])
    book.active.row_dimensions[4].hidden = True
    return _saved(book)


def _cut(content: bytes, chance: Random) -> bytes:
    return content[: chance.randint(0, len(content))]


def _flipped(content: bytes, chance: Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.randint(1, 40)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def _broken_xml(content: bytes, chance: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        name = chance.choice(archive.namelist())
        part = bytearray(archive.read(name))
    for _ in range(chance.randint(1, 20)):
        part[chance.randrange(len(part))] = chance.randrange(32, 127)
    return rezipped(content, {name: bytes(part)})


def _part_lost(content: bytes, chance: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return rezipped(content, {chance.choice(archive.namelist()): b""})


_AFTER = [_merged, _far, _copied_sheet, _cut, _flipped, _broken_xml, _part_lost]


def _saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _as_text(grid: list[list[Any]], chance: Random) -> bytes:
    rows = [{str(at): cell for at, cell in enumerate(row)} for row in grid]
    content = as_csv([], rows, "utf-8", chance.choice(";,\t"))
    content = content[content.index(b"\n") + 1 :]
    if chance.random() < 0.5:
        content = content.replace(b";", b'"', chance.randint(1, 5))
    return content[: chance.randint(0, len(content))] if chance.random() < 0.3 else content

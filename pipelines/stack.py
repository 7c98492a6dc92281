"""One kind of table on several sheets of a book, a quarter on each: read as one file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pipelines.blocks import title_of
from pipelines.contract import Severity
from pipelines.findings import Finding
from pipelines.frame import Cells, Raw
from pipelines.periods import terms
from pipelines.told import from_titles


@dataclass(frozen=True)
class Stacked(Raw):
    """Rows of several sheets one under another; a finding names the sheet that its row stands on."""

    parts: tuple[Raw, ...] = field(default_factory=tuple)

    @property
    def tables(self) -> Sequence[Raw]:
        """Each table by itself."""
        return self.parts

    def finding(
        self, severity: Severity, rule: str, message: str, fix: str, at: int, column: str | None
    ) -> Finding:
        """As any file's, at the sheet of the row."""
        for part in self.parts:
            if at < len(part):
                return part.finding(severity, rule, message, fix, at, column)
            at -= len(part)
        raise IndexError(at)


def stacked(parts: Iterable[tuple[Raw, list[Finding]]]) -> tuple[Raw, list[Finding]]:
    """The filled sheets as one file; sheets whose numbers nobody has filled yet are named and left out."""
    given = [(_with_line(raw), remarks) for raw, remarks in parts]
    filled = [(raw, remarks) for raw, remarks in given if not _is_blank(raw)]
    remarks = [remark for _, own in filled for remark in own] + _left_out(
        [raw for raw, _ in given if _is_blank(raw)]
    )
    sheets = [raw for raw, _ in filled] or [given[0][0]]
    if len(sheets) == 1:
        return sheets[0], remarks
    return _joined(sheets), remarks


def _joined(sheets: list[Raw]) -> Raw:
    first = sheets[0]
    names = list(dict.fromkeys(name for raw in sheets for name in raw.cells))
    cells = {name: np.concatenate([_cells(raw, name) for raw in sheets]) for name in names}
    cells |= _said_by_sheets(sheets)
    places = {name: place for raw in reversed(sheets) for name, place in raw.places.items()}
    titles = [line for raw in sheets for line in raw.titles]
    return Stacked(
        first.source, first.sheet, np.concatenate([raw.rows for raw in sheets]), cells, places, titles,
        parts=tuple(sheets),
    )  # fmt: skip


def _with_line(raw: Raw) -> Raw:
    """The line over a table as a column, where it says which exam the rows below are of."""
    column = next((name for name, c in raw.source.columns.items() if c.role == "exam"), None)
    if column is None or column in raw.cells:
        return raw
    line = np.full(len(raw), title_of(raw.titles, raw.source), dtype=object)
    return replace(raw, cells=raw.cells | {column: line})


def _cells(raw: Raw, name: str) -> Cells:
    return raw.cells.get(name, np.full(len(raw), "", dtype=object))


def _said_by_sheets(sheets: list[Raw]) -> dict[str, Cells]:
    """The term of each sheet, where rows do not say it, as a column of its own."""
    column = next((name for name, c in sheets[0].source.columns.items() if c.role == "term"), None)
    if column is None or any(column in raw.cells for raw in sheets):
        return {}
    said = [terms()(from_titles(raw).get("term", "")) or "не указан" for raw in sheets]
    sizes = [len(raw) for raw in sheets]
    return {column: np.repeat(np.array(said, dtype=object), sizes)}


def _is_blank(raw: Raw) -> bool:
    """No number but 0 in any cell."""
    numbers = (c for cells in raw.cells.values() for c in cells if isinstance(c, int | float))
    return not any(numbers) and not any(
        str(c).strip().isdigit() and int(c)
        for name, cells in raw.cells.items()
        if name != "class"
        for c in cells
    )


def _left_out(blanks: list[Raw]) -> list[Finding]:
    if not blanks:
        return []
    names = ", ".join(f"«{raw.sheet}»" for raw in blanks)
    message = f"Листы пока не заполнены и не читались: {names}"
    return [Finding(severity="info", rule="file.blank_sheets", message=message, fix="")]

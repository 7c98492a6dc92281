"""Tables that say one thing in two places: parts named under their group, groups named in the headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from pipelines.cast import as_text
from pipelines.contract import Severity
from pipelines.findings import Finding
from pipelines.frame import Cells, Raw
from pipelines.source import SHARE, Source


def parts_named(cells: dict[str, Cells], source: Source) -> None:
    """«Понизили …» under «Озёрный район» is that district's row: the group's name goes into each of its parts."""
    group = source.group_column
    if not source.inner or group not in cells:
        return
    pattern = re.compile(source.inner, re.IGNORECASE)
    found = [pattern.search(as_text(cell)) for cell in cells[group]]
    filled = [
        at if cell != "" and not m else 0
        for at, (cell, m) in enumerate(zip(cells[group], found, strict=True))
    ]
    cells[group] = cells[group][np.maximum.accumulate(filled)] if len(filled) else cells[group]
    for name in pattern.groupindex:
        if name not in cells:
            cells[name] = np.array([m[name] or "" if m else "" for m in found], dtype=object)


@dataclass(frozen=True)
class Turned(Raw):
    """Rows of a table whose headings name the groups: all rows of the first group, then of the next."""

    columns: tuple[str, ...] = ()
    made: frozenset[str] = frozenset()

    def finding(
        self, severity: Severity, rule: str, message: str, fix: str, at: int, column: str | None
    ) -> Finding:
        """As any file's; what the heading says is shown at the group's own column."""
        height = max(len(self) // len(self.columns), 1)
        own = self.columns[at // height] if column in self.made else column
        return super().finding(severity, rule, message, fix, at, own)


def turned(raw: Raw) -> Raw:
    """The same numbers with a row for each group, where the source has them in columns."""
    name = raw.source.unpivot
    columns = tuple(raw.many(name)) if name else ()
    if not columns:
        return raw
    patterns = [re.compile(p, re.IGNORECASE) for p in raw.source.columns[name].patterns]
    cells = {n: np.tile(c, len(columns)) for n, c in raw.cells.items() if n not in columns}
    for full in columns:
        heading = " ".join(raw.places[full].heading.split())
        said = next((m.groupdict() for p in patterns if (m := p.search(heading))), {})
        said = {n: text for n, text in said.items() if n != "key"}
        for made, values in {
            **{n: _same(text, len(raw)) for n, text in said.items()},
            SHARE: raw.cells[full],
        }.items():
            cells[made] = np.concatenate([cells[made], values]) if made in cells else values
    given = frozenset({SHARE, *(n for p in patterns for n in p.groupindex)})
    return Turned(
        raw.source, raw.sheet, np.tile(raw.rows, len(columns)), cells, raw.places, raw.titles, raw.sections,
        raw.above, raw.beside, raw.sums, columns, given,
    )  # fmt: skip


def _same(text: str | None, size: int) -> Cells:
    return np.full(size, (text or "").strip(), dtype=object)

"""The generated files, and how tests read them: with a reader of their own, not with intake's."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from pipelines.demo import generate

Cells = list[list[Any]]


@dataclass(frozen=True)
class District:
    """A generated data root."""

    root: Path
    files: tuple[Path, ...]

    def of(self, source: str) -> list[Path]:
        """The files of one source, by name."""
        return sorted(path for path in self.files if path.parent.name == source)

    def table(self, source: str, name: str = "") -> list[dict[str, Any]]:
        """The rows of the file whose name holds ``name``, by heading."""
        (path,) = (one for one in self.of(source) if name in one.name)
        return records(cells(path))


def cells(path: Path) -> Cells:
    """All cells of the first sheet, whatever the format."""
    if path.suffix == ".csv":
        with path.open(encoding="cp1251", newline="") as lines:
            return [list(row) for row in csv.reader(lines, delimiter=";")]
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def records(rows: Cells) -> list[dict[str, Any]]:
    """Rows under the widest header, which may fill two rows."""
    last = max(at for at, row in enumerate(rows[:6]) if _is_header(row))
    above = rows[last - 1] if last else []
    header = [own or (above[at] if at < len(above) else "") for at, own in enumerate(rows[last])]
    return [dict(zip(header, row, strict=True)) for row in rows[last + 1 :]]


def _is_header(row: list[Any]) -> bool:
    texts = [cell for cell in row if isinstance(cell, str) and cell and not cell.isdigit()]
    return len(texts) >= 2 and len(texts) == sum(cell not in ("", None) for cell in row)


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> District:
    """The default district, only generated."""
    root = tmp_path_factory.mktemp("district")
    return District(root, tuple(generate(root)))

"""Which reports were made: one JSON line each in ``reports/made.jsonl`` of the data root."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.report.document import Document

FILE = "made.jsonl"
SHOWN = 30


@dataclass(frozen=True)
class Made:
    """One making of a report."""

    title: str
    about: str
    period: str
    audience: str
    release: str
    at: str
    """ISO moment, UTC."""
    files: tuple[str, ...]


def remember(root: Path, document: Document, files: list[Path]) -> None:
    """Write down what was made; the files are named from the data root where they lie in it."""
    made = Made(
        document.title, document.about, document.period, document.audience, document.release,
        datetime.now(UTC).isoformat(timespec="seconds"), tuple(_named(root, path) for path in files),
    )  # fmt: skip
    path = root / "reports" / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(asdict(made), ensure_ascii=False) + "\n")


def history(root: Path) -> list[Made]:
    """The latest reports, newest first; a torn line is passed over."""
    path = root / "reports" / FILE
    if not path.exists():
        return []
    found = []
    for line in reversed(path.read_text(encoding="utf-8").splitlines()):
        try:
            given = json.loads(line)
            found.append(Made(**{**given, "files": tuple(given["files"])}))
        except (ValueError, TypeError, KeyError):
            continue
    return found[:SHOWN]


def _named(root: Path, path: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return str(path.resolve())

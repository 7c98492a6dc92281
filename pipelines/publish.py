"""Snapshots of the marts: built beside, closed, renamed to a time-stamped name, never touched again.

A path is never reopened for other content: DuckDB caches an instance by path and would go on serving old
rows. A build that was killed leaves a ``.building-…`` file, which nobody reads and the next one clears away.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

import duckdb

KEEP = 5
CONFIG = {"autoinstall_known_extensions": "false"}
"""The same for every connection to a snapshot: DuckDB refuses to mix settings within one process."""
DRAFT_CONFIG = {**CONFIG, "default_block_size": "32768"}
"""That of a snapshot in the making: a table takes at least a block, and most of a hundred tables are small."""
_STAMP = "%Y%m%dT%H%M%S%f"
_one_at_a_time = Lock()


class Draft:
    """A snapshot in the making: write to ``beside``, close it, and it is published as ``target``."""

    def __init__(self, folder: Path, stamp: str) -> None:
        self.release_id = stamp
        self.beside = folder / f".building-{stamp}.duckdb"
        self.target = folder / f"marts-{stamp}.duckdb"


def snapshots(root: Path) -> list[Path]:
    """Published snapshots under a data root, newest last."""
    return sorted((root / "marts").glob("marts-*.duckdb"))


@contextmanager
def published(root: Path) -> Iterator[Draft]:
    """Publish what the block wrote to the draft, unless the block raised."""
    with _one_at_a_time:
        folder = root / "marts"
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        draft = Draft(folder, _next_stamp(root))
        try:
            yield draft
            draft.beside.replace(draft.target)
        finally:
            _discard(draft.beside)
        _prune(root)


def _next_stamp(root: Path) -> str:
    """Now in UTC, but always after the newest snapshot, even if the clock was set back."""
    now = datetime.now(UTC)
    for newest in snapshots(root)[-1:]:
        with suppress(ValueError):
            last = datetime.strptime(newest.stem.removeprefix("marts-"), _STAMP).replace(tzinfo=UTC)
            now = max(now, last + timedelta(microseconds=1))
    return now.strftime(_STAMP)


def _sweep(folder: Path) -> None:
    for left in folder.glob(".building-*"):
        draft = left.with_name(left.name.partition(".duckdb")[0] + ".duckdb")
        if not (draft.exists() and _is_being_built(draft)):
            _discard(draft)


def _is_being_built(path: Path) -> bool:
    """Another process holds DuckDB's lock on it; anything else (a torn file too) is a leftover."""
    try:
        duckdb.connect(path, config=dict(CONFIG)).close()
    except duckdb.Error as error:
        return "lock" in str(error).lower()
    return False


def _discard(draft: Path) -> None:
    """Remove a draft with its log and spill folder; what Windows still holds is left to the next build."""
    for path in draft.parent.glob(f"{draft.name}*"):
        with suppress(OSError):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _prune(root: Path) -> None:
    for old in snapshots(root)[:-KEEP]:
        with suppress(OSError):
            old.unlink()

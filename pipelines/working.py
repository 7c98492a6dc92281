"""One writer at a time in a data root: the second is told who is working, waits, and in the end gives up in words.

The lock is SQLite's own, the same on Windows and Linux: the system lets it go when its process dies, however it
dies. Who holds it is said in a note beside; a note without a lock is a leftover and is not believed.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

PATIENCE = 120.0
"""Seconds after which the second gives up."""
_LOCK, _NOTE = ".working.lock", ".working.json"
_PAUSE = 0.1


class BusyError(Exception):
    """Somebody else is working in this data root; the message says who, since when and what to do."""


@contextmanager
def working(
    root: Path, what: str, patience: float = PATIENCE, waiting: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Nobody else takes files in or takes decisions inside the block; ``waiting`` hears who is waited for."""
    root.mkdir(parents=True, exist_ok=True)
    with closing(_locked(root, patience, waiting)):
        note = root / _NOTE
        note.write_text(json.dumps({"what": what, "since": f"{datetime.now():%H:%M}"}), encoding="utf-8")
        try:
            yield
        finally:
            with suppress(OSError):
                note.unlink()


def _locked(root: Path, patience: float, waiting: Callable[[str], None] | None) -> sqlite3.Connection:
    deadline = time.monotonic() + patience
    while (lock := _try(root / _LOCK)) is None:
        who = _who(root)
        if time.monotonic() > deadline:
            raise BusyError(f"Папка данных занята: {who}. Дождитесь конца и повторите.")
        if waiting:
            waiting(f"жду: {who}")
        time.sleep(_PAUSE)
    return lock


def _try(path: Path) -> sqlite3.Connection | None:
    """The lock, or None while another holds it; `PermissionError` where nothing can be written."""
    try:
        connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    except sqlite3.OperationalError as error:
        raise PermissionError(13, "read-only", str(path)) from error
    try:
        connection.execute("begin exclusive")
    except sqlite3.OperationalError as error:
        connection.close()
        if "locked" in str(error):
            return None
        raise PermissionError(13, "read-only", str(path)) from error
    return connection


def _who(root: Path) -> str:
    try:
        note = json.loads((root / _NOTE).read_text(encoding="utf-8"))
        return f"{note['what']} с {note['since']}"
    except (OSError, ValueError, KeyError):
        return "идёт приём файлов"

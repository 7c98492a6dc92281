"""The process that takes files in for the pages: started beside the server, started again when it dies."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dashboard.server import PROJECT, _stop

_LOOK = 0.5
_SOON, _LATER = 1.0, 30.0
"""Seconds before it is started again: at once for an accident, slowly when it cannot start at all."""
_LIVED = 20.0


def command(root: Path) -> list[str]:
    """How the worker is started."""
    return [sys.executable, "-m", "pipelines.worker", str(root.resolve())]


@contextmanager
def kept(root: Path) -> Iterator[None]:
    """The worker lives inside the block; what it complains of goes to a log under the data root."""
    over = threading.Event()
    thread = threading.Thread(target=_keep, args=(root, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=10)


def _keep(root: Path, over: threading.Event) -> None:
    while not over.is_set():
        began = time.monotonic()
        with _start(root) as child:
            while not over.is_set() and child.poll() is None:
                over.wait(_LOOK)
            _stop(child)
        if not over.is_set():
            _say_restart(root)
            over.wait(_SOON if time.monotonic() - began > _LIVED or not _failed_early(root) else _LATER)


def _start(root: Path) -> subprocess.Popen[bytes]:
    log = root / "logs" / "worker.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as said:
        # Its input stays open as long as we live: that is how it learns that we are gone.
        return subprocess.Popen(command(root), cwd=PROJECT, stdin=subprocess.PIPE, stdout=said, stderr=said)


def _say_restart(root: Path) -> None:
    note = root / "queue" / "worker.json"
    with suppress(OSError):
        times = _restarts(root) + 1
        note.write_text(
            json.dumps({"state": "restarting", "at": time.time(), "times": times}), encoding="utf-8"
        )


def _restarts(root: Path) -> int:
    with suppress(OSError, ValueError):
        return int(json.loads((root / "queue" / "worker.json").read_text(encoding="utf-8")).get("times", 0))
    return 0


def _failed_early(root: Path) -> bool:
    """Whether it dies again and again before it is ready."""
    return _restarts(root) > 2

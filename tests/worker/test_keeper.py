"""The worker dies and is started again; it goes when its keeper goes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import keeper
from dashboard.desk import post

LIVES = """
import json, sys, time
from pathlib import Path
folder = Path(sys.argv[1]) / "queue"
folder.mkdir(parents=True, exist_ok=True)
with (folder / "lives").open("a") as file: file.write("x")
if (folder / "die").exists(): sys.exit(1)
sys.stdin.buffer.read()
(folder / "went").touch()
"""


def until(said: Callable[[], bool], patience: float = 10) -> bool:
    deadline = time.monotonic() + patience
    while not said() and time.monotonic() < deadline:
        time.sleep(0.02)
    return said()


def test_a_dead_worker_is_said_and_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "command", lambda root: [sys.executable, "-c", LIVES, str(root)])
    monkeypatch.setattr(keeper, "_LOOK", 0.02)
    monkeypatch.setattr(keeper, "_SOON", 0.2)
    queue = tmp_path / "queue"
    queue.mkdir()
    (queue / "die").touch()
    with keeper.kept(tmp_path):
        assert until(lambda: post.worker(tmp_path) == "restarting")
        (queue / "die").unlink()
        assert until(lambda: len((queue / "lives").read_text()) > 1)

"""A program that keeps running while a test looks at what it says."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import threading
import time
from pathlib import Path


class Running:
    """A child process and its lines as they come."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self.child = child
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.child.stdout is not None
        for line in self.child.stdout:
            self.lines.put(line)

    def wait_for(self, words: str, patience: float = 90) -> str:
        """The first line that has the words."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            try:
                line = self.lines.get(timeout=0.2)
            except queue.Empty:
                assert self.child.poll() is None, "the program ended"
                continue
            if words in line:
                return line
        raise AssertionError(f"«{words}» was not said in {patience} s")


def started(command: list[str], folder: Path) -> Running:
    """Start a program in a folder."""
    environment = {k: v for k, v in os.environ.items() if k != "KABINET_DATA"}
    child = subprocess.Popen(
        command, cwd=folder, env={**environment, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip
    return Running(child)


def ended(running: Running) -> int:
    """Ask it to end, as Ctrl+C does; its exit code."""
    running.child.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGINT)
    code = running.child.wait(timeout=30)
    assert running.child.stdout is not None
    running.child.stdout.close()
    return code

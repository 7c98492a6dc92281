"""One making of a report as a child process, watched through small files in ``reports/tasks`` of the data root."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import IO

FOLDER = Path("reports") / "tasks"
START = "from dashboard.cli import main; main()"
FAILED = "Отчёт не получился. Подробности — в папке logs данных."


@dataclass(frozen=True)
class Task:
    """A report in the making."""

    child: subprocess.Popen[bytes]
    folder: Path

    @property
    def is_done(self) -> bool:
        """Whether the child has ended."""
        return self.child.poll() is not None

    @property
    def progress(self) -> tuple[str, float]:
        """What is being done, and which part of all is done."""
        try:
            said = json.loads((self.folder / "status.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return "программа запускается", 0.0
        return str(said["what"] or "последние штрихи"), min(said["done"] / max(said["total"], 1), 1.0)

    @property
    def outcome(self) -> tuple[bool, str]:
        """Whether it went well, and what the command said."""
        name = "out.txt" if self.child.returncode == 0 else "err.txt"
        text = (self.folder / name).read_text(encoding="utf-8", errors="replace").strip()
        return self.child.returncode == 0, text.splitlines()[-1] if text else FAILED


def start(root: Path, args: list[str]) -> Task:
    """Start ``kabinet report`` with these arguments."""
    folder = root / FOLDER / token_hex(6)
    folder.mkdir(parents=True)
    command = [sys.executable, "-X", "utf8", "-c", START, "report", *args, "--status",
               str(folder / "status.json"), "--data", str(root)]  # fmt: skip
    with _file(folder, "out.txt") as out, _file(folder, "err.txt") as err:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
    return Task(child, folder)


def _file(folder: Path, name: str) -> IO[bytes]:
    return (folder / name).open("wb")

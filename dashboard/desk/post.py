"""Jobs for the worker, as files in the folder ``queue`` of the data root: put there, looked at, taken away.

The other side is `pipelines.worker.queue`, where the layout is described; a test holds the two to each other.
"""

from __future__ import annotations

import json
import re
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

FOLDER = "queue"
SILENT = 8.0
"""Seconds without a sign of life after which the worker is taken for dead."""
SHOWN = 30
"""Received files that the page lists."""
_DISMISSED = "dismissed"

Answer = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """A job as the page sees it."""

    id: str
    said: Answer
    result: Answer | None
    progress: Answer | None

    @property
    def is_done(self) -> bool:
        """Whether it was answered."""
        return self.result is not None

    @property
    def name(self) -> str:
        """The file's name."""
        return str(self.said.get("name", ""))


def post(root: Path, kind: str, content: bytes | None = None, job: str = "", **said: Any) -> str:
    """Put a job into the queue; a job of a given name replaces the answered one of that name."""
    name = job or f"{time.time_ns():020d}-{token_hex(3)}"
    folder = root / FOLDER / name
    if (folder / "result.json").exists():
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    if content is not None:
        (folder / "files").mkdir(exist_ok=True)
        (folder / "files" / safe(str(said["name"]))).write_bytes(content)
    beside = folder / ".job.json"
    beside.write_text(
        json.dumps({"kind": kind, "at": time.time(), **said}, ensure_ascii=False), encoding="utf-8"
    )
    beside.replace(folder / "job.json")
    return name


def safe(name: str) -> str:
    """A file name that any system takes and that leads nowhere."""
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]+', "_", name).strip(" .")[-120:] or "файл"


def job(root: Path, name: str) -> Job | None:
    """A job by its name."""
    folder = root / FOLDER / name
    said = _read(folder / "job.json")
    if said is None:
        return None
    return Job(name, said, _read(folder / "result.json"), _read(folder / "progress.json"))


def checks(root: Path) -> list[Job]:
    """Checked files that nobody has put away, newest first."""
    folders = sorted((root / FOLDER).glob("[0-9]*/"), key=lambda path: path.name, reverse=True)
    found = (job(root, f.name) for f in folders if "." not in f.name and not (f / _DISMISSED).exists())
    kept = [one for one in found if one and one.said.get("kind") == "check"]
    return kept[:SHOWN]


def dismiss(root: Path, name: str) -> None:
    """Put a checked file away; what was accepted of it stays accepted."""
    with suppress(OSError):
        (root / FOLDER / name / _DISMISSED).touch()


def forget(root: Path, name: str) -> None:
    """Remove an answered job whose answer no longer holds."""
    if (root / FOLDER / name / "result.json").exists():
        shutil.rmtree(root / FOLDER / name, ignore_errors=True)


def forms(root: Path) -> list[Answer]:
    """Forms to fill by hand: id, title, whether an organisation fills them."""
    return list((_read(root / FOLDER / "forms.json") or {}).get("forms", []))


def outcome(root: Path, name: str) -> Path | None:
    """The file that an answered job made."""
    found = job(root, name)
    if found is None or not found.result or not found.result.get("out"):
        return None
    return root / FOLDER / name / "out" / safe(str(found.result["out"]))


def wait(root: Path, name: str, patience: float = 60.0) -> Answer:
    """The answer of a short job; in words if none comes."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        found = job(root, name)
        if found and found.result is not None:
            return found.result
        time.sleep(0.05)
    return {"ok": False, "message": "Программа приёма не ответила. Повторите через минуту."}


def leave_demo(root: Path) -> None:
    """Have the demonstration district taken away; `ValueError` says why it was not."""
    if worker(root) == "absent":
        raise ValueError("Программа приёма не запущена. Выполните в окне команд «kabinet own».")
    said = wait(root, post(root, "own"))
    if not said["ok"]:
        raise ValueError(str(said["message"]))


def worker(root: Path) -> str:
    """``ready``, ``starting``, ``restarting``, or ``absent`` when nobody started it."""
    found = _read(root / FOLDER / "worker.json")
    if found is None:
        return "absent"
    if time.time() - float(found.get("at", 0)) > SILENT:
        return "absent" if found.get("state") != "restarting" else "restarting"
    return str(found.get("state"))


def _read(path: Path) -> Answer | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None

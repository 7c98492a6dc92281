"""Jobs on disk, written by the pages and answered here.

Layout of ``queue`` under the data root::

    worker.json               {"state": "starting" | "ready", "at": seconds}, renewed while the process lives
    forms.json                {"forms": [{"id", "title", "school"}]}: what can be filled by hand
    <job>/job.json            {"kind": …, …}: written last, so that a job is there as a whole or not at all
    <job>/files/<name>        the received file of a check
    <job>/progress.json       {"text": …, "done": …, "total": …}
    <job>/tried               how often the work began: twice without an answer is enough
    <job>/result.json         {"ok": true, …} or {"ok": false, "message": …}
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = "queue"
KEPT_DAYS = 14
"""Answered jobs older than this are swept away with their copies of files."""
BIG = 1_500_000
"""Bytes of a file that is checked beside, so that small ones do not wait for it."""
TRIES = 2
_TWICE = "Работа дважды оборвала программу приёма. Файл сохранён: {}. Покажите его тому, кто сопровождает программу."

Lane = str
LANES: tuple[Lane, ...] = ("quick", "big", "write")
"""Small checks; large checks; what changes the data. Each has a thread of its own."""


@dataclass(frozen=True)
class Job:
    """One thing to do."""

    folder: Path
    said: dict[str, Any]

    @property
    def id(self) -> str:
        """Its name in the queue."""
        return self.folder.name

    @property
    def kind(self) -> str:
        """What is to be done."""
        return str(self.said.get("kind", ""))

    @property
    def file(self) -> Path | None:
        """The received file, if one came with it."""
        return next((path for path in sorted((self.folder / "files").glob("*")) if path.is_file()), None)

    @property
    def lane(self) -> Lane:
        """Who does it."""
        if self.kind in ("accept", "undo", "acknowledge", "confirm", "own"):
            return "write"
        if self.kind == "moves":
            return "big"
        file = self.file
        return "big" if file and file.stat().st_size > BIG else "quick"


class Queue:
    """The folder of jobs of one data root."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER

    def job(self, name: str) -> Job | None:
        """A job by its name."""
        said = _read(self.folder / name / "job.json")
        return Job(self.folder / name, said) if said is not None else None

    def waiting(self) -> Iterator[Job]:
        """Jobs without an answer, oldest first."""
        for folder in sorted(self.folder.glob("[!.]*/"), key=lambda path: path.name):
            if not (folder / "result.json").exists() and (job := self.job(folder.name)):
                yield job

    def undecided(self) -> Iterator[Job]:
        """Checked files that are neither accepted nor put away."""
        for folder in sorted(self.folder.glob("[!.]*/")):
            decided = (folder / "dismissed").exists() or (self.folder / f"{folder.name}.accept").exists()
            job = self.job(folder.name)
            if job and job.kind == "check" and (folder / "result.json").exists() and not decided:
                yield job

    def begin(self, job: Job) -> bool:
        """Count a try; False (and an answer in words) when there were enough of them."""
        tried = job.folder / "tried"
        times = int(tried.read_text()) if tried.exists() else 0
        if times >= TRIES:
            self.answer(job, {"ok": False, "message": _TWICE.format(job.file or job.folder)})
            return False
        tried.write_text(str(times + 1))
        return True

    def progress(self, job: Job, text: str, done: int = 0, total: int = 0) -> None:
        """Say how far the work is; a reader that holds the note open misses one step."""
        with suppress(OSError):
            _write(job.folder / "progress.json", {"text": text, "done": done, "total": total})

    def answer(self, job: Job, result: dict[str, Any]) -> None:
        """Put the answer where the page looks for it."""
        _write(job.folder / "result.json", result)

    def beat(self, state: str) -> None:
        """Say that the process lives."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            _write(self.folder / "worker.json", {"state": state, "at": time.time()})

    def offer(self, forms: list[dict[str, Any]]) -> None:
        """Say which forms there are to fill."""
        _write(self.folder / "forms.json", {"forms": forms})

    def sweep(self) -> None:
        """Remove what was answered long ago."""
        before = time.time() - KEPT_DAYS * 86_400
        for answered in self.folder.glob("*/result.json"):
            if answered.stat().st_mtime < before:
                shutil.rmtree(answered.parent, ignore_errors=True)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _write(path: Path, content: dict[str, Any]) -> None:
    beside = path.with_name(f".{path.name}")
    beside.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    beside.replace(path)

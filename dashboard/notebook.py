"""What people add to the pages: views pinned to boards, remarks beside what they look at, sets of similar schools.

One small JSON file in the data root, outside the snapshots: it survives every build, is backed up with the
folder and can be read without the program. Each entry says who wrote it and when.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import Any

FILE = "notebook.json"
SUMMARY = "Сводка района"
"""The board whose indicators stand on the first page instead of the usual ones."""


@dataclass(frozen=True)
class Pin:
    """A view on a board: its address inside the application and what people call it."""

    id: str
    board: str
    title: str
    page: str
    query: str
    author: str
    at: str
    """ISO moment, UTC."""


@dataclass(frozen=True)
class Remark:
    """Words of a person about a page with all that is chosen there, or about one figure of it."""

    id: str
    place: str
    text: str
    author: str
    at: str


@dataclass(frozen=True)
class Dismissal:
    """A signal that somebody looked into and took off the list, and why."""

    id: str
    """Id of the comparison, the same in every snapshot."""
    title: str
    why: str
    author: str
    at: str


@dataclass(frozen=True)
class PeerSet:
    """How people changed the set of schools similar to one, for everybody who looks at it."""

    id: str
    school: str
    changes: str
    """Codes put in, and with a minus those taken out, as the address of the page has them."""
    author: str
    at: str


class NotebookError(Exception):
    """The notebook cannot be read or written; the message says which file and what to do."""


class Notebook:
    """Pins and remarks of one data root. Writers of one process wait for each other; files change whole."""

    _lock = Lock()

    def __init__(self, root: Path) -> None:
        self._path = root / FILE

    def pins(self, board: str | None = None) -> list[Pin]:
        """Pinned views in the order in which they were pinned; of one board, or of all."""
        found = [Pin(**entry) for entry in self._read()["pins"]]
        return [pin for pin in found if board in (None, pin.board)]

    def boards(self) -> list[str]:
        """Names of the boards that hold anything, alphabetically."""
        return sorted({pin.board for pin in self.pins()}, key=str.casefold)

    def remarks(self, place: str) -> list[Remark]:
        """Remarks about a place, oldest first."""
        found = [Remark(**entry) for entry in self._read()["remarks"]]
        return [remark for remark in found if remark.place == place]

    def counted(self) -> dict[str, int]:
        """Place → how many remarks it has."""
        counts: dict[str, int] = {}
        for entry in self._read()["remarks"]:
            counts[entry["place"]] = counts.get(entry["place"], 0) + 1
        return counts

    def dismissed(self) -> dict[str, Dismissal]:
        """Signals taken off the list, by id of their comparison."""
        return {entry["id"]: Dismissal(**entry) for entry in self._read()["dismissed"]}

    def dismiss(self, signal_id: str, title: str, why: str, author: str) -> Dismissal:
        """Take a signal off the list; an earlier reason is replaced. `ValueError` without a reason or a name."""
        if not why.strip() or not author.strip():
            raise ValueError("Напишите, почему сигнал снят, и кто это решил.")
        new = Dismissal(signal_id, title, why.strip(), author.strip(), _now())

        def changed(content: dict[str, Any]) -> None:
            kept = [entry for entry in content["dismissed"] if entry["id"] != signal_id]
            content["dismissed"] = [*kept, asdict(new)]

        self._change(changed)
        return new

    def pin(self, board: str, title: str, page: str, query: str, author: str) -> Pin:
        """Put a view on a board; the same view is not put there twice, its title is changed instead."""
        new = Pin(token_hex(4), board, title, page, query, author, _now())

        def changed(content: dict[str, Any]) -> None:
            kept = [p for p in content["pins"] if (p["board"], p["page"], p["query"]) != (board, page, query)]
            content["pins"] = [*kept, asdict(new)]

        self._change(changed)
        return new

    def remark(self, place: str, text: str, author: str) -> Remark:
        """Add a remark to a place."""
        new = Remark(token_hex(4), place, text, author, _now())
        self._change(lambda content: content["remarks"].append(asdict(new)))
        return new

    def peer_set(self, school: str) -> PeerSet | None:
        """The set kept for a school, if people changed the declared one."""
        found = [PeerSet(**entry) for entry in self._read()["peers"] if entry["school"] == school]
        return found[0] if found else None

    def keep_peers(self, school: str, changes: str, author: str) -> PeerSet:
        """Keep a set for a school instead of the one kept before."""
        new = PeerSet(token_hex(4), school, changes, author, _now())

        def changed(content: dict[str, Any]) -> None:
            kept = [entry for entry in content["peers"] if entry["school"] != school]
            content["peers"] = [*kept, asdict(new)]

        self._change(changed)
        return new

    def remove(self, entry_id: str) -> None:
        """Take a pin, a remark or a set away."""

        def changed(content: dict[str, Any]) -> None:
            for kind in _empty():
                content[kind] = [entry for entry in content[kind] if entry["id"] != entry_id]

        self._change(changed)

    def _read(self) -> dict[str, Any]:
        try:
            return {**_empty(), **json.loads(self._path.read_text(encoding="utf-8"))}
        except FileNotFoundError:
            return _empty()
        except (OSError, ValueError) as error:
            raise NotebookError(
                f"Файл {self._path.name} в папке данных не читается ({error})."
                " Восстановите его из копии или уберите: доски и заметки начнутся заново."
            ) from error

    def _change(self, change: Callable[[dict[str, Any]], None]) -> None:
        with self._lock:
            content = self._read()
            change(content)
            beside = self._path.with_suffix(".new")
            try:
                beside.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
                beside.replace(self._path)
            except OSError as error:
                with suppress(OSError):
                    beside.unlink()
                raise NotebookError(
                    f"Не удалось записать {self._path.name} ({error.strerror}). Проверьте место и права на папку."
                ) from error


def _empty() -> dict[str, Any]:
    return {"pins": [], "remarks": [], "dismissed": [], "peers": []}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

"""Decisions of people as they are kept: one small file each in a folder of the data root, never changed.

Nothing is lost when two people decide at once, and the folder is the journal: what holds now follows from all of
its entries in order.
"""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict


class Entry(BaseModel):
    """A decision: what kind it is, who took it and when."""

    model_config = ConfigDict(frozen=True)

    kind: str
    by: str
    at: datetime


AnyEntry = TypeVar("AnyEntry", bound=Entry)


@dataclass(frozen=True)
class Journal(Generic[AnyEntry]):
    """All entries, oldest first, and a digest that changes with any of them."""

    entries: Sequence[AnyEntry]
    digest: str


def read(folder: Path, kept: type[AnyEntry]) -> Journal[AnyEntry]:
    """Every entry of a folder; an empty journal where there is none."""
    digest, entries = hashlib.sha256(), []
    for path in sorted(folder.glob("[!.]*.json")):
        content = path.read_bytes()
        digest.update(content)
        entries.append(kept.model_validate_json(content))
    return Journal(entries, digest.hexdigest()[:16])


def write(folder: Path, entry: AnyEntry) -> AnyEntry:
    """Write an entry down, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{entry.at:%Y%m%dT%H%M%S%f}-{entry.kind}-{token_hex(2)}.json"
    beside = folder / f".{name}"
    beside.write_text(entry.model_dump_json(indent=1), encoding="utf-8")
    beside.replace(folder / name)
    return entry


def now() -> datetime:
    """The moment of an entry."""
    return datetime.now(UTC)


def named(by: str) -> str:
    """Who decides: as given, else the account that the program runs under; a computer may not say."""
    try:
        return by.strip() or getpass.getuser()
    except (OSError, ImportError, KeyError):
        return "не назвался"

"""Named releases: a snapshot put aside under a name, outside the last five, never changed again.

Layout under the data root::

    marts/releases/marts-<UTC>.duckdb    the frozen snapshot
    marts/releases/<name>.json           the name as it was given, the snapshot, when it was frozen

The record is written last: a killed command leaves a snapshot nobody names, and no half a release.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from pipelines.publish import snapshots


class ReleaseError(Exception):
    """Nothing can be frozen under this name; the message says why and what to do."""


def freeze(root: Path, name: str) -> Path:
    """Put the newest snapshot aside under a name; the path of its record."""
    said = " ".join(name.split())
    if not re.search(r"\w", said):
        raise ReleaseError("Назовите выпуск словами, например: kabinet release «Отчёт 2025/26».")
    newest = snapshots(root)[-1:]
    if not newest:
        raise ReleaseError("Снимков ещё нет: нечего закрепить. Соберите витрины: «kabinet build».")
    folder = root / "marts" / "releases"
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / f"{file_name(said)}.json"
    if record.exists():
        raise ReleaseError(f"Выпуск «{said}» уже есть и не меняется. Назовите новый иначе.")
    _put_aside(newest[0], folder / newest[0].name)
    content = {"name": said, "snapshot": newest[0].name, "frozen_at": datetime.now(UTC).isoformat()}
    beside = record.with_name(f".{record.name}.part")
    beside.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    beside.replace(record)
    return record


def file_name(name: str) -> str:
    """A release's name as any system takes it for a file's, told apart by nothing but signs and case."""
    return re.sub(r"[^\w.-]+", "-", name.casefold()).strip("-.") or "-"


def _put_aside(snapshot: Path, target: Path) -> None:
    """The same content at its own path; a second name of the file where the disk can give one."""
    if target.exists():
        return
    beside = target.with_name(f".{target.name}.part")
    with suppress(OSError):
        beside.unlink(missing_ok=True)
    try:
        os.link(snapshot, beside)
    except OSError:
        shutil.copyfile(snapshot, beside)
    beside.replace(target)

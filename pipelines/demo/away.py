"""The demonstration district, taken away again: its files move aside, one's own stay and are read anew."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipelines import settings
from pipelines.demo.prepare import MARK, content_of, marked

FOLDER = "demo"
"""Where its files lie afterwards, under the data root."""
_ASIDE = ("staged", settings.NAME, MARK)
"""The mark goes last: a move that was cut short is finished by the next one."""


class NotDemonstrationError(Exception):
    """There is no demonstration in this data root; the message says so, in Russian."""


def put_away(root: Path) -> int:
    """Move the invented files aside; returns how many of one's own stay. Published snapshots are left alone.

    Invented files are known by their content, wherever they were moved or whatever they were called.
    """
    found = marked(root)
    if found is None:
        raise NotDemonstrationError(f"В папке {root} нет выдуманного района: убирать нечего.")
    invented = set(found.get("files", ()))
    left = 0
    for path in sorted(p for p in (root / "raw").rglob("*") if p.is_file()):
        if content_of(path) in invented:
            _move(path, root / FOLDER / path.relative_to(root))
        else:
            left += 1
    for name in _ASIDE:
        _move(root / name, root / FOLDER / name)
    settings.create(root)
    return left


def _move(path: Path, to: Path) -> None:
    if not path.exists():
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    if to.is_dir():
        shutil.rmtree(to)
    shutil.move(path, to)

"""Received files on disk: what waits under ``raw``, notes beside files, copies of those from outside."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from pipelines.findings import Finding
from pipelines.periods import Context
from pipelines.refusals import refusal
from pipelines.source import Source


class Inbox:
    """The folder ``raw`` of a data root."""

    def __init__(self, raw: Path) -> None:
        self._raw = raw.resolve()
        self._resolved: Callable[[Path], Path] = cache(Path.resolve)

    def files(self) -> list[Path]:
        """Everything received, but notes beside files and what programs leave there."""
        found = (p for p in sorted(self._raw.rglob("*")) if p.is_file() and not self._is_hidden(p))
        return [p for p in found if not (p.suffix == ".toml" and p.with_suffix("").exists())]

    def _is_hidden(self, path: Path) -> bool:
        """Whether a program put it there: in a hidden folder, beside an open workbook."""
        return any(part.startswith((".", "~$")) for part in path.relative_to(self._raw).parts)

    def ordered(self, paths: Iterable[Path], sources: dict[str, Source]) -> list[Path]:
        """Reference files first where the folder tells, source by source; from outside small files first."""

        def place(path: Path) -> tuple[bool, str, int, str]:
            folder = self.folder(path)
            known = sources.get(folder)
            return (
                not (known and known.reference),
                folder,
                path.stat().st_size if path.is_file() else 0,
                path.name,
            )

        return sorted(dict.fromkeys(paths), key=place)

    def folder(self, path: Path) -> str:
        """Name of the folder in which a received file lies; of one from outside an empty one."""
        return self._resolved(path).parent.name if self.holds(path) else ""

    def holds(self, path: Path) -> bool:
        """Whether the file lies in this folder."""
        return self._resolved(path).is_relative_to(self._raw)

    def shown(self, path: Path) -> str:
        """The path below ``raw``, or as it was given."""
        return self._resolved(path).relative_to(self._raw).as_posix() if self.holds(path) else str(path)

    def keep(self, path: Path, source: Source, context: Context) -> Path:
        """Copy a file from outside beside the others of its source, and write down what the flags said."""
        kept = path if self.holds(path) else _copied(path, self._raw / source.id)
        said = context.model_dump(exclude_none=True)
        if said:
            lines = (
                f"{n} = {v}" if isinstance(v, int) else f"{n} = {json.dumps(v, ensure_ascii=False)}"
                for n, v in said.items()
            )
            _note_of(kept).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return kept


def with_note(path: Path, context: Context) -> Context:
    """Flags, completed by the note beside the file."""
    note = _note_of(path)
    if not note.exists():
        return context
    written = Context.model_validate(tomllib.loads(note.read_text(encoding="utf-8-sig")))
    return Context(**{**written.model_dump(), **context.model_dump(exclude_none=True)})


NOT_OPENED = (OSError, ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError)
"""What may go wrong before a file's content is known."""


def why_not_opened(path: Path, error: Exception) -> Finding:
    """Why a file or the note beside it could not be opened."""
    if not isinstance(error, OSError):
        fix = 'В ней могут быть только строки вида year = 2026, subject = "Математика", grade = 4'
        return refusal("note", f"Пометка {_note_of(path).name} не читается", fix)
    if path.is_dir():
        return refusal("missing", "Это папка, а не файл", "Назовите сами файлы или положите их в data/raw")
    if not path.exists():
        return refusal("missing", "Такого файла нет", "Проверьте имя и папку")
    message = "Файл не открывается: он занят другой программой или на него нет прав"
    return refusal("locked", message, "Закройте файл в Excel и повторите")


def _note_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.toml")


def _copied(path: Path, folder: Path) -> Path:
    """The copy of a file in a folder; another file of the same name is never overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    content = path.read_bytes()
    target, number = folder / path.name, 2
    while target.exists() and target.read_bytes() != content:
        target, number = folder / f"{path.stem}-{number}{path.suffix}", number + 1
    if not target.exists():
        beside = target.with_name(f".{target.name}.part")
        beside.write_bytes(content)
        beside.replace(target)
    return target

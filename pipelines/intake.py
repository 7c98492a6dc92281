"""Received files → staged rows and records: each file judged once, and again only when something it depends on changed."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from pydantic import ValidationError

from pipelines.contract import declarations
from pipelines.findings import FileReport, Finding, Status
from pipelines.periods import Context
from pipelines.persons import persons
from pipelines.received import Outcome, Reader, receive
from pipelines.references import References
from pipelines.sources import Source, reading_digest, sources
from pipelines.staging import Store

__all__ = ["Context", "check", "intake"]

Progress = Callable[[str, int, int], None]
NO_CONTEXT = Context()
_VERSION = "1"
"""Changes when the code reads the same file otherwise."""


def check(paths: list[Path], root: Path, context: Context = NO_CONTEXT) -> list[FileReport]:
    """A dry run: what intake would say of these files, nothing written."""
    session = _Session(root, write=False)
    reports = {path: session.report(path, context) for path in _ordered(paths, session.store)}
    return [reports[path] for path in paths]


def intake(
    paths: list[Path] | None, root: Path, context: Context = NO_CONTEXT, progress: Progress | None = None
) -> list[FileReport]:
    """Take files in: these, or everything under ``raw`` that is new or read under older declarations."""
    session = _Session(root, write=True)
    files = _received(session.store) if paths is None else list(paths)
    reports: dict[Path, FileReport] = {}
    for done, path in enumerate(_ordered(files, session.store)):
        if progress:
            progress(path.name, done, len(files))
        reports[path] = session.report(path, context)
    for path in [p for p in files if not session.is_current(reports[p])]:
        reports[path] = session.report(path, context)
    if progress:
        progress("", len(files), len(files))
    return [reports[path] for path in files]


class _Session:
    """One run of intake over a data root."""

    def __init__(self, root: Path, write: bool) -> None:
        self.store = Store(root)
        self._write = write
        self._references = References(self.store)
        self._reader = Reader(
            declarations(), sources(), self._references, cache(partial(persons, root, write))
        )

    def report(self, path: Path, context: Context) -> FileReport:
        """The record of the file if it still holds, else a new reading."""
        try:
            content = path.read_bytes()
            context = _with_note(path, context)
        except (OSError, ValidationError, tomllib.TOMLDecodeError) as error:
            return _unread(path, _why(path, error))
        sha256 = hashlib.sha256(content).hexdigest()
        known = self.store.report(sha256)
        if known and known.declared == self._declared(known.source, context):
            return known
        outcome = receive(content, path.name, sha256, context, self._reader)
        return self._keep(path, sha256, context, outcome, known)

    def is_current(self, report: FileReport) -> bool:
        """False when a reference that the file was read against has changed since."""
        return not report.sha256 or report.declared.split("+")[0] == self._basis(report.source)

    def _declared(self, source: str | None, context: Context) -> str:
        return f"{self._basis(source)}+{_digest(context.model_dump_json())[:8]}"

    def _basis(self, source: str | None) -> str:
        """Digest of the declarations and of the references that this source is read against."""
        tables = self._reader.sources[source].references if source in self._reader.sources else []
        return _digest(_VERSION, reading_digest(), self._references.digest(tables))[:16]

    def _keep(
        self, path: Path, sha256: str, context: Context, outcome: Outcome, known: FileReport | None
    ) -> FileReport:
        report = FileReport(
            file=_shown(path, self.store),
            sha256=sha256,
            source=outcome.source,
            status=_status(outcome),
            received_at=known.received_at if known else datetime.now(UTC),
            submissions=outcome.submissions,
            findings=outcome.findings,
            declared=self._declared(outcome.source, context),
        )
        reference = outcome.source is not None and self._reader.sources[outcome.source].reference
        if not self._write:
            for table, rows in outcome.tables.items() if reference else ():
                self._references.add(table, rows)
            return report
        if outcome.tables:
            kept = _into_raw(path, self._reader.sources[outcome.source or ""], context, self.store)
            report = report.model_copy(update={"file": _shown(kept, self.store)})
        report = self.store.save(report, outcome.tables)
        if reference:
            self._references.forget()
        return report


def _received(store: Store) -> list[Path]:
    """Everything under ``raw`` but notes beside files and what programs leave there."""
    found = (p for p in sorted(store.raw.rglob("*")) if p.is_file() and not p.name.startswith((".", "~$")))
    return [p for p in found if not (p.suffix == ".toml" and p.with_suffix("").exists())]


def _ordered(paths: Iterable[Path], store: Store) -> list[Path]:
    """Reference files first where the folder tells, then small files, which references are."""
    known = sources()

    def place(path: Path) -> tuple[bool, int, str]:
        folder = path.parent.name if _inside(path, store) else ""
        return not (folder in known and known[folder].reference), _size(path), path.name

    return sorted(dict.fromkeys(paths), key=place)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _inside(path: Path, store: Store) -> bool:
    return path.resolve().is_relative_to(store.raw.resolve())


def _shown(path: Path, store: Store) -> str:
    return path.resolve().relative_to(store.raw.resolve()).as_posix() if _inside(path, store) else str(path)


def _status(outcome: Outcome) -> Status:
    taken = [s for s in outcome.submissions if s.status != "refused"]
    if not taken:
        return "refused"
    plain = all(s.status == "accepted" for s in outcome.submissions)
    noted = any(f.severity == "warning" for f in outcome.findings)
    return "accepted" if plain and not noted else "accepted_with_warnings"


def _note_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.toml")


def _with_note(path: Path, context: Context) -> Context:
    """Flags, completed by the note beside the file."""
    note = _note_of(path)
    if not note.exists():
        return context
    written = Context.model_validate(tomllib.loads(note.read_text(encoding="utf-8")))
    return Context(**{**written.model_dump(), **context.model_dump(exclude_none=True)})


def _into_raw(path: Path, source: Source, context: Context, store: Store) -> Path:
    """Copy a file from outside beside the others of its source, and write down what the flags said."""
    kept = path if _inside(path, store) else _copied(path, store.raw / source.id)
    said = context.model_dump(exclude_none=True)
    if said:
        lines = [
            f"{name} = {value}" if isinstance(value, int) else f'{name} = "{value}"'
            for name, value in said.items()
        ]
        _note_of(kept).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return kept


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


def _unread(path: Path, finding: Finding) -> FileReport:
    now = datetime.now(UTC)
    return FileReport(
        file=str(path), sha256="", source=None, status="refused", received_at=now, findings=[finding]
    )


def _why(path: Path, error: Exception) -> Finding:
    if isinstance(error, OSError):
        missing = not path.exists()
        message = (
            "Такого файла нет" if missing else "Файл не открывается: он занят другой программой или нет прав"
        )
        fix = "Проверьте имя и папку" if missing else "Закройте файл в Excel и повторите"
        return Finding(
            severity="error", rule="file.missing" if missing else "file.locked", message=message, fix=fix
        )
    message = f"Пометка {_note_of(path).name} не читается"
    fix = 'В ней могут быть только строки вида year = 2026, subject = "Математика", grade = 4'
    return Finding(severity="error", rule="file.note", message=message, fix=fix)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

"""Received files → staged rows and records: judged once, and again only when what they depend on changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

import pyarrow as pa

from pipelines.confirmed.spellings import UNKNOWN
from pipelines.contract import declarations
from pipelines.findings import FileReport, Status
from pipelines.inbox import NOT_OPENED, Inbox, why_not_opened, with_note
from pipelines.periods import Context
from pipelines.persons import persons
from pipelines.received import Outcome, Reader, decide, prepare
from pipelines.recognise import Recogniser
from pipelines.references import References
from pipelines.schools import plain_school
from pipelines.sources import reading_digest, sources
from pipelines.staging import Store
from pipelines.submissions.decisions import read_decisions
from pipelines.submissions.former import Former
from pipelines.submissions.undoing import bring_back
from pipelines.working import working

__all__ = ["Context", "check", "intake"]

Progress = Callable[[str, int, int], None]
Stage = Callable[[FileReport, dict[str, pa.Table]], None]
NO_CONTEXT = Context()
TOGETHER = 5_000
"""Rows of files that wait to be validated, those of one source in one run."""
_VERSION = "6"
"""Changes when the code reads the same file otherwise."""


def check(
    paths: list[Path], root: Path, context: Context = NO_CONTEXT, stage: Stage | None = None
) -> list[FileReport]:
    """A dry run: what intake would say of these files, nothing written; ``stage`` hears the rows that would go in."""
    return _Session(root, context, stage=stage).run(paths, None)


def intake(
    paths: list[Path] | None,
    root: Path,
    context: Context = NO_CONTEXT,
    progress: Progress | None = None,
    by: str = "",
) -> list[FileReport]:
    """Take files in: these, or everything under ``raw`` that is new or was read under other declarations.

    Nobody else writes meanwhile (`BusyError` after a long wait). A named file that was undone is brought back.
    """

    def waiting(text: str) -> None:
        if progress:
            progress(text, 0, 0)

    with working(root, "приём файлов", waiting=waiting):
        Store(root).sweep()
        session = _Session(root, context, write=True)
        reports = session.run(session.inbox.files() if paths is None else paths, progress)
        if paths is not None:
            bring_back(root, reports, by)
    return reports


@dataclass(frozen=True)
class _Waiting:
    """A file read and not yet judged."""

    path: Path
    sha256: str
    context: Context
    outcome: Outcome
    declared: str

    @property
    def rows(self) -> int:
        return len(self.outcome.prepared.raw) if self.outcome.prepared else 0


class _Session:
    """One run of intake over a data root."""

    def __init__(self, root: Path, context: Context, write: bool = False, stage: Stage | None = None) -> None:
        # Tables come and go by thousands: Arrow's own pool keeps what they had, the system's takes it back.
        pa.set_memory_pool(pa.system_memory_pool())
        self._store = Store(root)
        self.inbox = Inbox(self._store.raw)
        self._context, self._write, self._stage = context, write, stage
        self._decisions = read_decisions(root)
        self._former = Former(self._store, self._decisions)
        self._references = References(self._store)
        keys = cache(partial(persons, root, write))
        self._reader = Reader(declarations(), sources(), Recogniser(sources()), self._references, keys)
        self._waiting: list[_Waiting] = []
        self._reports: dict[Path, FileReport] = {}

    def run(self, paths: list[Path], progress: Progress | None) -> list[FileReport]:
        """Report on these files, in their order; those read before a reference changed are read again."""
        ordered = self.inbox.ordered(paths, self._reader.sources)
        for done, path in enumerate(ordered):
            if progress:
                progress(path.name, done, len(ordered))
            self._take(path)
        self._judge()
        for path in [p for p in ordered if not self._is_current(self._reports[p])]:
            self._take(path)
        self._judge()
        if progress:
            progress("", len(ordered), len(ordered))
        return [self._decisions.applied(self._reports[path]) for path in paths]

    def _take(self, path: Path) -> None:
        """The record of the file if it still holds, else a new reading, to be judged with others."""
        try:
            content, context = path.read_bytes(), with_note(path, self._context)
        except NOT_OPENED as error:
            self._reports[path] = _not_opened(path, error)
            return
        sha256 = hashlib.sha256(content).hexdigest()
        known = self._store.report(sha256)
        if known and known.tables and not self.inbox.holds(path):
            context = with_note(self._store.raw / known.file, context)
        if known and known.declared == self._declared(known.source, context) and self._names_hold(known):
            self._reports[path] = known
            return
        if self._write:
            self._store.keep_received(sha256, path.suffix, content)
        if any(self._refers(one, path) for one in self._waiting):
            self._judge()
        outcome = prepare(content, path.name, sha256, context, self._reader)
        declared = self._declared(outcome.source, context)
        self._waiting.append(_Waiting(path, sha256, context, outcome, declared))
        if sum(one.rows for one in self._waiting) >= TOGETHER:
            self._judge()

    def _refers(self, one: _Waiting, path: Path) -> bool:
        """Whether references wait that a file from another folder may be read against."""
        return self._is_reference(one.outcome.source) and one.path.parent != path.parent

    def _judge(self) -> None:
        """Decide on the files that wait and keep what was decided."""
        waiting, self._waiting = self._waiting, []
        decide([one.outcome for one in waiting], self._reader.declared)
        for one in waiting:
            self._reports[one.path] = self._keep(one)

    def _keep(self, one: _Waiting) -> FileReport:
        outcome, known = one.outcome, self._store.report(one.sha256)
        report = FileReport(
            file=self.inbox.shown(one.path),
            sha256=one.sha256,
            source=outcome.source,
            status=_status(outcome),
            received_at=known.received_at if known else datetime.now(UTC),
            submissions=self._former.compared(one.sha256, outcome, self._reader),
            findings=outcome.findings,
            spellings=outcome.spellings,
            declared=one.declared,
        )
        if known and known.tables and not outcome.tables and known.declared.endswith(one.declared[8:]):
            return report  # the same content under other flags does not undo what went in
        if self._write:
            report = self._store.save(self._in_raw(one, report), outcome.tables)
            self._former.add(report)
        if self._stage:
            self._stage(report, outcome.tables)
        if self._is_reference(outcome.source):
            self._refer(outcome)
        return report

    def _in_raw(self, one: _Waiting, report: FileReport) -> FileReport:
        """The report of a file of which something went in names its copy in ``raw``."""
        if not one.outcome.tables or not one.outcome.source:
            return report
        kept = self.inbox.keep(one.path, self._reader.sources[one.outcome.source], one.context)
        return report.model_copy(update={"file": self.inbox.shown(kept)})

    def _refer(self, outcome: Outcome) -> None:
        if self._write:
            self._references.forget()
        for table, rows in {} if self._write else outcome.tables.items():
            self._references.add(table, rows)

    def _is_reference(self, source: str | None) -> bool:
        return source is not None and self._reader.sources[source].reference

    def _is_current(self, report: FileReport) -> bool:
        """False when a reference that the file was read against has changed since."""
        return not report.sha256 or report.declared.endswith(f"-{self._basis(report.source)}")

    def _names_hold(self, report: FileReport) -> bool:
        """False when a person has since confirmed a spelling of this file, or taken a confirmation back."""
        said = self._references.confirmed.schools
        asked = {
            f.value for part in report.submissions for f in part.findings if f.rule in UNKNOWN and f.value
        }
        labels = {plain_school(label): label for label in {*asked, *report.spellings}}
        now = {label: said[key].meaning for key, label in labels.items() if key in said}
        return now == report.spellings

    def _declared(self, source: str | None, context: Context) -> str:
        return f"{_digest(self._basis(source), context.model_dump_json())[:8]}-{self._basis(source)}"

    def _basis(self, source: str | None) -> str:
        """Digest of the declarations and of the references that this source is read against."""
        tables = self._reader.sources[source].references if source in self._reader.sources else []
        return _digest(_VERSION, reading_digest(), self._references.digest(tables))[:16]


def _status(outcome: Outcome) -> Status:
    """Refused when nothing went in; a refused part or any warning makes it «with warnings»."""
    if all(s.status == "refused" for s in outcome.submissions):
        return "refused"
    plain = all(s.status == "accepted" for s in outcome.submissions)
    noted = any(f.severity == "warning" for f in outcome.findings)
    return "accepted" if plain and not noted else "accepted_with_warnings"


def _not_opened(path: Path, error: Exception) -> FileReport:
    finding, now = why_not_opened(path, error), datetime.now(UTC)
    return FileReport(
        file=str(path), sha256="", source=None, status="refused", received_at=now, findings=[finding]
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

"""Received files → staged rows and records: judged once, and again only when what they depend on changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby
from math import ceil
from pathlib import Path

import pyarrow as pa

from pipelines.confirmed.spellings import UNKNOWN
from pipelines.examine import Examined, Examiner, Received, Told
from pipelines.findings import FileReport, Status
from pipelines.helpers import side_by_side, size
from pipelines.inbox import NOT_OPENED, Inbox, why_not_opened, with_note
from pipelines.periods import Context
from pipelines.received import Outcome
from pipelines.schools import plain_school
from pipelines.sources import sources
from pipelines.staging import Store
from pipelines.submissions.decisions import read_decisions
from pipelines.submissions.former import Former
from pipelines.submissions.undoing import bring_back
from pipelines.working import working

__all__ = ["Context", "check", "intake"]

Progress = Callable[[str, int, int], None]
Stage = Callable[[FileReport, dict[str, pa.Table]], None]
NO_CONTEXT = Context()
BATCH = 800_000
"""Bytes of files that are examined together: some 150 of a school's."""


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


class _Session:
    """One run of intake over a data root."""

    def __init__(self, root: Path, context: Context, write: bool = False, stage: Stage | None = None) -> None:
        self._root, self._store = root, Store(root)
        self.inbox = Inbox(self._store.raw)
        self._context, self._write, self._stage = context, write, stage
        self._decisions = read_decisions(root)
        self._former = Former(self._store, self._decisions)
        self._examiner = Examiner(root, write)
        self._reports: dict[Path, FileReport] = {}

    def run(self, paths: list[Path], progress: Progress | None) -> list[FileReport]:
        """Report on these files, in their order; those read before a reference changed are read again."""
        ordered = self.inbox.ordered(paths, sources())

        def told(number: int, name: str) -> None:
            if progress:
                progress(name, len(self._reports) + number, len(ordered))

        for folder, among in groupby(ordered, self._reference_folder):
            self._take(among, told, alone=bool(folder))
        self._take([path for path in ordered if not self._is_current(self._reports[path])], lambda *_: None)
        if progress:
            progress("", len(ordered), len(ordered))
        return [self._decisions.applied(self._reports[path]) for path in paths]

    def _reference_folder(self, path: Path) -> str:
        """The folder of a reference's files; files of other folders may be read against them."""
        folder = self.inbox.folder(path)
        return folder if self._is_reference(folder) else ""

    def _take(self, paths: Iterable[Path], told: Told, alone: bool = False) -> None:
        """The records of these files where they still hold, else new readings."""
        batches = self._batches(paths)
        if self._write and not alone:
            found = side_by_side(batches, self._examiner, self._root, told)
        else:
            found = (self._examiner.examine(batch, told) for batch in batches)
        with closing(found):  # helpers end with it, whatever goes wrong here
            for examined in found:
                for one in examined:
                    self._reports[one.path] = self._keep(one)

    def _batches(self, paths: Iterable[Path]) -> Iterator[list[Received]]:
        """Files without a record that holds, some at a time."""
        for _, among in groupby(paths, self.inbox.folder):  # most often of one source
            files = list(among)
            whole = sum(path.stat().st_size for path in files if path.is_file())
            share = whole / ceil(whole / BATCH) if whole else 0
            batch: list[Received] = []
            for one in filter(None, map(self._to_examine, files)):
                batch.append(one)
                if size(batch) >= share:
                    yield batch
                    batch = []
            if batch:
                yield batch

    def _to_examine(self, path: Path) -> Received | None:
        """The file as received, or None when there is a report of it."""
        try:
            content, context = path.read_bytes(), with_note(path, self._context)
        except NOT_OPENED as error:
            self._reports[path] = _not_opened(path, error)
            return None
        sha256 = hashlib.sha256(content).hexdigest()
        known = self._store.report(sha256)
        if known and known.tables and not self.inbox.holds(path):
            context = with_note(self._store.raw / known.file, context)
        if (
            known
            and known.declared == self._examiner.declared(known.source, context)
            and self._names_hold(known)
            and self._store.has_rows(known)
        ):
            self._reports[path] = known
            return None
        return Received(path, sha256, context, content)

    def _keep(self, one: Examined) -> FileReport:
        outcome, known = one.outcome, self._store.report(one.sha256)
        report = FileReport(
            file=self.inbox.shown(one.path),
            sha256=one.sha256,
            source=outcome.source,
            status=_status(outcome),
            received_at=known.received_at if known else datetime.now(UTC),
            submissions=self._former.compared(one, self._examiner.reader),
            findings=outcome.findings,
            spellings=outcome.spellings,
            declared=one.declared,
            tables=one.staged,
        )
        if known and known.tables and not one.went_in and known.declared.endswith(one.declared[8:]):
            return report  # the same content under other flags does not undo what went in
        if self._write:
            report = self._in_raw(one, report)
            self._store.record(report)
            self._former.add(report)
        if self._stage:
            self._stage(report, outcome.tables)
        if self._is_reference(outcome.source):
            self._refer(outcome)
        return report

    def _in_raw(self, one: Examined, report: FileReport) -> FileReport:
        """The report of a file of which something went in names its copy in ``raw``."""
        if not one.went_in or not one.outcome.source:
            return report
        kept = self.inbox.keep(one.path, sources()[one.outcome.source], one.context)
        return report.model_copy(update={"file": self.inbox.shown(kept)})

    def _refer(self, outcome: Outcome) -> None:
        for table, rows in outcome.tables.items():  # of a dry run
            self._examiner.references.add(table, rows)
        self._examiner.look_anew()

    def _is_reference(self, source: str | None) -> bool:
        return source in sources() and sources()[source].reference

    def _is_current(self, report: FileReport) -> bool:
        """False when a reference that the file was read against has changed since."""
        return not report.sha256 or report.declared.endswith(f"-{self._examiner.basis(report.source)}")

    def _names_hold(self, report: FileReport) -> bool:
        """False when a person has since confirmed a spelling of this file, or taken a confirmation back."""
        said = self._examiner.references.confirmed.schools
        asked = {
            f.value for part in report.submissions for f in part.findings if f.rule in UNKNOWN and f.value
        }
        labels = {plain_school(label): label for label in {*asked, *report.spellings}}
        now = {label: said[key].meaning for key, label in labels.items() if key in said}
        return now == report.spellings


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

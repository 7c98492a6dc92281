"""What stands in the places that new submissions take: looked up once a source, kept up to date in a run."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.examine import Examined
from pipelines.findings import FileReport, Submission
from pipelines.received import Reader
from pipelines.staging import Store
from pipelines.submissions.decisions import Decisions, Slot
from pipelines.submissions.difference import replaced

InForce = dict[Slot, tuple[FileReport, Submission]]


class Former:
    """Submissions in force, source by source."""

    def __init__(self, store: Store, decisions: Decisions) -> None:
        self._store, self._decisions = store, decisions
        self._known: dict[str, InForce] = {}

    def compared(self, one: Examined, reader: Reader) -> list[Submission]:
        """The file's submissions, each with what it changes against the former one of its slot."""
        outcome = one.outcome
        if not one.went_in or outcome.source is None:
            return outcome.submissions
        force = self._of(outcome.source)
        former = {
            part.submission_id: force[part.slot]
            for part in outcome.submissions
            if part.status != "refused" and part.slot in force and force[part.slot][0].sha256 != one.sha256
        }
        order = reader.sources[outcome.source].tables
        told = replaced(self._rows(one), former, order, self._store.staged, reader.declared) if former else {}
        return [
            part.model_copy(update={"replaces": told.get(part.submission_id)}) for part in outcome.submissions
        ]

    def _rows(self, one: Examined) -> dict[str, pa.Table]:
        """The accepted rows by table, wherever they are."""
        staged = {table: pq.read_table(self._store.staged / name) for table, name in one.staged.items()}
        return {**one.outcome.tables, **staged}

    def add(self, report: FileReport) -> None:
        """A file that was just taken in."""
        for part in report.submissions:
            if part.status != "refused" and part.submission_id not in self._decisions.undone:
                self._of(part.source)[part.slot] = (report, part)

    def _of(self, source: str) -> InForce:
        if source not in self._known:
            self._known[source] = self._decisions.in_force(self._store.reports_of(source))
        return self._known[source]

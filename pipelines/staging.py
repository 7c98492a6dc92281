"""The staged store: accepted rows as Parquet beside a record of how each received file was taken.

Layout under the data root::

    staged/<table>/<key>.parquet    accepted rows of one file, canonical columns + submission_id
    staged/intake/<sha256>.json     the `FileReport` of that file, newest reading only
    raw/.received/<sha256>.<kind>   that file exactly as it came, whatever happens to its copy with a name

Everything is written beside and renamed, so that a killed process leaves either the old or the new file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.findings import FileReport, Submission
from pipelines.submissions.decisions import read_decisions

RECEIVED = ".received"
_MANY = 10_000
"""Rows from which a file is worth the denser compression."""
_BESIDE = re.compile(r"\..+\.(\d+|part)")
"""How a file is called while it is written beside its place."""


class Store:
    """What intake leaves for build, under one data root."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.staged = root / "staged"
        self.raw = root / "raw"

    def report(self, sha256: str) -> FileReport | None:
        """The record of a file by its content, or None if it was never taken."""
        path = self._record(sha256)
        return FileReport.model_validate_json(path.read_bytes()) if path.exists() else None

    def reports(self) -> list[FileReport]:
        """All records, oldest first."""
        found = [FileReport.model_validate_json(p.read_bytes()) for p in self._records().glob("[!.]*.json")]
        return sorted(found, key=lambda report: (report.received_at, report.sha256))

    def record_of(self, table_file: Path) -> FileReport | None:
        """The record that names a staged file, without reading the others."""
        for path in self._records().glob(f"{table_file.name.split('-')[0]}*.json"):
            report = FileReport.model_validate_json(path.read_bytes())
            if f"{table_file.parent.name}/{table_file.name}" in report.tables.values():
                return report
        return None

    def stage(self, sha256: str, declared: str, tables: dict[str, pa.Table]) -> dict[str, str]:
        """Keep accepted rows of one file; they count once a record names them. Returns table → name."""
        names = {table: f"{table}/{sha256[:16]}-{declared[:8]}.parquet" for table in tables}
        for table, rows in tables.items():
            with _written_beside(self.staged / names[table]) as path:
                write_rows(rows, path)
        return names

    def record(self, report: FileReport) -> None:
        """Keep the record of a file; rows that the earlier one named and this does not are removed."""
        earlier = self.report(report.sha256)
        with _written_beside(self._record(report.sha256)) as path:
            path.write_text(report.model_dump_json(indent=1), encoding="utf-8")
        self._drop(set(earlier.tables.values()) - set(report.tables.values()) if earlier else set())

    def _drop(self, names: set[str]) -> None:
        """Remove files that no record names any more; one still open elsewhere stays and is passed over."""
        for name in names:
            with suppress(OSError):
                (self.staged / name).unlink()

    def table_files(self, table: str) -> list[Path]:
        """Parquet files of a canonical table that live records name."""
        return [self.staged / r.tables[table] for r in self.reports() if table in r.tables]

    def current(self) -> list[tuple[FileReport, Submission]]:
        """The accepted submissions in force: the latest of each source, school and period not undone."""
        return list(read_decisions(self.root).in_force(self.reports()).values())

    def reports_of(self, source: str) -> list[FileReport]:
        """Records of files of one source; the others are not parsed."""
        mark = f'"source": "{source}"'.encode()
        texts = (path.read_bytes() for path in self._records().glob("[!.]*.json"))
        return [FileReport.model_validate_json(text) for text in texts if mark in text]

    def sweep(self) -> None:
        """Remove what a killed process left half written; only for whoever works alone here."""
        for folder in (self.staged, self.raw):
            for left in folder.rglob(".*"):
                if _BESIDE.fullmatch(left.name) and left.is_file():
                    with suppress(OSError):
                        left.unlink()

    def keep_received(self, sha256: str, suffix: str, content: bytes) -> None:
        """Keep a file as it was received, under the digest of its content."""
        target = self.raw / RECEIVED / f"{sha256}{suffix.lower()}"
        if not target.exists():
            with _written_beside(target) as path:
                path.write_bytes(content)

    def received(self, sha256: str) -> Path | None:
        """A file as it was received, by the digest of its content."""
        return next((self.raw / RECEIVED).glob(f"{sha256}*"), None)

    def _records(self) -> Path:
        return self.staged / "intake"

    def _record(self, sha256: str) -> Path:
        return self._records() / f"{sha256}.json"


def write_rows(rows: pa.Table, path: Path) -> None:
    """Rows as Parquet; the denser compression takes longer to set up than a school's rows to write."""
    held = pa.BufferOutputStream()  # several times quicker for a small file than Arrow's own way to the disk
    pq.write_table(rows, held, compression="zstd" if len(rows) > _MANY else "snappy")
    path.write_bytes(held.getvalue())


@contextmanager
def _written_beside(target: Path) -> Iterator[Path]:
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        yield beside
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise

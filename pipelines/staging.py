"""The staged store: accepted rows as Parquet beside a record of how each received file was taken.

Layout under the data root::

    staged/<table>/<key>.parquet    accepted rows of files judged together, canonical columns + submission_id
    staged/intake/<sha256>.json     the `FileReport` of that file, newest reading only
    raw/.received/<sha256>.<kind>   that file exactly as it came, whatever happens to its copy with a name

Everything is written beside and renamed, so that a killed process leaves either the old or the new file. A row counts
while the record of its file names the Parquet in which it lies: of a file that was read anew both may hold rows.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.findings import FileReport, Submission
from pipelines.submissions.decisions import read_decisions

RECEIVED = ".received"
_MANY = 10_000
"""Rows from which a file is worth the denser compression."""
_FILES = b"files"
"""Under what a Parquet keeps the digests of the files whose rows it holds."""
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

    def records_of(self, rows: Path) -> Iterator[FileReport]:
        """The records that name a Parquet, without reading the others."""
        name = f"{rows.parent.name}/{rows.name}"
        records = (self.report(sha256) for sha256 in self._held(rows))
        return (record for record in records if record and name in record.tables.values())

    def _held(self, rows: Path) -> list[str]:
        """Digests of the files whose rows a Parquet holds; none where it cannot be read."""
        try:
            said: bytes | None = (pq.read_schema(rows).metadata or {}).get(_FILES)
        except pa.ArrowInvalid:
            return []
        if said is None:  # as it was once: of one file, with whose digest its name begins
            return [path.stem for path in self._records().glob(f"{rows.name.split('-')[0]}*.json")]
        return said.decode().split()

    def has_rows(self, report: FileReport) -> bool:
        """Whether all rows that a record names are there."""
        return all((self.staged / name).exists() for name in report.tables.values())

    def stage(self, files: Mapping[str, Mapping[str, pa.Table]], declared: Iterable[str]) -> dict[str, str]:
        """Keep accepted rows of files of one source, those of a table together; they count once records name them.

        ``files``: digest of the content → table → rows, each with its ``submission_id``; ``declared`` is what they
        were read under. Returns table → name.
        """
        key = hashlib.sha256(" ".join([*files, *declared]).encode()).hexdigest()[:24]
        names = {table: f"{table}/{key}.parquet" for tables in files.values() for table in tables}
        for table, name in names.items():
            whole = pa.concat_tables([tables[table] for tables in files.values() if table in tables])
            with _written_beside(self.staged / name) as path:
                write_rows(whole.replace_schema_metadata({_FILES: " ".join(files)}), path)
        return names

    def record(self, report: FileReport) -> None:
        """Keep the record of a file in the place of its earlier one."""
        with _written_beside(self._record(report.sha256)) as path:
            path.write_text(report.model_dump_json(indent=1), encoding="utf-8")

    def table_files(self, table: str) -> list[Path]:
        """Parquet files of a canonical table that live records name."""
        names = dict.fromkeys(r.tables[table] for r in self.reports() if table in r.tables)
        return [self.staged / name for name in names]

    def current(self) -> list[tuple[FileReport, Submission]]:
        """The accepted submissions in force: the latest of each source, school and period not undone."""
        return list(read_decisions(self.root).in_force(self.reports()).values())

    def reports_of(self, source: str) -> list[FileReport]:
        """Records of files of one source; the others are not parsed."""
        mark = f'"source": "{source}"'.encode()
        texts = (path.read_bytes() for path in self._records().glob("[!.]*.json"))
        return [FileReport.model_validate_json(text) for text in texts if mark in text]

    def sweep(self) -> None:
        """Remove what was left half written, rows that no record names and those that cannot be read.

        Only for whoever works alone here.
        """
        half = (
            p for folder in (self.staged, self.raw) for p in folder.rglob(".*") if _BESIDE.fullmatch(p.name)
        )
        rows = (path for path in self.staged.glob("*/[!.]*.parquet") if not any(self.records_of(path)))
        for left in chain(half, rows):
            with suppress(OSError):  # still open elsewhere
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

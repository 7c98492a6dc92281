"""What other files said before: the registry, the specifications and the scales in force."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa

from pipelines.confirmed.kept import read_confirmed
from pipelines.findings import FileReport
from pipelines.periods import Period
from pipelines.schools import Schools, registry
from pipelines.staging import Store
from pipelines.submissions.decisions import read_decisions


class References:
    """Reference tables as staged, plus what a dry run has accepted without storing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._decisions = read_decisions(store.root)
        self.confirmed = read_confirmed(store.root)
        self._rows: dict[str, pd.DataFrame] = {}
        self._lines: dict[str, list[str]] = {}
        self._added: dict[str, list[pd.DataFrame]] = {}

    def digest(self, tables: Iterable[str]) -> str:
        """Changes when any of these tables does."""
        lines = [line for table in sorted(tables) for line in self._lines_of(table)]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def _lines_of(self, table: str) -> list[str]:
        """Records of a table, what people decided about their submissions, and what a dry run added."""
        if table not in self._lines:
            decided = {**self._decisions.undone, **self._decisions.restored}
            recorded = self._recorded(table)
            parts = (part.submission_id for _, record in recorded for part in record.submissions)
            self._lines[table] = [
                *(f"{table} {record.sha256} {record.declared}" for _, record in recorded),
                *(f"{name} {decided[name].kind} {decided[name].at}" for name in parts if name in decided),
                *(f"{table}+{len(rows)}" for rows in self._added.get(table, [])),
            ]
        return self._lines[table]

    def rows(self, table: str) -> pd.DataFrame:
        """The rows in force; empty where nothing was taken in."""
        if table not in self._rows:
            self._rows[table] = self._read(table)
        return self._rows[table]

    def add(self, table: str, rows: pa.Table) -> None:
        """Rows that a dry run would have staged."""
        self._added.setdefault(table, []).append(rows.to_pandas())
        self.forget()

    def forget(self) -> None:
        """Read again at the next question: something was staged."""
        self._rows.clear()
        self._lines.clear()
        self.__dict__.pop("schools", None)

    @cached_property
    def schools(self) -> Schools:
        """The registry."""
        return registry(self.rows("school"), self.confirmed.schools)

    def of_work(self, table: str, work: Period) -> pd.DataFrame:
        """The rows of a reference table about one work."""
        rows = self.rows(table)
        if rows.empty:
            return rows
        same = (
            (rows["school_year"] == work.year)
            & (rows["subject"] == work.subject)
            & (rows["grade"] == work.grade)
        )
        return rows[same]

    def _recorded(self, table: str) -> list[tuple[Path, FileReport]]:
        """Records of a table, each with where its rows lie; the records of other tables are not opened."""
        files = sorted((self._store.staged / table).glob("[!.]*.parquet"))
        return [(path, record) for path in files for record in self._store.records_of(path)]

    def _read(self, table: str) -> pd.DataFrame:
        """Rows of the submissions in force."""
        taken = sorted(self._recorded(table), key=lambda pair: (pair[1].received_at, pair[1].sha256))
        latest = {part.submission_id for _, part in self._decisions.in_force(r for _, r in taken).values()}
        held = {path: pd.read_parquet(path) for path in {path for path, _ in taken}}
        own = [{part.submission_id for part in record.submissions} for _, record in taken]
        parts = [_only(held[path], latest & ids) for (path, _), ids in zip(taken, own, strict=True)]
        parts = [part for part in [*parts, *self._added.get(table, [])] if len(part)]
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _only(rows: pd.DataFrame, submissions: set[str]) -> pd.DataFrame:
    return rows[rows["submission_id"].isin(submissions)]

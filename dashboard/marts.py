"""The one door to the marts: the newest snapshot, read-only, a cursor a query; or a named release.

Snapshots are never reopened under a replaced path: a newer build has a newer name, and the door notices it
before each query. A query that is already running keeps the snapshot it began with. A release is a snapshot
that was put aside under a name (``marts/releases``): it stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import pandas as pd

CONFIG = {"autoinstall_known_extensions": "false"}
"""The same as the build's: DuckDB refuses to mix settings within one process."""

Parameters = Sequence[object] | Mapping[str, object]


class NoSnapshotError(Exception):
    """There is nothing to show yet; the message says what to do."""


@dataclass(frozen=True)
class Release:
    """Which snapshot is shown: its id is the key of every cache."""

    id: str
    built_at: datetime


@dataclass(frozen=True)
class Indicator:
    """An indicator as its snapshot declares it."""

    indicator_id: str
    theme: str
    title: str
    short: str
    formula: str
    unit: str
    kind: str
    better: str | None
    by: list[str]
    split_by: list[str]
    overlap: list[str]
    scale: float
    missing: str
    source: str
    compare: str
    whole_with: list[str] = field(default_factory=list)
    """Fields with a default may be missing in a release from before they were declared."""
    code: str = ""
    population: str = ""
    minimum: int = 20
    is_watched: bool = True
    may_rank: bool = False
    compare_schools: str = "yes"
    compare_years: str = "caution"
    compare_subjects: str = "no"
    target: float | None = None
    target_by: str | None = None
    target_since: date | None = None
    target_until: date | None = None
    alarm: float | None = None
    alarm_by: str | None = None
    alarm_since: date | None = None
    alarm_until: date | None = None
    reviewed: date | None = None
    next_review: date | None = None
    numerator_sql: str = ""
    denominator_sql: str = ""
    where_sql: str = "true"
    source_table: str = ""


@dataclass
class Snapshot:
    """One open snapshot. Its connection is only ever used through cursors, so threads do not meet."""

    path: Path
    connection: duckdb.DuckDBPyConnection
    release: Release
    known: dict[str, Any] = field(default_factory=dict)
    """Small look-ups read once, for as long as the snapshot is open."""

    @classmethod
    def open(cls, path: Path) -> Snapshot:
        """Open a published snapshot for reading."""
        try:
            connection = duckdb.connect(path, read_only=True, config=dict(CONFIG))
        except duckdb.Error as error:
            raise NoSnapshotError(
                f"Снимок {path.name} не читается ({error}). Соберите новый: «kabinet build»."
            ) from error
        row = connection.execute("select release_id, built_at from release").fetchone()
        assert row is not None  # every build writes its release
        return cls(path, connection, Release(row[0], row[1].replace(tzinfo=UTC)))

    def query(self, sql: str, params: Parameters = ()) -> pd.DataFrame:
        """Rows of a query."""
        with self.connection.cursor() as cursor:
            return cursor.execute(sql, params or None).df()

    def rows(self, sql: str, params: Parameters = ()) -> list[tuple[Any, ...]]:
        """Rows of a small query as plain tuples."""
        with self.connection.cursor() as cursor:
            return cursor.execute(sql, params or None).fetchall()

    @property
    def indicators(self) -> dict[str, Indicator]:
        """The declared indicators by id."""
        if "indicators" not in self.known:
            there = {name for (name,) in self.rows("select column_name from (describe indicator)")}
            names = [name for name in Indicator.__dataclass_fields__ if name in there]
            columns = ", ".join(f'"{name}"' for name in names)
            rows = self.rows(f"select {columns} from indicator")
            found = [Indicator(**dict(zip(names, row, strict=True))) for row in rows]
            self.known["indicators"] = {indicator.indicator_id: indicator for indicator in found}
        return dict(self.known["indicators"])


class Marts:
    """The newest snapshot under a data root, followed by name; or one snapshot that was put aside."""

    def __init__(self, root: Path, frozen: Path | None = None) -> None:
        self._folder = root / "marts"
        self._frozen = frozen
        self._lock = Lock()
        self._open: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """The newest snapshot, opened; hold on to it where several queries must agree."""
        newest = self._newest()
        with self._lock:
            if self._open is None or (newest and newest.name > self._open.path.name):
                self._open = Snapshot.open(self._required(newest))
            return self._open

    def query(self, sql: str, params: Parameters = ()) -> pd.DataFrame:
        """Rows of a query to the newest snapshot."""
        return self.snapshot().query(sql, params)

    @property
    def release(self) -> Release:
        """Which snapshot is shown now."""
        return self.snapshot().release

    @property
    def indicators(self) -> dict[str, Indicator]:
        """The declared indicators of the newest snapshot by id."""
        return self.snapshot().indicators

    def _newest(self) -> Path | None:
        return self._frozen or max(self._folder.glob("marts-*.duckdb"), default=None)

    def _required(self, newest: Path | None) -> Path:
        if newest is None:
            raise NoSnapshotError(
                "Витрин ещё нет. Положите файлы в data/raw и выполните «kabinet up»"
                " или начните с «kabinet demo»."
            )
        return newest


def open_latest(root: Path) -> Marts:
    """Open the newest snapshot under a data root; `NoSnapshotError` if nothing was built yet."""
    marts = Marts(root)
    marts.snapshot()
    return marts


@dataclass(frozen=True)
class Named:
    """A frozen snapshot: the name it was given, where it lies, when it was put aside."""

    name: str
    path: Path
    frozen_at: datetime

    @property
    def id(self) -> str:
        """Id of the snapshot, as its table ``release`` says it."""
        return self.path.stem.removeprefix("marts-")


def releases(root: Path) -> list[Named]:
    """Named releases under a data root, oldest first."""
    folder = root / "marts" / "releases"
    found = [_named(folder, json.loads(p.read_text(encoding="utf-8"))) for p in folder.glob("*.json")]
    return sorted(found, key=lambda release: release.frozen_at)


def open_release(root: Path, name: str) -> Marts:
    """Open a release by its name; `NoSnapshotError` lists those there are."""
    known = releases(root)
    wanted = " ".join(name.split()).casefold()
    found = [release for release in known if release.name.casefold() == wanted]
    if not found:
        names = ", ".join(f"«{release.name}»" for release in known) or "их ещё нет"
        raise NoSnapshotError(f"Выпуска «{name}» нет. Выпуски: {names}.")
    marts = Marts(root, found[0].path)
    marts.snapshot()
    return marts


def _named(folder: Path, record: dict[str, str]) -> Named:
    return Named(record["name"], folder / record["snapshot"], datetime.fromisoformat(record["frozen_at"]))

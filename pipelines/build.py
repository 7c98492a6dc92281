"""Staged rows → a new published snapshot: the marts, the indicators and what they mean, in one file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
from pydantic import BaseModel

from pipelines.changes import changes_since
from pipelines.confirmed.kept import read_confirmed
from pipelines.confirmed.merged import join_people
from pipelines.contract import Declarations, declarations
from pipelines.findings import FileReport
from pipelines.indicators import columns_of, measure
from pipelines.lineage import write_lineage
from pipelines.meaning import write_meaning, write_release, write_submissions
from pipelines.models import SQL, macros, models, questions, run_model
from pipelines.publish import CONFIG, DRAFT_CONFIG, published, snapshots
from pipelines.reconcile import reconcile
from pipelines.similar import similar, write_similar
from pipelines.staged import offer_confirmed, offer_staged, write_dictionaries
from pipelines.staging import Store
from pipelines.submissions.decisions import read_decisions

Progress = Callable[[str, int, int], None]
BUILDING = "Сборка витрин"
SMALL = 100_000_000
"""Below so many staged bytes threads wait for each other longer than they work."""
_UNWRITTEN = (
    OSError, duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException, duckdb.TransactionException,
)  # fmt: skip
"""What DuckDB says of a disk that takes no more: at a write, at a checkpoint, at a commit."""


class BuildError(Exception):
    """The snapshot could not be written; the message is Russian and says what stays readable."""


class MartSummary(BaseModel):
    """What one mart holds, printed after a build."""

    name: str
    rows: int
    schools: int | None = None
    years: list[int] = []


class BuildResult(BaseModel):
    """A published snapshot and what is new in it."""

    path: Path
    marts: list[MartSummary]
    changes: list[str]


def build(root: Path, progress: Progress | None = None) -> BuildResult:
    """Build and publish a snapshot of everything staged under ``root``."""
    report = progress or (lambda _label, _done, _total: None)
    declared = declarations()
    store = Store(root)
    previous = snapshots(root)[-1:]
    try:
        with published(root) as draft:
            with closing(duckdb.connect(draft.beside, config=dict(DRAFT_CONFIG))) as connection:
                reports = store.reports()
                if _staged_bytes(store) < SMALL:
                    connection.execute("set threads = 1")
                write_marts(connection, store, reports, declared, report)
                write_release(connection, draft.release_id, declared, input_digest(root, reports, declared))
                marts = summaries(connection)
                changes = changes_since(previous[0] if previous else None, connection)
                # Closing would write what is left too, but keep silent about a full disk.
                connection.execute("checkpoint")
            path = draft.target
    except _UNWRITTEN as error:
        raise BuildError(_unwritten(error, previous)) from error
    return BuildResult(path=path, marts=marts, changes=changes)


def write_marts(
    connection: duckdb.DuckDBPyConnection,
    store: Store,
    reports: list[FileReport],
    declared: Declarations,
    progress: Progress,
) -> None:
    """Every table of a snapshot but ``release``, into an empty database."""
    ordered = models()
    connection.begin()  # the disk is waited for once, not for every table
    offer_inputs(connection, store, reports, declared)
    for done, model in enumerate(ordered):
        progress(BUILDING, done, len(ordered) + 1)
        run_model(connection, model)
    reconcile(connection)
    progress(BUILDING, len(ordered), len(ordered) + 1)
    write_meaning(connection, declared)
    write_lineage(connection, declared)
    write_similar(connection, similar())
    connection.commit()
    measure(connection, declared.indicators.values())
    connection.execute(questions())
    progress(BUILDING, len(ordered) + 1, len(ordered) + 1)


def offer_inputs(
    connection: duckdb.DuckDBPyConnection, store: Store, reports: list[FileReport], declared: Declarations
) -> None:
    """Everything that the marts' SQL may read, into an empty database."""
    connection.execute(macros())
    write_submissions(connection, store, reports)
    write_dictionaries(connection, declared)
    confirmed = read_confirmed(store.root)
    offer_confirmed(connection, confirmed)
    offer_staged(connection, store.staged, reports, declared)
    join_people(connection, confirmed, declared)


def _staged_bytes(store: Store) -> int:
    return sum(path.stat().st_size for path in store.staged.rglob("*.parquet"))


def is_current(root: Path) -> bool:
    """Nothing was staged or declared since the newest snapshot, so that a build would change nothing."""
    newest = snapshots(root)[-1:]
    if not newest:
        return False
    try:
        with closing(duckdb.connect(newest[0], read_only=True, config=dict(CONFIG))) as connection:
            built_from = connection.execute("select input_digest from release").fetchone()
    except duckdb.Error:
        return False
    return built_from == (input_digest(root, Store(root).reports(), declarations()),)


def input_digest(root: Path, reports: list[FileReport], declared: Declarations) -> str:
    """What a snapshot depends on: the staged records, people's decisions, the declarations and the marts' SQL."""
    content = hashlib.sha256(declared.digest.encode() + read_decisions(root).digest.encode())
    content.update(read_confirmed(root).digest.encode())
    for path in sorted(SQL.glob("*.sql")):
        content.update(path.read_bytes())
    for report in reports:
        content.update(f"{report.sha256} {report.declared} {report.received_at.isoformat()}\n".encode())
    return content.hexdigest()[:16]


def summaries(connection: duckdb.DuckDBPyConnection) -> list[MartSummary]:
    """Rows, schools and years of every mart, in the order in which they were built."""
    return [_summary(connection, model.name) for model in models()]


def _summary(connection: duckdb.DuckDBPyConnection, table: str) -> MartSummary:
    columns = columns_of(connection, table)
    schools = "count(distinct school_id)" if "school_id" in columns else "null"
    years = "list(distinct school_year order by school_year)" if "school_year" in columns else "[]"
    row = connection.execute(f"select count(*), {schools}, {years} from {table}").fetchone()
    assert row is not None  # an aggregate always gives a row
    return MartSummary(name=table, rows=row[0], schools=row[1], years=row[2] or [])


def _unwritten(error: Exception, previous: list[Path]) -> str:
    kept = (
        f"Прежний снимок {previous[0].name} цел, можно работать с ним." if previous else "Снимков пока нет."
    )
    return f"Не удалось записать новый снимок: {error}. Проверьте место на диске. {kept}"

"""What a submission changes against the former one of its source, school and period: rows, and in which columns.

A row of the sender is a row of the source's first table, known by its key; where one of its rows in the other
tables differs (points for tasks beside a pupil's result), it has changed as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from pipelines.contract import Declarations, Table
from pipelines.findings import FileReport, Replaced, Submission
from pipelines.sqltext import quoted
from pipelines.staged import SQL_TYPES, rows_in

Former = Mapping[str, tuple[FileReport, Submission]]
"""Id of a new submission → the record and the submission in whose place it comes."""


@dataclass
class _Rows:
    """Keys of one submission's rows by what became of them."""

    added: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    columns: Counter[str] = field(default_factory=Counter)


def replaced(
    tables: Mapping[str, pa.Table],
    former: Former,
    order: Sequence[str],
    staged: Path,
    declared: Declarations,
) -> dict[str, Replaced]:
    """The difference of each new submission that has a former one; ``order`` are the source's tables."""
    found: dict[str, _Rows] = defaultdict(_Rows)
    with duckdb.connect() as connection:
        for name in order:
            if former:
                key, rows = declared.tables[order[0]].key, tables.get(name, _NOTHING)
                _compare(connection, declared.tables[name], key, rows, former, staged, found)
    return {new: _told(found[new], *former[new]) for new in former}


_NOTHING = pa.table({"submission_id": pa.array([], pa.string())})
"""The rows of a table of which a file has none."""


def _told(rows: _Rows, report: FileReport, part: Submission) -> Replaced:
    changed = rows.changed - rows.added - rows.removed
    return Replaced(
        submission_id=part.submission_id, file=report.file, received_at=report.received_at,
        added=len(rows.added), removed=len(rows.removed), changed=len(changed),
        columns=dict(rows.columns.most_common()),
    )  # fmt: skip


def _compare(
    connection: duckdb.DuckDBPyConnection, table: Table, first: Sequence[str], rows: pa.Table,
    former: Former, staged: Path, found: dict[str, _Rows],
) -> None:  # fmt: skip
    """Put the differing rows of one table into ``found``, under the keys of the first one."""
    names = [report.tables.get(table.name) for report, _ in former.values()]
    pairs = pd.DataFrame({
        "part": list(former), "was": [part.submission_id for _, part in former.values()],
        "file": [name and Path(name).name for name in names],
    })  # fmt: skip
    connection.register("pairs", pairs)
    connection.register("given", rows)
    own = "pairs.part = sent.submission_id"
    _offer(connection, "now", _side("given", set(rows.column_names), table, own, first))
    files = sorted({staged / name for name in names if name})
    _offer(connection, "was", _before(connection, files, table, first))
    compared = [name for name in table.columns if name not in table.key]
    is_first = list(table.key) == list(first)
    for part, key, is_new, is_gone, *columns in connection.execute(_unlike(compared)).fetchall():
        one = found[part]
        (
            one.changed if not is_first else one.added if is_new else one.removed if is_gone else one.changed
        ).add(key)
        if not is_new and not is_gone:
            one.columns.update(
                table.columns[c].title for c, unlike in zip(compared, columns, strict=True) if unlike
            )


def _offer(connection: duckdb.DuckDBPyConnection, name: str, select: str) -> None:
    connection.execute(f"create or replace temp table {name} as {select}")


def _before(
    connection: duckdb.DuckDBPyConnection, files: list[Path], table: Table, first: Sequence[str]
) -> str:
    """The former rows; none where the former file had nothing for this table."""
    if not files:
        return "select * from now where false"
    rows = rows_in(files)
    present = {row[0] for row in connection.execute(f"describe select * from {rows}").fetchall()}
    own = "pairs.was = sent.submission_id and pairs.file = parse_filename(sent.filename)"
    return _side(rows, present, table, own, first)


def _unlike(compared: Sequence[str]) -> str:
    """Rows that are not the same on both sides: whose, key, is new, is gone, then column by column."""
    columns = [f"now.{quoted(name)} is distinct from was.{quoted(name)}" for name in compared] or ["false"]
    return f"""select coalesce(now.part, was.part), coalesce(now.row_key, was.row_key),
            was.part is null, now.part is null, {", ".join(columns)}
        from now full join was on now.whole_key = was.whole_key
        where now.part is null or was.part is null or {" or ".join(columns)}"""


def _side(rows: str, present: set[str], table: Table, own: str, first: Sequence[str]) -> str:
    """One side of the comparison: declared columns, the key of the row, that of the sender's row, whose it is."""
    columns = ", ".join(
        f"cast({quoted(name) if name in present else 'null'} as {SQL_TYPES[column.type]}) as {quoted(name)}"
        for name, column in table.columns.items()
    )
    whole, row = (
        " || '|' || ".join(["part", *(f"coalesce(cast({quoted(n)} as varchar), '')" for n in key)])
        for key in (table.key, [name for name in first if name in table.columns])
    )
    return f"""select *, {whole} as whole_key, {row} as row_key from (
        select pairs.part, {columns} from {rows} as sent inner join pairs on {own})"""

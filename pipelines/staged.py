"""The build's input: current staged rows under their canonical names, and the dictionaries.

They are temporary: they live while the snapshot is built and are not part of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.confirmed.kept import Confirmed
from pipelines.contract import Column, Declarations, Dictionary, Table
from pipelines.findings import FileReport
from pipelines.sqltext import listed, quoted

SQL_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
_ARROW = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), str: pa.string()}


def offer_staged(
    connection: duckdb.DuckDBPyConnection, staged: Path, reports: list[FileReport], declared: Declarations
) -> None:
    """Each canonical table, restricted to the submissions in force (table ``submission``)."""
    _offer_places(connection, reports)
    for table in declared.tables.values():
        names = [report.tables[table.name] for report in reports if table.name in report.tables]
        files, several = [staged / name for name in dict.fromkeys(names)], len(names) > 1
        rows = _rows(connection, table, files, several) if files else _no_rows(table)
        # Many small files are read once; one large file is read where it is needed, in the needed columns.
        kept = "table" if several else "view"
        connection.execute(f"create temp {kept} {quoted(table.name)} as {rows}")


def _offer_places(connection: duckdb.DuckDBPyConnection, reports: list[FileReport]) -> None:
    """``place``: in which Parquet the rows of a submission lie; elsewhere they are of an earlier reading."""
    pairs = {
        (part.submission_id, Path(name).name)
        for report in reports for name in report.tables.values() for part in report.submissions
    }  # fmt: skip
    _offer_pairs(connection, "place", ("submission_id", "file"), pairs)


def offer_confirmed(connection: duckdb.DuckDBPyConnection, confirmed: Confirmed) -> None:
    """``confirmed_school``: spellings that a person has confirmed, each with its organisation."""
    pairs = [(one.meaning, one.what) for one in confirmed.schools.values()]
    _offer_pairs(connection, "confirmed_school", ("school_id", "spelling"), pairs)


def _offer_pairs(
    connection: duckdb.DuckDBPyConnection, name: str, columns: tuple[str, str],
    pairs: Iterable[tuple[str | None, str]],
) -> None:  # fmt: skip
    """A temporary table of two columns of text, typed even where it is empty."""
    schema = pa.schema([(column, pa.string()) for column in columns])
    given = pa.Table.from_pylist([dict(zip(columns, pair, strict=True)) for pair in pairs], schema=schema)
    connection.register("given", given)
    connection.execute(f"create temp table {name} as select * from given")
    connection.unregister("given")


def _no_rows(table: Table) -> str:
    columns = [_cast("null", name, column) for name, column in table.columns.items()]
    return f"select {', '.join([*columns, 'cast(null as VARCHAR) as submission_id'])} where false"


def rows_in(files: list[Path]) -> str:
    """Rows of these Parquets, each with the ``filename`` of its own; a column need not be in all of them."""
    names = listed([path.as_posix() for path in files])
    return f"read_parquet({names}, union_by_name = true, filename = true)"


def _rows(connection: duckdb.DuckDBPyConnection, table: Table, files: list[Path], several: bool) -> str:
    """Current rows in the declared columns and types; of one key in several received files the last."""
    source = rows_in(files)
    present = {row[0] for row in connection.execute(f"describe select * from {source}").fetchall()}
    columns = [
        _cast(f"staged.{quoted(name)}" if name in present else "null", name, column)
        for name, column in table.columns.items()
    ]
    once = ""
    if several:
        key = ", ".join(f"staged.{quoted(name)}" for name in table.key)
        once = f" qualify row_number() over (partition by {key} order by current.received_at desc) = 1"
    return (
        f"select {', '.join(columns)}, staged.submission_id from {source} as staged"
        " inner join place"
        " on place.submission_id = staged.submission_id and place.file = parse_filename(staged.filename)"
        " inner join submission as current"
        f" on current.submission_id = staged.submission_id and current.is_current{once}"
    )


def _cast(value: str, name: str, column: Column) -> str:
    return f"cast({value} as {SQL_TYPES[column.type]}) as {quoted(name)}"


def write_dictionaries(connection: duckdb.DuckDBPyConnection, declared: Declarations) -> None:
    """``dim_<dictionary>``: its terms in order, with their spellings and facts."""
    for dictionary in declared.dictionaries.values():
        terms = _terms(dictionary)
        connection.register("terms", terms)
        connection.execute(
            f"create table {quoted('dim_' + dictionary.name)} as select * from terms order by term_order"
        )
        connection.unregister("terms")


def _terms(dictionary: Dictionary) -> pa.Table:
    facts: dict[str, pa.DataType] = {}
    for term in dictionary.terms.values():
        facts |= {name: _ARROW[type(value)] for name, value in term.facts.items() if type(value) in _ARROW}
    rows: list[dict[str, Any]] = [
        {
            "term": name,
            "title": term.title or name,
            "term_order": term.order or place,
            "aliases": term.aliases,
        }
        | {fact: term.facts.get(fact) for fact in facts}
        for place, (name, term) in enumerate(dictionary.terms.items(), start=1)
    ]
    fixed = {
        "term": pa.string(),
        "title": pa.string(),
        "term_order": pa.int64(),
        "aliases": pa.list_(pa.string()),
    }
    return pa.Table.from_pylist(rows, schema=pa.schema({**fixed, **facts}.items()))

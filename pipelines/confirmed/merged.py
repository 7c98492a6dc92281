"""Confirmed people in the build: entries of one person get one id, namesakes get ids of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import duckdb
import pyarrow as pa

from pipelines.confirmed.kept import Confirmed
from pipelines.confirmed.people import components
from pipelines.contract import Declarations, Table
from pipelines.sqltext import quoted

_SCHEMA = pa.schema([(name, pa.string()) for name in ("school_id", "old", "new")])
_LATEST = """select person_id || '@' || school_id, person_id, name_id, school_id from staff
    qualify row_number() over (partition by person_id, school_id order by as_of desc) = 1
    order by max(as_of) over (partition by person_id, school_id) desc, person_id"""


def join_people(connection: duckdb.DuckDBPyConnection, confirmed: Confirmed, declared: Declarations) -> None:
    """Put what people confirmed into the offered tables of staff, courses and answers."""
    if not confirmed.people:
        return
    nodes = {row[0]: row[1:] for row in connection.execute(_LATEST).fetchall()}
    persons = dict(_apart(confirmed, nodes))
    names: dict[tuple[str, str], str] = {}
    for group in components(confirmed.people.values()):
        known = [nodes[node] for node in nodes if node in group]
        for person, name, school in known:
            persons[school, person] = min(one[0] for one in known)
            for place in {one[2] for one in known}:
                names[place, name] = known[0][1]
    _register(connection, "confirmed_person", persons)
    _register(connection, "confirmed_name", names)
    for table in declared.tables.values():
        if {"school_id", "name_id"} <= set(table.columns):
            _put(connection, table)


def _apart(confirmed: Confirmed, nodes: dict[str, tuple[str, ...]]) -> Iterator[tuple[tuple[str, str], str]]:
    """Namesakes in two organisations whom a person told apart: the second gets an id of its own."""
    for one in confirmed.people.values():
        first, second = one.what.split("|")
        if one.meaning == "different" and second in nodes and first.split("@")[0] == second.split("@")[0]:
            person, _, school = nodes[second]
            yield (school, person), hashlib.sha256(second.encode()).hexdigest()[:16]


def _register(connection: duckdb.DuckDBPyConnection, name: str, known: dict[tuple[str, str], str]) -> None:
    rows = [{"school_id": school, "old": old, "new": new} for (school, old), new in known.items()]
    connection.register("given", pa.Table.from_pylist(rows, schema=_SCHEMA))
    connection.execute(f"create temp table {name} as select * from given")
    connection.unregister("given")


def _put(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    has_person = "person_id" in table.columns
    person = ", coalesce(person.new, own.person_id) as person_id" if has_person else ""
    on_person = "own.person_id" if has_person else "null"
    key = ", ".join(
        {
            "name_id": "coalesce(name.new, own.name_id)",
            "person_id": "coalesce(person.new, own.person_id)",
        }.get(column, f"own.{quoted(column)}")
        for column in table.key
    )
    connection.execute(
        f"create temp table joined as select own.* replace (coalesce(name.new, own.name_id) as name_id{person})"
        f" from {quoted(table.name)} as own"
        " left join confirmed_name as name on name.school_id = own.school_id and name.old = own.name_id"
        f" left join confirmed_person as person on person.school_id = own.school_id and person.old = {on_person}"
        f" qualify row_number() over (partition by {key} order by name.new is distinct from own.name_id) = 1"
    )
    (kind,) = connection.execute(
        "select table_type from information_schema.tables where table_name = ?", [table.name]
    ).fetchone() or ("LOCAL TEMPORARY",)
    connection.execute(f"drop {'view' if kind == 'VIEW' else 'table'} {quoted(table.name)}")
    connection.execute(f"alter table joined rename to {quoted(table.name)}")

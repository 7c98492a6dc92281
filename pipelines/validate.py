"""Great Expectations decides: which rows of a canonical table break which expectation of its suite.

The only module that knows Great Expectations, and it imports it only when there is something to validate: the
import costs seconds.
"""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from threading import Lock
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.contract import EXPECTATIONS, Table
from pipelines.suites import FAULT, RECEIVED, RULE
from pipelines.together import Together

_SQL_TYPES = {
    "text": "varchar",
    "integer": "bigint",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
}


class BrokenValidationError(Exception):
    """An expectation could not be computed: our fault, not the sender's."""


@dataclass(frozen=True)
class Broken:
    """Rows that break one expectation."""

    rule: str
    constraint: str
    severity: str
    column: str | None
    """Canonical column, None for a rule across columns or a key."""
    limit: Any
    rows: npt.NDArray[np.int64]


def validate(given: Together) -> list[list[Broken]]:
    """Run the table's suite once over the rows of these files; what is broken is told file by file.

    One run for many small files: a run costs a quarter of a second however few rows it has.
    """
    table = given.table
    if given.rows.empty:
        return [[] for _ in given.files]
    rows = _to_check(given)
    against = contradictions(rows, table)
    whole = pd.concat([rows, against.loc[:, against.any()]], axis=1)
    gx = _great_expectations()
    with _one_at_a_time:
        result = gx.validate(table.name, whole)
    broken = [_broken(one) for one in result.results if not one.success]
    return [
        _of_file(broken, start, start + len(one.rows))
        for start, one in zip(given.starts, given.files, strict=True)
    ]


def contradictions(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """One boolean column a rule, true where DuckDB finds its condition true."""
    if not table.rules:
        return pd.DataFrame(index=rows.index)
    named = {name for rule in table.rules for name in re.findall(r"[a-z_0-9]+", rule.bad)}
    used = [name for name in table.columns if name in named]
    typed = ", ".join(f"{_typed(name, table, name in rows)} as {name}" for name in used)
    flags = ", ".join(f'coalesce({rule.bad}, false) as "{RULE}{rule.id}"' for rule in table.rules)
    with duckdb.connect() as connection:
        given = rows[[name for name in used if name in rows]].assign(position=np.arange(len(rows)))
        connection.register("given", given)
        query = f"select {flags} from (select {typed}, position from given) order by position"
        return connection.sql(query).df().set_axis(rows.index)


def _typed(name: str, table: Table, is_there: bool) -> str:
    return f"{name if is_there else 'null'}::{_SQL_TYPES[table.columns[name].type]}"


def _to_check(given: Together) -> pd.DataFrame:
    """The rows and the cells that were unreadable, without columns that hold nothing to check."""
    table, rows = given.table, given.rows
    kept = [n for n, c in table.columns.items() if c.required or n in table.key or rows[n].notna().any()]
    faults = {f"{FAULT}{name}": mask for name, mask in given.faults().items()}
    number = np.repeat(np.arange(len(given.files), dtype=np.int32), [len(one.rows) for one in given.files])
    return rows[kept].assign(**{RECEIVED: number, **faults})


def _broken(one: Any) -> Broken:
    config = one.expectation_config
    if one.exception_info.get("raised_exception") or "unexpected_index_list" not in one.result:
        raise BrokenValidationError(f"{config.meta['rule']}: {one.exception_info}")
    column = config.kwargs.get("column", "")
    limit = next(
        (
            config.kwargs[k]
            for k in ("min_value", "max_value", "value_set", "regex")
            if config.kwargs.get(k) is not None
        ),
        None,
    )
    return Broken(
        config.meta["rule"],
        config.meta["constraint"],
        config.meta["severity"],
        None if column.startswith(RULE) else column.removeprefix(FAULT) or None,
        limit,
        np.array(one.result["unexpected_index_list"], dtype=np.int64),
    )


def _of_file(broken: list[Broken], start: int, end: int) -> list[Broken]:
    """What is broken among the rows of one file; an unreadable cell is not also an empty one."""
    own = [replace(b, rows=b.rows[(b.rows >= start) & (b.rows < end)] - start) for b in broken]
    faults = {b.column: b.rows for b in own if b.constraint == "type"}
    known = [
        replace(b, rows=np.setdiff1d(b.rows, faults[b.column]))
        if b.constraint == "required" and b.column in faults
        else b
        for b in own
    ]
    return [b for b in known if len(b.rows)]


class _Gx:
    """Great Expectations, quiet and offline."""

    def __init__(self) -> None:
        os.environ["GX_ANALYTICS_ENABLED"] = "false"
        import great_expectations

        self._gx = great_expectations
        self._context = great_expectations.get_context(mode="ephemeral")
        self._context.variables.progress_bars = {"globally": False}
        for site in (self._context.variables.data_docs_sites or {}).values():
            # an ephemeral context leaves an empty folder behind in every process
            shutil.rmtree(site["store_backend"]["base_directory"], ignore_errors=True)
        asset = self._context.data_sources.add_pandas("received").add_dataframe_asset("rows")
        self._whole = asset.add_batch_definition_whole_dataframe("whole")

    def validate(self, table: str, rows: pd.DataFrame) -> Any:
        """What the table's suite finds in the rows."""
        batch = self._whole.get_batch(batch_parameters={"dataframe": rows})
        with _configured_once(self._gx.expectations.Expectation), _named_plainly():
            suite = self._suite(table, frozenset(rows.columns))
            return batch.validate(suite, result_format={"result_format": "COMPLETE"})

    def _suite(self, table: str, columns: frozenset[str]) -> Any:
        """The table's suite as written, without expectations about columns that this file does not have."""
        content = json.loads((EXPECTATIONS / "suites" / f"{table}.json").read_text(encoding="utf-8"))
        kept = [e for e in content["expectations"] if e["kwargs"].get("column", table) in columns | {table}]
        return self._gx.ExpectationSuite(name=content["name"], expectations=kept)


@contextmanager
def _configured_once(expectation: Any) -> Iterator[None]:
    """Let each expectation make its configuration once.

    Great Expectations 1.x makes it anew for every key that it looks up, 150 times an expectation and run: two fifths
    of the time of a small file.
    """
    anew = expectation.configuration
    made: dict[int, tuple[Any, Any]] = {}

    def once(one: Any) -> Any:
        if id(one) not in made:
            made[id(one)] = one, anew.fget(one)  # kept with its configuration, or another could get its id
        return made[id(one)][1]

    expectation.configuration = property(once)
    try:
        yield
    finally:
        expectation.configuration = anew


@contextmanager
def _named_plainly() -> Iterator[None]:
    """Let metrics be told apart by their arguments as they are.

    Great Expectations turns the arguments of every metric into JSON and that into a digest, seven hundred times a run:
    a quarter of its time.
    """
    from great_expectations.core.id_dict import IDDict

    digest = IDDict.to_id

    def plain(one: Any, id_keys: Any = None, id_ignore_keys: Any = None) -> Any:
        keys = set(one if id_keys is None else id_keys)
        keys -= set(one._id_ignore_keys if id_ignore_keys is None else id_ignore_keys)
        return repr([(key, one[key]) for key in sorted(keys)]) if keys else ()

    IDDict.to_id = plain
    try:
        yield
    finally:
        IDDict.to_id = digest


@cache
def _great_expectations() -> _Gx:
    made = _Gx()
    gc.freeze()  # half a million objects that live as long as the process: not to be looked through again and again
    return made


def load() -> None:
    """Import what a validation needs, seconds before the first one."""
    _great_expectations()


_one_at_a_time = Lock()
"""Its context is one for the process, and threads of the pages' worker check at once."""

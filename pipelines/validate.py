"""Great Expectations decides: which rows of a canonical table break which expectation of its suite.

The only module that knows Great Expectations, and it imports it only when there is something to validate: the import
costs seconds.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.contract import EXPECTATIONS, Table
from pipelines.frame import Shaped
from pipelines.suites import FAULT, RULE

_SQL_TYPES = {
    "text": "varchar",
    "integer": "bigint",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
}


class ValidationBroken(Exception):
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


def validate(shaped: Shaped, table: Table) -> list[Broken]:
    """Run the table's suite once over all rows of the file."""
    if shaped.rows.empty:
        return []
    batch = _batch(shaped, table)
    gx = _great_expectations()
    checked = gx.suite(table.name, frozenset(batch.columns))
    result = gx.batch(batch).validate(checked, result_format={"result_format": "COMPLETE"})
    broken = [_broken(one) for one in result.results if not one.success]
    faults = {b.column: b.rows for b in broken if b.constraint == "type"}
    return [b for b in (_without(b, faults) for b in broken) if len(b.rows)]


def contradictions(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """One boolean column a rule, true where DuckDB finds its condition true."""
    if not table.rules:
        return pd.DataFrame(index=rows.index)
    names = {name for rule in table.rules for name in re.findall(r"[a-z_0-9]+", rule.bad)} & set(
        table.columns
    )
    used = [name for name in table.columns if name in names]
    typed = ", ".join(f'"{name}"::{_SQL_TYPES[table.columns[name].type]} as "{name}"' for name in used)
    flags = ", ".join(f'coalesce({rule.bad}, false) as "{RULE}{rule.id}"' for rule in table.rules)
    with duckdb.connect() as connection:
        connection.register("given", rows[used].assign(position=np.arange(len(rows))))
        query = f"select {flags} from (select {typed}, position from given) order by position"
        return connection.sql(query).df().set_axis(rows.index)


def _batch(shaped: Shaped, table: Table) -> pd.DataFrame:
    faults = {f"{FAULT}{name}": mask for name, mask in shaped.faults.items() if mask.any()}
    present = shaped.rows[
        [n for n, c in table.columns.items() if c.required or n in table.key or shaped.rows[n].notna().any()]
    ]
    return pd.concat(
        [present, pd.DataFrame(faults, index=present.index), contradictions(shaped.rows, table)], axis=1
    )


def _broken(one: Any) -> Broken:
    config = one.expectation_config
    if one.exception_info.get("raised_exception") or "unexpected_index_list" not in one.result:
        raise ValidationBroken(f"{config.meta['rule']}: {one.exception_info}")
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


def _without(broken: Broken, faults: dict[str | None, npt.NDArray[np.int64]]) -> Broken:
    """An unreadable cell is not also an empty one."""
    if broken.constraint != "required" or broken.column not in faults:
        return broken
    rows = np.setdiff1d(broken.rows, faults[broken.column])
    return Broken(broken.rule, broken.constraint, broken.severity, broken.column, broken.limit, rows)


class _Gx:
    """Great Expectations, quiet and offline."""

    def __init__(self) -> None:
        os.environ["GX_ANALYTICS_ENABLED"] = "false"
        import great_expectations

        self._gx = great_expectations
        self._context = great_expectations.get_context(mode="ephemeral")
        self._context.variables.progress_bars = {"globally": False}
        asset = self._context.data_sources.add_pandas("received").add_dataframe_asset("rows")
        self._whole = asset.add_batch_definition_whole_dataframe("whole")

    def suite(self, table: str, columns: frozenset[str]) -> Any:
        """The table's suite as written, without expectations about columns that this file does not have."""
        content = json.loads((EXPECTATIONS / "suites" / f"{table}.json").read_text(encoding="utf-8"))
        kept = [e for e in content["expectations"] if e["kwargs"].get("column", table) in columns | {table}]
        return self._gx.ExpectationSuite(name=content["name"], expectations=kept)

    def batch(self, rows: pd.DataFrame) -> Any:
        """The rows as Great Expectations takes them."""
        return self._whole.get_batch(batch_parameters={"dataframe": rows})


@cache
def _great_expectations() -> _Gx:
    return _Gx()

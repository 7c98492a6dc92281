"""Great Expectations suites written out from the table declarations, so that nobody keeps them by hand.

``python -m pipelines.suites`` writes ``expectations/suites/<table>.json``; a test holds the files to it.
"""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from pipelines.contract import EXPECTATIONS, Column, Declarations, Table, declarations

Expectation = dict[str, Any]
RULE, FAULT = "rule:", "fault:"
"""Prefixes of the boolean columns computed for validation: a broken rule, an unreadable cell."""
RECEIVED = "received"
"""Number of the file among those checked together."""
_TYPED = ("integer", "number", "boolean", "date")


def suite(table: Table, declared: Declarations) -> dict[str, Any]:
    """The suite of a table as Great Expectations reads it; ids stay the same from one writing to the next."""
    expectations = [
        e for name, column in table.columns.items() for e in _of_column(table, name, column, declared)
    ]
    expectations.append(_unique(table))
    expectations += [_false(f"{RULE}{rule.id}", rule.id, "rule", rule.severity) for rule in table.rules]
    return {"name": table.name, "expectations": [_identified(table.name, e) for e in expectations]}


def write(folder: Path = EXPECTATIONS / "suites") -> list[Path]:
    """Write the suites of all tables; returns their files."""
    declared = declarations()
    paths = []
    for table in declared.tables.values():
        path = folder / f"{table.name}.json"
        path.write_text(text(suite(table, declared)), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def text(content: dict[str, Any]) -> str:
    """A suite as it stands in its file."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _of_column(table: Table, name: str, column: Column, declared: Declarations) -> list[Expectation]:
    found = []
    if column.type in _TYPED:
        found.append(_false(f"{FAULT}{name}", f"{table.name}.{name}.type", "type", column.severity))
    if column.required:
        found.append(_expect("expect_column_values_to_not_be_null", table, name, "required", column))
    if column.min is not None:
        found.append(
            _expect("expect_column_values_to_be_between", table, name, "min", column, min_value=column.min)
        )
    if column.max is not None:
        found.append(
            _expect("expect_column_values_to_be_between", table, name, "max", column, max_value=column.max)
        )
    allowed = column.values or (
        list(declared.dictionaries[column.dictionary].terms) if column.dictionary else None
    )
    if allowed:
        found.append(
            _expect("expect_column_values_to_be_in_set", table, name, "values", column, value_set=allowed)
        )
    if column.pattern:
        found.append(
            _expect(
                "expect_column_values_to_match_regex", table, name, "pattern", column, regex=column.pattern
            )
        )
    return found


def _expect(
    kind: str, table: Table, name: str, constraint: str, column: Column, **limits: object
) -> Expectation:
    meta = {
        "rule": f"{table.name}.{name}.{constraint}",
        "constraint": constraint,
        "severity": column.severity,
    }
    return {"type": kind, "kwargs": {"column": name, **limits}, "meta": meta}


def _false(column: str, rule: str, constraint: str, severity: str) -> Expectation:
    meta = {"rule": rule, "constraint": constraint, "severity": severity}
    return {
        "type": "expect_column_values_to_be_in_set",
        "kwargs": {"column": column, "value_set": [False]},
        "meta": meta,
    }


def _unique(table: Table) -> Expectation:
    """A key holds within one file: the same pupils come again in a corrected one."""
    meta = {"rule": f"{table.name}.key.unique", "constraint": "unique", "severity": "error"}
    kwargs = {"column_list": [RECEIVED, *table.key], "ignore_row_if": "any_value_is_missing"}
    return {"type": "expect_compound_columns_to_be_unique", "kwargs": kwargs, "meta": meta}


def _identified(table: str, expectation: Expectation) -> Expectation:
    name = f"kabinet:{table}:{expectation['meta']['rule']}:{expectation['type']}"
    return {**expectation, "id": str(uuid.uuid5(uuid.NAMESPACE_URL, name))}


if __name__ == "__main__":
    write()

"""What can be asked at all: values of an indicator's dimensions, columns of the snapshot's tables."""

from __future__ import annotations

import re
from typing import Any

from dashboard.queries.core import Queries
from dashboard.slices import DIMENSIONS, OF_SCHOOL, column


def dimension_values(q: Queries, indicator: str) -> dict[str, tuple[Any, ...]]:
    """Values of every dimension of an indicator but the year, in the order in which people read them."""
    there = [name for name in DIMENSIONS if name in OF_SCHOOL or name in q.indicators[indicator].by]
    asked = [name for name in there if name != "year"]
    lists = ", ".join(f"list(distinct {column(name)})" for name in asked)
    (found,) = q.rows(
        f"""select {lists} from indicator_value as value
        left join dim_school as place on place.school_id = value.school_id
        where indicator_id = ?""",
        [indicator],
    )
    return {
        name: _ordered(q, name, values or ()) for name, values in zip(asked, found, strict=True) if values
    }


def dictionary(q: Queries) -> dict[str, list[tuple[str, str, str, str]]]:
    """Table → its columns in order: name, title, type, unit."""
    sql = "select table_name, column_name, title, type, unit from column_dictionary"
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for table, *column_ in q.rows(sql):
        found.setdefault(table, []).append((column_[0], column_[1], column_[2], column_[3]))
    return found


def _ordered(q: Queries, name: str, values: Any) -> tuple[Any, ...]:
    """Organisations by name, words in their declared order, tasks and classes by number."""
    there = {value for value in values if value not in (None, "")}
    if name == "school":
        return tuple(id_ for id_ in q.schools() if id_ in there)
    order = q.order(name)
    return tuple(
        sorted(there, key=lambda v: (order.index(v) if v in order else len(order), _number(v), str(v)))
    )


def _number(value: Any) -> int:
    digits = re.match(r"\d+", str(value))
    return int(digits[0]) if digits else 0

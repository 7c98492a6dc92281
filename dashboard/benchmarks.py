"""Territories beside a school: what group reports say of the country, the region and the municipality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.marts import Marts, Snapshot
from dashboard.slices import canonical

LEVELS = ("country", "region", "municipality")
WORK = ("year", "subject", "grade")
"""A territory is compared within one work only: its other works are not ours."""
_COLUMNS = {"year": "school_year"}
_OWN = (*WORK, "procedure", "task", "level")
"""Dimensions that rows of territories have; conditions on others are about our own organisations."""


def benchmarks(
    marts: Marts, indicator_id: str, where: Mapping[str, object] | None = None, by: Sequence[str] = ()
) -> pd.DataFrame:
    """Rows of `values` for territories, each with ``area_level`` and ``area``, a work a row.

    A territory is the whole of its pupils, so it has no interval; its numerator is its published percent of n.
    """
    snapshot = marts.snapshot()
    if not has_benchmarks(snapshot):
        return pd.DataFrame()
    found = canonical(snapshot, {name: value for name, value in (where or {}).items() if name in _OWN})
    dimensions = list(dict.fromkeys([*WORK, *(d for d in (*by, *found) if d in _OWN)]))
    names = ", ".join(f'"{_COLUMNS.get(d, d)}" as "{d}"' for d in dimensions)
    narrowed = "".join(f' and "{_COLUMNS.get(d, d)}" in (select unnest(?))' for d in found)
    order = ", ".join(f'"{d}"' for d in dimensions)
    return snapshot.query(
        f"""with summed as (
            select area_level, area, {names}, sum(numerator) as numerator, sum(denominator) as denominator,
                any_value(scale) * sum(numerator) / sum(denominator) as value, max(n) as n
            from benchmark_value inner join indicator using (indicator_id)
            where indicator_id = ?{narrowed}
            group by all
            having sum(denominator) > 0
        )
        select * from summed order by list_position({list(LEVELS)!r}, area_level), area, {order}""",
        [indicator_id, *found.values()],
    )


def has_benchmarks(snapshot: Snapshot) -> bool:
    """Whether the snapshot was built with the mart of territories."""
    if "benchmarks" not in snapshot.known:
        sql = "select count(*) from duckdb_tables() where table_name = 'benchmark_value'"
        snapshot.known["benchmarks"] = snapshot.rows(sql)[0][0] > 0
    return bool(snapshot.known["benchmarks"])

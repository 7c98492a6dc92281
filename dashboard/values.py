"""Values of an indicator in any cut: k, n, value, 95 % interval and what to bear in mind.

Numerators and denominators are summed first and divided last. Where one dimension counts the same people again in
each of its values (tasks, competences), n is the largest number of people in any one of them, so that intervals are
never narrower than the people behind them allow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.marts import Indicator, Marts, Snapshot
from dashboard.slices import (
    COLUMNS,
    DIMENSIONS,
    OF_SCHOOL,
    UnknownDimension,
    UnknownSchool,
    canonical,
    check_dimensions,
    order_of,
)

__all__ = ["UnknownDimension", "UnknownIndicator", "UnknownSchool", "as_records", "records", "values"]

MEASURES = ("numerator", "denominator", "value", "low", "high", "n", "note")
_SMALL = "малая выборка, n < 10"
_MIXED = "объединены разные работы"
_NO_DATA = "нет данных"


class UnknownIndicator(Exception):  # noqa: N818
    """No such indicator is declared; the message says how to list them."""


def values(
    marts: Marts, indicator_id: str, where: Mapping[str, object] | None = None, by: Sequence[str] = ()
) -> pd.DataFrame:
    """One row for each value of the dimensions ``by`` (and of those the indicator is always split by)."""
    snapshot = marts.snapshot()
    indicator = _indicator(snapshot, indicator_id)
    check_dimensions(indicator, [*(where or {}), *by])
    conditions = canonical(snapshot, where or {})
    dimensions = list(dict.fromkeys([*by, *indicator.split_by]))
    statement, params = _statement(snapshot, indicator, conditions, dimensions)
    found = snapshot.query(statement, params)
    if found.empty:
        return _nothing(snapshot, indicator, conditions, dimensions)
    whole = [name for name in ("year", "grade") if name in dimensions]
    return found.astype(dict.fromkeys(whole, "Int64"))


def records(
    marts: Marts, indicator_id: str, where: Mapping[str, object] | None = None, by: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """`values` as plain records, with the dimensions that the condition fixes shown too."""
    fixed = [name for name in DIMENSIONS if (where or {}).get(name) is not None and name not in by]
    return as_records(values(marts, indicator_id, where, [*by, *fixed]))


def as_records(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON takes them: plain numbers, whole where they are whole, and null."""
    return [{str(key): _plain(value) for key, value in row.items()} for row in found.to_dict("records")]


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value
    if value is None or value is pd.NA or value != value:
        return None
    number = float(value)  # type: ignore[arg-type]
    return int(number) if number.is_integer() else number


def _indicator(snapshot: Snapshot, indicator_id: str) -> Indicator:
    found = snapshot.indicators.get(indicator_id)
    if found is None:
        raise UnknownIndicator(f"Показателя «{indicator_id}» нет. Список: «kabinet indicators».")
    return found


def _column(dimension: str) -> str:
    table = "place" if dimension in ("municipality", "kind") else "value"
    return f'{table}."{COLUMNS.get(dimension, dimension)}"'


def _statement(
    snapshot: Snapshot, indicator: Indicator, conditions: Mapping[str, list[object]], dimensions: list[str]
) -> tuple[str, list[object]]:
    groups = [f'{_column(name)} as "{name}"' for name in dict.fromkeys([*dimensions, *indicator.overlap])]
    shown = [f'"{name}"' for name in dimensions]
    narrowed = [f"{_column(name)} in (select unnest(?))" for name in conditions]
    params: list[object] = [indicator.indicator_id, *conditions.values()]
    orders, order_params = _orders(snapshot, dimensions)
    of_place = {"municipality", "kind"} & {*dimensions, *conditions}
    named = "school" in dimensions
    inner = f"""
        select {"".join(f"{group}, " for group in groups)}
            sum(value.numerator) as numerator, sum(value.denominator) as denominator, sum(value.n) as n,
            sum(value.squares) as squares, {_works(indicator)},
            count(*) filter (where value.denominator = 0) as lacking
        from indicator_value as value
        {"inner join dim_school as place on place.school_id = value.school_id" if of_place else ""}
        where {" and ".join(["value.indicator_id = ?", *narrowed])}
        {"group by all" if groups else ""}
        having count(*) > 0
    """
    outer = f"""
        select {"".join(f"{name}, " for name in shown)}
            sum(numerator) as numerator, sum(denominator) as denominator, max(n) as n, sum(squares) as squares,
            min(first_work) is distinct from max(last_work) as is_mixed, sum(lacking) > 0 as is_lacking
        from cells {"group by all" if shown else ""}
        having count(*) > 0
    """
    names = "".join(_shown(name) for name in dimensions)
    return (
        f"with cells as ({inner}), summed as ({outer}), valued as (select *, {_value(indicator)} as value from summed)"
        f" select {names} numerator, denominator, value, {_interval(indicator)}, n, {_note(indicator)} as note from valued"
        f"{' left join dim_school as named on named.school_id = valued.school' if named else ''}"
        f"{' order by ' + ', '.join(orders) if orders else ''}",
        [*params, *order_params],
    )


def _shown(dimension: str) -> str:
    return (
        "valued.school, named.name as school_name, " if dimension == "school" else f'valued."{dimension}", '
    )


def _works(indicator: Indicator) -> str:
    """First and last of the works that a number was summed over; the same where it is one."""
    work = "concat_ws(' ', value.school_year, value.procedure, value.subject, value.grade)"
    if "subject" not in indicator.by:
        return "'' as first_work, '' as last_work"
    return f"min({work}) as first_work, max({work}) as last_work"


def _value(indicator: Indicator) -> str:
    if indicator.kind == "count":
        return "numerator"
    return f"case when denominator > 0 then {indicator.scale} * numerator / denominator end"


def _interval(indicator: Indicator) -> str:
    """Wilson's for shares at n people, Student's for means; counts and ratios have none."""
    scale = indicator.scale
    of_n = "n / nullif(denominator, 0)"
    if indicator.kind == "share":
        part = f"numerator * {of_n}, n"
        return f"{scale} * wilson_low({part}) as low, {scale} * wilson_high({part}) as high"
    if indicator.kind == "mean":
        part = f"numerator * {of_n}, squares * {of_n}, n"
        return f"{scale} * mean_low({part}) as low, {scale} * mean_high({part}) as high"
    return "cast(null as double) as low, cast(null as double) as high"


def _note(indicator: Indicator) -> str:
    said = [f"case when value is null then {_text(indicator.missing or _NO_DATA)} end"]
    if indicator.missing:
        said.append(
            f"case when value is not null and is_lacking then {_text('частично: ' + indicator.missing)} end"
        )
    if indicator.kind in ("share", "mean"):
        said.append(f"case when n > 0 and n < 10 then {_text(_SMALL)} end")
    said.append(f"case when is_mixed then {_text(_MIXED)} end")
    return f"concat_ws('; ', {', '.join(said)})"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _orders(snapshot: Snapshot, dimensions: list[str]) -> tuple[list[str], list[object]]:
    """Schools by name, years and grades by number, tasks by their numbers, words in their declared order."""
    orders: list[str] = []
    params: list[object] = []
    for name in dimensions:
        if name == "school":
            orders.append("named.name collate ru")
        elif name == "task":
            orders.append("try_cast(regexp_extract(task, '^[0-9]+') as integer) nulls last")
        elif declared := order_of(snapshot, name):
            orders.append(f'list_position(?, "{name}") nulls last')
            params.append(declared)
        orders.append(f'valued."{name}" nulls last')
    return orders, params


def _nothing(
    snapshot: Snapshot, indicator: Indicator, conditions: Mapping[str, list[object]], dimensions: list[str]
) -> pd.DataFrame:
    """The one row of an empty cut: no value and why."""
    fixed = {name: conditions[name][0] for name in dimensions if len(conditions.get(name, [])) == 1}
    row: dict[str, object] = {}
    for name in dimensions:
        row[name] = fixed.get(name)
        if name == "school":
            row["school_name"] = _name_of(snapshot, fixed.get(name))
    row |= dict.fromkeys(MEASURES) | {"n": 0, "note": _why(snapshot, indicator, conditions)}
    return pd.DataFrame([row])


def _name_of(snapshot: Snapshot, school: object) -> object:
    found = snapshot.rows("select name from dim_school where school_id = ?", [school])
    return found[0][0] if found else None


def _why(snapshot: Snapshot, indicator: Indicator, conditions: Mapping[str, list[object]]) -> str:
    known = snapshot.rows(
        "select distinct school_year from indicator_value where indicator_id = ? order by 1",
        [indicator.indicator_id],
    )
    years = [year for (year,) in known]
    if not years:
        return indicator.missing or _NO_DATA
    wanted = conditions.get("year", [])
    if wanted and not set(wanted) & set(years):
        return (
            f"{_NO_DATA} за этот год; есть за {', '.join(f'{year - 1}/{year % 100:02d}' for year in years)}"
        )
    if set(conditions) & set(OF_SCHOOL):
        return f"{_NO_DATA} по этой организации"
    return _NO_DATA

"""From declared indicators to the rows of ``indicator_value``: additive parts by school, year and breakdown.

An indicator is a declaration only: this module turns any of them into SQL, and says which file and key is wrong
when a table, a column or a formula does not fit.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from pipelines.contract import DIMENSIONS, SCHOOL_DIMENSIONS, DeclarationError, Dimension, Indicator
from pipelines.sqltext import literal, quoted

_TYPES = {"year": "BIGINT", "grade": "BIGINT"}
_PARTS = ("numerator", "denominator", "units", "squares")


def column_of(dimension: Dimension) -> str:
    """The column that holds a dimension in marts and in ``indicator_value``."""
    return {"school": "school_id", "year": "school_year"}.get(dimension, dimension)


VALUE_DIMENSIONS: tuple[Dimension, ...] = tuple(
    d for d in DIMENSIONS if d == "school" or d not in SCHOOL_DIMENSIONS
)
"""Dimensions that are columns of ``indicator_value``; the others are facts about the school."""


def measure(connection: duckdb.DuckDBPyConnection, indicators: Iterable[Indicator]) -> None:
    """Make ``indicator_value`` of all indicators; impossible shares go to ``finding`` instead."""
    connection.execute(
        "create temp table measured as select *, '' as submission_id from (" + _no_values() + ")"
    )
    for indicator in indicators:
        check_shape(indicator)
        try:
            connection.execute(f"insert into measured by name {measurement(connection, indicator)}")
        except duckdb.Error as error:
            raise explained(connection, indicator, error) from error
    connection.execute(_REPORT_IMPOSSIBLE)
    connection.execute(_KEEP_POSSIBLE)


def measurement(connection: duckdb.DuckDBPyConnection, indicator: Indicator) -> str:
    """The select that computes one indicator; a share that nobody could give stands as 0 of 0, a count not at all."""
    columns = _columns(connection, indicator.source_table)
    dimensions = [f"{quoted(column_of(d))}" for d in indicator.by]
    known = "numerator is not null and denominator is not null"
    parts = ["numerator", "denominator", "n"]
    given = " where numerator is not null"
    if indicator.kind != "count":
        parts = [f"case when {known} then {part} else 0 end as {part}" for part in parts]
        given = ""
    submission = "min(submission_id)" if "submission_id" in columns else "cast(null as VARCHAR)"
    return (
        f"with grouped as (select {', '.join(dimensions)}, cast({indicator.numerator} as DOUBLE) as numerator,"
        f" cast({indicator.denominator} as DOUBLE) as denominator, cast({indicator.units} as DOUBLE) as n,"
        f" cast({indicator.squares or 'null'} as DOUBLE) as squares, {submission} as submission_id"
        f" from {quoted(indicator.source_table)} where {indicator.where} group by {', '.join(dimensions)})"
        f" select {literal(indicator.id)} as indicator_id, {', '.join(dimensions)}, {', '.join(parts)}, squares,"
        f" submission_id from grouped{given}"
    )


def _no_values() -> str:
    dimensions = [
        f"cast(null as {_TYPES.get(d, 'VARCHAR')}) as {quoted(column_of(d))}" for d in VALUE_DIMENSIONS
    ]
    parts = [f"cast(null as DOUBLE) as {part}" for part in ("numerator", "denominator", "n", "squares")]
    return f"select cast(null as VARCHAR) as indicator_id, {', '.join(dimensions + parts)} where false"


_IMPOSSIBLE = (
    "numerator > denominator and indicator_id in (select indicator_id from indicator where kind = 'share')"
)

_REPORT_IMPOSSIBLE = f"""
insert into finding by name
select
    measured.submission_id,
    submission.file,
    measured.school_id,
    'warning' as severity,
    'share_over_whole' as rule,
    indicator.title as column_title,
    cast(cast(measured.numerator as BIGINT) as VARCHAR) as value,
    indicator.title || ': ' || cast(measured.numerator as BIGINT) || ' из ' || cast(measured.denominator as BIGINT)
        || ' — часть больше целого, для организации показатель не считается' as message,
    'Исправьте оба числа и пришлите файл заново' as fix
from (select * from measured where {_IMPOSSIBLE}) as measured
inner join indicator on indicator.indicator_id = measured.indicator_id
left join submission on submission.submission_id = measured.submission_id
"""

_KEEP_POSSIBLE = f"""
create table indicator_value as
select * exclude (submission_id) from measured
where not ({_IMPOSSIBLE})
order by indicator_id, school_year, subject, grade, school_id
"""


def check_shape(indicator: Indicator) -> None:
    """What can be said of a declaration without any table."""
    if "school" not in indicator.by or "year" not in indicator.by:
        raise _wrong(indicator, "by", "нужны school и year")
    for key in ("split_by", "overlap"):
        for dimension in getattr(indicator, key):
            if dimension not in indicator.by:
                raise _wrong(indicator, key, f"«{dimension}» не входит в by")
    for dimension in indicator.by:
        if dimension not in VALUE_DIMENSIONS:
            raise _wrong(indicator, "by", f"«{dimension}» — свойство организации, его указывать не нужно")
    if indicator.kind == "share" and indicator.scale != 100:
        raise _wrong(indicator, "scale", "доля показывается в процентах: scale = 100")
    if (indicator.kind == "mean") != (indicator.squares is not None):
        raise _wrong(indicator, "squares", "сумма квадратов нужна среднему, и только ему")


def explained(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, error: duckdb.Error
) -> DeclarationError:
    """Which key of the declaration made its SQL fail."""
    columns = _columns(connection, indicator.source_table)
    if not columns:
        return _wrong(indicator, "from", f"таблицы «{indicator.source_table}» нет")
    for dimension in indicator.by:
        if column_of(dimension) not in columns:
            return _wrong(
                indicator, "by", f"в таблице «{indicator.source_table}» нет столбца «{column_of(dimension)}»"
            )
    table = quoted(indicator.source_table)
    tried = {"where": f"select 1 from {table} where {indicator.where}"}
    tried |= {
        part: f"select {getattr(indicator, part)} from {table}" for part in _PARTS if getattr(indicator, part)
    }
    for key, statement in tried.items():
        try:
            connection.execute(f"explain {statement}")
        except duckdb.Error as fault:
            return _wrong(indicator, key, str(fault).splitlines()[0])
    return _wrong(indicator, "numerator", str(error).splitlines()[0])


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    found = connection.execute(
        "select column_name from duckdb_columns() where table_name = ?", [table]
    ).fetchall()
    return [name for (name,) in found]


def _wrong(indicator: Indicator, key: str, what: str) -> DeclarationError:
    return DeclarationError(
        f"indicators/{indicator.theme}.toml, показатель «{indicator.id}», ключ «{key}»: {what}"
    )

"""From declared indicators to the rows of ``indicator_value``: additive parts by school, year and breakdown.

An indicator is a declaration only: this module turns any of them into SQL, and says which file and key is
wrong when a table, a column or a formula does not fit.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from pipelines.contract import DIMENSIONS, SCHOOL_DIMENSIONS, DeclarationError, Dimension, Indicator
from pipelines.sqltext import literal, quoted

_TYPES = {"year": "BIGINT", "grade": "BIGINT"}
_PARTS = ("numerator", "denominator", "units", "squares")
_KNOWN = "numerator is not null and denominator is not null"
_PARTS_OF_COUNT = ("numerator, denominator, n", "numerator is not null")
_PARTS_OF_SHARE = (
    ", ".join(
        f"case when {_KNOWN} then {part} else 0 end as {part}" for part in ("numerator", "denominator", "n")
    ),
    "true",
)


def column_of(dimension: Dimension) -> str:
    """The column that holds a dimension in marts and in ``indicator_value``."""
    return {"school": "school_id", "year": "school_year"}.get(dimension, dimension)


VALUE_DIMENSIONS: tuple[Dimension, ...] = tuple(
    d for d in DIMENSIONS if d == "school" or d not in SCHOOL_DIMENSIONS
)
"""Dimensions that are columns of ``indicator_value``; the others are facts about the school."""


def measure(connection: duckdb.DuckDBPyConnection, indicators: Iterable[Indicator]) -> None:
    """Make ``indicator_value`` of all indicators; impossible shares go to ``finding`` instead.

    Its rows are ordered, by indicator, year, subject, grade and school first, so that questions read few of them.
    Each indicator is ordered by itself: that takes a fifth of ordering the whole.
    """
    connection.execute(
        "create temp table measured as select *, '' as submission_id from (" + _no_values() + ")"
    )
    sent = tables_of_submissions(connection)
    for indicator in sorted(indicators, key=lambda one: one.id):
        check_shape(indicator)
        try:
            connection.execute(f"insert into measured by name {measurement(indicator, sent)}")
        except duckdb.Error as error:
            raise explained(connection, indicator, error) from error
    connection.execute(_REPORT_IMPOSSIBLE)
    connection.execute(_KEEP_POSSIBLE)


def tables_of_submissions(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The tables whose rows say which submission they came with."""
    sql = "select table_name from duckdb_columns() where column_name = 'submission_id'"
    return frozenset(name for (name,) in connection.execute(sql).fetchall())


def measurement(indicator: Indicator, sent: frozenset[str]) -> str:
    """The select that computes one indicator; ``sent`` are the tables whose rows name a submission.

    A share or mean that nobody could give stands as 0 of 0, so that its note can say so; a count not at all.
    """
    dimensions = ", ".join(quoted(column_of(dimension)) for dimension in sorted(indicator.by, key=_order))
    submission = "min(submission_id)" if indicator.source_table in sent else "cast(null as VARCHAR)"
    parts, given = _PARTS_OF_COUNT if indicator.kind == "count" else _PARTS_OF_SHARE
    return f"""
        with grouped as (
            select
                {dimensions},
                cast({indicator.numerator} as DOUBLE) as numerator,
                cast({indicator.denominator} as DOUBLE) as denominator,
                cast({indicator.units} as DOUBLE) as n,
                cast({indicator.squares or "null"} as DOUBLE) as squares,
                {submission} as submission_id
            from {quoted(indicator.source_table)}
            where {indicator.where}
            group by {dimensions}
        )

        select {literal(indicator.id)} as indicator_id, {dimensions}, {parts}, squares, submission_id
        from grouped
        where {given}
        order by {dimensions}
    """


def _order(dimension: Dimension) -> tuple[int, str]:
    """What most questions name comes first."""
    first = ("year", "subject", "grade", "school")
    return (first.index(dimension) if dimension in first else len(first)), dimension


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
    cast(measured.numerator as BIGINT) || '' as value,
    indicator.title || ': ' || cast(measured.numerator as BIGINT) || ' из '
        || cast(measured.denominator as BIGINT)
        || ' — часть больше целого, показатель не рассчитан' as message,
    'Исправьте оба числа и пришлите файл заново' as fix
from (select * from measured where {_IMPOSSIBLE}) as measured
inner join indicator on indicator.indicator_id = measured.indicator_id
left join submission on submission.submission_id = measured.submission_id
"""

_KEEP_POSSIBLE = f"""
create table indicator_value as
select * exclude (submission_id) from measured
where not ({_IMPOSSIBLE})
"""


def check_shape(indicator: Indicator) -> None:
    """What can be said of a declaration without any table."""
    for key in ("split_by", "overlap"):
        for dimension in getattr(indicator, key):
            if dimension not in indicator.by:
                raise _wrong(indicator, key, f"«{dimension}» не входит в by")
    of_school = [dimension for dimension in indicator.by if dimension not in VALUE_DIMENSIONS]
    for wrong, key, what in (
        (not {"school", "year"} <= {*indicator.by}, "by", "нужны school и year"),
        (of_school, "by", f"{of_school} — свойства организации, их указывать не нужно"),
        (indicator.kind == "share" and indicator.scale != 100, "scale", "доля — в процентах: scale = 100"),
        ((indicator.kind == "mean") != bool(indicator.squares), "squares", "нужна среднему, и только ему"),
    ):
        if wrong:
            raise _wrong(indicator, key, what)


def explained(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, error: duckdb.Error
) -> DeclarationError:
    """Which key of the declaration made its SQL fail."""
    columns = columns_of(connection, indicator.source_table)
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


def columns_of(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Columns of a table, if there is one: a bare look at it is ten times as fast as the catalogue."""
    try:
        found = connection.execute(f"select * from {quoted(table)} limit 0").description
    except duckdb.CatalogException:
        return []
    return [column[0] for column in found or []]


def _wrong(indicator: Indicator, key: str, what: str) -> DeclarationError:
    return DeclarationError(
        f"indicators/{indicator.theme}.toml, показатель «{indicator.id}», ключ «{key}»: {what}"
    )

"""What is new in a snapshot against the one before it, in a few Russian sentences."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import duckdb

from pipelines.publish import CONFIG
from pipelines.words import NBSP, number, plural, school_year

MOST = 8
"""So many changed indicators are named, the others counted."""

_TOTALS = """
select
    value.indicator_id, value.school_year, any_value(indicator.title), any_value(indicator.unit),
    case when any_value(indicator.kind) = 'count' then sum(value.numerator)
        else any_value(indicator.scale) * sum(value.numerator) / nullif(sum(value.denominator), 0) end
from indicator_value as value
inner join indicator on indicator.indicator_id = value.indicator_id
where not list_has_any(indicator.split_by, ['term', 'subject', 'level', 'topic', 'competence', 'task'])
group by value.indicator_id, value.school_year
order by value.school_year desc, value.indicator_id
"""


class Total(NamedTuple):
    """An indicator of the whole district in one year, as shown: rounded."""

    title: str
    unit: str
    value: float


class Contents(NamedTuple):
    """What two snapshots are compared by."""

    schools: dict[str, str]
    totals: dict[tuple[str, int], Total]


def changes_since(previous: Path | None, connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Sentences on schools that came or went and indicators that moved; the first build says so."""
    before = _read(previous) if previous else None
    if before is None:
        return ["Это первый снимок."]
    after = _contents(connection)
    return (_schools(before, after) + _years(before, after) + _moved(before, after)) or [
        "Ни один показатель не изменился."
    ]


def _read(path: Path) -> Contents | None:
    """The previous snapshot, None if this version of DuckDB cannot read it."""
    try:
        with closing(duckdb.connect(path, read_only=True, config=dict(CONFIG))) as connection:
            return _contents(connection)
    except duckdb.Error:
        return None


def _contents(connection: duckdb.DuckDBPyConnection) -> Contents:
    schools = connection.execute(
        "select school_id, short_name from dim_school order by short_name"
    ).fetchall()
    totals = {
        (indicator, year): Total(title, unit, round(value, 1))
        for indicator, year, title, unit, value in connection.execute(_TOTALS).fetchall()
        if value is not None
    }
    return Contents(dict(schools), totals)


def _schools(before: Contents, after: Contents) -> list[str]:
    came = [name for key, name in after.schools.items() if key not in before.schools]
    went = [name for key, name in before.schools.items() if key not in after.schools]
    return _named("Появились организации", came) + _named("Больше нет организаций", went)


def _named(said: str, names: list[str]) -> list[str]:
    if not names:
        return []
    more = f" и ещё {number(len(names) - 3)}" if len(names) > 3 else ""
    return [f"{said}: {', '.join(names[:3])}{more}."]


def _years(before: Contents, after: Contents) -> list[str]:
    new = sorted({year for _, year in after.totals} - {year for _, year in before.totals})
    return (
        [f"Впервые есть данные за {', '.join(map(school_year, new))} учебный год."]
        if new and before.totals
        else []
    )


def _moved(before: Contents, after: Contents) -> list[str]:
    moved = [
        f"{now.title}, {school_year(key[1])}: {_shown(then)} → {_shown(now)}".rstrip(".") + "."
        for key, now in after.totals.items()
        if (then := before.totals.get(key)) and then.value != now.value
    ]
    left = len(moved) - MOST
    more = (
        [f"Изменились и ещё {plural(left, 'показатель', 'показателя', 'показателей')}."] if left > 0 else []
    )
    return moved[:MOST] + more


def _shown(total: Total) -> str:
    digits = 0 if float(total.value).is_integer() and total.unit != "%" else 1
    return f"{number(total.value, digits)}{NBSP}{total.unit}" if total.unit else number(total.value, digits)

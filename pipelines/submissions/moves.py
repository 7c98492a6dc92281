"""Which indicators a file would move, and by how much: the marts it touches, built twice in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb
import pyarrow as pa

from pipelines.build import offer_inputs
from pipelines.contract import Declarations, declarations
from pipelines.findings import FileReport
from pipelines.indicators import measure
from pipelines.meaning import write_indicators
from pipelines.models import Model, models, run_model
from pipelines.publish import CONFIG
from pipelines.staging import Store, write_rows
from pipelines.words import digits

Tables = Mapping[str, pa.Table]

_TOTALS = """
select value.indicator_id, value.school_year, value.school_id, any_value(indicator.title), any_value(indicator.unit),
    case when any_value(indicator.kind) = 'count' then sum(value.numerator)
        else any_value(indicator.scale) * sum(value.numerator) / nullif(sum(value.denominator), 0) end,
    any_value(indicator.kind), sum(value.numerator), sum(value.denominator), sum(value.n)
from indicator_value as value
inner join indicator on indicator.indicator_id = value.indicator_id
where not list_has_any(indicator.split_by, ['term', 'subject', 'level', 'topic', 'competence', 'task'])
group by grouping sets ((1, 2), (1, 2, 3))
"""


class Counts(NamedTuple):
    """What stands behind a number: how much of it may be shown depends on them."""

    numerator: float
    denominator: float
    n: float


class Move(NamedTuple):
    """An indicator of one organisation (None: the whole district) in one year, before and after."""

    title: str
    unit: str
    school_year: int | None
    school: str | None
    before: float | None
    after: float | None
    kind: str
    before_of: Counts | None
    after_of: Counts | None


class _Total(NamedTuple):
    title: str
    unit: str
    value: float | None
    kind: str
    counts: Counts


_Key = tuple[str, int | None, str | None]
_Totals = dict[_Key, _Total]


def moves(root: Path, report: FileReport, tables: Tables) -> list[Move]:
    """Indicators of the district and of the file's organisations that differ as shown."""
    store, declared = Store(root), declarations()
    reports = store.reports()
    touched = _touched(tables)
    with TemporaryDirectory(prefix="kabinet-") as folder:
        new = _staged(report, tables, Path(folder))
        rest = [one for one in reports if one.sha256 != report.sha256]
        before = _totals(store, reports, touched, declared)
        after = _totals(store, [*rest, new], touched, declared)
    schools = {part.school for part in report.submissions} | {None}
    found = [_move(key, before.get(key), after.get(key)) for key in {**before, **after} if key[2] in schools]
    moved = [one for one in found if one.before != one.after]
    return sorted(moved, key=lambda m: (m.school is None, -(m.school_year or 0), m.title))


def _move(key: _Key, was: _Total | None, now: _Total | None) -> Move:
    one = now or was
    assert one is not None  # the key is of one of them
    return Move(
        one.title, one.unit, key[1], key[2], was and was.value, now and now.value, one.kind,
        was and was.counts, now and now.counts,
    )  # fmt: skip


def _staged(report: FileReport, tables: Tables, folder: Path) -> FileReport:
    """The record as it would be, its rows in a folder of their own."""
    names = {}
    for table, rows in tables.items():
        path = folder / f"{table}.parquet"
        write_rows(rows, path)
        names[table] = str(path)
    return report.model_copy(update={"tables": names})


def _touched(tables: Iterable[str]) -> set[str]:
    """The given tables and every mart that reads them, directly or not."""
    touched = set(tables)
    for model in models():  # each after those it reads
        if model.words & touched:
            touched.add(model.name)
    return touched


def _needed(touched: set[str]) -> list[Model]:
    """Touched marts and all that they read, in order."""
    needed = set(touched)
    for model in reversed(models()):
        if model.name in needed:
            needed |= model.words
    return [model for model in models() if model.name in needed]


def _totals(store: Store, reports: list[FileReport], touched: set[str], declared: Declarations) -> _Totals:
    indicators = [one for one in declared.indicators.values() if one.source_table in touched]
    with closing(duckdb.connect(config=dict(CONFIG))) as connection:
        offer_inputs(connection, store, reports, declared)
        for model in _needed(touched):
            run_model(connection, model)
        write_indicators(connection, declared)
        measure(connection, indicators)
        rows = connection.execute(_TOTALS).fetchall()
    return {
        (name, year, school): _Total(title, unit, _rounded(value, kind, unit), kind, Counts(*counts))
        for name, year, school, title, unit, value, kind, *counts in rows
    }


def _rounded(value: float | None, kind: str, unit: str) -> float | None:
    """As the pages show it: what is the same there has not moved."""
    return None if value is None else round(value, digits(kind, unit))

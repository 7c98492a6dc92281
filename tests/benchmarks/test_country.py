"""How counting grows to a country: schools of five works and a hundred pupils each, up to 20 million pupils' rows.

The sizes below a country run always and give the fit; the country itself (``KABINET_COUNTRY=1``) takes minutes and
some 20 GB of disk. The baseline is DuckDB's bare grouping of the same rows by the same keys.
"""

from __future__ import annotations

import os
from math import log
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.conftest import Measure, Report
from tests.benchmarks.test_measure import MADE

COUNT = """
import duckdb
from pipelines.contract import declarations
from pipelines.indicators import measure
from pipelines.models import macros, questions
newest = max((args[0] / "marts").glob("marts-*.duckdb"))
schools, whole = int(args[2]), args[1]
connection = duckdb.connect(whole)
connection.execute("set threads = 2; set memory_limit = '9GB'; set enable_progress_bar = false")
connection.execute(f"set temp_directory = '{whole.parent.as_posix()}'")
connection.execute(f"attach '{newest.as_posix()}' as built (read_only)")
connection.execute(macros())
for (name,) in connection.execute("select table_name from duckdb_tables() where database_name = 'built'").fetchall():
    if name not in ("indicator_value", "comparison"):
        some = "where false" if name.startswith("fct_") or name == "dim_school" else ""
        connection.execute(f"create table {name} as select * from built.{name} {some}")
connection.execute(f'''
    insert into dim_school by name
    select cast(100000 + i as varchar) as school_id, 'Школа ' || i as name, name as short_name, 'школа' as kind,
        'Район ' || (i // 20) as municipality from range({schools}) as one (i)''')
pupil = f'''
    select cast(100000 + i // 500 as varchar) as school_id, 2026 as school_year, 'vpr' as procedure,
        ['Русский язык', 'Математика', 'История', 'Биология', 'География'][i % 5 + 1] as subject, 4 + i % 5 as grade,
        (4 + i % 5) || ['А', 'Б', 'В', 'Г'][(i // 5) % 4 + 1] as class, cast(i as bigint) as pupil_code,
        i % 16 = 15 as is_absent, cast(hash(i) % 1000000 as bigint) as chance
    from range({schools} * 500) as one (i)'''
connection.execute(f'''
    insert into fct_vpr by name
    select * exclude (chance), if(is_absent, null, chance % 21) as total_points,
        if(is_absent, null, 2 + chance % 4) as mark, 3 + (chance // 7) % 3 as journal_mark,
        mark - journal_mark as mark_shift, sign(mark_shift) as journal_side, false as is_grouped,
        school_id as submission_id
    from ({pupil})''')
connection.execute('''
    insert into fct_vpr_task by name
    select school_id, school_year, procedure, subject, grade, class, pupil_code, cast(task as varchar) as task,
        if(task < 11, 'Б', 'П') as level, 'scored' as state,
        cast((pupil_code * 7 + task * task) % 3 > 0 as int) as points,
        1 as max_points, true as is_counted, false as is_grouped, submission_id
    from fct_vpr, range(1, 16) as one (task) where not is_absent''')
connection.execute("checkpoint")
bare, _ = timed(lambda: connection.execute('''create temp table bare as
    select school_id, school_year, procedure, subject, grade, class, task, level, sum(points) as k, sum(max_points) as n
    from fct_vpr_task group by all'''))
connection.execute("drop table bare")
counted, _ = timed(lambda: measure(connection, declarations().indicators.values()))
compared = timed(lambda: connection.execute(questions()))[0]
ask = '''select sum(numerator), sum(denominator) from indicator_value
    where indicator_id = 'quality_share' and school_id = ?'''
one = min(timed(lambda: connection.execute(ask, ["100007"]).fetchall())[0] for _ in range(5))
pupils, tasks, values = (connection.execute(f"select count(*) from {name}").fetchone()[0]
                         for name in ("fct_vpr", "fct_vpr_task", "indicator_value"))
done(counted=counted, bare=bare, compared=compared, one=one, pupils=pupils, tasks=tasks, values=values)
"""
SIZES = [400, 2_000, 8_000]
COUNTRY = 40_000
SECONDS, MEMORY_MB = 600.0, 12_000.0
LINEAR = 1.15
"""The largest slope of the fit of log time to log size that is still called near linear."""


@pytest.fixture(scope="module")
def found(measure: Measure, tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, Any]]:
    root = tmp_path_factory.mktemp("district")
    measure(MADE, root)
    sizes = [*SIZES, COUNTRY] if os.environ.get("KABINET_COUNTRY") else SIZES
    return {schools: _counted(measure, root, tmp_path_factory, schools) for schools in sizes}


def _counted(measure: Measure, root: Path, folders: pytest.TempPathFactory, schools: int) -> dict[str, Any]:
    path = folders.mktemp("country") / "whole.duckdb"
    try:
        return measure(COUNT, root, path, schools)
    finally:
        path.unlink(missing_ok=True)


def slope(points: list[tuple[float, float]]) -> float:
    """Least squares in logarithms: 1 is linear."""
    xs, ys = ([log(point[at]) for point in points] for at in (0, 1))
    x0, y0 = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - x0) * (y - y0) for x, y in zip(xs, ys, strict=True)) / sum((x - x0) ** 2 for x in xs)


def test_counting_grows_with_the_rows(found: dict[int, dict[str, Any]], report: Report) -> None:
    for schools, one in found.items():
        report(
            f"{schools:,} schools, {one['pupils']:,} pupils' rows, {one['tasks']:,} task scores:"
            f" {one['values']:,} values in {one['counted']:.1f} s, bare grouping of the scores {one['bare']:.1f} s:"
            f" {one['counted'] / one['bare']:.1f} times; memory {one['peak_mb']:,.0f} MB;"
            f" one school's share {1000 * one['one']:.1f} ms; comparisons {one['compared']:.1f} s"
        )
    fit = slope([(schools, one["counted"]) for schools, one in found.items()])
    last, largest = max(found.items())[1], max(found)
    told = last["counted"] * (COUNTRY / largest) ** fit
    report(
        f"time ~ schools^{fit:.2f}; a country of {COUNTRY:,} schools: {told:.0f} s (not more than {SECONDS:.0f})"
    )
    assert fit <= LINEAR
    assert told <= SECONDS
    assert last["peak_mb"] <= MEMORY_MB

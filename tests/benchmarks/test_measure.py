"""How long counting every indicator and every comparison takes: a district, and 300 schools with five years."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.conftest import Measure, Report

MADE = """
from pipelines.build import build
from pipelines.demo import generate
from pipelines.intake import intake
generate(args[0])
intake(None, args[0])
build(args[0])
done()
"""
COUNT = """
import duckdb
from pipelines.contract import declarations
from pipelines.indicators import measure
from pipelines.models import macros, questions
from pipelines.demo.model import YEARS
times, FIRST = int(args[1]), YEARS[0]
newest = max((args[0] / "marts").glob("marts-*.duckdb"))
connection = duckdb.connect()
connection.execute("set enable_progress_bar = false")
if times == 1:
    connection.execute("set threads = 1")  # as the build does for a district
connection.execute(f"attach '{newest.as_posix()}' as built (read_only)")
connection.execute(macros())
tables = "select table_name from duckdb_tables() where database_name = 'built'"
for (name,) in connection.execute(tables).fetchall():
    about = connection.execute(f"select column_name from (describe built.{name})").fetchall()
    is_of_schools = ("school_id",) in about and (name.startswith("fct_") or name == "dim_school")
    copies = f"range({times}) as copy(copy_number)" if is_of_schools else "(select 0 as copy_number) as copy"
    school = "replace (school_id || '-' || copy_number as school_id)" if is_of_schools else ""
    if name not in ("indicator_value", "comparison"):
        columns = f"* exclude (copy_number) {school}"
        connection.execute(f"create table {name} as select {columns} from built.{name}, {copies}")
    if times > 1 and is_of_schools and ("school_year",) in about:
        earlier = "replace (school_year - 1 as school_year)"
        connection.execute(f"insert into {name} by name select * {earlier} from {name} where school_year = {FIRST}")
began = time.process_time()
counted = timed(lambda: measure(connection, declarations().indicators.values()))[0]
compared = timed(lambda: connection.execute(questions()))[0]
worked = time.process_time() - began
counts = "count(*), count(distinct school_id), count(distinct school_year) filter (where school_year <= 2026)"
rows = connection.execute(f"select {counts} from indicator_value").fetchone()
facts = connection.execute("select count(*) from fct_vpr_task").fetchone()
done(worked=worked, counted=counted, compared=compared, rows=rows[0], schools=rows[1], years=rows[2], facts=facts[0])
"""


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory, measure: Measure) -> Path:
    root = tmp_path_factory.mktemp("district")
    measure(MADE, root)
    return root


@pytest.mark.parametrize(("times", "limit"), [(1, 1.0), (60, 10.0)], ids=["district", "region"])
def test_every_indicator_is_counted_in_time(
    district: Path, measure: Measure, report: Report, times: int, limit: float
) -> None:
    found = measure(COUNT, district, times)
    report(
        f"{found['schools']} organisations, {found['years']} years, {found['facts']:,} task scores:"
        f" {found['rows']:,} values in"
        f" {found['counted']:.2f} s, comparisons in {found['compared']:.2f} s (together ≤ {limit:.0f} s),"
        f" {found['worked']:.2f} s of processors"
    )
    assert found["counted"] + found["compared"] <= limit

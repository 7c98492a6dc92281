"""How fast files are taken in, against a bare reading of the same file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.conftest import Measure, Report

BARE = """
import pandas
seconds = min(timed(lambda: pandas.read_excel(args[0], engine="calamine"))[0] for _ in range(3))
done(seconds=seconds)
"""
FIRST = """
from pipelines.intake import Context, intake
gx, _ = timed(lambda: __import__("great_expectations"))
context = Context(year=2021, subject="Математика", grade=4)
seconds, reports = timed(lambda: intake([args[0]], args[1], context))
done(seconds=seconds, gx_import=gx, rows=sum(part.rows for part in reports[0].submissions))
"""
AGAIN = """
from pipelines.intake import Context, intake
context = Context(year=2021, subject="Математика", grade=4)
seconds, reports = timed(lambda: intake([args[0]], args[1], context))
done(seconds=seconds, rows=sum(part.rows for part in reports[0].submissions))
"""
DISTRICT = """
from pipelines.demo import generate
from pipelines.intake import intake
written, files = timed(lambda: generate(args[0]))
seconds, reports = timed(lambda: intake(None, args[0]))
done(written=written, seconds=seconds, files=len(reports))
"""
TIMES_BARE, AGAIN_SECONDS, PEAK_MB = 3.0, 0.3, 600
DISTRICT_SECONDS, WRITTEN_SECONDS = 25.0, 3.0


@pytest.fixture(scope="module")
def taken(
    regional_file: Path, measure: Measure, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, float]:
    """The better of two first intakes, each in a new process and a new data root."""
    roots = [tmp_path_factory.mktemp("root") for _ in range(2)]
    found = [measure(FIRST, regional_file, root) | {"root": root} for root in roots]
    return min(found, key=lambda one: one["seconds"])


def test_a_region_is_taken_in_within_three_bare_readings(
    regional_file: Path, taken: dict[str, float], measure: Measure, report: Report
) -> None:
    bare = measure(BARE, regional_file)["seconds"]
    ratio = taken["seconds"] / bare
    report(
        f"приём {taken['seconds']:.2f} с, голое чтение {bare:.2f} с: в {ratio:.2f} раза (не больше {TIMES_BARE})"
    )
    report(f"строк {taken['rows']:.0f}, импорт Great Expectations отдельно {taken['gx_import']:.1f} с")
    assert taken["rows"] > 20_000
    assert ratio <= TIMES_BARE


def test_intake_of_a_region_fits_into_memory(taken: dict[str, float], report: Report) -> None:
    report(f"память приёма {taken['peak_mb']:.0f} МБ (не больше {PEAK_MB})")
    assert taken["peak_mb"] <= PEAK_MB


def test_an_unchanged_file_is_answered_from_its_record(
    regional_file: Path, taken: dict[str, float], measure: Measure, report: Report
) -> None:
    again = measure(AGAIN, regional_file, taken["root"])
    report(f"повторный приём {again['seconds']:.3f} с (не больше {AGAIN_SECONDS}), импорт GX: {again['gx']}")
    assert not again["gx"]
    assert again["rows"] == taken["rows"]
    assert again["seconds"] <= AGAIN_SECONDS


def test_the_demonstration_district_is_written_and_taken_in(
    measure: Measure, report: Report, tmp_path: Path
) -> None:
    found = measure(DISTRICT, tmp_path)
    report(
        f"{found['files']} файлов: запись {found['written']:.2f} с, приём с импортом GX {found['seconds']:.1f} с"
    )
    assert found["written"] <= WRITTEN_SECONDS
    assert found["seconds"] <= DISTRICT_SECONDS

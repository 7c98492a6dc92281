"""How fast files are taken in, against a bare reading of the same file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
TOLD = """
from pipelines.intake import Context, check
from pipelines.validate import load
from pipelines.worker.shown import shown
load()
context = Context(year=2021, subject="Математика", grade=4)
checked, reports = timed(lambda: check([args[0]], args[1], context))
seconds, told = timed(lambda: shown(reports[0], args[0], args[1]))
places = sum(len(cause["places"]) for part in told["parts"] for cause in part["causes"])
done(seconds=seconds, checked=checked, places=places)
"""
TIMES_BARE, AGAIN_SECONDS, PEAK_MB = 3.0, 0.3, 600
TIMES_CHECKED = 1.0
DISTRICT_SECONDS, WRITTEN_SECONDS = 25.0, 3.0


ROUNDS = 3


@pytest.fixture(scope="module")
def rounds(
    regional_file: Path, measure: Measure, tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, Any]]:
    """First intakes, each in a new process and a new data root, every one beside a bare reading."""
    return [_round(regional_file, measure, tmp_path_factory.mktemp("root")) for _ in range(ROUNDS)]


def _round(path: Path, measure: Measure, root: Path) -> dict[str, Any]:
    bare = measure(BARE, path)["seconds"]
    return measure(FIRST, path, root) | {"root": root, "bare": bare}


def test_a_region_is_taken_in_within_three_bare_readings(
    rounds: list[dict[str, Any]], report: Report
) -> None:
    seconds, bare = (min(one[what] for one in rounds) for what in ("seconds", "bare"))
    ratio = seconds / bare
    report(f"приём {seconds:.2f} с, голое чтение {bare:.2f} с: в {ratio:.2f} раза (не больше {TIMES_BARE})")
    report(f"строк {rounds[0]['rows']}, импорт Great Expectations отдельно {rounds[0]['gx_import']:.1f} с")
    assert rounds[0]["rows"] > 20_000
    assert ratio <= TIMES_BARE


def test_intake_of_a_region_fits_into_memory(rounds: list[dict[str, Any]], report: Report) -> None:
    peak = max(one["peak_mb"] for one in rounds)
    report(f"память приёма {peak:.0f} МБ (не больше {PEAK_MB})")
    assert peak <= PEAK_MB


def test_an_unchanged_file_is_answered_from_its_record(
    regional_file: Path, rounds: list[dict[str, Any]], measure: Measure, report: Report
) -> None:
    again = measure(AGAIN, regional_file, rounds[0]["root"])
    report(f"повторный приём {again['seconds']:.3f} с (не больше {AGAIN_SECONDS}), импорт GX: {again['gx']}")
    assert not again["gx"]
    assert again["rows"] == rounds[0]["rows"]
    assert again["seconds"] <= AGAIN_SECONDS


def test_what_was_found_in_a_region_is_put_into_words_sooner_than_it_was_found(
    regional_file: Path, measure: Measure, report: Report, tmp_path: Path
) -> None:
    """Nobody knows its schools here: each has a finding, whose rows are shown on the page."""
    found = measure(TOLD, regional_file, tmp_path)
    ratio = found["seconds"] / found["checked"]
    report(
        f"ответ странице {found['seconds']:.2f} с, проверка {found['checked']:.2f} с: в {ratio:.2f} раза"
        f" (не больше {TIMES_CHECKED}); показано мест {found['places']}"
    )
    assert found["places"] >= 50
    assert ratio <= TIMES_CHECKED


def test_the_demonstration_district_is_written_and_taken_in(
    measure: Measure, report: Report, tmp_path: Path
) -> None:
    found = measure(DISTRICT, tmp_path)
    report(
        f"{found['files']} файлов: запись {found['written']:.2f} с, приём с импортом GX {found['seconds']:.1f} с"
    )
    assert found["written"] <= WRITTEN_SECONDS
    assert found["seconds"] <= DISTRICT_SECONDS

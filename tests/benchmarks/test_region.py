"""A region school by school: eight small files each, against a bare reading of the same files.

The bare reading is that of the other benchmarks of intake, pandas' with calamine. Cells alone, without a frame, come
in a fifth of its time; that ratio is told.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.conftest import Measure, Report
from tests.benchmarks.region import write_region
from tests.intake import files
from tests.intake.books import xlsx_of

TAKEN = """
import pandas
from python_calamine import CalamineWorkbook
from pipelines.intake import intake
from pipelines.validate import load
paths = sorted((args[0] / "raw").rglob("*.xlsx"))
# Only numbers of rows are kept: the cells of all files would count as memory of intake.
read = lambda path: len(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
cells, _ = timed(lambda: sum(map(read, paths)))
bare, _ = timed(lambda: sum(len(pandas.read_excel(path, engine="calamine")) for path in paths))
load()
seconds, reports = timed(lambda: intake(None, args[0]))
refused = sum(report.status == "refused" for report in reports)
helpers_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
done(cells=cells, bare=bare, seconds=seconds, files=len(paths), refused=refused, helpers_mb=helpers_mb)
"""
ONE_MORE = """
from pipelines.intake import intake
from pipelines.validate import load
gx, _ = timed(load)
seconds, reports = timed(lambda: intake([args[1]], args[0]))
done(gx_import=gx, seconds=seconds, status=reports[0].status)
"""
FEW, MANY = 30, 300
TIMES_BARE, LINEAR, FLAT, ONE_SECONDS = 3.0, 1.3, 1.3, 1.0


@pytest.fixture(scope="module")
def regions(measure: Measure, tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, Any]]:
    """A small and a large region, taken in by new processes."""
    found = {}
    for schools in (FEW, MANY):
        root = tmp_path_factory.mktemp("region")
        write_region(root / "raw", schools)
        found[schools] = measure(TAKEN, root) | {"root": root}
    return found


def test_small_files_are_taken_in_within_three_bare_readings(
    regions: dict[int, dict[str, Any]], report: Report
) -> None:
    found = regions[MANY]
    count, seconds = found["files"], found["seconds"]
    ratio = seconds / found["bare"]
    report(
        f"файлов {count}: {count / seconds:.0f} в секунду, голое чтение {count / found['bare']:.0f}: "
        f"в {ratio:.2f} раза (не больше {TIMES_BARE}); одних ячеек — в {seconds / found['cells']:.0f} раз"
    )
    assert found["refused"] == 0
    assert ratio <= TIMES_BARE


def test_small_files_are_taken_in_linearly(regions: dict[int, dict[str, Any]], report: Report) -> None:
    few, many = (one["seconds"] / one["files"] for one in (regions[FEW], regions[MANY]))
    report(
        f"на файл: {1000 * few:.1f} мс при {regions[FEW]['files']}, {1000 * many:.1f} мс при {regions[MANY]['files']}"
    )
    assert many <= LINEAR * few


def test_memory_does_not_grow_with_the_number_of_files(
    regions: dict[int, dict[str, Any]], report: Report
) -> None:
    few, many, helper = regions[FEW]["peak_mb"], regions[MANY]["peak_mb"], regions[MANY]["helpers_mb"]
    report(
        f"память приёма: {few:.0f} МБ на {regions[FEW]['files']} файлов, {many:.0f} МБ на {regions[MANY]['files']}, "
        f"у помощника {helper:.0f} МБ"
    )
    assert max(many, helper) <= FLAT * few


def test_one_new_file_among_many(
    regions: dict[int, dict[str, Any]], measure: Measure, report: Report, tmp_path: Path
) -> None:
    rows = [files.course("edu980001", f"Новая {name} Петровна") for name in ("Анна", "Инна", "Вера")]
    path = tmp_path / "новый.xlsx"
    path.write_bytes(xlsx_of([files.COURSES.titles, list(rows[0]), *(list(row.values()) for row in rows)]))
    found = measure(ONE_MORE, regions[MANY]["root"], path)
    report(
        f"один новый среди {regions[MANY]['files']}: {found['seconds']:.2f} с и импорт GX {found['gx_import']:.1f} с"
    )
    assert found["status"] == "accepted"
    assert found["seconds"] <= ONE_SECONDS

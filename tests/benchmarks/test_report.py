"""How fast reports are made, and in how much memory; charts as images against one image alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.downloads import has_browser
from tests.benchmarks.conftest import Measure, Report

DISTRICT = """
from pipelines.build import build
from pipelines.demo import generate
from pipelines.intake import intake
generate(args[0], schools=int(args[1]))
intake(None, args[0])
build(args[0])
done()
"""
OFFICE = """
from dashboard import report
publisher = report.Publisher("Район", "Отдел", "Кабинет", "", "Начальник")
asked = report.Request(2026, formats=("docx", "xlsx", "pptx"))
seconds, paths = timed(lambda: report.write(args[0], asked, args[1], publisher, lambda *_: None))
done(seconds=seconds, size=sum(path.stat().st_size for path in paths))
"""
IMAGES = """
import plotly.io
from dashboard import report
from dashboard.report.images import _drawn, charts
publisher = report.Publisher("Район", "Отдел", "Кабинет", "", "Начальник")
document = report.prepared(args[0], report.Request(2026), publisher, lambda *_: None)
figures = list(document.figures)
one, _ = timed(lambda: plotly.io.to_image(_drawn(figures[0]), format="png", scale=300 / 96))
seconds, _ = timed(lambda: charts(document))
done(one=one, seconds=seconds, count=2 * len(figures))
"""


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory, measure: Measure) -> Path:
    root = tmp_path_factory.mktemp("district") / "data"
    measure(DISTRICT, root, 5)
    return root


def test_the_demonstration_in_three_formats(
    district: Path, tmp_path: Path, measure: Measure, report: Report
) -> None:
    found = measure(OFFICE, district, tmp_path)
    report(f"DOCX + XLSX + PPTX: {found['seconds']:.1f} s, {found['peak_mb']:.0f} MB")
    assert found["seconds"] <= 20
    assert found["peak_mb"] <= 800


def test_a_region_of_300_schools(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, measure: Measure, report: Report
) -> None:
    root = tmp_path_factory.mktemp("region") / "data"
    measure(DISTRICT, root, 300)
    found = measure(OFFICE, root, tmp_path)
    report(f"300 schools: {found['seconds']:.1f} s, {found['peak_mb']:.0f} MB")
    assert found["seconds"] <= 60
    assert found["peak_mb"] <= 800


@pytest.mark.skipif(not has_browser(), reason="нет браузера")
def test_images_of_all_charts(district: Path, measure: Measure, report: Report) -> None:
    found = measure(IMAGES, district)
    each = (found["seconds"] - found["one"]) / found["count"]
    report(
        f"{found['count']} images: {found['seconds']:.1f} s, start-up {found['one']:.1f} s, {each:.2f} s each"
    )
    assert each <= 1

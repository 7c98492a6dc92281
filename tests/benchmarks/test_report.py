"""How fast reports are made, and in how much memory, beside bare writing; charts as images beside one image alone."""

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
RATIO = 16
"""Of the whole way from the snapshot to three files, to the bare writing of as many cells and charts."""
OFFICE = """
from dashboard import report
publisher = report.Publisher("Район", "Отдел", "Кабинет", "", "Начальник")
asked = report.Request(2026, formats=("docx", "xlsx", "pptx"))
start = time.process_time()
seconds, paths = timed(lambda: report.write(args[0], asked, args[1], publisher, lambda *_: None))
done(seconds=seconds, cpu=time.process_time() - start, size=sum(path.stat().st_size for path in paths))
"""
BARE = """
from dashboard import report
from dashboard.report.native.model import NativeChart
publisher = report.Publisher("Район", "Отдел", "Кабинет", "", "Начальник")
document = report.prepared(args[0], report.Request(2026), publisher, lambda *_: None)
tables = [[[c.text for c in row.cells] for row in grid.table.rows] for grid in document.grids]
charts = [f.form for f in document.figures if isinstance(f.form, NativeChart)]
import docx, openpyxl, pptx
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Mm

def words():
    made = docx.Document()
    for rows in tables:
        drawn = made.add_table(len(rows), len(rows[0]))
        for row, texts in zip(drawn.rows, rows):
            for cell, text in zip(row.cells, texts):
                cell.text = text
    made.save(args[1] / "bare.docx")

def slides():
    made = pptx.Presentation()
    for chart in charts * 2:  # as many as DOCX and PPTX hold together: python-docx has no charts
        data = CategoryChartData()
        data.categories = [str(n) for n in range(max(len(s.values) for s in chart.series))]
        for series in chart.series:
            data.add_series(series.name, series.values)
        place = made.slides.add_slide(made.slide_layouts[6]).shapes
        place.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Mm(10), Mm(10), Mm(200), Mm(100), data)
    made.save(args[1] / "bare.pptx")

def sheets():
    made = openpyxl.Workbook()
    for rows in tables:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(row)
    made.save(args[1] / "bare.xlsx")

start = time.process_time()
seconds, _ = timed(lambda: (words(), slides(), sheets()))
done(seconds=seconds, cpu=time.process_time() - start, tables=len(tables), charts=len(charts))
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
    _three_formats("district", 20, district, tmp_path, measure, report)


def test_a_region_of_300_schools(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, measure: Measure, report: Report
) -> None:
    root = tmp_path_factory.mktemp("region") / "data"
    measure(DISTRICT, root, 300)  # in a process of its own: what the build takes is not the report's
    _three_formats("300 schools", 60, root, tmp_path, measure, report)


def _three_formats(
    name: str, limit: float, root: Path, folder: Path, measure: Measure, report: Report
) -> None:
    bare, found = measure(BARE, root, folder), measure(OFFICE, root, folder)
    ratio = found["cpu"] / bare["cpu"]
    report(
        f"{name}, DOCX + XLSX + PPTX: {found['seconds']:.1f} s, {found['cpu']:.1f} s of CPU, "
        f"{found['peak_mb']:.0f} MB; bare writing of {bare['tables']} tables and {bare['charts']} charts: "
        f"{bare['seconds']:.1f} s, {bare['cpu']:.1f} s of CPU; ratio {ratio:.1f}"
    )
    assert found["seconds"] <= limit
    assert found["peak_mb"] <= 800
    assert ratio <= RATIO


@pytest.mark.skipif(not has_browser(), reason="нет браузера")
def test_images_of_all_charts(district: Path, measure: Measure, report: Report) -> None:
    found = measure(IMAGES, district)
    each = (found["seconds"] - found["one"]) / found["count"]
    report(
        f"{found['count']} images: {found['seconds']:.1f} s, start-up {found['one']:.1f} s, {each:.2f} s each"
    )
    assert each <= 1

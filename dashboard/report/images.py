"""All charts as PNG of 300 dots an inch and as SVG in one ZIP, drawn by one browser in one go."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from dashboard.downloads import NO_BROWSER, file_name, has_browser
from dashboard.report import ReportError
from dashboard.report.document import Document, Figure
from dashboard.report.package import MOMENT
from dashboard.theme import LIGHT

WIDTH = 655
"""Pixels at 96 dots an inch: the text column of a page."""
HEIGHT = 360
"""Of a figure that has none of its own; without both the drawing program takes its own size."""
SCALE = 300 / 96


def charts(report: Document) -> bytes:
    """The archive; `ReportError` where no browser is installed."""
    import plotly.io

    if not has_browser():
        raise ReportError(f"{NO_BROWSER}. Диаграммы без браузера есть в DOCX, PPTX и XLSX.")
    figures = list(report.figures)
    if not figures:
        raise ReportError(f"В документе «{report.title}» нет ни одного рисунка: архив был бы пуст.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place)
        drawn = [_drawn(figure) for figure in figures]
        names = [folder / f"{number:03d}" for number in range(len(figures))]
        plotly.io.write_images(
            [*drawn, *drawn], [f"{name}.png" for name in names] + [f"{name}.svg" for name in names],
            scale=[SCALE] * len(names) + [1] * len(names), width=WIDTH,
            height=[int(one.layout.height or HEIGHT) for one in (*drawn, *drawn)],
        )  # fmt: skip
        return _packed(figures, names)


def _drawn(figure: Figure) -> Any:
    drawn = figure.chart.figure(LIGHT)
    drawn.update_layout(width=WIDTH, paper_bgcolor=LIGHT.ground)
    return drawn


def _packed(figures: list[Figure], names: list[Path]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for figure, name in zip(figures, names, strict=True):
            for kind in ("png", "svg"):
                inside = zipfile.ZipInfo(file_name(figure.name, kind), MOMENT)
                inside.compress_type = zipfile.ZIP_DEFLATED
                content = Path(f"{name}.{kind}").read_bytes()
                archive.writestr(inside, _steady(content) if kind == "svg" else content)
    return held.getvalue()


def _steady(svg: bytes) -> bytes:
    """The same drawing without the names that plotly draws by lot: made again, it is the same."""
    for lot in re.findall(rb'id="(?:top)?defs-([0-9a-f]{6})"', svg):
        svg = re.sub(rb"(?<!#)" + lot, b"", svg)
    return re.sub(rb"(?<= trace)[0-9a-f]{6}", b"", svg)

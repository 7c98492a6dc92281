"""What needs a program that draws: PDF and the archive of charts, by the installed browser; and the same again."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from dashboard import report
from dashboard.downloads import has_browser
from dashboard.report import images, paper, pdf
from dashboard.report.document import Document
from dashboard.report.formats import made
from dashboard.theme import LIGHT
from tests.report.asked import anew, prepared

needs_browser = pytest.mark.skipif(not has_browser(), reason="нет браузера")


@pytest.fixture(scope="module")
def document(demo_root: Path) -> Document:
    asked = report.Request(2026, sections=("resources", "consultations"))
    return prepared(demo_root, asked)


@pytest.fixture(scope="module")
def again(demo_root: Path) -> Document:
    """The same request once more, from the snapshot on."""
    asked = report.Request(2026, sections=("resources", "consultations"))
    return anew(demo_root, asked)


def test_html_is_the_same_again(document: Document, again: Document) -> None:
    assert made(document, "html") == made(again, "html")


@pytest.mark.browser
@needs_browser
def test_charts_are_of_300_dots_and_the_same_again(document: Document, again: Document) -> None:
    first, second = (zipfile.ZipFile(io.BytesIO(made(one, "charts"))) for one in (document, again))
    figures = list(document.figures)
    assert figures
    assert first.namelist() == second.namelist()
    assert len(first.namelist()) == 2 * len(figures)
    for name in first.namelist():
        content = first.read(name)
        if name.endswith(".png"):
            width, height = struct.unpack(">II", content[16:24])
            assert width == int(images.WIDTH * images.SCALE)
            assert height == int(figures[0].chart.figure(LIGHT).layout.height * images.SCALE)
        else:
            drawn = etree.fromstring(content)
            assert drawn.tag.endswith("svg")
            assert "Лесная ОШ" in "".join(drawn.itertext())
        assert content == second.read(name)


@pytest.mark.browser
@needs_browser
def test_a_browser_prints_the_same_again(document: Document, again: Document) -> None:
    first, second = (made(one, "pdf") for one in (document, again))
    assert first.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", first)) >= 3
    assert undated(first) == undated(second)


@pytest.mark.browser
@needs_browser
def test_the_contents_of_a_pdf_say_pages(document: Document) -> None:
    pages = pdf.page_numbers(made(document, "pdf"))
    anchors = [part.anchor for part in document.parts]
    assert [pages[anchor] for anchor in anchors] == [3, 4]
    said = paper.html(document, pages)
    assert re.findall(r"</a> <span>(\d*)</span></li>", said) == ["3", "4"]
    assert pdf.page_numbers(b"%PDF-1.7 of another program") == {}


def undated(content: bytes) -> bytes:
    return re.sub(rb"/(CreationDate|ModDate) \(D:[^)]*\)", b"", content)


def test_without_a_browser_the_office_prints(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def run(command: list[str]) -> None:
        asked.append(command)
        Path(command[-1]).with_suffix(".pdf").write_bytes(b"%PDF-1.7")

    monkeypatch.setattr(pdf, "browser", lambda: None)
    monkeypatch.setattr(pdf, "office", lambda: "soffice")
    monkeypatch.setattr(pdf, "_run", run)
    assert made(document, "pdf") == b"%PDF-1.7"
    (command,) = asked
    assert command[0] == "soffice"
    assert command[-1].endswith("report.docx")


@pytest.mark.parametrize(("program", "words"), [("/нет/такой", "не справился"), ("true", "не записал файл")])
def test_a_program_that_fails_is_named(
    document: Document, monkeypatch: pytest.MonkeyPatch, program: str, words: str
) -> None:
    monkeypatch.setattr(pdf, "browser", lambda: program)
    with pytest.raises(report.ReportError, match=words):
        made(document, "pdf")


def test_the_office_is_looked_for_where_it_is_put(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda name: "/bin/soffice" if name == "libreoffice" else None)
    assert pdf.office() == "/bin/soffice"
    monkeypatch.setattr(pdf.shutil, "which", lambda _name: None)
    assert pdf.office() is None


def test_without_a_browser_charts_say_where_they_are(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "has_browser", lambda: False)
    with pytest.raises(report.ReportError, match="Диаграммы без браузера есть в DOCX"):
        made(document, "charts")

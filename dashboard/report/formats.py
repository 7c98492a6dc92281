"""One document, every format: each module is loaded when its format is asked for."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.report.document import Document


def made(document: Document, kind: str) -> bytes:
    """The file of a format of `dashboard.report.FORMATS`."""
    return _MAKERS[kind](document)


def _docx(document: Document) -> bytes:
    from dashboard.report.docx import docx

    return docx(document)


def _pptx(document: Document) -> bytes:
    from dashboard.report.pptx import pptx

    return pptx(document)


def _xlsx(document: Document) -> bytes:
    from dashboard.report.xlsx import xlsx

    return xlsx(document)


def _html(document: Document) -> bytes:
    from dashboard.report.paper import html

    return html(document).encode()


def _pdf(document: Document) -> bytes:
    from dashboard.report.pdf import pdf

    return pdf(document)


def _charts(document: Document) -> bytes:
    from dashboard.report.images import charts

    return charts(document)


_MAKERS: dict[str, Callable[[Document], bytes]] = {
    "docx": _docx, "pptx": _pptx, "xlsx": _xlsx, "html": _html, "pdf": _pdf, "charts": _charts,
}  # fmt: skip

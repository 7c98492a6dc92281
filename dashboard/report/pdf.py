"""PDF through what is installed: a browser prints the HTML, else LibreOffice the DOCX."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from dashboard.report import ReportError
from dashboard.report.document import Document

_PAGE = re.compile(rb"(\d+) 0 obj\s*<</Type /Page\b(?!s)")
_PLACE = re.compile(rb"/([\w-]+) \[(\d+) 0 R /XYZ")
PATIENCE = 180.0
"""Seconds that a printing program may take."""
NOBODY = (
    "PDF сделать нечем: на компьютере нет ни Chrome (Chromium, Edge, Яндекс Браузера), ни LibreOffice. "
    "Установите любую из этих программ или откройте DOCX и сохраните его как PDF."
)
_OFFICES = ("soffice", "libreoffice")
_WINDOWS = (
    "Program Files/LibreOffice/program/soffice.exe",
    "Program Files (x86)/LibreOffice/program/soffice.exe",
)


def pdf(report: Document) -> bytes:
    """The file; `ReportError` where no program can print."""
    from dashboard.report.docx import docx
    from dashboard.report.paper import html

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place)
        if path := browser():
            content = _printed(path, folder, html(report))
            pages = {} if report.is_short else page_numbers(content)
            return _printed(path, folder, html(report, pages)) if pages else content
        if path := office():
            return _converted(path, folder, docx(report))
    raise ReportError(NOBODY)


def page_numbers(content: bytes) -> dict[str, int]:
    """The page of every place that a link leads to, in a PDF as Chromium writes it: it counts no pages in contents.

    Nothing where the file is written otherwise; the contents then stand without numbers.
    """
    pages = {number: place for place, number in enumerate(_PAGE.findall(content), 1)}
    return {name.decode(): pages[at] for name, at in _PLACE.findall(content) if at in pages}


def browser() -> str | None:
    """The installed browser that can print."""
    from choreographer.browsers.chromium import Chromium

    found = Chromium.find_browser(skip_local=True)
    return str(found) if found else None


def office() -> str | None:
    """The installed LibreOffice."""
    found = next((path for name in _OFFICES if (path := shutil.which(name))), None)
    if found or sys.platform != "win32":
        return found
    drive = Path(sys.executable).anchor
    return next((str(Path(drive) / name) for name in _WINDOWS if (Path(drive) / name).exists()), None)


def _printed(path: str, folder: Path, page: str) -> bytes:
    source, target = folder / "report.html", folder / "report.pdf"
    source.write_text(page, encoding="utf-8", newline="\n")
    _run([
        path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
        f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer", "--virtual-time-budget=20000",
        f"--print-to-pdf={target}", source.as_uri(),
    ])  # fmt: skip
    return _read(target, path)


def _converted(path: str, folder: Path, content: bytes) -> bytes:
    source = folder / "report.docx"
    source.write_bytes(content)
    profile = (folder / "profile").as_uri()
    _run([path, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(folder),
          str(source)])  # fmt: skip
    return _read(folder / "report.pdf", path)


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReportError(f"PDF не получился: {Path(command[0]).name} не справился ({error}).") from error


def _read(path: Path, program: str) -> bytes:
    if not path.exists():
        raise ReportError(
            f"PDF не получился: {Path(program).name} не записал файл. Сохраните DOCX как PDF вручную."
        )
    return path.read_bytes()

"""Reports: documents made of one snapshot from the blocks of the screens, as files of every office format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.report.publisher import Publisher

if TYPE_CHECKING:
    from dashboard.queries import Queries
    from dashboard.queries.core import Remember
    from dashboard.report.declared import Declared
    from dashboard.report.document import Document

__all__ = ["FORMATS", "NoYearError", "Publisher", "ReportError", "Request", "prepared", "write"]

Progress = Callable[[str, int, int], None]
FORMATS = {
    "docx": "DOCX — документ для правки", "pptx": "PPTX — слайды", "xlsx": "XLSX — все таблицы",
    "html": "HTML — один файл для чтения", "pdf": "PDF — для печати", "charts": "ZIP — рисунки PNG и SVG",
}  # fmt: skip
SUFFIXES = {"charts": ".zip"}


class ReportError(Exception):
    """The report cannot be made; the message says why and what to do, in Russian."""


class NoYearError(ReportError):
    """The snapshot has nothing for the year; the message lists those it has."""


@dataclass(frozen=True)
class Request:
    """What is asked for."""

    year: int
    document: str = "analysis"
    formats: tuple[str, ...] = ("docx",)
    audience: str = ""
    """``internal``, ``school`` or ``public``; the document's own where empty."""
    school: str | None = None
    sections: tuple[str, ...] = ()
    release: str | None = None
    """The name of a frozen release; the newest snapshot where there is none."""
    name: str = ""
    """Of the files; the document's own where empty."""


def write(root: Path, asked: Request, folder: Path, publisher: Publisher, progress: Progress) -> list[Path]:
    """Write the files, each only when it is whole.

    Among the reports of the data root one that says something else stays under its name, so that the history leads to
    what was made; anywhere else a file replaces an earlier one of its name.
    """
    from dashboard.report.declared import document as declared
    from dashboard.report.formats import made
    from dashboard.report.history import remember

    unknown = [one for one in asked.formats if one not in FORMATS]
    if unknown:
        raise ReportError(f"Формата «{unknown[0]}» нет. Есть: {', '.join(FORMATS)}.")
    document = prepared(root, asked, publisher, progress)
    name = asked.name or file_name(declared(asked.document), document, asked.year)
    folder.mkdir(parents=True, exist_ok=True)
    is_kept = folder.resolve() == (root / "reports").resolve()
    found = []
    for done, one in enumerate(asked.formats):
        progress(f"записываю {one.upper()}", done, len(asked.formats))
        content = made(document, one)
        path = folder / f"{name}{SUFFIXES.get(one, f'.{one}')}"
        path = _free(path, content) if is_kept else path
        beside = path.with_name(f".{path.name}.part")
        beside.write_bytes(content)
        beside.replace(path)
        found.append(path)
    progress("", len(asked.formats), len(asked.formats))
    if is_kept:
        remember(root, document, found)
    return found


def _free(path: Path, content: bytes) -> Path:
    """The name, or the next one with a number, under which nothing else is kept."""
    place, number = path, 1
    while place.exists() and place.read_bytes() != content:
        number += 1
        place = path.with_stem(f"{path.stem} ({number})")
    return place


def prepared(
    root: Path, asked: Request, publisher: Publisher, progress: Progress, remember: Remember | None = None
) -> Document:
    """The document as data, before any format; ``remember`` keeps answers between two looks at it."""
    import duckdb

    from dashboard.audience import TITLES, for_whom
    from dashboard.marts import open_latest, open_release
    from dashboard.queries import Queries
    from dashboard.report import own
    from dashboard.report.composition import Order, compose
    from dashboard.report.declared import document as declared

    wanted = declared(asked.document)
    marts = open_release(root, asked.release) if asked.release else open_latest(root)
    audience = asked.audience or wanted.audience
    viewer = for_whom(root, marts, audience, asked.school if audience == "school" else None)
    q = Queries(marts, remember, viewer)
    _check_year(q.years(), asked.year)
    school = _school(q, viewer.school or asked.school) if wanted.is_of_school else None
    order = Order(
        wanted, asked.year, TITLES[viewer.audience], school, asked.sections,
        own.texts(root, own.place(wanted.id, school), asked.year), _release(root, asked, q.release.id),
    )  # fmt: skip
    try:
        return compose(q, order, publisher, progress)
    except duckdb.Error as error:
        raise ReportError(_older(asked.release)) from error


def _older(release: str | None) -> str:
    """What to do about a snapshot that lacks what the document asks for."""
    if release is None:
        return (
            "Снимок собран прежней версией программы, и для документа в нём не всё есть. "
            "Соберите витрины заново: kabinet build."
        )
    return (
        f"Выпуск «{release}» закреплён прежней версией программы, и для документа в нём не всё есть; сам он не "
        "меняется. Сделайте документ по новому выпуску: kabinet build, затем kabinet release ИМЯ, — или оставьте "
        "в документе другие разделы: --sections."
    )


def file_name(declared: Declared, document: Document, year: int) -> str:
    """What the files of a document are called, as any system takes it: the year is never cut off."""
    from dashboard.downloads import file_name as plain
    from dashboard.words import school_year

    spelled = school_year(year).replace("/", "-") if declared.period == "school_year" else str(year)
    about = f" {document.about}" if declared.is_of_school else ""
    return plain(f"{declared.short} {spelled}{about}", "x").removesuffix(".x")


def _check_year(years: list[int], year: int) -> None:
    from dashboard.words import school_year

    if year not in years:
        known = ", ".join(f"{y} ({school_year(y)})" for y in years) or "данных ещё нет"
        raise NoYearError(f"За {school_year(year)} учебный год данных нет. Есть: {known}.")


def _school(q: Queries, asked: str | None) -> str:
    if asked is None:
        raise ReportError("Документ — об одной организации. Назовите её: --school КОД.")
    if asked not in q.schools():
        raise ReportError(f"Организации «{asked}» нет. Назовите её код: kabinet value teachers --by school.")
    return asked


def _release(root: Path, asked: Request, snapshot: str) -> str:
    """The name under which the snapshot is frozen, also when it was asked for without its name."""
    from dashboard.marts import releases

    names = [one.name for one in releases(root) if one.id == snapshot]
    return asked.release or (names[0] if names else "")

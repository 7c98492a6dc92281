"""The command ``kabinet report``: a document of one frozen snapshot in the formats asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import FOUND, Data, option
from pipelines.settings import load
from pipelines.terminal import FINE, MistakeError, progress, say

if TYPE_CHECKING:
    from dashboard.report import Publisher, Request

WHAT = "Какой документ: analysis, mso, public, school, self_examination; или просто год — отчёт одним файлом HTML."
Progress = Callable[[str, int, int], None]
FIRST, LAST = 2010, 2100


def report(
    document: Annotated[str, typer.Argument(metavar="ДОКУМЕНТ", help=WHAT)],
    year: Annotated[
        int | None,
        option("--year", "ГОД", "Год, в котором кончается учебный год.", min=FIRST, max=LAST),
    ] = None,
    formats: Annotated[
        str, option("--format", "ФОРМАТ,…", "docx, pptx, xlsx, html, pdf, charts — через запятую.")
    ] = "docx",
    audience: Annotated[
        str, option("--audience", "КОМУ", "internal, school или public; иначе как принято для документа.")
    ] = "",
    school: Annotated[str | None, option("--school", "КОД", "О какой организации документ.")] = None,
    sections: Annotated[str, option("--sections", "РАЗДЕЛ,…", "Только эти разделы, в этом порядке.")] = "",
    release: Annotated[
        str | None,
        option("--release", "ВЫПУСК", "По какому закреплённому выпуску; иначе по последнему снимку."),
    ] = None,
    folder: Annotated[
        Path | None, option("--out", "ПАПКА", "Куда положить; иначе reports в папке данных.")
    ] = None,
    status: Annotated[Path | None, typer.Option("--status", hidden=True)] = None,
    data: Data = FOUND,
) -> int:
    """Сделать отчёт: документ, слайды, таблицы, PDF, рисунки — из одного закреплённого снимка."""
    from dashboard.report import Request

    if document.isdecimal():
        asked = Request(_year(document), formats=("html",), audience="public", name=f"Отчёт {document}")
    else:
        if year is None:
            raise MistakeError("Назовите год: --year 2026.")
        asked = Request(year, document, _listed(formats), audience, school, _listed(sections), release)
        asked = asked if release else _frozen(data, asked)
    with ExitStack() as held:
        bar = _told(status) if status else held.enter_context(progress("Отчёт"))
        _write(data, asked, folder or data / "reports", bar)
    return FINE


def _write(root: Path, asked: Request, folder: Path, bar: Progress) -> None:
    from dashboard import report as paper
    from dashboard.audience import UnknownAudience
    from dashboard.marts import NoSnapshotError
    from dashboard.report.declared import UnknownDocumentError
    from dashboard.report.own import TextsError
    from dashboard.slices import UnknownSchool

    known = (
        NoSnapshotError,
        paper.ReportError,
        UnknownDocumentError,
        UnknownAudience,
        UnknownSchool,
        TextsError,
    )
    try:
        found = paper.write(root, asked, folder, publisher(root), bar)
    except known as error:
        raise MistakeError(str(error)) from error
    for path in found:
        say(f"Отчёт готов: {path}")


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _year(text: str) -> int:
    if not FIRST <= int(text) <= LAST:
        raise MistakeError(f"Год «{text}» не подходит: нужно число от {FIRST} до {LAST}.")
    return int(text)


def _frozen(root: Path, asked: Request) -> Request:
    """The newest snapshot under a name: the one it was given before, else a new one."""
    from dashboard.marts import NoSnapshotError, open_latest, releases
    from pipelines.releases import ReleaseError, freeze

    try:
        newest = open_latest(root).release
    except NoSnapshotError as error:
        raise MistakeError(str(error)) from error
    known = next((one.name for one in releases(root) if one.id == newest.id), None)
    if known is None:
        known = f"Для отчётов, снимок {newest.built_at.astimezone():%d.%m.%Y %H:%M:%S}"
        try:
            freeze(root, known)
        except ReleaseError as error:
            raise MistakeError(str(error)) from error
    return replace(asked, release=known)


def _told(path: Path) -> Progress:
    """Progress as a small file that the page looks at."""

    def tell(what: str, done: int, total: int) -> None:
        beside = path.with_suffix(".new")
        said = {"what": what, "done": done, "total": total, "at": datetime.now(UTC).isoformat()}
        beside.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        beside.replace(path)

    return tell


def publisher(root: Path) -> Publisher:
    """Who publishes, as the settings say."""
    from dashboard.report import Publisher

    settings = load(root)
    return Publisher(
        district=settings.district,
        department=settings.department,
        office=settings.office,
        signer=settings.signer,
        signer_title=settings.signer_title,
    )

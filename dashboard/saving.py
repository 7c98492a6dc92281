"""Addresses of what figures and tables are saved as: the page is said anew, and its figure made into a file."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlsplit

from dashboard import downloads, shell
from dashboard.blocks import Chart, Page, Table, every_block
from dashboard.marts import NoSnapshotError
from dashboard.selection import Selection
from dashboard.server import data_root
from dashboard.view import views

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

_LOG = logging.getLogger(__name__)
_GONE = "Такого рисунка или таблицы больше нет. Обновите страницу и сохраните ещё раз."
_FAILED = "Файл не получился: это ошибка программы. Подробности записаны в журнале «Кабинета»."


def routes() -> list[Route]:
    """The addresses, for the server."""
    from starlette.routing import Route

    return [Route(f"{downloads.PLACE}{{kind}}", _saved)]


def _saved(request: Request) -> Response:
    from starlette.responses import PlainTextResponse, Response

    kind, asked = str(request.path_params["kind"]), request.query_params
    try:
        found = made(kind, asked.get("at", ""), asked.get("figure", ""))
    except (LookupError, NoSnapshotError):
        return PlainTextResponse(_GONE, 404)
    except Exception:
        _LOG.exception("Файл не получился: %s %s", kind, dict(asked))
        return PlainTextResponse(_FAILED, 503)
    name, content = found
    return Response(content, headers={"Content-Disposition": f"attachment; filename*=utf-8''{quote(name)}"})


def made(kind: str, at: str, key: str) -> tuple[str, bytes]:
    """Name and content of a figure's file.

    Parameters
    ----------
    kind
        One of `downloads.KINDS`.
    at
        The page's address with all that is chosen there: ``./results?year=2026``.
    key
        Key of the chart or table on that page.

    Raises
    ------
    LookupError
        No such kind, page or figure.
    """
    page = _page(at)
    block = next((one for one in figures(page) if one.key == key), None)
    if block is None or kind not in (downloads.KINDS if isinstance(block, Chart) else ("xlsx",)):
        raise LookupError(f"{kind} {at} {key}")
    title = _title(
        page, block.caption if isinstance(block, Table) else block.title or block.alt.split(":")[0]
    )
    return downloads.file_name(title, kind), _content(block, title, kind)


def _content(block: Chart | Table, title: str, kind: str) -> bytes:
    if isinstance(block, Table):
        return downloads.workbook(block.sheet or block, title)
    if kind == "xlsx":
        return downloads.workbook(block.table.sheet or block.table, title, block.caption.text)
    return downloads.image(block, title, kind)


def _title(page: Page, about: str) -> str:
    """The page's title and what the figure is about, which may name the page's subject itself."""
    head = page.title.text
    return about if about.startswith(head) else f"{head}. {about}" if about else head


def _page(at: str) -> Page:
    """The page of an address of the application; `LookupError` where there is none."""
    parts = urlsplit(at)
    path = parts.path.removeprefix("./")
    view = next((view for view in views() if view.path == path), None)
    if view is None:
        raise LookupError(at)
    chosen, _ = Selection.parse(dict(parse_qsl(parts.query)))
    return view.build(shell.queries(data_root()), chosen)


def figures(page: Page) -> Iterator[Chart | Table]:
    """What can be saved, wherever it stands on the page."""
    for block in every_block(page.blocks):
        if isinstance(block, Chart) or (isinstance(block, Table) and block.has_download):
            yield block

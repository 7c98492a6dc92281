"""Files of the desk at an address of their own: a link works whatever its page is doing meanwhile.

A button of Streamlit gets a new number at each run of the page, and what it made is thrown away at the end of other
runs; the desk runs three times a second while anything is being done.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dashboard.blocks import Save
from dashboard.desk import post
from dashboard.markup import save
from dashboard.server import data_root

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

_PLACE = "/files/"
_ASKED = {"template": ("source", "school"), "returned": ("check",)}
"""What may be asked of the worker, and what has to be said."""
_NAME = re.compile(r"[\w-]{1,80}")


def link(title: str, kind: str, **said: str | None) -> str:
    """A link that looks like a button and saves a file."""
    query = urlencode({name: value for name, value in said.items() if value})
    return save(Save(title, f"{_PLACE}{kind}?{query}"))


def routes() -> list[Route]:
    """The addresses, for the server."""
    from starlette.routing import Route

    return [Route(f"{_PLACE}{{kind}}", _made)]


def _made(request: Request) -> Response:
    """The file that the worker makes for this address."""
    from starlette.responses import FileResponse, PlainTextResponse

    kind = str(request.path_params["kind"])
    said: dict[str, Any] = {
        name: value for name, value in request.query_params.items() if name in _ASKED.get(kind, ())
    }
    if not said or not all(_NAME.fullmatch(value) for value in said.values()):
        return PlainTextResponse("Такого файла нет.", 404)
    root = data_root()
    name = post.post(root, kind, **said)
    answer = post.wait(root, name)
    path = post.outcome(root, name)
    if path is None:
        return PlainTextResponse(str(answer.get("message")), 503)
    return FileResponse(path, filename=path.name)

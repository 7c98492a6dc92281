"""A run of text and charts on the screen, sent to the browser in one piece.

Streamlit would make an element of each, clean every text anew, throw a chart away and draw the next from nothing:
that was a quarter of the time from a click to the next screen. `sheet.js` changes what has changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.blocks import Chart
from dashboard.theme import Look

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

LIBRARY = f"/plotly-{version('plotly')}.js"
"""Where browsers find the library that draws: an address a version, so that it is fetched once."""
_KEPT = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Encoding": "identity",  # the server would press it anew for everybody
}


def routes() -> list[Route]:
    """The address of the library, for the server."""
    from starlette.routing import Route

    return [Route(LIBRARY, _library)]


def _library(request: Request) -> Response:
    from starlette.responses import FileResponse

    return FileResponse(str(files("plotly") / "package_data" / "plotly.min.js"), headers=_KEPT)


def text(html: str) -> str:
    """A piece of text."""
    return json.dumps(("text", html), ensure_ascii=False)


def chart(block: Chart, look: Look) -> str:
    """A piece that is a drawing; where its marks lead is in their ``customdata``."""
    from dashboard.figures.config import PLOTLY  # figures are loaded with the first page that has one

    figure = json.loads(block.figure(look).to_json())
    drawn = {
        "alt": block.alt, "data": figure["data"], "layout": figure["layout"], "config": PLOTLY, "library": LIBRARY,
    }  # fmt: skip
    return json.dumps(("chart", json.dumps(drawn, ensure_ascii=False)), ensure_ascii=False)


def send(pieces: Iterable[str], key: str) -> None:
    """Show the pieces one under another; the same ``key`` in the next run is the same place on the screen."""
    # As bytes: Streamlit looks for tables in everything else.
    _component()(key=key, data=f"[{','.join(pieces)}]".encode())


@cache
def _component() -> Any:
    script = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    return st.components.v2.component(
        "kabinet_sheet", html='<div class="kb-sheet"></div>', js=script, isolate_styles=False
    )

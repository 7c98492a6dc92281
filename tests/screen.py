"""What the application has sent to the screen, as the browser gets it."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def pieces(sheet: bytes) -> list[tuple[str, Any]]:
    """The pieces of a sheet: ``("text", html)`` and ``("chart", what is drawn)``."""
    return [(kind, content if kind == "text" else json.loads(content)) for kind, content in json.loads(sheet)]


def text_of(sheet: bytes) -> str:
    """The HTML of a sheet without its charts."""
    return "".join(content for kind, content in pieces(sheet) if kind == "text")


def html(app: AppTest) -> str:
    """All HTML on the screen."""
    sheets = (element.proto.bytes for element in app.get("bidi_component") if element.proto.bytes)
    return "".join([*(element.proto.body for element in app.get("html")), *map(text_of, sheets)])

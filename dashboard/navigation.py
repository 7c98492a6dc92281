"""Moving between screens: a followed link changes the address, and the address decides what is shown."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

_TARGET = "kb-target"


def follow(href: str) -> None:
    """Remember where to go; `arrive` goes there at the start of the next run. ``?…`` is on the same page."""
    st.session_state[_TARGET] = href


def arrive(pages: dict[str, Any], current: str) -> None:
    """Go where the last click led: change the address here, or switch the page."""
    href = st.session_state.pop(_TARGET, None)
    if not isinstance(href, str):
        return
    parts = urlsplit(href)
    page, params = parts.path.removeprefix("./").strip("/"), dict(parse_qsl(parts.query))
    if page == current or href.startswith("?"):
        st.query_params.from_dict(params)
    elif page in pages:
        st.switch_page(pages[page], query_params=params)


def listen() -> None:
    """Mount the script that turns clicks on links into runs of the application."""
    _navigator()(key="navigator", on_go_change=_clicked)


def _clicked() -> None:
    state: Any = st.session_state.get("navigator")
    if state and state.get("go"):
        follow(state["go"])


@cache
def _navigator() -> Any:
    script = (Path(__file__).parent / "navigator.js").read_text(encoding="utf-8")
    return st.components.v2.component("kabinet_navigator", js=script)

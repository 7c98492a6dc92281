"""Moving between screens: a followed link changes the address, and the address decides what is shown."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

from dashboard.selection import Selection
from dashboard.view import GROUPS, views

_TARGET = "kb-target"
_KEPT = "kb-kept"


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


def keep(chosen: Selection, understood: tuple[str, ...]) -> None:
    """Remember the choices of this page that go along to others; what it does not know stays as it was."""
    params = chosen.params()
    kept: dict[str, str] = {**st.session_state.get(_KEPT, {})}
    for name in understood:
        kept.pop(name, None)
    st.session_state[_KEPT] = kept | {name: params[name] for name in understood if name in params}


def last_visit() -> datetime | None:
    """When this browser was here before today's visit, as `navigator.js` keeps it in a cookie."""
    text = st.context.cookies.get("kb_before", "")
    return datetime.fromtimestamp(int(text), UTC) if text.isdigit() and len(text) < 12 else None


def menu() -> dict[str, dict[str, str]]:
    """The menu as group → address → title; each place leads there with those kept choices that it understands."""
    kept: dict[str, str] = st.session_state.get(_KEPT, {})
    found: dict[str, dict[str, str]] = {group: {} for group in GROUPS}
    for view in views():
        query = urlencode({name: kept[name] for name in view.keeps if name in kept})
        found[view.group][f"./{view.path}{f'?{query}' if query else ''}"] = view.title
    return found


def listen(places: str) -> None:
    """Mount the script that turns clicks on links into runs of the application, and the box that finds ``places``.

    They go as one text: a list would be looked through for tables in every run.
    """
    with st.sidebar:
        _navigator()(
            key="navigator",
            data={"places": places},
            on_go_change=_clicked,
            on_appearance_change=lambda: None,  # the run itself draws the page in other colours
        )


def _clicked() -> None:
    state: Any = st.session_state.get("navigator")
    if state and state.get("go"):
        follow(state["go"])


@cache
def _navigator() -> Any:
    script = (Path(__file__).parent / "navigator.js").read_text(encoding="utf-8")
    return st.components.v2.component("kabinet_navigator", html=_FINDER, js=script, isolate_styles=False)


_FINDER = """
<div class="kb-finder" role="search">
  <input type="text" role="combobox" aria-label="Найти" placeholder="Найти…  /" autocomplete="off" spellcheck="false"
    aria-expanded="false" aria-controls="kb-found" aria-autocomplete="list">
  <ul id="kb-found" role="listbox" aria-label="Найденное" hidden></ul>
</div>
"""

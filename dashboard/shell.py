"""One run of the application: the menu, the data's newest snapshot, one page for one address."""

from __future__ import annotations

import logging
import os
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard import components, navigation
from dashboard.blocks import Empty, Note, Page, Title
from dashboard.selection import Selection
from dashboard.theme import Look, look
from dashboard.view import GROUPS, View, views

_LOG = logging.getLogger(__name__)


def run() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title="Кабинет", layout="wide")
    appearance = look(st.context.theme.type)
    pages = {view.path: _page(view, appearance) for view in views()}
    menu = {group: [pages[view.path] for view in views() if view.group == group] for group in GROUPS}
    current = st.navigation({group: found for group, found in menu.items() if found})
    components.style(appearance, "Кабинет\nрайон")
    navigation.arrive(pages, "" if current == pages[""] else current.url_path)
    current.run()
    navigation.listen()


def _page(view: View, appearance: Look) -> st.Page:
    draw = partial(_draw, view, appearance)
    return st.Page(draw, title=view.title, url_path=view.path or "summary", default=not view.path)


def data_root() -> Path:
    """Where the data lie."""
    return Path(os.environ.get("KABINET_DATA", "data"))


def _draw(view: View, appearance: Look) -> None:
    chosen, ignored = Selection.parse(st.query_params.to_dict())
    page = view.build(None, chosen)
    components.show((page.title, *(Note(text, "watch") for text in ignored), *page.blocks), appearance)

"""One run of the application: the menu, the newest snapshot, one page for one address."""

from __future__ import annotations

import gc
import json
import logging
import pickle
import tomllib
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import components, finder, navigation, origins, tour
from dashboard.blocks import Empty, Foot, Link, Note, Page, Title
from dashboard.desk import post
from dashboard.marts import Marts, NoSnapshotError, open_latest
from dashboard.notebook import Notebook
from dashboard.panels import OWN, PIN, REMARK, WHOLE_PAGE, Here
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.server import data_root
from dashboard.theme import Look, look
from dashboard.view import View, views
from dashboard.words import day

_LOG = logging.getLogger(__name__)


def run() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title="Кабинет", layout="wide")
    appearance = look(st.context.theme.type)
    pages = {view.path: _page(view, appearance) for view in views()}
    current = st.navigation(list(pages.values()), position="hidden")
    navigation.arrive(pages, current.url_path)
    current.run()
    navigation.listen(_places(partial(_queries, data_root())))
    components.menu(navigation.menu(), current.url_path)
    _settle(current.url_path)


@cache
def _settle(path: str) -> None:
    """Take what a page's first run has loaded out of the garbage collector's sight.

    Streamlit collects all garbage after every run, before the browser gets the end of the page: going through the
    modules again and again costs several times what our own script does. Garbage of these few runs is kept.
    """
    gc.freeze()


def _page(view: View, appearance: Look) -> st.Page:
    draw = partial(_draw, view, appearance)
    return st.Page(draw, title=view.title, url_path=view.path or "summary", default=not view.path)


def is_demo(root: Path) -> bool:
    """Whether these are the pages of the demonstration district."""
    return (root / "demo.json").exists()


def district() -> str:
    """The district's name from the settings of the data root; plain words when there are none."""
    try:
        settings = tomllib.loads((data_root() / "settings.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "Мониторинг образования"
    return str(settings.get("district") or "Мониторинг образования")


def _draw(view: View, appearance: Look) -> None:
    chosen, ignored = Selection.parse(st.query_params.to_dict())
    navigation.keep(chosen, view.keeps)
    root = data_root()
    here = Here(view.path, chosen, Notebook(root), partial(post.leave_demo, root) if is_demo(root) else None)
    opened: list[Queries] = []
    page = say(view, partial(_opened, opened, root), chosen)
    warnings = tuple(Note(text, "watch") for text in ignored)
    whole = replace(
        page, blocks=(*warnings, *page.blocks, *_foot(here, [name for q in opened for name in q.asked]))
    )
    try:
        components.show_page(whole, appearance, here, district())
    except Exception:
        _LOG.exception("Страница «%s» не нарисовалась: %s", view.title, chosen)
        components.show_page(_broken(view), appearance, here, district(), "broken")


def _opened(opened: list[Queries], root: Path) -> Queries:
    """The page's queries, kept: they know what they were asked."""
    opened.append(_queries(root))
    return opened[-1]


def _foot(here: Here, asked: list[str]) -> tuple[Foot, ...]:
    """Which snapshot this is, and what can be done with the page; nothing before the first snapshot."""
    try:
        release = _marts(data_root()).release
    except NoSnapshotError:
        return ()
    built = release.built_at.astimezone()
    ways: tuple[Link, ...] = (
        Link("Закрепить на доске", here.page, here.chosen.but(panel=PIN)),
        Link(_remarked(here), here.page, here.chosen.but(panel=f"{REMARK}:{WHOLE_PAGE}")),
    )
    if here.page != origins.PAGE and (origin := origins.of_page(asked, here.view)):
        ways = (origin, *ways)
    if here.leave_demo:
        ways += (tour.start(), Link("Подключить свои файлы", here.page, here.chosen.but(panel=OWN)))
    return (Foot(f"Снимок данных от {day(built)} {built:%H:%M}", ways),)


def _remarked(here: Here) -> str:
    found = here.remarks_link(WHOLE_PAGE)
    return found.label if found and found.label.startswith("Заметки") else "Заметка к странице"


def say(view: View, opened: Callable[[], Queries], chosen: Selection) -> Page:
    """The page, or what to say where there is none: no data yet, or a fault of ours."""
    try:
        return view.build(opened(), chosen)
    except NoSnapshotError as error:
        if view.without_data:
            return view.without_data(chosen)
        return Page(Title(view.title), (_no_data(str(error)),))
    except Exception:
        _LOG.exception("Страница «%s» не построилась: %s", view.title, chosen)
        return _broken(view)


def _places(opened: Callable[[], Queries]) -> str:
    """Names and addresses of everything that can be found, as the browser reads them; without data, of the pages."""
    try:
        known = opened()
    except NoSnapshotError:
        return json.dumps(finder.addresses(finder.pages()))
    return known.remembered("places", lambda: json.dumps(finder.addresses(finder.places(known))))


def _broken(view: View) -> Page:
    return Page(Title(view.title), (_BROKEN,))


def _no_data(why: str) -> Empty:
    return Empty(
        "Данных ещё нет",
        why,
        (
            "Положите полученные файлы в папку data/raw или назовите их в команде.",
            "Примите файлы и соберите витрины.",
            "Обновите эту страницу.",
        ),
        ("kabinet up", "kabinet demo"),
    )


_BROKEN = Empty(
    "Страница не построилась",
    "Это ошибка программы, а не ваша. Данные не пострадали; подробности записаны в окне, где запущен «Кабинет».",
    (
        "Откройте страницу из меню слева, без выбора в адресе.",
        "Если не помогло, соберите витрины заново и обновите страницу.",
    ),
    ("kabinet build",),
)


def queries(root: Path) -> Queries:
    """Questions to the newest snapshot, answered from what others have asked already; `NoSnapshotError` without one."""
    asked = Queries(_marts(root), _remember)
    asked.notebook = Notebook(root)
    return asked


def _queries(root: Path) -> Queries:
    """The same for whoever looks at a page."""
    asked = queries(root)
    asked.last_visit = navigation.last_visit()
    return asked


@st.cache_resource(show_spinner=False, max_entries=4)
def _marts(root: Path) -> Marts:
    return open_latest(root)


_answer: ContextVar[Callable[[], Any]] = ContextVar("answer")


def _remember(release: str, question: str, answer: Callable[[], Any]) -> Any:
    """An answer known to everybody; each gets a copy.

    Streamlit's own memory inspects the function anew in every call, which costs as much as most answers: a page asks
    twenty times.
    """
    _answer.set(answer)
    return pickle.loads(_answered(release, question))


@lru_cache(maxsize=600)
def _answered(release: str, question: str) -> bytes:
    return pickle.dumps(_answer.get()())

"""Сбор данных: files are handed in here, and who has sent what by when."""

from __future__ import annotations

import os
from pathlib import Path

from dashboard.blocks import Block, Empty, Live, Page, Title
from dashboard.collected import board
from dashboard.parts import pick_year, year_links
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.theme import Look
from dashboard.view import View

PAGE = "collection"
TITLE = "Сбор данных"


def build(q: Queries, chosen: Selection) -> Page:
    """The desk and the board of a year."""
    years = q.years()
    if not years:
        return without_data(chosen)
    year, _ = pick_year(years, chosen)
    shown: tuple[Block, ...] = (year_links(years, year or 0, PAGE, chosen), DESK, board(q, year or 0))
    return Page(Title(TITLE), shown)


def without_data(chosen: Selection) -> Page:
    """The desk alone: the first file makes the first snapshot."""
    return Page(Title(TITLE), (DESK, _FIRST))


def _draw(look: Look) -> None:
    from dashboard.desk.draw import draw

    draw(Path(os.environ.get("KABINET_DATA", "data")), look)


_FIRST = Empty(
    "Данных ещё нет",
    "Начните с реестра организаций: по нему программа узнаёт, чей файл.",
    (
        "Перетащите сюда реестр, а за ним файлы школ и садов.",
        "Программа скажет, что это за файлы и что в них не так; верные примите.",
        "То же делает командная строка: положите файлы в папку data/raw или посмотрите выдуманный район.",
    ),
    ("kabinet up", "kabinet demo"),
)
DESK = Live(_draw)
VIEW = View(PAGE, TITLE, "Работа с данными", 5, build, without_data=without_data)

"""Доски: views that people pinned, with today's numbers where a view is an indicator."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from dashboard import pinned
from dashboard.blocks import (
    Block,
    Cards,
    Cell,
    Column,
    Entry,
    Form,
    Heading,
    Link,
    Links,
    Page,
    Row,
    Sentence,
    Table,
    Title,
)
from dashboard.explorer.scope import PAGE as EXPLORER
from dashboard.notebook import SUMMARY, Notebook, Pin
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.view import View
from dashboard.words import day, plural

PAGE = "boards"
REMOVE = "unpin"
HOW = (
    "Откройте любую страницу, лучше всего — в «Обозревателе», и нажмите внизу «Закрепить на доске». "
    f"Показатели с доски «{SUMMARY}» встанут карточками на первую страницу."
)
STARTERS = (
    ("Качество знаний по предметам", "indicator=quality_share&by=subject"),
    ("Категории по организациям", "indicator=any_category_share&by=school"),
    ("Курсы за три года по организациям", "indicator=course_3y_share&by=school"),
    ("Компьютеры по школам", "indicator=computers_per_100&by=school"),
)
"""Views to begin with, as long as nobody pinned anything."""


def build(q: Queries, chosen: Selection) -> Page:
    """One board: cards of its indicators, then its other pages."""
    notebook = q.notebook
    boards = notebook.boards() if notebook else []
    if notebook is None or not boards:
        return Page(Title("Доски", "закреплённые виды"), (Sentence("Здесь пока пусто.", HOW), *_starters(q)))
    board = chosen.view if chosen.view in boards else boards[0]
    pins = notebook.pins(board)
    choice = Links(tuple(Link(b, PAGE, Selection(view=b)) for b in boards), board, "Доска")
    size = plural(len(pins), "вид", "вида", "видов")
    tidy = chosen.panel == REMOVE
    return Page(
        Title("Доски", f"{board} · {size}"),
        (
            choice,
            *((_removal(notebook, board, pins),) if tidy else ()),
            *_indicators(q, pins),
            *_pages(pins),
            *(() if tidy else (_tidy(board),)),
        ),
    )


def _starters(q: Queries) -> tuple[Block, ...]:
    pins = [Pin("", "", title, EXPLORER, query, "", "") for title, query in STARTERS]
    found = pinned.cards(q, pins)
    return (Heading("С чего начать"), Cards(tuple(found))) if found else ()


def _indicators(q: Queries, pins: list[Pin]) -> tuple[Block, ...]:
    found = pinned.cards(q, pins)
    return (Cards(tuple(found)),) if found else ()


def _pages(pins: list[Pin]) -> tuple[Block, ...]:
    """Everything pinned as links: also what an indicator's card cannot show."""
    rows = tuple(
        Row((Cell(pin.title), Cell(pin.author), Cell(_moment(pin))), pinned.link(pin)) for pin in pins
    )
    columns = (Column("Вид", is_wide=True), Column("Кто закрепил"), Column("Когда"))
    return (Heading("Все виды доски"), Table(columns, rows, "pins", has_download=False))


def _moment(pin: Pin) -> str:
    return day(datetime.fromisoformat(pin.at).astimezone())


def _tidy(board: str) -> Links:
    return Links((Link("Убрать лишнее", PAGE, Selection(view=board, panel=REMOVE)),), "", "Правка доски")


def _removal(notebook: Notebook, board: str, pins: list[Pin]) -> Form:
    entries = tuple(
        Entry(pin.id, pin.title, f"{pin.author}, {_moment(pin)}", partial(notebook.remove, pin.id))
        for pin in pins
    )
    close = Link("Готово", PAGE, Selection(view=board))
    return Form("panel-unpin", f"Убрать с доски «{board}»", close=close, entries=entries)


VIEW = View(PAGE, "Доски", "Анализ", 70, build, ())

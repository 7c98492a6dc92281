"""Отчёты: a document of a frozen release is chosen, looked at, given own words, made and fetched here."""

from __future__ import annotations

from functools import partial

from dashboard.blocks import Empty, Live, Page, Title
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.server import data_root
from dashboard.theme import Look
from dashboard.view import View

TITLE = "Отчёты"
NOTHING = Empty(
    "Отчёт делать не из чего",
    "В данных ещё нет ни одного числа.",
    ("Примите файлы и соберите витрины.",),
    ("kabinet up",),
)


def build(q: Queries, chosen: Selection) -> Page:
    """The page, or why there is nothing to make a report of."""
    if not q.years():
        return Page(Title(TITLE), (NOTHING,))
    note = "анализ работы кабинета, итоговый отчёт, публичный доклад, лист школы, самообследование"
    return Page(Title(TITLE, note), (Live(partial(_draw, q)),))


def _draw(q: Queries, look: Look) -> None:
    from dashboard.bureau.draw import draw

    draw(q, data_root(), look)


VIEW = View("reports", TITLE, "Работа с данными", 15, build)

"""ИКТ-компетентность: levels and competences, the same people twice, deficits and the courses for them."""

from __future__ import annotations

from dashboard.blocks import Block, Empty, Link, Links, Note, Page, Title
from dashboard.ict import deficits, levels, same
from dashboard.parts import area, kind_links, pick_year, year_links
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.view import View
from dashboard.words import number, school_year

PAGE = "ict"
VIEWS = {
    "levels": ("Уровни и компоненты", levels.blocks),
    "same": ("Те же люди", same.blocks),
    "deficits": ("Дефициты и курсы", deficits.blocks),
}
NOTHING = Empty(
    "ИКТ-диагностики ещё нет",
    "В данных нет ни одной выгрузки ответов. Диагностика добровольная и не требует новых отчётов от педагогов.",
    (
        "Выгрузите ответы формы и положите файл в data/raw/ict_diagnostics.",
        "Примите файл и соберите витрины.",
    ),
    ("kabinet up",),
)


def build(q: Queries, chosen: Selection) -> Page:
    """The chosen view of one year."""
    years = q.years_of("ict_level_share")
    year, messages = pick_year(years, chosen)
    if year is None:
        return Page(Title("ИКТ-компетентность"), (NOTHING,))
    chosen = chosen.but(year=year)
    answered = q.one("ict_competence_mean", year=year, kind=chosen.kind).n
    kinds = kind_links(q, PAGE, chosen)
    view = chosen.view if chosen.view in VIEWS else "levels"
    head: list[Block] = [year_links(years, year, PAGE, chosen), *([kinds] if kinds else [])]
    tabs = tuple(Link(title, PAGE, chosen.but(view=name, part=None)) for name, (title, _) in VIEWS.items())
    title, body = VIEWS[view]
    return Page(
        Title("ИКТ-компетентность", f"{school_year(year)} · {area(q)} · ответили {number(answered)}"),
        (
            *head,
            *(Note(text, "watch") for text in messages),
            Links(tabs, title, "Вид"),
            *body(q, year, chosen),
        ),
    )


VIEW = View(PAGE, "ИКТ-компетентность", "Анализ", 30, build)

"""Кадры: how many, who they are by age, service, category and education, by organisation and over years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dashboard.blocks import (
    Block,
    Card,
    Cards,
    Empty,
    Filters,
    Link,
    Links,
    Note,
    Page,
    Sentence,
    Split,
    Title,
)
from dashboard.by_organisation import Topic, section
from dashboard.forecast import forecast
from dashboard.parts import (
    area,
    card,
    compared,
    kind_links,
    municipality_filter,
    of_years,
    pick_year,
    year_links,
)
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.staff_load import load, official
from dashboard.staffing import categories, expiries, groups
from dashboard.view import View
from dashboard.words import number, school_year

SHOWN = (
    "any_category_share",
    "top_category_share",
    "higher_education_share",
    "young_teacher_share",
    "age_55_share",
    "pension_age_share",
    "teacher_to_30_share",
    "first_category_share",
)
VIEWS = {
         "organisations": "По организациям", "ages": "Возраст и стаж", "categories": "Категории",
         "load": "Нагрузка и вакансии", "official": "Сверка с ОО-1", "forecast": "Прогноз"}  # fmt: skip
NOTHING = Empty(
    "Сведений о кадрах ещё нет",
    "Нет ни списков педагогов («банк педкадров»), ни анкет школ.",
    (
        "Положите список кадров в data/raw/staff_list или анкеты школ в data/raw/school_questionnaire.",
        "Примите файлы и соберите витрины.",
    ),
    ("kabinet up",),
)


def build(q: Queries, chosen: Selection) -> Page:
    """Cards choose the indicator; below it by organisation, by year, and the people in groups."""
    years = q.years_of("teachers")
    year, messages = pick_year(years, chosen)
    if year is None:
        return Page(Title("Кадры"), (NOTHING,))
    chosen, messages = _checked(q, chosen.but(year=year), messages)
    indicator = chosen.indicator or _first(q, year, chosen)
    teachers = q.one("teachers", year=year, kind=chosen.kind, municipality=chosen.municipality)
    kinds = kind_links(q, "staff", chosen)
    place = municipality_filter(q, chosen)
    head: list[Block] = [year_links(years, year, "staff", chosen), *([kinds] if kinds else [])]
    head += [Filters((place,))] if place else []
    view = chosen.view if chosen.view in VIEWS else "organisations"
    choice = Links(
        tuple(
            Link(title, "staff", chosen.but(view=None if name == "organisations" else name))
            for name, title in VIEWS.items()
        ),
        VIEWS[view],
        "Что показать",
    )
    note = f"{school_year(year)} · {chosen.municipality or area(q)} · педагогов: {number(teachers.numerator)}"
    warnings = (Note(text, "watch") for text in messages)
    cards = Cards(_cards(q, year, chosen, indicator))
    body = (
        _organisations(q, year, chosen, indicator)
        if view == "organisations"
        else PARTS[view](q, year, chosen)
    )
    return Page(Title("Кадры", note), (*head, *warnings, cards, choice, *body))


def _organisations(q: Queries, year: int, chosen: Selection, indicator: str) -> tuple[Block, ...]:
    """The chosen indicator in words, by organisation and by year."""
    said = compared(q, indicator, year, kind=chosen.kind, municipality=chosen.municipality)
    return (
        Sentence("", said, limits=of_years(q, indicator)),
        *section(q, Topic(indicator, "staff", year, chosen)),
    )


def _checked(q: Queries, chosen: Selection, messages: tuple[str, ...]) -> tuple[Selection, tuple[str, ...]]:
    if chosen.indicator in (None, *SHOWN):
        return chosen, messages
    return chosen.but(indicator=None), (*messages, f"Показателя «{chosen.indicator}» на этой странице нет.")


def _first(q: Queries, year: int, chosen: Selection) -> str:
    """The first indicator that has numbers."""
    where = {"year": year, "kind": chosen.kind, "municipality": chosen.municipality}
    return next((name for name in SHOWN if q.one(name, **where).n), SHOWN[0])


def _cards(q: Queries, year: int, chosen: Selection, indicator: str) -> tuple[Card, ...]:
    found: list[Card] = []
    for name in SHOWN:
        link = Link(name, "staff", chosen.but(indicator=name, part=None))
        item = card(q, name, year, link, kind=chosen.kind, municipality=chosen.municipality)
        found += [replace(item, is_current=name == indicator)] if item else []
    return tuple(found)


def _ages(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    left, right = groups(q, year, chosen.kind)
    return (Split(left, right, (1, 1)),) if left else (Note(NO_LISTS, "plain"),)


def _categories(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    found = categories(q, year, chosen)
    return (*found, *expiries(q, year, chosen)) if found else (Note(NO_LISTS, "plain"),)


NO_LISTS = "Возраст, стаж и категории по людям видны, когда есть список кадров; в анкете их нет."
PARTS: dict[str, Callable[[Queries, int, Selection], tuple[Block, ...]]] = {
    "ages": _ages,
    "categories": _categories,
    "load": load,
    "official": official,
    "forecast": forecast,
}

VIEW = View("staff", "Кадры", "Анализ", 20, build)

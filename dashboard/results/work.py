"""One work: its tasks, schools or classes, journal, scores, years — one question at a time."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.blocks import Block, Card, Cards, Link, Links, Page
from dashboard.display import shown
from dashboard.parts import sheet
from dashboard.queries import Queries
from dashboard.queries import results as question
from dashboard.queries.results import classes
from dashboard.results import groups, journal, places, scores, tasks, textbooks, years
from dashboard.results.scope import PAGE, VIEWS, Scope, head, who
from dashboard.words import NBSP, number, school_year

__all__ = ["build", "sheet"]

FIGURES = (
    ("participants", "Участников"),
    ("quality_share", "Качество знаний"),
    ("pass_share", "Успеваемость"),
    ("mean_primary_score", "Средний балл"),
    ("journal_confirmed_share", "Подтвердили отметку журнала"),
)

PARTS: dict[str, Callable[[Queries, Scope], tuple[Block, ...]]] = {
    "tasks": tasks.blocks,
    "schools": places.schools,
    "classes": places.classes,
    "groups": groups.blocks,
    "journal": journal.blocks,
    "scores": scores.blocks,
    "years": years.blocks,
    "textbooks": textbooks.blocks,
}


def build(q: Queries, s: Scope) -> Page:
    """The chosen view of a work."""
    assert s.work is not None
    views = available(q, s)
    view = s.chosen.view if s.chosen.view in views else "tasks"
    n = q.one("participants", **s.part).numerator
    title, top = head(
        q, s, s.work.label, f"ВПР, {school_year(s.year)} · {who(q, s)} · n{NBSP}={NBSP}{number(n)}"
    )
    choice = Links(
        tuple(
            Link(VIEWS[name], PAGE, s.chosen.but(view=None if name == "tasks" else name)) for name in views
        ),
        VIEWS[view],
        "Что показать",
    )
    return Page(title, (*top, _cards(q, s), choice, *PARTS[view](q, s)))


def available(q: Queries, s: Scope) -> list[str]:
    """Schools only for many schools, classes only where there are several, textbooks where any is named."""
    assert s.work is not None
    several = s.school is not None and len(classes(q, s.work, s.school.id)) > 1
    hidden = {"schools"} if s.school else {"classes"}
    books = q.viewer.audience == "internal" and question.textbooks(
        q, s.work, s.chosen.school, s.chosen.municipality
    )
    hidden |= set() if books else {"textbooks"}
    hidden |= set() if several and not s.chosen.class_ else {"classes"}
    return [name for name in VIEWS if name not in hidden]


def _cards(q: Queries, s: Scope) -> Cards:
    found = []
    for name, title in FIGURES:
        measure = q.one(name, **s.part)
        seen = shown(measure)
        top = s.work.max_total if s.work and name == "mean_primary_score" else None
        count = f"из {number(top)}, {seen.count}" if top and seen.count else seen.count or seen.note
        found.append(Card(title, seen.text, count, hint=seen.hover))
    return Cards(tuple(found), is_compact=True)

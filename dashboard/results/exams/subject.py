"""One subject of an exam: its figures, and one question at a time."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.blocks import Block, Card, Cards, Link, Links, Page
from dashboard.display import Measure, shown
from dashboard.queries import Queries
from dashboard.queries.exams import classes
from dashboard.results.exams import groups, places, tasks, years
from dashboard.results.exams.scope import Scope, head, who
from dashboard.results.procedures import PAGE
from dashboard.words import NBSP, number, plain, school_year

VIEWS = {
    "schools": "Школы",
    "classes": "Классы",
    "groups": "Группы результатов",
    "tasks": "Задания",
    "years": "По годам",
}
PARTS: dict[str, Callable[[Queries, Scope], tuple[Block, ...]]] = {
    "schools": places.schools, "classes": places.classes, "groups": groups.blocks, "tasks": tasks.blocks,
    "years": years.blocks,
}  # fmt: skip


def build(q: Queries, s: Scope) -> Page:
    """The chosen view of a subject."""
    assert s.exam is not None
    views = available(q, s)
    view = s.chosen.view if s.chosen.view in views else views[0]
    n = q.one(s.names().participants, **s.part).numerator
    note = f"{s.title}, {school_year(s.year)} · {who(q, s)} · n{NBSP}={NBSP}{number(n)}"
    title, top = head(q, s, s.exam.subject, note)
    links = (Link(VIEWS[name], PAGE, s.chosen.but(view=None if name == views[0] else name)) for name in views)
    choice = Links(tuple(links), VIEWS[view], "Что показать")
    return Page(title, (*top, _cards(q, s), choice, *PARTS[view](q, s)))


def available(q: Queries, s: Scope) -> list[str]:
    """Schools only for many, classes only where there are several; the region's form knows no single results."""
    assert s.exam is not None
    hidden = {"schools"} if s.school else {"classes"}
    several = s.school is not None and len(classes(q, s.exam, s.school.id)) > 1
    hidden |= set() if several and not s.chosen.class_ else {"classes"}
    hidden |= {"groups", "tasks"} if s.is_form or q.viewer.audience != "internal" else set()
    return [name for name in VIEWS if name not in hidden]


def _cards(q: Queries, s: Scope) -> Cards:
    assert s.exam is not None
    names = s.names()
    found = []
    for name in (
        names.participants,
        names.main,
        *([names.gap] if names.gap else []),
        names.passed,
        *names.figures,
    ):
        declared, measure = q.indicators[name], q.one(name, **s.part)
        seen = shown(measure)
        count = seen.count or seen.note
        if name == names.passed and s.exam.min_score is not None:
            count = (
                f"минимум {plain(s.exam.min_score)} · {count}"
                if count
                else f"минимум {plain(s.exam.min_score)}"
            )
        if name == names.gap and s.exam.region_mean is not None:
            count = f"регион {number(s.exam.region_mean, 2)}{_beyond(measure)}"
        found.append(
            Card(declared.short or declared.title, seen.text, count, hint=f"{seen.hover}; {declared.formula}")
        )
    return Cards(tuple(found), is_compact=True)


def _beyond(gap: Measure) -> str:
    """Whether a gap is more than chance, where the number of people allows to say so."""
    if not shown(gap).has_verdict or gap.low is None or gap.high is None:
        return ""
    if gap.low <= 0 <= gap.high:
        return f"; в{NBSP}пределах случайного"
    return "; выше" if gap.low > 0 else "; ниже"

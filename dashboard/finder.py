"""«Найти»: every page, organisation, indicator, work and exam in one box, by its name."""

from __future__ import annotations

from dashboard.blocks import Link
from dashboard.explorer.scope import PAGE as EXPLORER
from dashboard.queries import Queries
from dashboard.queries.exams import PROCEDURES, exams
from dashboard.queries.results import works
from dashboard.selection import Selection
from dashboard.view import views

MOST_SCHOOLS = 3_000
"""A country's organisations are found through their municipality; a longer list would slow every page."""


def places(q: Queries) -> tuple[Link, ...]:
    """Where one can go, pages first; the label says what kind of thing it is."""
    return (*pages(), *_schools(q), *_works(q), *_exams(q), *_indicators(q))


def addresses(found: tuple[Link, ...]) -> list[tuple[str, str]]:
    """Labels and addresses, as the page's script takes them: made once a snapshot, not in every run."""
    return [(place.label, place.href) for place in found]


def pages() -> tuple[Link, ...]:
    """The pages of the menu."""
    return tuple(Link(f"Страница: {view.title}", view.path) for view in views())


def _schools(q: Queries) -> tuple[Link, ...]:
    found = list(q.schools().values())
    if len(found) > MOST_SCHOOLS:
        return ()
    return tuple(Link(f"{s.label} · код {s.id}", "school", Selection(school=s.id)) for s in found)


def _works(q: Queries) -> tuple[Link, ...]:
    """Works of the latest year that has any."""
    years = sorted({work.year for work in works(q)})
    return tuple(
        Link(f"ВПР: {w.label}", "results", Selection(year=w.year, subject=w.subject, grade=w.grade))
        for w in (works(q, years[-1]) if years else ())
    )


def _exams(q: Queries) -> tuple[Link, ...]:
    """Exams of the latest year of each procedure."""
    latest = {exam.procedure: exam.year for exam in exams(q)}
    return tuple(
        Link(
            f"{PROCEDURES[exam.procedure]}: {exam.subject}", "results",
            Selection(year=exam.year, procedure=exam.procedure, subject=exam.subject),
        )
        for exam in exams(q) if exam.year == latest[exam.procedure]
    )  # fmt: skip


def _indicators(q: Queries) -> tuple[Link, ...]:
    return tuple(
        Link(f"Показатель: {i.title}", EXPLORER, Selection(indicator=i.indicator_id))
        for i in q.indicators.values()
    )

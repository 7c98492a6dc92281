"""What the year's data say in a few sentences: each an indicator with its numbers and the year before."""

from __future__ import annotations

from dashboard import sentences
from dashboard.blocks import Block, Sentence
from dashboard.display import Measure
from dashboard.parts import of_years
from dashboard.queries import Queries

WATCHED = (
    "any_category_share", "young_teacher_share", "course_3y_share", "ict_coverage_share", "ict_base_share",
    "participation_share", "quality_share", "journal_confirmed_share",
)  # fmt: skip


def blocks(q: Queries, year: int, school: str | None = None) -> tuple[Block, ...]:
    """A sentence for each indicator that has numbers this year."""
    return tuple(
        Sentence("", sentences.compared(q.indicators[name].title, now, before), limits=of_years(q, name))
        for name in WATCHED
        if name in q.indicators
        for now, before in [pair(q, name, year, school)]
        if now.n
    )


def pair(q: Queries, name: str, year: int, school: str | None) -> tuple[Measure, Measure | None]:
    """An indicator this year and the year before."""
    by_year = {cut.keys["year"]: cut.measure for cut in q.cuts(name, ("year",), school=school)}
    return by_year.get(year, Measure(0, 0, 0)), by_year.get(year - 1)

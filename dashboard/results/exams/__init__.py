"""State exams on the results' pages: all subjects of a year, then one subject by schools, classes, tasks and years."""

from __future__ import annotations

from dashboard.blocks import Page
from dashboard.queries import Queries
from dashboard.results.exams import overview, subject
from dashboard.results.exams.scope import scope
from dashboard.selection import Selection


def build(q: Queries, chosen: Selection) -> Page:
    """The depth that the address names."""
    at = scope(q, chosen)
    return subject.build(q, at) if at.exam else overview.build(q, at)

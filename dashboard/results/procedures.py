"""The choice of the assessment whose results are shown."""

from __future__ import annotations

from dashboard.blocks import Link, Links
from dashboard.queries import Queries
from dashboard.queries.exams import PROCEDURES, procedures
from dashboard.selection import Selection

PAGE = "results"


def procedure_of(q: Queries, chosen: Selection) -> str:
    """The chosen assessment; without a choice ВПР, and where there are none the first that is there."""
    there = procedures(q)
    if chosen.procedure in there:
        return str(chosen.procedure)
    return "vpr" if "vpr" in there or not there else there[0]


def procedure_links(q: Queries, current: str, chosen: Selection) -> tuple[Links, ...]:
    """The assessments as a choice; nothing where there is only one."""
    there = procedures(q)
    if len(there) < 2:
        return ()
    base = Selection(year=chosen.year, municipality=chosen.municipality, school=chosen.school)
    links = (
        Link(PROCEDURES[name], PAGE, base.but(procedure=None if name == "vpr" else name)) for name in there
    )
    return (Links(tuple(links), PROCEDURES[current], "Процедура"),)

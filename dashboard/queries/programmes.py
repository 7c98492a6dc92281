"""Questions about programmes' targets."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.queries.core import Queries


@dataclass(frozen=True)
class Target:
    """What a programme promises for one year; ``indicator`` is ours, where we count such a number."""

    programme: str
    title: str
    indicator: str | None
    unit: str | None
    planned: float
    reported: float | None
    responsible: str | None


def targets(q: Queries, year: int) -> list[Target]:
    """Targets of a year by programme; none in a snapshot from before there were any."""
    if not q.has("fct_programme_target"):
        return []
    sql = """select programme, title, indicator, unit, planned, reported, responsible from fct_programme_target
        where school_year = ? order by programme collate ru, title collate ru"""
    return [Target(*row) for row in q.rows(sql, [year])]


def target_years(q: Queries) -> list[int]:
    """School years for which programmes have targets, oldest first."""
    if not q.has("fct_programme_target"):
        return []
    return [year for (year,) in q.rows("select distinct school_year from fct_programme_target order by 1")]

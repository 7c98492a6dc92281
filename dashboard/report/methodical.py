"""The cabinet's own journal in numbers: named indicators of the year beside the year before."""

from __future__ import annotations

from dashboard.blocks import Block, Cell, Column, Row, Table
from dashboard.display import Measure
from dashboard.parts import cell, counted
from dashboard.queries import Queries
from dashboard.report.overview import pair
from dashboard.words import school_year


def blocks(q: Queries, names: tuple[str, ...], year: int, school: str | None = None) -> tuple[Block, ...]:
    """A row an indicator that the year has; nothing where the journal was not kept."""
    found = [(name, *pair(q, name, year, school)) for name in names if name in q.indicators]
    rows = tuple(
        Row((Cell(q.indicators[name].title), _said(before), _said(now)))
        for name, now, before in found
        if now.n
    )
    if not rows:
        return ()
    heads = (
        Column("Показатель", is_wide=True),
        Column(school_year(year - 1), True),
        Column(school_year(year), True),
    )
    return (Table(heads, rows, "methodical", f"По журналу методической работы, {school_year(year)}"),)


def _said(measure: Measure | None) -> Cell:
    return counted(measure) if measure and measure.kind == "share" else cell(measure)

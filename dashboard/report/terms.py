"""Marks of the year in schools: what the forms of quarters and of the year say, each period for itself."""

from __future__ import annotations

from dashboard.blocks import Block, Cell, Column, Note, Row, Table
from dashboard.display import Measure
from dashboard.parts import cell, counted
from dashboard.queries import Queries
from dashboard.words import school_year

SHOWN = ("class_pass_share", "class_quality_share", "excellent_share", "one_three_share", "failing_pupils")
NOTE = "Отметки ставит школа, единой шкалы нет: школы и годы по ним не сравниваются. Периоды не складываются."


def blocks(q: Queries, year: int, school: str | None = None) -> tuple[Block, ...]:
    """One row a period; nothing where no school sent its forms."""
    found: dict[str, dict[str, Measure]] = {}
    for name in SHOWN:
        for cut in q.cuts(name, ("term",), year=year, school=school):
            if cut.measure.n and cut.keys.get("term"):
                found.setdefault(cut.keys["term"], {})[name] = cut.measure
    if not found:
        return ()
    is_internal = q.viewer.audience == "internal"  # a count of pupils has no group to be hidden in
    known = [n for n in SHOWN if n in q.indicators and (is_internal or q.indicators[n].kind != "count")]
    order = [*(t for t in q.order("term") if t in found), *(t for t in found if t not in q.order("term"))]
    rows = tuple(Row((Cell(term), *(_cell(found[term].get(name)) for name in known))) for term in order)
    heads = (Column("Период"), *(Column(q.indicators[name].title, True) for name in known))
    return (Note(NOTE, "plain"), Table(heads, rows, "terms", f"Отметки по периодам, {school_year(year)}"))


def _cell(measure: Measure | None) -> Cell:
    return counted(measure) if measure and measure.kind == "share" else cell(measure)

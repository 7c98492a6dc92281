"""The work's subject and grade over years: shown, but never called growth."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Cell, Chart, Column, Note, Row, Sentence, Table
from dashboard.display import Measure, shown
from dashboard.parts import caption, compared, counted, sheet
from dashboard.queries import Queries
from dashboard.results.places import main_indicator
from dashboard.results.scope import Scope
from dashboard.words import school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

CAREFUL = "Содержание, сроки и шкалы работ меняются: различие между годами — ориентир, а не рост или спад."


def blocks(q: Queries, s: Scope) -> tuple[Block, ...]:
    """The main indicator of the same subject and grade year by year."""
    name = main_indicator(q, s)
    where = {k: v for k, v in s.part.items() if k not in ("year", "class_")}
    by_year = {c.keys["year"]: c.measure for c in q.cuts(name, ("year",), **where) if c.keys["year"]}
    if len(by_year) < 2:
        return (Note("Эта работа есть только за один год.", "plain"),)
    return (
        Sentence("", compared(q, name, s.year, **where)),
        _chart(q, s, name, by_year),
        _table(by_year),
        Note(CAREFUL),
    )


def _chart(q: Queries, s: Scope, name: str, by_year: dict[int, Measure]) -> Chart:
    years = sorted(by_year)
    period = f"{school_year(years[0])} – {school_year(years[-1])}"
    return Chart(
        figure=partial(trend_figure, q.indicators[name].title, by_year),
        caption=caption(q, name, period, by_year[years[-1]].n, CAREFUL),
        alt=f"{q.indicators[name].title} по годам: линия с интервалом",
        table=sheet("Учебный год", ((school_year(y), by_year[y]) for y in years)),
        key="years",
        title=q.indicators[name].title,
        shows_table=False,
    )


def trend_figure(title: str, by_year: dict[int, Measure], look: Look) -> go.Figure:
    """One indicator over years."""
    from dashboard.figures.trend import Line, trend

    years = sorted(by_year)
    line = Line(title, tuple(shown(by_year[y]) for y in years))
    is_percent = next(iter(by_year.values())).unit == "%"
    return trend([line], [school_year(y) for y in years], look, is_percent)


def _table(by_year: dict[int, Measure]) -> Table:
    rows = tuple(Row((Cell(school_year(y)), counted(by_year[y]))) for y in sorted(by_year))
    return Table((Column("Учебный год"), Column("Значение", True)), rows, "years-table")

"""The work's subject and grade over years: shown, but never called growth."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from dashboard.blocks import Block, Cell, Chart, Column, Note, Row, Sentence, Table
from dashboard.display import Measure, change, shown
from dashboard.parts import caption, compared, counted, sheet
from dashboard.queries import Queries
from dashboard.results.places import main_indicator
from dashboard.results.scope import Scope
from dashboard.words import NBSP, plain, school_year

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
        *_low_marks(q, s, where),
        _chart(q, s, name, by_year),
        _table(by_year),
        Note(CAREFUL),
    )


PUBLISHED_ALARM = 10.0
"""Of releases from before the dictionary ``support_rule`` said it."""


def _alarm(q: Queries) -> float:
    """Percentage points by which the share of «2» may not grow in a year (ФИОКО)."""
    if not q.has("dim_support_rule"):
        return PUBLISHED_ALARM
    found = q.rows("select \"limit\" from dim_support_rule where term = 'low_mark_growth'")
    return float(found[0][0]) if found else PUBLISHED_ALARM


def _low_marks(q: Queries, s: Scope, where: dict[str, Any]) -> tuple[Block, ...]:
    """The share of «2» against the year before, and whether it passed the threshold by more than chance."""
    cuts = q.cuts("low_mark_share", ("year",), **where)
    now, before = ({c.keys["year"]: c.measure for c in cuts}.get(year) for year in (s.year, s.year - 1))
    text = compared(q, "low_mark_share", s.year, **where)
    if now is None or before is None or not (shown(now).has_verdict and shown(before).has_verdict):
        return (Sentence("", text),)
    grown = (now.value or 0) - (before.value or 0)
    alarm = _alarm(q)
    limit = f"+{plain(alarm)}"
    if grown < alarm:
        return (Sentence("", f"{text} Порог ФИОКО ({limit}{NBSP}п.{NBSP}п. за год) не превышен."),)
    is_real = change(now, before, None).beyond_chance
    said = "превышен" if is_real else "превышен, но при таком n не отличается от случайного"
    return (Sentence("", f"{text} Порог ФИОКО ({limit}{NBSP}п.{NBSP}п. за год) {said}."),)


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

"""One indicator of organisations: dots in alphabetical order beside its years, then the table."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from dashboard import steady
from dashboard.blocks import Block, Cell, Chart, Column, Link, Note, Pager, Row, Split, Table
from dashboard.display import Measure, shown
from dashboard.parts import (
    INTERVAL_NOTE,
    MANY,
    NOWHERE,
    PAGE_SIZE,
    WHOLE,
    area,
    by_school,
    caption,
    counted,
    sheet,
)
from dashboard.queries import Queries, School
from dashboard.reference import Common, choice, commons
from dashboard.results.places import CLOUD_NOTE, is_different
from dashboard.results.years import trend_figure
from dashboard.selection import Selection
from dashboard.words import plural, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

Rows = list[tuple[School, Measure]]


@dataclass(frozen=True)
class Topic:
    """Which indicator of which organisations, on which page."""

    indicator: str
    page: str
    year: int
    chosen: Selection
    extra: dict[str, Any] = field(default_factory=dict)
    """Further conditions: a level, a topic."""
    title: str = ""

    @property
    def where(self) -> dict[str, Any]:
        """Conditions without the year."""
        return {"kind": self.chosen.kind, "municipality": self.chosen.municipality, **self.extra}


def section(q: Queries, topic: Topic) -> tuple[Block, ...]:
    """Dots and years side by side, the table below."""
    found = by_school(q.cuts(topic.indicator, ("school",), year=topic.year, **topic.where))
    rows = [(s, found[s.id]) for s in q.schools().values() if s.id in found and found[s.id].n]
    whole = q.one(topic.indicator, year=topic.year, **topic.where)
    if not rows and any(measure.is_hidden for measure in found.values()):
        return years_chart(q, topic)
    if not rows:
        return (Note(whole.note or "По этому выбору данных нет.", "plain"),)
    own = Common(topic.chosen.municipality or area(q), whole)
    there = commons(q, topic.indicator, own, topic.chosen, year=topic.year, **topic.where)
    common, ways = choice(topic.page, topic.chosen, there)
    draw = _dots_chart if len(rows) <= MANY else _cloud_chart
    left = draw(q, topic, rows, common, whole.n)
    years = years_chart(q, topic)
    return (*ways, Split((left,), years, (1.55, 1)) if years else left, *_table(q, topic, rows))


def _name(q: Queries, topic: Topic) -> str:
    return topic.title or q.indicators[topic.indicator].title


def _href(topic: Topic, school: School) -> Link:
    return Link(school.label, "school", Selection(year=topic.year, school=school.id))


def _dots_chart(q: Queries, topic: Topic, rows: Rows, common: Common, n: float) -> Chart:
    return Chart(
        figure=partial(_dots, topic, rows, common),
        caption=caption(q, topic.indicator, school_year(topic.year), n, INTERVAL_NOTE),
        alt=f"{_name(q, topic)} по организациям: точки с интервалами",
        table=sheet("Организация", ((s.label, m) for s, m in rows)),
        key="organisations",
        title=f"{_name(q, topic)}: организации",
        shows_table=False,
    )


def _dots(topic: Topic, rows: Rows, common: Common, look: Look) -> go.Figure:
    from dashboard.figures.base import Point, Reference
    from dashboard.figures.dots import dots

    points = [
        Point(s.label, shown(m), _href(topic, s).href, is_different(m, common.measure)) for s, m in rows
    ]
    seen = shown(common.measure)
    line = Reference(common.label, seen.value) if seen.value is not None else None
    top = None if common.measure.unit == "%" else 1.15 * max([m.high or m.value or 0 for _, m in rows] + [1])
    return dots(points, line, look, top)


def _cloud_chart(q: Queries, topic: Topic, rows: Rows, common: Common, n: float) -> Chart:
    limits = f"{CLOUD_NOTE}; пределы — вокруг значения: {common.label}"
    return Chart(
        figure=partial(_cloud, topic, rows, common),
        caption=caption(
            q,
            topic.indicator,
            school_year(topic.year),
            n,
            limits if common.measure.kind == "share" else "Выберите муниципалитет, чтобы увидеть названия",
        ),
        alt=f"{_name(q, topic)}: организации по численности и доле, пределы случайного",
        table=sheet("Организация", ((s.label, m) for s, m in rows)),
        key="cloud",
        title=f"{_name(q, topic)}: {plural(len(rows), 'организация', 'организации', 'организаций')}",
        shows_table=False,
    )


def _cloud(topic: Topic, rows: Rows, common: Common, look: Look) -> go.Figure:
    from dashboard.cloud import FunnelPoint
    from dashboard.figures.funnel import funnel_plot

    points = [FunnelPoint(s.label, m.n, shown(m), _href(topic, s).href) for s, m in rows]
    title = "Размер, n (логарифмическая шкала)"
    return funnel_plot(
        points, common.measure.value or 0, look, common.label, title, common.measure.kind == "share"
    )


def years_chart(q: Queries, topic: Topic) -> tuple[Chart, ...]:
    """The indicator over years; nothing when there is only one."""
    cuts = q.cuts(topic.indicator, ("year",), **topic.where)
    by_year = {c.keys["year"]: c.measure for c in cuts if c.keys["year"] and c.measure.n}
    years = sorted(by_year)
    if len(years) < 2:
        return ()
    period = f"{school_year(years[0])} – {school_year(years[-1])}"
    return (
        Chart(
            figure=partial(trend_figure, _name(q, topic), by_year),
            caption=caption(
                q, topic.indicator, period, by_year[years[-1]].n, q.indicators[topic.indicator].compare
            ),
            alt=f"{_name(q, topic)} по годам: линия с интервалом",
            table=sheet("Учебный год", ((school_year(y), by_year[y]) for y in years)),
            key="by-year",
            title="По годам",
            shows_table=False,
        ),
    )


def _table(q: Queries, topic: Topic, rows: Rows) -> tuple[Block, ...]:
    size = len(rows) if topic.chosen.part == WHOLE else PAGE_SIZE
    parts = max(1, -(-len(rows) // size))
    part = min(topic.chosen.part or 1, parts)
    years = [y for y in q.years_of(topic.indicator) if y <= topic.year][-4:]
    before = {y: by_school(q.cuts(topic.indicator, ("school",), year=y, **topic.where)) for y in years}
    more, steadier = steady.columns(q, topic.indicator, topic.year, **topic.where)
    columns = (Column("Организация"), *(Column(school_year(y), True) for y in years), *more)
    found = tuple(
        Row((Cell(s.label), *(counted(before[y].get(s.id)) for y in years), *steadier(s.id)), _href(topic, s))
        for s, _ in rows[(part - 1) * size : part * size]
    )
    brief = _by_places(q, topic, years) if MANY < len(rows) <= size else None
    table = Table(columns, found, "organisations-table", _name(q, topic), brief=brief)
    return (table, Pager(topic.page, topic.chosen, part, parts)) if parts > 1 else (table,)


def _by_places(q: Queries, topic: Topic, years: list[int]) -> Table | None:
    """The same of municipalities; nothing where there is only one."""
    found = {
        (c.keys["municipality"] or NOWHERE, c.keys["year"]): c.measure
        for c in q.cuts(topic.indicator, ("municipality", "year"), **topic.where)
    }
    names = sorted({name for name, _ in found})
    rows = tuple(Row((Cell(name), *(counted(found.get((name, year))) for year in years))) for name in names)
    columns = (Column("Муниципалитет"), *(Column(school_year(year), True) for year in years))
    return Table(columns, rows, "organisations-table", _name(q, topic)) if len(names) > 1 else None

"""The same indicator in every school or class: dots while they can be named, a cloud when there are too many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from dashboard import steady
from dashboard.blocks import Block, Cell, Chart, Column, Link, Note, Pager, Row, Sentence, Table
from dashboard.cloud import FunnelPoint, is_outside, spread
from dashboard.display import Measure, shown
from dashboard.parts import INTERVAL_NOTE, MANY, PAGE_SIZE, area, caption, cell, counted, sheet
from dashboard.queries import Queries
from dashboard.reference import Common, choice, commons
from dashboard.results.journal import BY_REPORTS
from dashboard.results.scope import PAGE, Scope
from dashboard.selection import Selection
from dashboard.words import NBSP, number, percent, plural, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look


@dataclass(frozen=True)
class Place:
    """One school or class with its measure and where it leads."""

    label: str
    measure: Measure
    chosen: Selection


def main_indicator(q: Queries, s: Scope) -> str:
    """Quality where there is a scale, task success where there is none."""
    return "quality_share" if q.one("quality_share", **s.part).n else "task_success"


def schools(q: Queries, s: Scope) -> tuple[Block, ...]:
    """Schools in alphabetical order, the district as a line."""
    name = main_indicator(q, s)
    found = {c.keys["school"]: c.measure for c in q.cuts(name, ("school",), **s.where)}
    places = [
        Place(school.label, found[school.id], s.chosen.but(school=school.id, view=None))
        for school in q.schools().values()
        if school.id in found
    ]
    whole = q.one(name, **s.where)
    own = Common(s.chosen.municipality or area(q), whole)
    common, ways = choice(PAGE, s.chosen, commons(q, name, own, s.chosen, **s.where))
    return (
        _sentence(q, name, places, whole, common),
        *ways,
        *_charts(q, s, name, places, common, whole),
        *_table(q, s, places),
    )


def classes(q: Queries, s: Scope) -> tuple[Block, ...]:
    """Classes of one school against the school as a whole."""
    name = main_indicator(q, s)
    cuts = q.cuts(name, ("class",), **s.part)
    places = [
        Place(c.keys["class"], c.measure, s.chosen.but(class_=c.keys["class"], view=None))
        for c in cuts
        if c.keys["class"]
    ]
    whole = q.one(name, **s.part)
    return (
        _chart(q, s, name, places, whole, "параллель"),
        Note("Классы — в порядке названий, не по результату."),
    )


def is_different(measure: Measure, whole: Measure) -> bool:
    """A school's whole interval lies to one side of the common value, and its n allows a verdict."""
    seen = shown(measure)
    if not seen.has_verdict or seen.low is None or seen.high is None or whole.value is None:
        return False
    return not seen.low <= whole.value <= seen.high


def _sentence(q: Queries, name: str, places: Sequence[Place], whole: Measure, common: Common) -> Sentence:
    """The common value, and how many differ by more than chance from what they are compared with."""
    judged = [p for p in places if shown(p.measure).has_verdict]
    seen = shown(whole)
    title = q.indicators[name].title
    lead = f"{title}: {seen.text} ({seen.count})." if seen.count else f"{title}: {seen.text}."
    few = len(places) - len(judged)
    rest = (
        f"Отличаются больше случайного от {percent(common.measure.value or 0)} ({common.label}):"
        f" {_different(places, common.measure)} из {number(len(judged))}."
        if judged
        else ""
    )
    small = (
        f"У {plural(few, 'школы', 'школ', 'школ')} меньше 20 участников: вывод по ним не делается."
        if few
        else ""
    )
    return Sentence(lead, f"{rest} {small}".strip())


def _different(places: Sequence[Place], whole: Measure) -> int:
    """By interval while schools are few; by the wider limits of the cloud when there are many looks."""
    if len(places) <= MANY:
        return sum(is_different(p.measure, whole) for p in places)
    points = [FunnelPoint(p.label, p.measure.n, shown(p.measure)) for p in places]
    wide = spread(points, whole.value or 0)
    return sum(is_outside(point, whole.value or 0, wide) for point in points)


def _charts(
    q: Queries, s: Scope, name: str, places: Sequence[Place], common: Common, whole: Measure
) -> tuple[Block, ...]:
    if len(places) <= MANY:
        own = (s.chosen.municipality or area(q), whole)
        return (_chart(q, s, name, places, common.measure, common.label, own),)
    return (_cloud(q, s, name, places, common),)


def _chart(
    q: Queries, s: Scope, name: str, places: Sequence[Place], common: Measure, reference: str,
    own: tuple[str, Measure] | None = None,
) -> Chart:  # fmt: skip
    """``own`` is all that is drawn, together: a further line where it is not what is compared with."""
    together = own[1] if own else common
    there = [(a.label, a.measure) for a in q.areas(name, (), **s.where) if not reference.startswith(a.label)]
    mine = [own] if own and own[1] is not common else []
    others = [(label, value) for label, m in (*mine, *there) if (value := shown(m).value) is not None]
    said = f". {BY_REPORTS}" if there else ""
    return Chart(
        figure=partial(_dots, places, common, reference, others),
        caption=caption(
            q, name, school_year(s.year), together.n, f"{INTERVAL_NOTE}. Порядок алфавитный{said}"
        ),
        alt=f"{q.indicators[name].title}: точки с интервалами, {reference} — пунктир",
        table=sheet("Название", ((p.label, p.measure) for p in places)),
        key="places",
        title=q.indicators[name].title,
        shows_table=False,
    )


def _dots(
    places: Sequence[Place], whole: Measure, reference: str, others: list[tuple[str, float]], look: Look
) -> go.Figure:
    from dashboard.figures.base import Point, Reference
    from dashboard.figures.dots import dots

    points = [
        Point(p.label, shown(p.measure), Link("", PAGE, p.chosen).href, is_different(p.measure, whole))
        for p in places
    ]
    line = (
        Reference(reference, whole.value)
        if whole.value is not None and shown(whole).value is not None
        else None
    )
    return dots(points, line, look, others=[Reference(*one) for one in others])


def _cloud(q: Queries, s: Scope, name: str, places: Sequence[Place], common: Common) -> Chart:
    size = sum(place.measure.n for place in places)
    return Chart(
        figure=partial(_funnel, places, common.measure, common.label),
        caption=caption(q, name, school_year(s.year), size, f"Пунктир — {common.label}. {CLOUD_NOTE}"),
        alt=f"{q.indicators[name].title}: школы по численности и доле, пределы случайного",
        table=sheet("Школа", ((p.label, p.measure) for p in places)),
        key="cloud",
        title=f"{q.indicators[name].title}: {number(len(places))} школ",
        shows_table=False,
    )


CLOUD_NOTE = (
    f"Точечные кривые — 95{NBSP}%, сплошные — 99,8{NBSP}% того, что даёт один случай при такой численности "
    f"и неоднородности школ; ромб — за "
    "сплошной кривой; кольцо — малая выборка. Выберите муниципалитет, чтобы увидеть школы по именам"
)


def _funnel(places: Sequence[Place], whole: Measure, reference: str, look: Look) -> go.Figure:
    from dashboard.cloud import FunnelPoint
    from dashboard.figures.funnel import funnel_plot

    points = [
        FunnelPoint(p.label, p.measure.n, shown(p.measure), Link("", PAGE, p.chosen).href) for p in places
    ]
    return funnel_plot(points, whole.value or 0, look, reference)


COLUMNS = (
    Column("Школа"),
    Column("Участников", True),
    Column("Качество", True),
    Column("Успеваемость", True),
    Column("Средний балл", True),
    Column("Задания, в среднем", True),
)
INDICATORS = ("participants", "quality_share", "pass_share", "mean_primary_score", "task_success")


def _table(q: Queries, s: Scope, places: Sequence[Place]) -> tuple[Block, ...]:
    parts = max(1, -(-len(places) // PAGE_SIZE))
    part = min(s.chosen.part or 1, parts)
    there = places[(part - 1) * PAGE_SIZE : part * PAGE_SIZE]
    found = {
        name: {c.keys["school"]: c.measure for c in q.cuts(name, ("school",), **s.where)}
        for name in INDICATORS
    }
    about = {name: value for name, value in s.where.items() if name != "year"}
    more, steadier = steady.columns(q, main_indicator(q, s), s.year, **about)
    rows = tuple(
        _row(place, {name: found[name].get(place.chosen.school or "") for name in INDICATORS}, steadier)
        for place in there
    )
    table = Table((*COLUMNS, *more), rows, "schools-table", "Школы в алфавитном порядке")
    return (table, Pager(PAGE, s.chosen, part, parts)) if parts > 1 else (table,)


def _row(place: Place, at: dict[str, Measure | None], steadier: steady.Cells) -> Row:
    cells = (
        Cell(place.label),
        cell(at["participants"]),
        counted(at["quality_share"]),
        counted(at["pass_share"]),
        cell(at["mean_primary_score"]),
        cell(at["task_success"]),
        *steadier(place.chosen.school or ""),
    )
    return Row(cells, Link(place.label, PAGE, place.chosen))

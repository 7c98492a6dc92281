"""A subject in every school or class: dots with intervals, the district and the region as lines; never by value."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Cell, Chart, Column, Link, Note, Pager, Row, Sentence, Table
from dashboard.display import Measure, shown
from dashboard.parts import INTERVAL_NOTE, MANY, PAGE_SIZE, area, caption, cell, counted, sheet
from dashboard.queries import Queries
from dashboard.results.exams.scope import TOPS, Scope, schools_of
from dashboard.results.places import Place, is_different
from dashboard.results.procedures import PAGE
from dashboard.words import number, plural, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look


def schools(q: Queries, s: Scope) -> tuple[Block, ...]:
    """Schools in alphabetical order."""
    name = s.names().main
    found = {c.keys["school"]: c.measure for c in q.cuts(name, ("school",), **s.where)}
    places = [
        Place(x.label, found[x.id], s.chosen.but(school=x.id, view=None))
        for x in schools_of(q, s)
        if x.id in found
    ]
    whole = q.one(name, **s.where)
    parts = max(1, -(-len(places) // PAGE_SIZE))
    part = min(s.chosen.part or 1, parts)
    shown_ = places[(part - 1) * PAGE_SIZE : part * PAGE_SIZE] if parts > 1 else places
    pager = (Pager(PAGE, s.chosen, part, parts),) if parts > 1 else ()
    few: tuple[Block, ...] = (Note("Школ слишком много для одной диаграммы: выберите муниципалитет."),)
    chart: tuple[Block, ...] = (_chart(q, s, places, whole),) if len(places) <= MANY else few
    return (_sentence(q, s, places, whole), *chart, _table(q, s, shown_), *pager)


def classes(q: Queries, s: Scope) -> tuple[Block, ...]:
    """Classes of one school against the school as a whole."""
    name = s.names().main
    cuts = [c for c in q.cuts(name, ("class",), **s.part) if c.keys["class"]]
    places = [
        Place(c.keys["class"], c.measure, s.chosen.but(class_=c.keys["class"], view=None)) for c in cuts
    ]
    return (
        _chart(q, s, places, q.one(name, **s.part), "параллель"),
        Note("Классы — в порядке названий, не по результату."),
    )


def _sentence(q: Queries, s: Scope, places: Sequence[Place], whole: Measure) -> Sentence:
    assert s.exam is not None
    seen, title = shown(whole), q.indicators[s.names().main].title
    lead = f"{title} — {seen.text} ({seen.count})." if seen.count else f"{title} — {seen.text}."
    judged = [p for p in places if shown(p.measure).has_verdict and p.measure.low is not None]
    apart = sum(is_different(p.measure, whole) for p in judged)
    said = [
        f"В регионе {number(s.exam.region_mean, 2)}."
        if s.exam.region_mean is not None and s.exam.has_score
        else ""
    ]
    if judged:
        said.append(f"Отличаются от общего больше случайного: {apart} из {number(len(judged))}.")
    if few := sum(not shown(p.measure).has_verdict for p in places):
        said.append(
            f"У {plural(few, 'школы', 'школ', 'школ')} меньше 20 участников: вывод по ним не делается."
        )
    if s.is_form:
        said.append("Разброса баллов в региональной форме нет, поэтому интервалов и выводов о различии тоже.")
    return Sentence(lead, " ".join(part for part in said if part))


def _chart(q: Queries, s: Scope, places: Sequence[Place], whole: Measure, reference: str = "") -> Chart:
    name = s.names().main
    label = reference or s.chosen.municipality or area(q)
    return Chart(
        figure=partial(_dots, s, places, whole, label),
        caption=caption(q, name, school_year(s.year), whole.n, f"{INTERVAL_NOTE}. Порядок алфавитный"),
        alt=f"{q.indicators[name].title}: точки с интервалами, {label} — пунктир",
        table=sheet("Название", ((p.label, p.measure) for p in places)),
        key="exam-places",
        title=q.indicators[name].title,
        shows_table=False,
    )


def _dots(s: Scope, places: Sequence[Place], whole: Measure, label: str, look: Look) -> go.Figure:
    from dashboard.figures.base import Point, Reference
    from dashboard.figures.dots import dots

    assert s.exam is not None
    points = [
        Point(p.label, shown(p.measure), Link("", PAGE, p.chosen).href, is_different(p.measure, whole))
        for p in places
    ]
    line = (
        Reference(label, whole.value) if whole.value is not None and shown(whole).value is not None else None
    )
    mean = s.exam.region_mean if s.exam.has_score else None
    region = [Reference("регион", mean)] if mean is not None else []
    return dots(points, line, look, TOPS.get(s.names().main), region)


def _table(q: Queries, s: Scope, places: Sequence[Place]) -> Table:
    names = s.names()
    wanted = [
        names.participants,
        names.main,
        *([names.gap] if names.gap else []),
        names.passed,
        *names.figures,
    ]
    found = {n: {c.keys["school"]: c.measure for c in q.cuts(n, ("school",), **s.where)} for n in wanted}
    columns = (
        Column("Школа"),
        *(Column(q.indicators[n].short or q.indicators[n].title, True) for n in wanted),
    )
    rows = []
    for place in places:
        at = {n: found[n].get(place.chosen.school or "") for n in wanted}
        cells = (counted(at[n]) if q.indicators[n].kind == "share" else cell(at[n]) for n in wanted)
        rows.append(Row((Cell(place.label), *cells), Link(place.label, PAGE, place.chosen)))
    return Table(columns, tuple(rows), "exam-schools", "Школы в алфавитном порядке")

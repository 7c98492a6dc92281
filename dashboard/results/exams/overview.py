"""All subjects of an exam in a year: where to look further. Subjects are not compared with each other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Cell, Chart, Column, Link, Note, Page, Row, Sentence, Table
from dashboard.display import Measure, shown
from dashboard.parts import INTERVAL_NOTE, caption, cell, counted, sheet
from dashboard.queries import Queries
from dashboard.queries.exams import PROCEDURES, Exam
from dashboard.results.exams.scope import Scope, head, who
from dashboard.results.procedures import PAGE
from dashboard.words import lower_first, number, plural, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

APART = "Предметы между собой не сравнивают: их сдают разные люди, и шкалы у них разные."
Found = dict[str, dict[str, Measure]]
NAMED = 5
"""Fewer who sat a subject are not published: everybody would know them."""


def build(q: Queries, s: Scope) -> Page:
    """A row a subject; one click leads to its schools."""
    wanted = dict.fromkeys(n for exam in s.exams for n in _columns(s, exam))
    found = {name: _by_subject(q, s, name) for name in [*wanted, "exam_applied"]}
    sat = found[s.names().participants]
    least = 1 if q.viewer.audience == "internal" else NAMED
    there = [exam for exam in s.exams if exam.subject in sat and sat[exam.subject].numerator >= least]
    subjects = plural(len(there), "предмет", "предмета", "предметов")
    title, top = head(
        q, s, f"Результаты: {s.title}", f"{s.title}, {school_year(s.year)} · {who(q, s)} · {subjects}"
    )
    if not there:
        return Page(title, (*top, *_without_results(q, s, found["exam_applied"])))
    return Page(title, (*top, *_chart(q, s, there, found), _table(q, s, there, found), Note(_rules(s))))


def _columns(s: Scope, exam: Exam) -> list[str]:
    names = s.names(exam)
    return [names.participants, names.main, *([names.gap] if names.gap else []), names.passed, *names.figures]


def _by_subject(q: Queries, s: Scope, indicator: str) -> dict[str, Measure]:
    cuts = q.cuts(indicator, ("subject",), **s.part)
    known = (c for c in cuts if c.keys["subject"] and (c.measure.n or c.measure.is_hidden))
    return {c.keys["subject"]: c.measure for c in known}


def _chart(q: Queries, s: Scope, there: list[Exam], found: Found) -> tuple[Block, ...]:
    name = s.names().main if s.procedure == "oge" else s.names().passed
    rows = [(e, found[name].get(e.subject, Measure(0, 0, 0, note=q.indicators[name].missing))) for e in there]
    total = sum(m.numerator for m in found[s.names().participants].values())
    declared = q.indicators[name]
    chart = Chart(
        figure=partial(_figure, s, rows),
        caption=caption(q, name, school_year(s.year), f"участий: {number(total)}", INTERVAL_NOTE),
        alt=f"{_told(s, declared.title)} по предметам: точки с интервалами",
        table=sheet("Предмет", ((e.subject, m) for e, m in rows)),
        key="exams",
        title=f"{declared.title} по предметам",
        shows_table=False,
    )
    return (Sentence("", APART), chart)


def _told(s: Scope, title: str) -> str:
    """The indicator with its exam: on paper and on a slide the chart stands far from the page's title."""
    exam = PROCEDURES[s.procedure]
    return title if title.startswith(exam) else f"{exam}: {lower_first(title)}"


def _figure(s: Scope, rows: list[tuple[Exam, Measure]], look: Look) -> go.Figure:
    from dashboard.figures.base import Point
    from dashboard.figures.dots import dots

    href = {e.subject: Link("", PAGE, s.chosen.but(subject=e.subject)).href for e, _ in rows}
    return dots([Point(e.subject, shown(m), href[e.subject]) for e, m in rows], None, look)


def _table(q: Queries, s: Scope, there: list[Exam], found: Found) -> Table:
    names = list(dict.fromkeys(n for exam in there for n in _columns(s, exam)))
    columns = [
        Column("Предмет"),
        *(Column(q.indicators[n].short or q.indicators[n].title, True) for n in names),
    ]
    has_region = any(exam.region_mean is not None for exam in there)
    if has_region:
        columns.insert(3, Column("Регион", True))
    rows = []
    for exam in there:
        cells = [Cell(exam.subject), *(_cell(q, n, found[n].get(exam.subject)) for n in names)]
        if has_region:
            cells.insert(3, _region(exam))
        rows.append(Row(tuple(cells), Link(exam.subject, PAGE, s.chosen.but(subject=exam.subject))))
    title = f"{s.title} {school_year(s.year)}, предметы в алфавитном порядке"
    return Table(tuple(columns), tuple(rows), "exams-table", title)


def _cell(q: Queries, name: str, measure: Measure | None) -> Cell:
    return counted(measure) if q.indicators[name].kind == "share" else cell(measure)


def _region(exam: Exam) -> Cell:
    return Cell("—") if exam.region_mean is None else Cell(number(exam.region_mean, 2), exam.region_mean)


def _without_results(q: Queries, s: Scope, applied: dict[str, Measure]) -> tuple[Block, ...]:
    """Applications are known before the exams; else nobody sat any."""
    if not applied:
        return (
            Note(f"{who(q, s)}: в {school_year(s.year)} учебном году результатов {s.title} нет.", "plain"),
        )
    rows = tuple(Row((Cell(subject), cell(m))) for subject, m in sorted(applied.items()))
    text = "Результатов ещё нет: известно, кто на какой предмет подал заявление."
    return (Sentence("", text), Table((Column("Предмет"), Column("Заявлений", True)), rows, "applied"))


def _rules(s: Scope) -> str:
    """How several attempts of one person are counted."""
    if s.is_form:
        return "Числа региональной формы «ЕГЭ по школам»: протоколы участников за этот год не загружены."
    if s.procedure == "oge":
        return (
            "Качество, успеваемость и средняя отметка — по лучшему действующему результату года, с пересдачами. "
            "«2» до пересдачи — по первому результату основного периода."
        )
    return (
        "Средний балл, разрыв и группы баллов — по первому действующему результату основного периода. Порог — по "
        "лучшему результату года, с пересдачами. Считаются выпускники текущего года."
    )

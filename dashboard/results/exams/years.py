"""A subject over years: the gap to the region, never the scores themselves; «2» before and after the second try."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Cell, Chart, Column, Note, Row, Table
from dashboard.display import Measure, shown
from dashboard.parts import caption, cell, counted, sheet
from dashboard.queries import Queries
from dashboard.queries.exams import exams
from dashboard.results.exams.scope import Scope
from dashboard.words import number, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

SCALE = (
    "Баллы разных лет не сравнивают: шкала перевода меняется, и предмет выбирают другие люди. "
    "Сравним разрыв с регионом."
)
MARKS = "Шкалу отметок задаёт регион, и она меняется: различие между годами — ориентир, а не рост или спад."
ByYear = dict[int, Measure]


def blocks(q: Queries, s: Scope) -> tuple[Block, ...]:
    """What may be compared between years as a line, all else in a table."""
    names = s.names()
    drawn = {names.gap: "разрыв с регионом"} if names.gap else _lines(s)
    where = {k: v for k, v in s.part.items() if k not in ("year", "class_")}
    wanted = [
        names.participants,
        names.main,
        *([names.gap] if names.gap else []),
        names.passed,
        *names.figures,
    ]
    found = {n: {c.keys["year"]: c.measure for c in q.cuts(n, ("year",), **where)} for n in wanted}
    years = sorted(year for year, m in found[names.participants].items() if m.n)
    lines = {label: found[name] for name, label in drawn.items() if any(m.n for m in found[name].values())}
    chart: tuple[Block, ...] = (
        (_chart(q, s, next(iter(drawn)), lines, years),) if lines and len(years) > 1 else ()
    )
    alone: tuple[Block, ...] = (
        () if len(years) > 1 else (Note("Этот экзамен есть только за один год.", "plain"),)
    )
    return (*alone, *chart, _table(q, s, wanted, found, years), Note(SCALE if names.gap else MARKS))


def _lines(s: Scope) -> dict[str, str]:
    if s.procedure == "oge":
        return {"oge_first_low_share": "«2» до пересдачи", "oge_final_low_share": "после пересдачи"}
    return {s.names().passed: "преодолели порог"}


def _chart(q: Queries, s: Scope, name: str, lines: dict[str, ByYear], years: list[int]) -> Chart:
    period = f"{school_year(years[0])} – {school_year(years[-1])}"
    title = "ОГЭ: «2» до и после пересдачи" if s.procedure == "oge" else q.indicators[name].title
    rows = [(f"{label}, {school_year(y)}", of[y]) for label, of in lines.items() for y in years if y in of]
    return Chart(
        figure=partial(_figure, lines, years, q.indicators[name].unit == "%"),
        caption=caption(q, name, period, next(iter(lines.values()))[years[-1]].n, ""),
        alt=f"{title} по годам",
        table=sheet("Учебный год", rows),
        key="exam-years",
        title=title,
        shows_table=False,
    )


def _figure(lines: dict[str, ByYear], years: list[int], is_share: bool, look: Look) -> go.Figure:
    from dashboard.figures.trend import Line, trend

    nothing = Measure(0, 0, 0)
    drawn = [Line(label, tuple(shown(of.get(y, nothing)) for y in years)) for label, of in lines.items()]
    fig = trend(drawn, [school_year(y) for y in years], look, is_share)
    if not is_share:
        fig.add_hline(y=0, line={"color": look.muted, "width": 1.2, "dash": "dash"})
    return fig


def _table(q: Queries, s: Scope, wanted: list[str], found: dict[str, ByYear], years: list[int]) -> Table:
    assert s.exam is not None
    columns = [
        Column("Учебный год"),
        *(Column(q.indicators[n].short or q.indicators[n].title, True) for n in wanted),
    ]
    means = {
        e.year: e.region_mean for e in exams(q) if (e.procedure, e.subject) == (s.procedure, s.exam.subject)
    }
    has_region = any(mean is not None for mean in means.values())
    columns += [Column("Регион", True)] if has_region else []
    rows = []
    for year in years:
        cells = [Cell(school_year(year))]
        cells += [
            counted(m) if q.indicators[n].kind == "share" else cell(m)
            for n in wanted
            for m in [found[n].get(year)]
        ]
        mean = means.get(year)
        cells += [Cell("—" if mean is None else number(mean, 2), mean)] if has_region else []
        rows.append(Row(tuple(cells)))
    return Table(tuple(columns), tuple(rows), "exam-years-table")

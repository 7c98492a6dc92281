"""The network of organisations, its pupils and its equipment, which no page of the application shows."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Card, Cards, Cell, Chart, Column, Row, Table
from dashboard.display import Measure, shown
from dashboard.parts import KINDS, MANY, area, by_school, caption, card, cell, counted, sheet
from dashboard.queries import Queries, School
from dashboard.results.years import trend_figure
from dashboard.words import number, plural, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

EQUIPMENT = ("computers_per_100", "internet_computers_share", "obsolete_computers_share",
             "rooms_with_computer_share", "rooms_with_projector_share")  # fmt: skip


def blocks(q: Queries, year: int) -> tuple[Block, ...]:
    """Kinds of organisations, their list, pupils over years."""
    schools = list(q.schools().values())
    return (_kinds(q, schools, year), *_list(q, schools, year), *_pupils(q, year))


def _kinds(q: Queries, schools: list[School], year: int) -> Table:
    count = Counter(school.kind or "вид не указан" for school in schools)
    pupils = {cut.keys["kind"]: cut.measure for cut in q.cuts("pupils", ("kind",), year=year)}
    staff = {cut.keys["kind"]: cut.measure for cut in q.cuts("teachers", ("kind",), year=year)}
    order = [*(kind for kind in KINDS if kind in count), *(kind for kind in count if kind not in KINDS)]
    rows = [
        Row((Cell(KINDS.get(kind, kind)), Cell(number(count[kind]), count[kind]), cell(pupils.get(kind)),
             cell(staff.get(kind))))
        for kind in order
    ]  # fmt: skip
    whole = (Cell("Всего"), Cell(number(len(schools)), len(schools)), cell(q.one("pupils", year=year)),
             cell(q.one("teachers", year=year)))  # fmt: skip
    heads = (Column("Вид организаций"), Column("Организаций", True), Column("Обучающихся в школах", True),
             Column("Педагогов", True))  # fmt: skip
    title = f"Организации, обучающиеся и педагоги, {school_year(year)}"
    return Table(heads, (*rows, Row(whole, is_total=True)), "kinds", title)


def _list(q: Queries, schools: list[School], year: int) -> tuple[Block, ...]:
    if len(schools) > MANY:
        return ()
    pupils, staff = (by_school(q.cuts(name, ("school",), year=year)) for name in ("pupils", "teachers"))
    rows = tuple(
        Row((Cell(s.name), Cell(s.kind or "—"), cell(pupils.get(s.id)), cell(staff.get(s.id))))
        for s in schools
    )  # fmt: skip
    heads = (
        Column("Организация", is_wide=True),
        Column("Вид"),
        Column("Обучающихся", True),
        Column("Педагогов", True),
    )
    return (Table(heads, rows, "organisations", f"Организации ({area(q)}), по алфавиту"),)


def _pupils(q: Queries, year: int) -> tuple[Block, ...]:
    by_year = {
        c.keys["year"]: c.measure for c in q.cuts("pupils", ("year",)) if (c.keys["year"] or year) <= year
    }
    if len(by_year) < 2:
        return ()
    years = sorted(by_year)
    return (
        Chart(
            figure=partial(trend_figure, q.indicators["pupils"].title, by_year),
            caption=caption(q, "pupils", f"{school_year(years[0])} – {school_year(years[-1])}",
                            _organisations(_schools(q, year))),
            alt="Обучающихся в школах по учебным годам: линия",
            table=sheet("Учебный год", ((school_year(y), by_year[y]) for y in years)),
            key="pupils", title="Обучающихся в школах по учебным годам", shows_table=False,
        ),
    )  # fmt: skip


def _schools(q: Queries, year: int) -> int:
    return len(by_school(q.cuts("pupils", ("school",), year=year)))


def _organisations(count: int) -> str:
    return plural(count, "организация", "организации", "организаций")


def resources(q: Queries, year: int) -> tuple[Block, ...]:
    """Equipment of the schools: the district's cards, then every school."""
    cards = [found for found in (card(q, name, year) for name in EQUIPMENT) if found]
    if not cards:
        return ()
    return (Cards(tuple(_without_change(found) for found in cards)), *_by_school(q, year))


def _without_change(found: Card) -> Card:
    """Computers are counted, not sampled: chance has no part in a change."""
    return Card(found.title, found.value, found.count, spark=found.spark)


def _by_school(q: Queries, year: int) -> tuple[Block, ...]:
    found = {name: by_school(q.cuts(name, ("school",), year=year)) for name in EQUIPMENT}
    schools = [s for s in q.schools().values() if any(s.id in measures for measures in found.values())]
    if len(schools) > MANY:
        return ()
    rows = tuple(
        Row((Cell(s.label), *(_figure_of(found[name].get(s.id)) for name in EQUIPMENT))) for s in schools
    )
    heads = (Column("Школа"), *(Column(q.indicators[name].title, True) for name in EQUIPMENT))
    return (_dots(q, year, schools, found["computers_per_100"]),
            Table(heads, rows, "equipment", f"Оснащение школ, {school_year(year)}"))  # fmt: skip


def _figure_of(measure: Measure | None) -> Cell:
    return counted(measure) if measure and measure.kind == "share" else cell(measure)


def _dots(q: Queries, year: int, schools: list[School], found: dict[str, Measure]) -> Chart:
    places = [(s.label, found[s.id]) for s in schools if s.id in found]
    whole = q.one("computers_per_100", year=year)
    return Chart(
        figure=partial(_figure, places, whole, area(q)),
        caption=caption(q, "computers_per_100", school_year(year), _organisations(len(places)),
                        "Порядок алфавитный"),
        alt="Компьютеров на 100 обучающихся по школам: точки",
        table=sheet("Школа", places), key="computers",
        title=q.indicators["computers_per_100"].title, shows_table=False,
    )  # fmt: skip


def _figure(places: list[tuple[str, Measure]], whole: Measure, reference: str, look: Look) -> go.Figure:
    from dashboard.figures.base import Point, Reference
    from dashboard.figures.dots import dots

    top = max([*(m.value or 0 for _, m in places), whole.value or 0, 1]) * 1.15
    line = Reference(reference, whole.value) if whole.value is not None else None
    return dots([Point(label, shown(m)) for label, m in places], line, look, top)

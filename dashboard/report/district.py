"""The network of organisations, its pupils and its equipment, which no page of the application shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from dashboard import equipment
from dashboard.blocks import Block, Cards, Cell, Chart, Column, Row, Table
from dashboard.display import Measure, shown
from dashboard.parts import KINDS, MANY, NOWHERE, area, by_school, caption, cell, counted, sheet
from dashboard.queries import Queries, School
from dashboard.results.years import trend_figure
from dashboard.words import number, plural, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look


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
    title = f"Организации ({area(q)}), по алфавиту"
    brief = by_places(q, ("pupils", "teachers"), title, year) if len(schools) > MANY else None
    return (Table(heads, rows, "organisations", title, brief=brief),)


def by_places(q: Queries, names: Sequence[str], title: str, year: int) -> Table | None:
    """Indicators of municipalities, for lists of organisations that are too long for paper."""
    count = Counter(school.municipality or NOWHERE for school in q.schools().values())
    found = [
        {c.keys["municipality"] or NOWHERE: c.measure for c in q.cuts(name, ("municipality",), year=year)}
        for name in names
    ]
    rows = tuple(
        Row(
            (
                Cell(place),
                Cell(number(count[place]), count[place]),
                *(_figure_of(one.get(place)) for one in found),
            )
        )
        for place in sorted(count)
    )
    heads = (Column("Муниципалитет"), Column("Организаций", True),
             *(Column(q.indicators[name].title, True) for name in names))  # fmt: skip
    return Table(heads, rows, caption=title) if len(count) > 1 else None


def _pupils(q: Queries, year: int) -> tuple[Block, ...]:
    by_year = {
        c.keys["year"]: c.measure for c in q.cuts("pupils", ("year",)) if (c.keys["year"] or year) <= year
    }
    if len(by_year) < 2:
        return ()
    years = sorted(by_year)
    answered = Counter(
        c.keys["year"] for c in q.cuts("pupils", ("school", "year")) if c.keys["year"] in by_year
    )
    return (
        Chart(
            figure=partial(trend_figure, q.indicators["pupils"].title, by_year),
            caption=caption(q, "pupils", f"{school_year(years[0])} – {school_year(years[-1])}",
                            _organisations(answered[year]), _incomplete(answered)),
            alt="Обучающихся в школах по учебным годам: линия",
            table=sheet("Учебный год", ((school_year(y), by_year[y]) for y in years)),
            key="pupils", title="Обучающихся в школах по учебным годам", shows_table=False,
        ),
    )  # fmt: skip


def _incomplete(answered: Counter[int]) -> str:
    """A year with fewer schools is no loss of pupils: the caption says whose numbers are missing."""
    most = max(answered.values())
    short = [f"{school_year(y)} — {count} из {most}" for y, count in sorted(answered.items()) if count < most]
    return (
        f"Анкеты приняты не от всех школ ({', '.join(short)}): эти годы с другими не сравнивать"
        if short
        else ""
    )


def _organisations(count: int) -> str:
    return plural(count, "организация", "организации", "организаций")


def resources(q: Queries, year: int) -> tuple[Block, ...]:
    """Equipment of the schools: the district's cards, then every school."""
    found = equipment.cards(q, year)
    return (Cards(found), *_by_school(q, year)) if found else ()


def _by_school(q: Queries, year: int) -> tuple[Block, ...]:
    found = {name: by_school(q.cuts(name, ("school",), year=year)) for name in equipment.EQUIPMENT}
    schools = [s for s in q.schools().values() if any(s.id in measures for measures in found.values())]
    rows = tuple(
        Row((Cell(s.label), *(_figure_of(found[name].get(s.id)) for name in equipment.EQUIPMENT)))
        for s in schools
    )
    heads = (Column("Школа"), *(Column(q.indicators[name].title, True) for name in equipment.EQUIPMENT))
    title = f"Оснащение школ, {school_year(year)}"
    is_long = len(schools) > MANY
    brief = by_places(q, equipment.EQUIPMENT, title, year) if is_long else None
    listed = Table(heads, rows, "equipment", title, brief=brief)
    return (listed,) if is_long else (_dots(q, year, schools, found["computers_per_100"]), listed)


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

"""Обозреватель: any indicator in any breakdown, over years, with conditions, as the chart that fits."""

from __future__ import annotations

from typing import Any

from dashboard import reference
from dashboard.blocks import (
    Block,
    Cards,
    Cell,
    Code,
    Column,
    Details,
    Filter,
    Filters,
    Heading,
    Link,
    Note,
    Option,
    Page,
    Row,
    Sentence,
    Table,
    Title,
)
from dashboard.explorer import charts, names
from dashboard.explorer.scope import PAGE, WHOLE, Scope, picked, scope
from dashboard.explorer.shapes import TITLES, fitting
from dashboard.explorer.sides import has_ages
from dashboard.marts import Indicator
from dashboard.parts import card, compared, year_links
from dashboard.queries import Queries
from dashboard.selection import Selection, field_of
from dashboard.slices import DIMENSIONS
from dashboard.view import View
from dashboard.views.indicators import THEMES
from dashboard.words import lower_first, plural, school_year

REFERRED = ("dots", "funnel")
"""Charts that draw what others are compared with."""
ACROSS = 4
"""Long drop-downs in one row; the short ones stand after each other as they find room."""


def build(q: Queries, chosen: Selection) -> Page:
    """One question and its answer; without an indicator, the list to begin from."""
    lost: tuple[Block, ...] = ()
    if chosen.indicator and chosen.indicator not in q.indicators:
        lost = (Note(f"Показателя «{chosen.indicator}» нет; выберите из списка.", "watch"),)
    if chosen.indicator is None or lost:
        return Page(Title("Обозреватель", "любой показатель в любом разрезе"), (*lost, *_choice(q)))
    asked = scope(q, chosen)
    if asked is None:
        missing = q.indicators[chosen.indicator].missing or "нет данных"
        nothing = Note(f"Значений нет: {missing}.", "plain")
        title = Title(q.indicators[chosen.indicator].title, "", (Link("Обозреватель", PAGE),))
        return Page(title, (Filters((_indicator_filter(q, chosen),)), nothing))
    return _answered(q, asked)


def _choice(q: Queries) -> tuple[Block, ...]:
    """Indicators by theme, with what they can be cut by."""
    columns = (Column("Показатель", is_wide=True), Column("Единица"), Column("Разрезы", is_wide=True))
    blocks: list[Block] = [Filters((_indicator_filter(q, Selection()),))]
    for theme, found in _by_theme(q).items():
        rows = tuple(_choice_row(i) for i in found)
        blocks += [
            Heading(THEMES.get(theme, theme), plural(len(rows), "показатель", "показателя", "показателей")),
            Table(columns, rows, f"explore-{theme}", has_download=False),
        ]
    return tuple(blocks)


def _by_theme(q: Queries) -> dict[str, list[Indicator]]:
    themes = dict.fromkeys([*THEMES, *(i.theme for i in q.indicators.values())])
    found = {theme: [i for i in q.indicators.values() if i.theme == theme] for theme in themes}
    return {theme: there for theme, there in found.items() if there}


def _choice_row(indicator: Indicator) -> Row:
    cut = ", ".join(lower_first(names.dimension(d)) for d in indicator.by)
    cells = (Cell(indicator.title), Cell(indicator.unit), Cell(cut))
    return Row(cells, Link(indicator.title, PAGE, Selection(indicator=indicator.indicator_id)))


def _answered(q: Queries, s: Scope) -> Page:
    found = charts.answer(q, s)
    shapes = fitting(s, len(found.rows), len(found.columns), has_ages(q, s))
    kind = s.chosen.chart if s.chosen.chart in shapes else shapes[0]
    head: list[Block] = [year_links(s.years, s.year, PAGE, s.chosen)]
    head += [Note(text, "watch") for text in s.messages]
    items = _filters(q, s, shapes, kind)
    long = [item for item in items if item.is_long]
    head += [Filters(tuple(long[at : at + ACROSS])) for at in range(0, len(long), ACROSS)]
    head += [Filters(tuple(item for item in items if not item.is_long))]
    note = " · ".join([school_year(s.year), *(names.value(q, n, v) for n, v in s.where.items())])
    return Page(
        Title(s.indicator.title, note, (Link("Обозреватель", PAGE),)),
        (
            *head,
            *_whole(q, s, found),
            *(reference.choice(PAGE, s.chosen, found.commons)[1] if kind in REFERRED else ()),
            *charts.blocks(q, s, found, kind),
            *charts.table(q, s, found),
            Note(f"Что с чем сравнивать. {s.indicator.compare}"),
            Details("Запрос к витрине", (_statement(q, s),)),
        ),
    )


def _whole(q: Queries, s: Scope, found: charts.Answer) -> tuple[Block, ...]:
    """The number of all together, and its sentence against the year before."""
    if not found.whole.n:
        return ()
    if s.indicator.kind == "share":
        return (Sentence("", compared(q, s.indicator.indicator_id, s.year, **s.where)),)
    one = card(q, s.indicator.indicator_id, s.year, None, "Всего по выбору", **s.where)
    return (Cards((one,), is_compact=True),) if one else ()


def _statement(q: Queries, s: Scope) -> Code:
    by = [name for name in (s.by, s.across) if name]
    return Code(q.statement(s.indicator.indicator_id, by, year=s.year, **s.where))


def _filters(q: Queries, s: Scope, shapes: tuple[str, ...], kind: str) -> tuple[Filter, ...]:
    """Indicator, breakdown, chart, then the conditions that have something to choose."""
    return (
        _indicator_filter(q, s.chosen),
        _breakdown_filter(s),
        Filter(
            "chart", "Вид",
            tuple(Option(TITLES[name], s.chosen.but(chart=name)) for name in shapes), shapes.index(kind), "Вид",
        ),
        *(_condition(q, s, name) for name, found in s.known.items() if len(found) > 1),
    )  # fmt: skip


def _indicator_filter(q: Queries, chosen: Selection) -> Filter:
    found = [i for there in _by_theme(q).values() for i in there]
    given = {name: value for name in DIMENSIONS if (value := picked(chosen, name)) is not None}
    titles = q.remembered("titles of the indicators by theme", lambda: [_with_theme(i) for i in found])
    options = [Option("Все показатели", Selection())]
    options += [Option(title, _asking(given, i)) for title, i in zip(titles, found, strict=True)]
    ids = [i.indicator_id for i in found]
    current = ids.index(chosen.indicator) + 1 if chosen.indicator in ids else None
    return Filter("indicator", "Показатель", tuple(options), current, "Выберите показатель")


def _with_theme(indicator: Indicator) -> str:
    return f"{THEMES.get(indicator.theme, indicator.theme)}: {lower_first(indicator.title)}"


def _asking(given: dict[str, Any], indicator: Indicator) -> Selection:
    """The same conditions for another indicator, as far as it has them."""
    kept = {name: value for name, value in given.items() if name in (*indicator.by, "municipality", "kind")}
    return Selection(
        indicator=indicator.indicator_id, **{field_of(name): value for name, value in kept.items()}
    )


def _breakdown_filter(s: Scope) -> Filter:
    free = s.breakdowns
    options = [Option("Без разбивки", s.chosen.but(by=WHOLE, chart=None, part=None))]
    options += [
        Option(f"Разбить: {lower_first(names.dimension(d))}", s.chosen.but(by=d, chart=None, part=None))
        for d in free
    ]
    current = free.index(s.by) + 1 if s.by in free else 0
    return Filter("by", "Разбивка", tuple(options), current, "Разбивка")


def _condition(q: Queries, s: Scope, name: str) -> Filter:
    field, known = field_of(name), s.known[name]
    options = [Option(f"{names.dimension(name)}: все", s.chosen.but(part=None, **{field: None}))]
    options += [
        Option(names.value(q, name, v), s.chosen.but(part=None, by=None if s.by == name else s.chosen.by, **{field: v}))
        for v in known
    ]  # fmt: skip
    given = picked(s.chosen, name)
    current = known.index(given) + 1 if given in known else 0
    return Filter(f"of-{name}", names.dimension(name), tuple(options), current, names.dimension(name))


VIEW = View("explorer", "Обозреватель", "Анализ", 60, build, ("year", "kind", "municipality", "school"))

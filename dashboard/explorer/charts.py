"""One question drawn: every chart that the explorer knows, each from the same cuts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from dashboard import steady
from dashboard.blocks import Block, Cell, Chart, Column, Link, Pager, Row, Table
from dashboard.display import Measure, Shown, shown
from dashboard.explorer import names, sides
from dashboard.explorer.scope import PAGE, Scope, picked
from dashboard.parts import INTERVAL_NOTE, PAGE_SIZE, area, caption, counted, sheet
from dashboard.queries import Queries
from dashboard.reference import Common, commons
from dashboard.results.places import CLOUD_NOTE, is_different
from dashboard.selection import Selection, field_of
from dashboard.words import plural, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

Draw = Callable[["Look"], "go.Figure"]
Values = dict[tuple[Any, ...], Measure]


@dataclass(frozen=True)
class Answer:
    """The measures of a question: by value of the breakdown, of the second dimension, and by year."""

    now: Values
    """(breakdown, second dimension or None) → the chosen year's measure."""
    rows: tuple[Any, ...]
    columns: tuple[Any, ...]
    whole: Measure
    commons: dict[str, Common]
    """What to compare with, the chosen one's name in the address."""
    common: Common


def answer(q: Queries, s: Scope) -> Answer:
    """The chosen year's numbers in the order in which people read the breakdown."""
    by = [name for name in (s.by, s.across) if name]
    cuts = q.cuts(s.indicator.indicator_id, by, year=s.year, **s.where)
    now = {(c.keys.get(s.by or ""), c.keys.get(s.across or "")): c.measure for c in cuts if c.measure.n}
    there = {key for key, _ in now}
    rows = tuple(v for v in s.known.get(s.by or "", (None,)) if v in there)
    columns = tuple(v for v in s.known.get(s.across or "", ()) if any(c == v for _, c in now))
    is_whole = not (set(s.indicator.split_by) & {s.by, s.across})
    whole = q.one(s.indicator.indicator_id, year=s.year, **s.where) if is_whole else Measure(0, 0, 0)
    own = Common(_reference(q, s), whole)
    asked = {"year": s.year, **s.where}
    ways = commons(q, s.indicator.indicator_id, own, s.chosen, **asked) if is_whole else {"": own}
    return Answer(now, rows, columns, whole, ways, ways.get(s.chosen.against or "", own))


def by_year(q: Queries, s: Scope) -> dict[Any, dict[int, Measure]]:
    """Value of the breakdown → year → measure."""
    cuts = q.cuts(s.indicator.indicator_id, [*([s.by] if s.by else []), "year"], **s.where)
    found: dict[Any, dict[int, Measure]] = {}
    for cut in cuts:
        if cut.keys["year"] and cut.measure.n:
            found.setdefault(cut.keys.get(s.by or ""), {})[cut.keys["year"]] = cut.measure
    return found


def label(q: Queries, s: Scope, stored: Any) -> str:
    """A value of the breakdown as a row is called."""
    return names.value(q, s.by, stored) if s.by else s.indicator.short or s.indicator.title


def deeper(s: Scope, stored: Any) -> Selection:
    """Where a click on a value leads: the same question inside it."""
    if s.by is None or stored is None:
        return s.chosen
    fixed: dict[str, Any] = {field_of(s.by): stored}
    return s.chosen.but(by=None, chart=None, part=None, **fixed)


def blocks(q: Queries, s: Scope, found: Answer, kind: str) -> tuple[Block, ...]:
    """The chosen chart; a table alone stands in the page itself."""
    drawn = {
        "dots": _dots,
        "bars": _bars,
        "funnel": _funnel,
        "lines": _lines,
        "panels": _panels,
        "heat": _heat,
        "diverging": _diverging,
        "pyramid": _pyramid,
    }
    if kind not in drawn:
        return ()
    draw, table, note = drawn[kind](q, s, found)
    over_years = kind in ("lines", "panels") or (kind == "heat" and not s.across)
    period = f"{school_year(s.years[0])} – {school_year(s.years[-1])}" if over_years else school_year(s.year)
    size: float | str = found.whole.n or plural(len(found.rows), "строка", "строки", "строк")
    return (
        Chart(
            figure=draw,
            caption=caption(q, s.indicator.indicator_id, period, size, note),
            alt=f"{s.indicator.title}: {kind}" if not s.by else f"{s.indicator.title}, {_by(s)}",
            table=table,
            key=f"explorer-{kind}",
            shows_table=False,
        ),
    )


def _by(s: Scope) -> str:
    return f"разбивка: {names.dimension(s.by or '').lower()}"


def _named(q: Queries, s: Scope, found: Answer) -> list[tuple[str, Measure, str]]:
    return [(label(q, s, v), found.now[v, None], _href(s, v)) for v in found.rows if (v, None) in found.now]


def _href(s: Scope, stored: Any) -> str:
    return Link("", PAGE, deeper(s, stored)).href


def _sheet(q: Queries, s: Scope, found: Answer) -> Table:
    return sheet(names.dimension(s.by or ""), ((text, m) for text, m, _ in _named(q, s, found)))


def _dots(q: Queries, s: Scope, found: Answer) -> tuple[Draw, Table, str]:
    draw = partial(_draw_dots, _named(q, s, found), found.common)
    return draw, _sheet(q, s, found), INTERVAL_NOTE if s.indicator.kind in ("share", "mean") else ""


def _reference(q: Queries, s: Scope) -> str:
    return str(picked(s.chosen, "municipality") or area(q)) if s.chosen.school is None else "организация"


def _draw_dots(named: list[tuple[str, Measure, str]], common: Common, look: Look) -> go.Figure:
    from dashboard.figures.base import Point, Reference
    from dashboard.figures.dots import dots

    points = [Point(text, shown(m), href, is_different(m, common.measure)) for text, m, href in named]
    seen = shown(common.measure).value if common.measure.n else None
    line = Reference(common.label, seen) if seen is not None else None
    is_percent = bool(named) and named[0][1].unit == "%"
    top = None if is_percent else 1.15 * max([m.high or m.value or 0 for _, m, _ in named] + [1])
    return dots(points, line, look, top)


def _bars(q: Queries, s: Scope, found: Answer) -> tuple[Draw, Table, str]:
    return partial(_draw_bars, _named(q, s, found)), _sheet(q, s, found), ""


def _draw_bars(named: list[tuple[str, Measure, str]], look: Look) -> go.Figure:
    from dashboard.figures.people import Group, groups

    return groups([Group(text, round(m.numerator), href=href) for text, m, href in named], look)


def _funnel(q: Queries, s: Scope, found: Answer) -> tuple[Draw, Table, str]:
    draw = partial(_draw_funnel, _named(q, s, found), found.common)
    return draw, _sheet(q, s, found), f"{CLOUD_NOTE}; пределы — вокруг значения: {found.common.label}"


def _draw_funnel(named: list[tuple[str, Measure, str]], common: Common, look: Look) -> go.Figure:
    from dashboard.cloud import FunnelPoint
    from dashboard.figures.funnel import funnel_plot

    points = [FunnelPoint(text, m.n, shown(m), href) for text, m, href in named]
    return funnel_plot(
        points, common.measure.value or 0, look, common.label, "Размер, n (логарифмическая шкала)"
    )


def _lines(q: Queries, s: Scope, found: Answer) -> tuple[Draw, Table, str]:
    series = _series(q, s)
    return partial(_draw_lines, series, s), _years_sheet(s, series), s.indicator.compare


def _series(q: Queries, s: Scope) -> list[tuple[str, list[Measure | None]]]:
    years = by_year(q, s)
    ordered = s.known.get(s.by or "", (None,)) if s.by else (None,)
    return [(label(q, s, v), [years[v].get(y) for y in s.years]) for v in ordered if v in years]


def _seen(measures: Sequence[Measure | None]) -> tuple[Shown, ...]:
    return tuple(shown(m or Measure(0, 0, 0)) for m in measures)


def _draw_lines(series: list[tuple[str, list[Measure | None]]], s: Scope, look: Look) -> go.Figure:
    from dashboard.figures.trend import Line, trend

    lines = [Line(text, _seen(measures)) for text, measures in series]
    return trend(lines, [school_year(y) for y in s.years], look, s.is_share)


def _panels(q: Queries, s: Scope, found: Answer) -> tuple[Draw, Table, str]:
    series = _series(q, s)
    return partial(_draw_panels, series, s), _years_sheet(s, series), s.indicator.compare


def _draw_panels(series: list[tuple[str, list[Measure | None]]], s: Scope, look: Look) -> go.Figure:
    from dashboard.figures.panels import panels
    from dashboard.figures.trend import Line

    lines = [Line(text, _seen(measures)) for text, measures in series]
    return panels(lines, [school_year(y) for y in s.years], look, s.is_share)


def _years_sheet(s: Scope, series: list[tuple[str, list[Measure | None]]]) -> Table:
    rows = (
        (f"{text}, {school_year(year)}", measure)
        for text, measures in series
        for year, measure in zip(s.years, measures, strict=True)
        if measure
    )
    return sheet(f"{names.dimension(s.by) if s.by else 'Показатель'}, год", rows)


def _heat(q: Queries, s: Scope, found: Answer) -> tuple[Draw, Table, str]:
    if s.across:
        columns = [names.value(q, s.across, c) for c in found.columns]
        cells = [[found.now.get((v, c)) for c in found.columns] for v in found.rows]
    else:
        columns, years = [school_year(y) for y in s.years], by_year(q, s)
        cells = [[years.get(v, {}).get(y) for y in s.years] for v in found.rows]
    rows = [(label(q, s, v), row, _href(s, v)) for v, row in zip(found.rows, cells, strict=True)]
    numbers = (
        (f"{text}, {column}", m) for text, row, _ in rows for column, m in zip(columns, row, strict=True) if m
    )
    return (
        partial(_draw_heat, rows, columns),
        sheet(names.dimension(s.by or ""), numbers),
        "Цвет — от 20 человек",
    )


def _draw_heat(
    rows: list[tuple[str, list[Measure | None], str]], columns: list[str], look: Look
) -> go.Figure:
    from dashboard.figures.heat import HeatRow, heat

    drawn = [
        HeatRow(text, _seen(cells), tuple(round(m.n) if m else 0 for m in cells), href)
        for text, cells, href in rows
    ]
    return heat(drawn, columns, look)


def _diverging(q: Queries, s: Scope, found: Answer) -> tuple[Draw, Table, str]:
    words, measures = sides.parts(q, s, found.columns)
    return sides.diverging(
        words, [(label(q, s, v), measures[v], _href(s, v)) for v in found.rows if v in measures]
    )


def _pyramid(q: Queries, s: Scope, found: Answer) -> tuple[Draw, Table, str]:
    return sides.pyramid(q, s)


def table(q: Queries, s: Scope, found: Answer) -> tuple[Block, ...]:
    """The numbers: the breakdown down, the second dimension or the last years across."""
    if s.across:
        columns = [names.value(q, s.across, c) for c in found.columns]
        cells = {v: [found.now.get((v, c)) for c in found.columns] for v in found.rows}
    else:
        years, last = by_year(q, s), [y for y in s.years if y <= s.year][-4:]
        columns, cells = [school_year(y) for y in last], {}
        cells = {v: [years.get(v, {}).get(y) for y in last] for v in found.rows}
    parts = max(1, -(-len(found.rows) // PAGE_SIZE))
    part = min(s.chosen.part or 1, parts)
    more, steadier = ((), _nothing) if s.across or s.by != "school" else _steadier(q, s)
    rows = tuple(
        Row(
            (Cell(label(q, s, v)), *(counted(m) for m in cells[v]), *steadier(str(v))),
            Link("", PAGE, deeper(s, v)) if s.by else None,
        )
        for v in found.rows[(part - 1) * PAGE_SIZE : part * PAGE_SIZE]
    )
    heads = (
        Column(names.dimension(s.by) if s.by else "Показатель"),
        *(Column(c, True) for c in columns),
        *more,
    )
    drawn = Table(heads, rows, "explorer-table", s.indicator.title)
    return (drawn, Pager(PAGE, s.chosen, part, parts)) if parts > 1 else (drawn,)


def _steadier(q: Queries, s: Scope) -> tuple[tuple[Column, ...], steady.Cells]:
    return steady.columns(q, s.indicator.indicator_id, s.year, **s.where)


def _nothing(_: str) -> tuple[Cell, ...]:
    return ()

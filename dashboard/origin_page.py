"""«Откуда это число»: one number with its formula, files and what was left out; or all numbers of a page at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard import explained
from dashboard.blocks import Block, Cards, Cell, Column, Link, Links, Note, Page, Row, Table, Title
from dashboard.explorer import names
from dashboard.marts import Indicator
from dashboard.origins import LABEL, OF_PAGE, PAGE, PANEL
from dashboard.parts import card, counted, pick_year, year_links
from dashboard.queries import Queries
from dashboard.selection import Selection, field_of
from dashboard.slices import allowed
from dashboard.words import school_year

BACK = Link("О показателях", PAGE)


def build(q: Queries, chosen: Selection) -> Page:
    """The indicators that the address names, in its cut."""
    asked = [q.indicators[name] for name in (chosen.indicator or "").split(",") if name in q.indicators]
    if not asked:
        lost = Note(f"Показателя «{chosen.indicator or ''}» нет.", "watch")
        return Page(Title(LABEL, "", (BACK,)), (lost,))
    return _one(q, asked[0], chosen) if len(asked) == 1 else _several(q, asked, chosen)


def cut(declared: Indicator, chosen: Selection) -> dict[str, Any]:
    """What the address fixes, as far as the indicator can be cut by it; without the year."""
    given = {name: getattr(chosen, field_of(name)) for name in allowed(declared)}
    return {name: value for name, value in given.items() if value is not None and name != "year"}


def _one(q: Queries, declared: Indicator, chosen: Selection) -> Page:
    name = declared.indicator_id
    passport = Link(declared.title, PAGE, Selection(indicator=name, year=chosen.year))
    years = q.years_of(name)
    year, messages = pick_year(years, chosen)
    if year is None:
        nothing = Note(f"Значений нет: {declared.missing or 'нет данных'}.", "plain")
        return Page(Title(LABEL, declared.title, (BACK, passport)), (nothing,))
    chosen = chosen.but(year=year)
    where = cut(declared, chosen)
    head: list[Block] = [year_links(years, year, PAGE, chosen), *(Note(text, "watch") for text in messages)]
    shown = None if set(declared.split_by) - {"year", *where} else card(q, name, year, None, **_plain(where))
    return Page(
        Title(declared.title, f"{LABEL.lower()} · {school_year(year)}", (BACK, passport)),
        (
            *head,
            *_conditions(q, chosen, where),
            *((Cards((shown,)),) if shown else ()),
            *explained.blocks(q.origin(name, year=year, **_plain(where))),
        ),
    )


def _plain(where: dict[str, Any]) -> dict[str, Any]:
    return {field_of(name): value for name, value in where.items()}


def _conditions(q: Queries, chosen: Selection, where: dict[str, Any]) -> tuple[Links, ...]:
    """What the number is narrowed to; a click takes one condition back."""
    items = tuple(
        Link(f"{names.dimension(name)}: {names.value(q, name, value)} ✕", PAGE, chosen.but(**{field: None}))
        for name, value in where.items()
        for field in _plain({name: value})
    )
    return (Links(items, "", "Условия, щелчок снимает"),) if items else ()


def _several(q: Queries, asked: Sequence[Indicator], chosen: Selection) -> Page:
    """Every number that the page was made of; a row leads to its own origin."""
    rows = [row for declared in asked if (row := _row(q, declared, chosen))]
    columns = (Column("Показатель", is_wide=True), Column("В этом разрезе", True),
               Column("Как считается", is_wide=True), Column("Источник", is_wide=True))  # fmt: skip
    note = "Строка ведёт к файлам, датам, исключённому и замечаниям, с которыми данные приняты."
    nothing: tuple[Block, ...] = (Note("Чисел в этом разрезе нет.", "plain"),)
    body = (Table(columns, tuple(rows), "origins"), Note(note)) if rows else nothing
    about = school_year(chosen.year) if chosen.year else "последний год с данными"
    return Page(Title(OF_PAGE, about, (BACK,)), body)


def _row(q: Queries, declared: Indicator, chosen: Selection) -> Row | None:
    """None where there is no such number."""
    year, _ = pick_year(q.years_of(declared.indicator_id), chosen)
    if year is None:
        return None
    where = cut(declared, chosen)
    is_apart = bool(set(declared.split_by) - {"year", *where})
    measure = None if is_apart else q.one(declared.indicator_id, year=year, **_plain(where))
    if measure is not None and not measure.n:
        return None
    value = Cell("по частям") if measure is None else counted(measure)
    link = Link("", PAGE, chosen.but(indicator=declared.indicator_id, panel=PANEL))
    return Row((Cell(declared.title), value, Cell(declared.formula), Cell(declared.source)), link)

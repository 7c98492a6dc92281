"""Charts of two sides: diverging bars of what lies below and above the middle, and the pyramid of ages by sex."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from dashboard.blocks import Cell, Column, Row, Table
from dashboard.display import Measure, shown
from dashboard.explorer import names
from dashboard.explorer.scope import Scope, picked
from dashboard.parts import sheet
from dashboard.queries import Queries
from dashboard.queries.people import AGES, ages_by_sex
from dashboard.results.journal import SIDES, WORDS, told
from dashboard.words import NBSP, capital, number, plural

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

Draw = Callable[["Look"], "go.Figure"]
OF_PEOPLE = "teachers"
"""The count whose people have ages and sexes in the lists."""
SEXES = {"ж": "женщины", "м": "мужчины"}
Told = list[tuple[str, tuple[Measure, ...], str]]
"""Name, the three shares from the left to the right, where a click leads."""


def diverges(s: Scope, columns: int) -> bool:
    """Shares of three parts: marks against the journal, or three levels of a diagnostic."""
    if s.across:
        return s.across == "level" and columns == 3
    return s.by is not None and s.indicator.indicator_id in SIDES


def parts(
    q: Queries, s: Scope, columns: Sequence[Any]
) -> tuple[tuple[str, ...], dict[Any, tuple[Measure, ...]]]:
    """What the three parts are called, and the three measures of every value of the breakdown."""
    nothing = Measure(0, 0, 0)
    if s.across:
        cuts = q.cuts(s.indicator.indicator_id, (s.by or "", s.across), year=s.year, **s.where)
        found = {(c.keys[s.by or ""], c.keys[s.across]): c.measure for c in cuts}
        words = tuple(names.value(q, s.across, c) for c in columns)
        return words, {v: tuple(found.get((v, c), nothing) for c in columns) for v, _ in found}
    sides = [
        {c.keys[s.by or ""]: c.measure for c in q.cuts(i, (s.by or "",), year=s.year, **s.where)}
        for i in SIDES
    ]
    return WORDS, {v: tuple(side.get(v, nothing) for side in sides) for v in sides[0]}


def diverging(words: tuple[str, ...], rows: Told) -> tuple[Draw, Table, str]:
    """Bars from the middle: the first part to the left, the last to the right, the middle one in numbers."""
    numbers = (
        (f"{label}: {word}", m) for label, sides, _ in rows for word, m in zip(words, sides, strict=True)
    )
    note = f"Влево — {words[0]}, вправо — {words[2]}, числом справа — {words[1]}"
    return partial(_draw, words, rows), sheet("Разбивка", numbers), note


def _draw(words: tuple[str, ...], rows: Told, look: Look) -> go.Figure:
    from dashboard.figures.journal import JournalRow
    from dashboard.figures.journal import diverging as draw

    drawn = []
    for label, sides, href in rows:
        low, middle, high = (shown(side).value for side in sides)
        drawn += [JournalRow(label, told(words, sides), low, middle, high, href)] if sides[0].n else []
    left, middle_word, right = words
    return draw(drawn, look, (left, middle_word, right))


def has_ages(q: Queries, s: Scope) -> bool:
    """Whether the chosen people's ages and sexes are known and may be told: groups of few are for internal use."""
    if s.indicator.indicator_id != OF_PEOPLE or q.viewer.audience != "internal":
        return False
    return set(_ages(q, s)) == set(SEXES)


def _ages(q: Queries, s: Scope) -> dict[str, list[int]]:
    place = {name: picked(s.chosen, name) for name in ("kind", "municipality")}
    return ages_by_sex(q, s.year, school_id=s.chosen.school, **place)


def pyramid(q: Queries, s: Scope) -> tuple[Draw, Table, str]:
    """Ages from the oldest down, women to the left and men to the right."""
    found = _ages(q, s)
    women, men = (found[sex] for sex in SEXES)
    rows = tuple(
        Row((Cell(age), *(Cell(number(n), n) for n in (f, m, f + m))))
        for age, f, m in zip(AGES, women, men, strict=True)
    )
    columns = (Column("Возраст"), *(Column(capital(word), True) for word in (*SEXES.values(), "всего")))
    told_of = plural(sum(women) + sum(men), "педагога", "педагогов", "педагогов")
    note = f"Полосы ОО-1; в списках кадров пол и год рождения указаны у{NBSP}{told_of}"
    return partial(_draw_pyramid, women, men), Table(columns, rows, "pyramid"), note


def _draw_pyramid(women: list[int], men: list[int], look: Look) -> go.Figure:
    from dashboard.figures.journal import JournalRow, diverging

    rows = [
        JournalRow(age, f"женщины {f}, мужчины {m}", f, f + m, m)
        for age, f, m in zip(AGES, women, men, strict=True)
    ]
    return diverging(rows[::-1], look, ("женщины", "всего", "мужчины"), "")

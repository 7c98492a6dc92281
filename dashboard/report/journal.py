"""Marks of the works against the journal, one row a work, for the district as a whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Chart, Heading, Note
from dashboard.display import Measure, shown
from dashboard.parts import area, caption, sheet
from dashboard.queries import Queries
from dashboard.queries.results import Work
from dashboard.results.journal import SIDES, WORDS, told
from dashboard.words import NBSP, number, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.figures.journal import JournalRow
    from dashboard.theme import Look

WHERE = f"Влево — отметка за работу ниже журнала, вправо — выше; где участников меньше 10{NBSP}— только числа"
Row = tuple[str, tuple[Measure, ...]]


def blocks(q: Queries, found: list[Work]) -> tuple[Block, ...]:
    """The diverging bars of all works that have a scale."""
    sides = _sides(q, found[0].year)
    rows = [
        (work.label, sides[work.subject, work.grade]) for work in found if (work.subject, work.grade) in sides
    ]
    if not rows:
        return (Heading("Отметки за работу и журнал"), Note("Шкал нет, сравнить с журналом нельзя.", "watch"))
    return (Heading("Отметки за работу и журнал"), _chart(q, found[0].year, rows))


def _sides(q: Queries, year: int) -> dict[tuple[str, int], tuple[Measure, ...]]:
    """The three shares of every work that has a scale, by subject and grade."""
    found: dict[tuple[str, int], list[Measure]] = {}
    for name in SIDES:
        for cut in q.cuts(name, ("subject", "grade"), year=year):
            found.setdefault((cut.keys["subject"], cut.keys["grade"]), []).append(cut.measure)
    return {
        work: tuple(shares) for work, shares in found.items() if len(shares) == len(SIDES) and shares[0].n
    }


def _chart(q: Queries, year: int, rows: list[Row]) -> Chart:
    numbers = (
        (f"{label}: {word}", measure)
        for label, sides in rows
        for word, measure in zip(WORDS, sides, strict=True)
    )
    total = sum(sides[0].n for _, sides in rows)
    return Chart(
        figure=partial(_figure, rows),
        caption=caption(q, "journal_confirmed_share", school_year(year), f"участий: {number(total)}", WHERE),
        alt="Понизили, подтвердили, повысили отметку журнала: расходящиеся полосы по работам",
        table=sheet("Работа", numbers),
        key="journal-works",
        title=f"Отметки за работу и по журналу, {area(q)} в целом",
        shows_table=False,
    )


def _figure(rows: list[Row], look: Look) -> go.Figure:
    from dashboard.figures.journal import diverging

    return diverging([_drawn(label, sides) for label, sides in rows], look, WORDS)


def _drawn(label: str, sides: tuple[Measure, ...]) -> JournalRow:
    from dashboard.figures.journal import JournalRow

    low, same, high = (shown(side).value for side in sides)
    return JournalRow(label, told(WORDS, sides), low, same, high)

"""Marks of the work against marks of the journal: the same pupils, so the comparison is fair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Cell, Chart, Column, Link, Note, Row, Sentence, Table
from dashboard.display import Measure, shown
from dashboard.parts import MANY, area, caption, cell, counted, sheet
from dashboard.queries import Queries
from dashboard.results.scope import PAGE, Scope
from dashboard.selection import Selection
from dashboard.words import NBSP, capital, number, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.figures.journal import JournalRow
    from dashboard.theme import Look

SIDES = ("journal_lowered_share", "journal_confirmed_share", "journal_raised_share")
NO_SCALE = "Сравнить с журналом нельзя: для этой работы нет шкалы перевода баллов в отметки. Загрузите файл со шкалой."
COLUMNS = (Column("Школа"), Column("Понизили", True), Column("Подтвердили", True), Column("Повысили", True))


@dataclass(frozen=True)
class Entry:
    """One row: the three shares of a school, class or the whole."""

    label: str
    sides: tuple[Measure, Measure, Measure]
    chosen: Selection | None
    is_area: bool = False
    """A territory of the group reports: its counts are recovered from percents and not told."""

    @property
    def counts(self) -> str:
        """«понизили 3, подтвердили 9, повысили 2 из 14»."""
        if self.is_area:
            return f"отчёт ФИС ОКО, участников {number(self.sides[0].n)}"
        return told(WORDS, self.sides)


WORDS = ("понизили", "подтвердили", "повысили")


def told(words: Sequence[str], sides: Sequence[Measure]) -> str:
    """Three counts in words: «понизили 3, подтвердили 9, повысили 2 из 14»."""
    counts = (f"{word} {number(m.numerator)}" for word, m in zip(words, sides, strict=True))
    return f"{', '.join(counts)} из{NBSP}{number(sides[0].n)}"


def blocks(q: Queries, s: Scope) -> tuple[Block, ...]:
    """The finding, the diverging bars, the table."""
    whole = Entry(s.school.label if s.school else area(q).capitalize(), _sides(q, s), None)
    if not whole.sides[0].n:
        return (Note(NO_SCALE, "watch"),)
    beside = _areas(q, s)
    rows = [whole, *beside, *_schools(q, s)] if s.school is None else [whole, *beside]
    shown_rows = rows if len(rows) <= MANY else [whole, *beside]
    return (
        _sentence(q, s, whole),
        _chart(q, s, shown_rows, whole),
        _table(rows[: MANY + 1]),
        *([Note(TOO_MANY)] if len(rows) > MANY else []),
        Note(NOT_BLAME),
    )


TOO_MANY = "Школ слишком много для одного списка: выберите муниципалитет."
BY_REPORTS = "Регион и РФ — по отчётам ФИС ОКО"
NOT_BLAME = "Расхождение — повод посмотреть работы вместе, а не оценка школы или учителя."


def _sides(q: Queries, s: Scope) -> tuple[Measure, Measure, Measure]:
    low, same, high = (q.one(name, **s.part) for name in SIDES)
    return low, same, high


def _areas(q: Queries, s: Scope) -> list[Entry]:
    """The region and the country by the group reports, where all three sides are known."""
    found = [{a.label: a for a in q.areas(name, (), **s.where)} for name in SIDES]
    return [
        Entry(
            capital(label),
            (found[0][label].measure, found[1][label].measure, found[2][label].measure),
            None,
            True,
        )
        for label in found[0]
        if label in found[1] and label in found[2]
    ]


def _schools(q: Queries, s: Scope) -> list[Entry]:
    found = [{c.keys["school"]: c.measure for c in q.cuts(name, ("school",), **s.where)} for name in SIDES]
    return [
        Entry(x.label, (found[0][x.id], found[1][x.id], found[2][x.id]), s.chosen.but(school=x.id))
        for x in q.schools().values()
        if x.id in found[0] and found[0][x.id].n
    ]


def _sentence(q: Queries, s: Scope, whole: Entry) -> Sentence:
    gap = q.one("journal_gap_share", **s.part)
    far = f" На две отметки и больше разошлись {number(gap.numerator)} из{NBSP}{number(gap.denominator)}."
    seen = shown(whole.sides[1])
    lead = f"Отметку журнала подтвердили {seen.text}" + (f" ({seen.count})." if seen.count else ".")
    mean = shown(q.one("journal_mean_shift", **s.part))
    shift = (
        f" Средний сдвиг {mean.text}{f' ({mean.interval})' if mean.interval else ''}."
        if mean.value is not None
        else ""
    )
    return Sentence(lead, f"{far.strip()}{shift}")


def _chart(q: Queries, s: Scope, rows: list[Entry], whole: Entry) -> Chart:
    numbers = ((f"{r.label}: {word}", m) for r in rows for word, m in zip(WORDS, r.sides, strict=True))
    return Chart(
        figure=partial(_figure, rows),
        caption=caption(
            q,
            SIDES[1],
            school_year(s.year),
            whole.sides[0].n,
            "Влево — отметка за работу ниже журнала, вправо — выше. Порядок алфавитный"
            + (f". {BY_REPORTS}" if any(row.is_area for row in rows) else ""),
        ),
        alt="Понизили, подтвердили, повысили отметку: расходящиеся полосы по школам",
        table=sheet("Школа", numbers),
        key="journal",
        title="",
        shows_table=False,
    )


def _figure(rows: list[Entry], look: Look) -> go.Figure:
    from dashboard.figures.journal import diverging

    return diverging([_drawn(row) for row in rows], look, WORDS)


def _drawn(row: Entry) -> JournalRow:
    from dashboard.figures.journal import JournalRow

    low, same, high = (shown(side).value for side in row.sides)
    href = Link("", PAGE, row.chosen).href if row.chosen else ""
    return JournalRow(row.label, row.counts, low, same, high, href)


def _table(rows: list[Entry]) -> Table:
    return Table(
        COLUMNS,
        tuple(
            Row(
                (Cell(r.label), *((cell if r.is_area else counted)(m) for m in r.sides)),
                Link(r.label, PAGE, r.chosen) if r.chosen else None,
                is_total=r.chosen is None,
            )
            for r in rows
        ),
        "journal-table",
    )

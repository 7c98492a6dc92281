"""What changed since last year's report: every share of the district, or of one organisation, both years."""

from __future__ import annotations

from dataclasses import replace

from dashboard.blocks import Block, Cell, Column, Note, Row, Table
from dashboard.display import Measure, change
from dashboard.marts import Indicator
from dashboard.parts import counted
from dashboard.queries import Queries
from dashboard.report.overview import pair
from dashboard.words import joined, plural, school_year

NOTE = (
    "Изменением названо только то различие, которое больше случайного при 20 и более людях в обоих годах. "
    "Работы и экзамены разных лет не выровнены: по ним это ориентир. Почему так вышло, числа не говорят."
)

LIMIT = (
    "Что именно мешает сравнивать годы, сказано по каждому показателю в приложении «Показатели и методика»."
)
COMPARABLE = {"yes": "да", "caution": "с оговоркой", "no": "нет"}
AT_LEAST = 5
"""So many rows stand on paper where nothing changed."""
VERDICT = 3
"""Which cell of a row says the difference."""


def blocks(q: Queries, year: int, school: str | None = None) -> tuple[Block, ...]:
    """The table of both years; what differs by more than chance is said first. Nothing without two years."""
    found = rows(q, year, school)
    if not found:
        return ()
    moved = tuple(row for row in found if row.cells[VERDICT].tone is not None)
    beyond = [f"«{row.cells[0].text}»" for row in moved]
    said = (
        f"Сравнимо {plural(len(found), 'показатель', 'показателя', 'показателей')}; больше случайного изменилось: "
        f"{len(beyond)}{f' — {joined(beyond)}' if beyond else ''}. {NOTE}"
    )
    heads = (Column("Показатель", is_wide=True), Column(school_year(year - 1), True),
             Column(school_year(year), True), Column("Различие"), Column("Годы сравнимы"))  # fmt: skip
    table = Table(heads, found, "changes", "Показатели двух лет", limits=(LIMIT,))
    return (Note(said, "plain"), replace(table, brief=replace(table, rows=moved or found[:AT_LEAST])))


def rows(q: Queries, year: int, school: str | None = None) -> tuple[Row, ...]:
    """An indicator a row, both years and the difference; those beyond chance come first and have a tone."""
    found = (row for name in q.indicators if (row := _row(q, name, year, school)))
    return tuple(sorted(found, key=lambda row: row.cells[VERDICT].tone is None))


def _row(q: Queries, name: str, year: int, school: str | None) -> Row | None:
    indicator = q.indicators[name]
    if indicator.kind != "share" or {*indicator.split_by} - {"year"}:
        return None
    now, before = pair(q, name, year, school)
    if before is None or not before.n or not now.n:
        return None
    years = Cell(COMPARABLE[indicator.compare_years])
    return Row(
        (Cell(indicator.title), counted(before), counted(now), _verdict(indicator, now, before), years)
    )


def _verdict(indicator: Indicator, now: Measure, before: Measure) -> Cell:
    if indicator.compare_years == "no":
        return Cell("годы не сравнивают")
    found = change(now, before, indicator.better)
    if found.tone == "muted":
        return Cell("мало данных")
    text, _, chance = found.text.partition("; ")  # of a difference within chance its direction says nothing
    return Cell(text, tone=found.tone) if found.beyond_chance else Cell(chance or text)

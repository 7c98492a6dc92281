"""What changed since last year's report: every share of the district, or of one organisation, both years."""

from __future__ import annotations

from dashboard import sentences
from dashboard.blocks import Block, Cell, Column, Note, Row, Table
from dashboard.display import change
from dashboard.parts import counted
from dashboard.queries import Queries
from dashboard.report.overview import pair
from dashboard.words import plural, school_year

NOTE = (
    "Изменением названо только то различие, которое больше случайного при 20 и более людях в обоих годах. "
    "Работы и экзамены разных лет не выровнены: по ним это ориентир. Почему так вышло, числа не говорят."
)


def blocks(q: Queries, year: int, school: str | None = None) -> tuple[Block, ...]:
    """The table of both years; what differs by more than chance is said first. Nothing without two years."""
    found = rows(q, year, school)
    if not found:
        return ()
    beyond = sum(row.cells[-1].tone is not None for row in found)
    said = (
        f"Сравнимо {plural(len(found), 'показатель', 'показателя', 'показателей')}; "
        f"больше случайного изменилось: {beyond}. {NOTE}"
    )
    heads = (Column("Показатель", is_wide=True), Column(school_year(year - 1), True),
             Column(school_year(year), True), Column("Различие"))  # fmt: skip
    return (Note(said, "plain"), Table(heads, found, "changes", "Показатели двух лет"))


def rows(q: Queries, year: int, school: str | None = None) -> tuple[Row, ...]:
    """An indicator a row, both years and the difference; a difference beyond chance has a tone."""
    return tuple(row for name in q.indicators if (row := _row(q, name, year, school)))


def _row(q: Queries, name: str, year: int, school: str | None) -> Row | None:
    indicator = q.indicators[name]
    if indicator.kind != "share" or {*indicator.split_by} - {"year"}:
        return None
    now, before = pair(q, name, year, school)
    if before is None or not before.n or not now.n:
        return None
    found = change(now, before, indicator.better)
    text = found.text if found.tone != "muted" else sentences.TOO_FEW
    verdict = Cell(text, tone=found.tone if found.beyond_chance else None)
    return Row((Cell(indicator.title), counted(before), counted(now), verdict))

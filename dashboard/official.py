"""The lists that acts demand, filled from the snapshot as far as it has the numbers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from dashboard.blocks import Block, Cell, Column, Heading, Link, Note, Row, Table
from dashboard.display import Band, Measure, shown
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.words import NBSP, number, out_of, percent, plain

MISSING = "нет данных в системе"


@dataclass(frozen=True)
class Line:
    """One line of a list for one school or the district: its measure, or where to take the number from."""

    item: str
    title: str
    unit: str
    indicator: str | None
    fill: str
    measure: Measure | None
    times: float = 1

    @property
    def text(self) -> str:
        """As the form takes it: «12 / 54,5 %», «0,2», «нет данных в системе: …»."""
        if self.measure is None or self.measure.is_hidden or not self.measure.n:
            note = self.measure.note if self.measure else ""
            return "; ".join(p for p in (note or MISSING, self.fill and f"откуда взять: {self.fill}") if p)
        return self._counted(self.measure)

    def _counted(self, measure: Measure) -> str:
        value = (measure.value or 0) * self.times
        if measure.kind != "share":
            digits = 0 if measure.kind == "count" else 2 if self.times < 1 or measure.kind == "mean" else 1
            return number(value, digits)
        if shown(measure).band < Band.SMALL:
            return out_of(measure.numerator, measure.denominator)
        return f"{plain(measure.numerator)} / {percent(value)}"


@dataclass(frozen=True)
class Listed:
    """A list with its lines."""

    id: str
    title: str
    act: str
    note: str
    scope: str
    lines: tuple[Line, ...]


def names(q: Queries) -> dict[str, str]:
    """Ids and titles of the lists; none in a snapshot from before there were any."""
    if not q.has("official_item"):
        return {}
    return dict(q.rows("select list_id, any_value(list_title) from official_item group by 1 order by 1"))


def filled(q: Queries, list_id: str, year: int, school: str | None = None) -> Listed | None:
    """A list of a year for a school, or for all organisations together."""
    sql = """select list_title, act, list_note, scope, item, title, unit, indicator, cut, rest, times, fill
        from official_item where list_id = ? order by position"""
    rows = q.rows(sql, [list_id]) if list_id in names(q) else []
    if not rows:
        return None
    title, act, note, scope = rows[0][:4]
    lines = tuple(_line(q, year, school, *row[4:]) for row in rows)
    return Listed(list_id, title, act, note, scope, lines)


def _line(q: Queries, year: int, school: str | None, *row: Any) -> Line:
    item, title, unit, indicator, cut, rest, times, fill = row
    if not indicator:
        return Line(item, title, unit, None, fill, None)
    measure = q.one(indicator, year=year, school=school, **json.loads(cut))
    return Line(item, title, unit, indicator, fill, _rest(measure) if rest else measure, times)


def _rest(measure: Measure) -> Measure:
    """Those whom the share does not count."""
    if measure.value is None:
        return measure
    return Measure(
        measure.denominator - measure.numerator, measure.denominator, measure.n, 100 - measure.value,
        kind=measure.kind, unit=measure.unit, note=measure.note,
    )  # fmt: skip


def blocks(q: Queries, list_id: str, year: int, school: str | None = None) -> tuple[Block, ...]:
    """A list as a table with its act and what is to be filled by hand."""
    found = filled(q, list_id, year, school)
    if found is None:
        return ()
    rows = tuple(_row(line, year) for line in found.lines)
    columns = (
        Column("Пункт и показатель", is_wide=True),
        Column("Единица"),
        Column("Значение", is_wide=True),
    )
    table = Table(columns, rows, f"list-{list_id}", f"Показатели по приказу №{NBSP}{list_id}")
    return (Heading(found.title, found.act), *((Note(found.note),) if found.note else ()), table)


def _row(line: Line, year: int) -> Row:
    link = (
        Link(line.title, "indicators", Selection(indicator=line.indicator, year=year))
        if line.indicator
        else None
    )
    return Row((Cell(f"{line.item} {line.title}"), Cell(line.unit), Cell(line.text)), link)

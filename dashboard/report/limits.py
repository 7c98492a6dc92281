"""Footnotes: what has to be known to read a figure, a table or a sentence rightly. Facts of the data, no causes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from dashboard import blocks as b
from dashboard.collected import IN
from dashboard.display import SMALL_SAMPLE, TOO_SMALL
from dashboard.queries import Queries
from dashboard.queries.board import Owed, owed
from dashboard.report.document import Figure, Footnote, Grid, Item
from dashboard.words import HIDDEN, NBSP

NAMED = 8
"""So many rows are named in a footnote; of more, how many there are."""
RETURNED = {"refused": "возвращено с замечаниями"}


@dataclass
class Footnotes:
    """Footnotes of a document, numbered from its beginning; what a section has said already is not said again."""

    last: int = 0
    said: set[str] = field(default_factory=set)

    def of_section(
        self, items: tuple[Item, ...], absent: Iterable[str]
    ) -> Mapping[int, tuple[Footnote, ...]]:
        """Footnotes by the place of the item that they belong to; what is missing goes to the first that bears one."""
        self.said = set()
        waiting = tuple(absent)
        found: dict[int, tuple[Footnote, ...]] = {}
        for place, item in enumerate(items):
            if not isinstance(item, Figure | Grid | b.Sentence):
                continue
            if numbered := tuple(self._numbered((*waiting, *_of(item)))):
                found[place] = numbered
            waiting = ()
        return found

    def _numbered(self, texts: Iterable[str]) -> Iterable[Footnote]:
        for text in texts:
            if text not in self.said:
                self.said.add(text)
                self.last += 1
                yield Footnote(self.last, text)


def _of(item: Figure | Grid | b.Sentence) -> tuple[str, ...]:
    if isinstance(item, b.Sentence):
        return item.limits
    table = item.chart.table if isinstance(item, Figure) else item.table
    return (*table.limits, *_small(table))


def _small(table: b.Table) -> Iterable[str]:
    """Rows that rest on few people, and rows that are withheld from the reader."""
    few = _rows(table, TOO_SMALL)
    small = [name for name in _rows(table, SMALL_SAMPLE) if name not in few]
    if small:
        yield f"Малая выборка, n от{NBSP}10 до{NBSP}19, выводов нет: {_listed(small)}."
    if few:
        yield f"n меньше{NBSP}10, показано только «k из{NBSP}n»: {_listed(few)}."
    if hidden := _rows(table, HIDDEN):
        yield f"Скрыто, чтобы по малой группе нельзя было узнать человека: {_listed(hidden)}."


def _rows(table: b.Table, mark: str) -> list[str]:
    named = Counter(_whole(row) for row in table.rows)
    found = [row for row in table.rows if any(mark in f"{cell.text} {cell.hint}" for cell in row.cells)]
    names = (_whole(row) if named[_whole(row)] > 1 else row.cells[0].text for row in found)
    return list(dict.fromkeys(name for name in names if name))


def _whole(row: b.Row) -> str:
    """«Лесная ОШ» of «Лесная ОШ: Общепедагогическая», where it has several such rows."""
    return row.cells[0].text.partition(": ")[0]


def _listed(names: list[str]) -> str:
    more = len(names) - NAMED
    return "; ".join(names[:NAMED]) + (f" и ещё {more}" if more > 0 else "")


def absent(q: Queries, year: int, forms: Iterable[str]) -> Iterable[str]:
    """«Нет данных по форме «Кадры»: …» for each form of the section; only insiders are told from whom."""
    wanted = [one for one in owed(q, year) if one.form in tuple(forms) and _is_needed(one)]
    names = {s.id: s.label for s in q.schools().values()}
    for title, group in groupby(wanted, lambda one: one.title):
        there = list(group)
        missing = [one for one in there if _state(one) not in IN]
        if missing and q.viewer.audience == "internal":
            yield f"Нет данных по форме «{title}»: {_listed([_who(one, names) for one in missing])}."
        elif missing:
            yield f"Форма «{title}»: данные есть от {len(there) - len(missing)} организаций из {len(there)}."


def _who(one: Owed, names: Mapping[str, str]) -> str:
    why = RETURNED.get(_state(one), "не поступало")
    return f"{names.get(one.school, one.school)} ({why})"


def _is_needed(one: Owed) -> bool:
    return _state(one) != "not_needed"


def _state(one: Owed) -> str:
    """Its state on a day on which nothing is late: a document is the same whenever it is made."""
    return one.state(date.min)

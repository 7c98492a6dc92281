"""Tasks by the mark for the whole work: whether those with a higher mark do each task better."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Caption, Cell, Chart, Column, Note, Row, Sentence, Table
from dashboard.display import Measure, shown
from dashboard.intervals import newcombe, wilson
from dashboard.parts import counted, sheet
from dashboard.queries import Queries
from dashboard.queries.results import by_mark, tasks
from dashboard.results.scope import Scope, who
from dashboard.words import NBSP, joined, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

LEAST = 10
"""Pupils of a group below which it is not drawn (ФИОКО, 2026)."""
MARKS = (2, 3, 4, 5)
Found = dict[str, dict[int, Measure]]
"""Task → mark → success."""


def blocks(q: Queries, s: Scope) -> tuple[Block, ...]:
    """What needs an explanation, the lines of the groups, the table."""
    assert s.work is not None
    told = by_mark(q, s.work, s.chosen.school, s.chosen.class_, s.chosen.municipality)
    found = {
        task: {m: _measure(*parts) for m, parts in told[task].items()}
        for task in tasks(q, s.work)
        if task in told
    }
    if not found:
        return (
            Note(
                "Групп по отметкам нет: отметки за работу неизвестны или нет протокола участников.", "watch"
            ),
        )
    drawn = [
        mark for mark in MARKS if max((f[mark].n for f in found.values() if mark in f), default=0) >= LEAST
    ]
    small = _small([f"«{mark}»" for mark in MARKS if mark not in drawn])
    crossed = list(crossings(found, drawn))
    return (
        Sentence(_lead(crossed, drawn), small),
        *([_chart(s, q, found, drawn)] if drawn else []),
        _table(found),
    )


def _small(few: list[str]) -> str:
    if not few:
        return ""
    if len(few) == 1:
        return f"Группа {few[0]} не показана на графике: в ней меньше {LEAST} участников."
    return f"Группы {joined(few, 4)} не показаны на графике: в каждой меньше {LEAST} участников."


def _measure(points: float, possible: float, n: int) -> Measure:
    low, high = wilson(points * n / possible, n)
    return Measure(points, possible, n, 100 * points / possible, 100 * low, 100 * high)


def crossings(found: Found, marks: list[int]) -> Iterator[tuple[str, int, int, bool]]:
    """Tasks that a lower group did better than the next one: task, the two marks, whether by more than chance."""
    for task, by in found.items():
        for low, high in pairwise(mark for mark in marks if mark in by and by[mark].n >= LEAST):
            below, above = by[low], by[high]
            if below.share > above.share:
                edge = newcombe(below.share * below.n, below.n, above.share * above.n, above.n)[0]
                yield task, low, high, edge > 0


def _lead(crossed: list[tuple[str, int, int, bool]], drawn: list[int]) -> str:
    if len(drawn) < 2:
        return "Групп, в которых хватает участников, меньше двух: сравнивать нечего."
    real = [f"{task} («{low}» выше «{high}»)" for task, low, high, is_real in crossed if is_real]
    if real:
        return f"Требуют объяснения задания, которые группа с меньшей отметкой выполнила лучше: {joined(real, 6)}."
    if crossed:
        names = joined(list(dict.fromkeys(task for task, *_ in crossed)), 6)
        return f"Группы меняются местами в заданиях {names}, но при таком n это не отличается от случайного."
    return "Чем выше отметка, тем лучше выполнено каждое задание."


def _chart(s: Scope, q: Queries, found: Found, drawn: list[int]) -> Chart:
    n = max((m.n for by in found.values() for m in by.values()), default=0)
    rows = ((f"{task}, «{mark}»", by[mark]) for task, by in found.items() for mark in MARKS if mark in by)
    note = f"Линия — группа с одной отметкой за работу, не меньше {LEAST} человек; незакрашенный знак — малая выборка"
    return Chart(
        figure=partial(_figure, found, drawn),
        caption=Caption(
            q.indicators["task_success"].source,
            school_year(s.year),
            f"в группе до{NBSP}{n:g} участников",
            note,
            ("task_success",),
            s.year,
        ),
        alt=f"Выполнение заданий группами по отметкам, {who(q, s)}: линии по заданиям",
        table=sheet("Задание и отметка", rows),
        key="groups",
        title="Выполнение заданий группами по отметкам",
        shows_table=False,
    )


def _figure(found: Found, drawn: list[int], look: Look) -> go.Figure:
    from dashboard.figures.trend import Line, trend

    nobody = Measure(0, 0, 0)
    lines = [Line(f"«{mark}»", tuple(shown(by.get(mark, nobody)) for by in found.values())) for mark in drawn]
    return trend(lines, list(found), look)


def _table(found: Found) -> Table:
    columns = (Column("Задание"), *(Column(f"«{mark}»", True) for mark in MARKS))
    rows = tuple(Row((Cell(task), *(counted(by.get(mark)) for mark in MARKS))) for task, by in found.items())
    return Table(columns, rows, "mark-groups-table")

"""How the primary scores are spread, with the boundaries of marks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Cell, Chart, Column, Note, Row, Sentence, Table
from dashboard.parts import caption
from dashboard.queries import Queries
from dashboard.queries.results import Work
from dashboard.queries.results import scores as count_scores
from dashboard.results.scope import Scope
from dashboard.words import NBSP, number, plural, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

LEAST = 20
ROUGH = 50


def blocks(q: Queries, s: Scope) -> tuple[Block, ...]:
    """The distribution; below twenty pupils only counts."""
    assert s.work is not None
    found = count_scores(q, s.work, s.chosen.school, s.chosen.class_)
    total = sum(found.values())
    if not total:
        return (Note("Первичных баллов нет: никто не писал работу или суммы не заполнены.", "watch"),)
    table = _table(found)
    if total < LEAST:
        who = plural(total, "участник", "участника", "участников")
        return (Sentence(f"{who}.", "Для распределения баллов этого мало: показаны только числа."), table)
    rough = "" if total >= ROUGH else f" При n{NBSP}={NBSP}{total} форма распределения — только ориентир."
    lead = f"{plural(total, 'участник', 'участника', 'участников')}."
    return (
        Sentence(lead, f"Всплеск у границы отметки — возможный признак, а не вывод.{rough}"),
        _chart(q, s, s.work, found, table),
    )


def _chart(q: Queries, s: Scope, work: Work, found: dict[int, int], table: Table) -> Chart:
    top = int(work.max_total or max(found))
    marks = [(name, start) for name, start in zip("345", work.marks, strict=True) if start is not None]
    return Chart(
        figure=partial(_figure, found, top, marks),
        caption=caption(
            q,
            "mean_primary_score",
            school_year(s.year),
            sum(found.values()),
            "Пунктир — с какого балла ставится отметка" if marks else "Шкалы перевода нет",
        ),
        alt="Сколько участников набрали каждый первичный балл",
        table=table,
        key="scores",
        title="Распределение первичных баллов",
        shows_table=False,
    )


def _figure(found: dict[int, int], top: int, marks: list[tuple[str, int]], look: Look) -> go.Figure:
    from dashboard.figures.scores import scores

    return scores(found, top, marks, look)


def _table(found: dict[int, int]) -> Table:
    rows = tuple(Row((Cell(number(x), x), Cell(number(n), n))) for x, n in sorted(found.items()))
    return Table((Column("Баллов", True), Column("Участников", True)), rows, "scores-table")

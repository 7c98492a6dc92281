"""Success of every task of an exam, as the masks of protocols have them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Cell, Chart, Column, Note, Row, Sentence, Table
from dashboard.display import Measure, shown
from dashboard.parts import area, caption, sheet
from dashboard.queries import Queries
from dashboard.queries.exams import tasks
from dashboard.results.exams.scope import Scope
from dashboard.words import NBSP, joined, school_year
from dashboard.zones import Verdict

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

NAME = "exam_task_success"
LEGEND = (
    f"Черта — 95{NBSP}% интервал. Номера — место в записи ответов: числа — краткие, «Р» — развёрнутые (по критериям), "
    "«У» — устные"
)
Rows = list[tuple[str, str, Measure]]


def blocks(q: Queries, s: Scope) -> tuple[Block, ...]:
    """The chart and the table; hardest tasks in a sentence, without causes."""
    assert s.exam is not None
    found = {c.keys["task"]: c.measure for c in q.cuts(NAME, ("task",), **s.part)}
    rows = [(task, kind, found[task]) for task, kind in tasks(q, s.exam).items() if task in found]
    if not rows:
        return (Note("В протоколах нет записи ответов: выполнение заданий не рассчитано.", "plain"),)
    whole = {c.keys["task"]: c.measure for c in q.cuts(NAME, ("task",), **s.where)} if s.school else {}
    return (_sentence(rows), _chart(q, s, rows, whole), _table(rows, whole))


def _sentence(rows: Rows) -> Sentence:
    judged = [(task, m) for task, _, m in rows if shown(m).has_verdict and m.value is not None]
    if not judged:
        return Sentence("Вывод по заданиям не делается:", "участников меньше 20. Показано, сколько набрано.")
    low = [task for task, m in judged if m.high is not None and m.high < 50]
    if not low:
        return Sentence("Нет заданий, за которые заведомо набрано меньше половины баллов.", "")
    return Sentence(
        f"Заведомо меньше половины баллов: {joined(low, 8)}.", "Верхняя граница интервала ниже 50 %."
    )


def _chart(q: Queries, s: Scope, rows: Rows, whole: dict[str, Measure]) -> Chart:
    assert s.exam is not None
    n = max(m.n for _, _, m in rows)
    return Chart(
        figure=partial(_figure, rows, whole, area(q)),
        caption=caption(q, NAME, school_year(s.year), n, LEGEND),
        alt=f"{s.exam.subject}: выполнение заданий, точки с интервалами",
        table=sheet("Задание", ((task, m) for task, _, m in rows)),
        key="exam-tasks",
        title="Выполнение заданий",
        shows_table=False,
    )


def _figure(rows: Rows, whole: dict[str, Measure], reference: str, look: Look) -> go.Figure:
    from dashboard.figures.tasks import TaskPoint, profile

    points = [
        TaskPoint(
            task, "", shown(m), None, Verdict.ENOUGH if shown(m).has_verdict else Verdict.NONE, kind + " ответ",
            district=whole[task].value if task in whole else None,
        )
        for task, kind, m in rows
    ]  # fmt: skip
    return profile(points, look, reference)


def _table(rows: Rows, whole: dict[str, Measure]) -> Table:
    columns = [
        Column("Задание"),
        Column("Ответ"),
        Column("Выполнено", True),
        Column("Баллов", True),
        Column("Интервал", True),
    ]
    columns += [Column("Все школы", True)] if whole else []
    return Table(tuple(columns), tuple(_row(*row, whole) for row in rows), "exam-tasks-table")


def _row(task: str, kind: str, measure: Measure, whole: dict[str, Measure]) -> Row:
    seen = shown(measure)
    is_shown = seen.value is not None
    cells = [
        Cell(task), Cell(kind), Cell(seen.text if is_shown else "—", seen.value, hint=seen.hover),
        Cell(f"{measure.numerator:.0f} из{NBSP}{measure.denominator:.0f}"), Cell(seen.interval if is_shown else "—"),
    ]  # fmt: skip
    if whole:
        other = shown(whole[task])
        cells.append(Cell(other.text, other.value, hint=other.hover))
    return Row(tuple(cells))

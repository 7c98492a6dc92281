"""One task: what it asks for, how it was done here and in every school."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Fact,
    Facts,
    Link,
    Note,
    Page,
    Row,
    Sentence,
    Split,
    Table,
)
from dashboard.display import Measure, shown
from dashboard.parts import INTERVAL_NOTE, MANY, area, caption, counted, sheet
from dashboard.profile import Profile, ProfilePoint, profile
from dashboard.queries import Queries
from dashboard.queries.results import task_points, tasks
from dashboard.results.places import is_different
from dashboard.results.scope import PAGE, Scope, head, who
from dashboard.results.tasks import chart
from dashboard.words import NBSP, number, out_of, plain, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

LEVELS = {"Б": "базовый", "П": "повышенный", "В": "высокий"}


def build(q: Queries, s: Scope) -> Page:
    """The task's page, or the work's with a word that there is no such task."""
    assert s.work is not None
    seen = profile(q, s.work, s.chosen.school, s.chosen.class_, s.chosen.municipality)
    point = next((p for p in seen.points if p.task == s.chosen.task), None)
    n = point.measure.n if point else 0
    note = f"{s.work.label}, ВПР {school_year(s.year)} · {who(q, s)} · n{NBSP}={NBSP}{number(n)}"
    title, top = head(q, s, f"Задание {s.chosen.task}", note)
    if point is None:
        return Page(
            title, (*top, Note(f"Задания «{s.chosen.task}» в этой работе нет.", "watch"), chart(q, s, seen))
        )
    left: tuple[Block, ...] = (
        (*_schools(q, s, point),) if s.school is None else (chart(q, s, seen, point.task),)
    )
    return Page(
        title,
        (
            *top,
            _sentence(point),
            Split(left, (_facts(q, s, point), _points(q, s, point)), (1.7, 1)),
            *_neighbours(s, seen, point),
        ),
    )


def _sentence(point: ProfilePoint) -> Sentence:
    seen = point.shown
    figures = f"{seen.text} ({seen.count})" if seen.count else seen.text
    interval = f", интервал {seen.interval}" if seen.interval else ""
    beside = (
        f" По всем школам {point.reference.text}."
        if point.reference and point.reference.value is not None
        else ""
    )
    return Sentence(f"Выполнено {figures}{interval}.", f"{point.verdict.words.capitalize()}.{beside}")


def _facts(q: Queries, s: Scope, point: ProfilePoint) -> Facts:
    assert s.work is not None
    task = tasks(q, s.work).get(point.task)
    top = plain(task.max_points) if task and task.max_points else "не указан"
    level = LEVELS.get(point.level, "не указан") + (
        f", {point.zone.label.split(': ')[1]} и выше" if point.zone else ""
    )
    items = [
        Fact("Умение", point.skill or "не указано в спецификации"),
        Fact("Уровень и зона", level),
        Fact("Максимум", f"{top} б."),
        Fact("Номер в КИМ", point.code),
    ]
    return Facts(tuple(items), "Что проверяет")


def _points(q: Queries, s: Scope, point: ProfilePoint) -> Table:
    assert s.work is not None
    found = task_points(q, s.work, point.task, s.chosen.school)
    total = sum(found.values())
    rows = tuple(
        Row((Cell(f"{x}{NBSP}б."), Cell(out_of(n, total), n))) for x, n in sorted(found.items(), reverse=True)
    )
    return Table((Column("Набрали"), Column("Участников", True)), rows, "points", "Сколько баллов набрали")


def _schools(q: Queries, s: Scope, point: ProfilePoint) -> tuple[Block, ...]:
    found = {
        c.keys["school"]: c.measure for c in q.cuts("task_success", ("school",), task=point.task, **s.where)
    }
    rows = [(x.label, found[x.id], x.id) for x in q.schools().values() if x.id in found]
    if len(rows) > MANY:
        return (Note("Школ слишком много для одного списка: выберите муниципалитет."), _table(s, rows[:MANY]))
    return (
        Chart(
            figure=partial(_figure, s, rows, point.measure, s.chosen.municipality or area(q)),
            caption=caption(q, "task_success", school_year(s.year), point.measure.n, INTERVAL_NOTE),
            alt=f"Выполнение задания {point.task} по школам: точки с интервалами",
            table=sheet("Школа", ((label, m) for label, m, _ in rows)),
            key="task-schools",
            title="По школам, в алфавитном порядке",
            shows_table=False,
        ),
        _table(s, rows),
    )


def _figure(
    s: Scope, rows: list[tuple[str, Measure, str]], whole: Measure, reference: str, look: Look
) -> go.Figure:
    from dashboard.figures.base import Point, Reference
    from dashboard.figures.dots import dots

    points = [
        Point(label, shown(m), Link("", PAGE, s.chosen.but(school=id_)).href, is_different(m, whole))
        for label, m, id_ in rows
    ]
    line = (
        Reference(reference, whole.value)
        if shown(whole).value is not None and whole.value is not None
        else None
    )
    return dots(points, line, look)


def _table(s: Scope, rows: list[tuple[str, Measure, str]]) -> Table:
    found = tuple(
        Row((Cell(label), counted(m), _interval(m)), Link(label, PAGE, s.chosen.but(school=id_)))
        for label, m, id_ in rows
    )
    return Table((Column("Школа"), Column("Выполнено", True), Column("Интервал", True)), found, "task-table")


def _interval(measure: Measure) -> Cell:
    """Under ten people the interval is only seen on hover."""
    seen = shown(measure)
    return Cell(seen.interval if seen.value is not None else "—", hint=seen.hover)


def _neighbours(s: Scope, seen: Profile, point: ProfilePoint) -> tuple[Block, ...]:
    """Other tasks of the same skill."""
    same = [p for p in seen.points if p.skill and p.skill == point.skill and p.task != point.task]
    if not same:
        return ()
    rows = tuple(
        Row(
            (Cell(f"Задание {p.task}"), Cell(p.shown.text, p.shown.value), Cell(p.verdict.words)),
            Link(p.task, PAGE, s.chosen.but(task=p.task)),
        )
        for p in same
    )
    return (Table((Column("То же умение"), Column("Выполнено", True), Column("Вывод")), rows, "same-skill"),)

"""The task profile of a work and what it says."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Caption, Cell, Chart, Column, Link, Note, Row, Sentence, Table, Tone
from dashboard.parts import area, cell, sheet
from dashboard.profile import Group, Profile, ProfilePoint, profile
from dashboard.queries import Queries
from dashboard.results import teachers
from dashboard.results.scope import PAGE, Scope, who
from dashboard.words import NBSP, capital, joined, number, percent, plural, school_year
from dashboard.zones import Verdict

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

LEGEND = (
    "● выполнено достаточно · ○ ниже зоны, но при таком n не отличается от случайного (или вывод не делается) · ◆ ниже "
    f"зоны. Черта — 95{NBSP}% интервал Уилсона. Зоны ФИОКО: базовый 60/57{NBSP}%, повышенный 30/28,5{NBSP}%"
)
AREAS = ". — регион, × РФ: по отчётам ФИС ОКО"
TONES: dict[Verdict, Tone] = {Verdict.BELOW: "bad", Verdict.SAME: "watch", Verdict.ENOUGH: "plain"}


def blocks(q: Queries, s: Scope) -> tuple[Block, ...]:
    """The finding, the chart, the table, and who teaches what is below its zone."""
    assert s.work is not None
    seen = profile(q, s.work, s.chosen.school, s.chosen.class_, s.chosen.municipality)
    if not any(point.measure.denominator for point in seen.points):
        return (Note(NO_SPECIFICATION, "watch"),)
    return (
        *sentence(seen),
        chart(q, s, seen),
        table(s, seen),
        *rolled_up(seen),
        *teachers.blocks(q, s, seen),
    )


NO_SPECIFICATION = (
    "Выполнение заданий не рассчитано: нет спецификации работы. Загрузите файл «Спецификация работы» с максимальными "
    "баллами заданий, и показатель появится."
)


def sentence(seen: Profile) -> tuple[Block, ...]:
    """What the profile says, without causes."""
    low, judged = seen.below, [p for p in seen.points if p.verdict is not Verdict.NONE]
    if not judged:
        why = (
            "мало участников"
            if any(p.zone for p in seen.points)
            else "уровни заданий не указаны в спецификации"
        )
        return (Sentence("Вывод о зонах не делается:", f"{why}. Показано, сколько набрано и из скольких."),)
    if not low:
        return (Sentence("Заданий ниже зоны нет.", "Остальные отклонения не больше, чем допускает случай."),)
    count = plural(len(low), "задание", "задания", "заданий")
    lead = f"Ниже зоны {count} из {len(seen.points)}: {joined([p.task for p in low], 8)}."
    if deficits := [group for group in seen.groups if group.is_deficit]:
        said = "; ".join(f"{g.label} — {len(g.below)} из{NBSP}{len(g.points)}" for g in deficits)
        return (Sentence(lead, f"Системный дефицит, ниже зоны большинство заданий: {said}."),)
    return (Sentence(lead, "Остальные от зоны не отличаются или выше неё."),)


def chart(q: Queries, s: Scope, seen: Profile, chosen: str | None = None) -> Chart:
    """The profile as a chart; a task leads to its own page."""
    return Chart(
        figure=partial(_figure, s, seen, area(q), chosen),
        caption=Caption(
            q.indicators["task_success"].source,
            school_year(s.year),
            f"n{NBSP}={NBSP}{number(seen.n)}",
            LEGEND + (AREAS if any(p.areas for p in seen.points) else ""),
            ("task_success",),
            s.year,
        ),
        alt=f"Выполнение заданий, {who(q, s)}: точки с интервалами и зоны уровней",
        table=sheet("Задание", ((p.task, p.measure) for p in seen.points)),
        key="profile",
        title="",
        shows_table=False,
    )


def _figure(s: Scope, seen: Profile, reference: str, chosen: str | None, look: Look) -> go.Figure:
    from dashboard.figures.tasks import TaskPoint
    from dashboard.figures.tasks import profile as draw

    points = [
        TaskPoint(
            p.task,
            p.level,
            p.shown,
            p.zone,
            p.verdict,
            p.skill,
            Link("", PAGE, s.chosen.but(task=p.task)).href,
            p.reference.value if p.reference else None,
            p.task == chosen,
            p.areas,
        )
        for p in seen.points
    ]
    return draw(points, look, reference)


def table(s: Scope, seen: Profile) -> Table:
    """Every task in words."""
    columns = [
        Column("Задание"),
        Column("Уровень"),
        Column("Умение", is_wide=True),
        Column("Выполнено", True),
        Column("Баллов", True),
        Column("Интервал", True),
        Column("Вывод"),
    ]
    has_reference = any(p.reference for p in seen.points)
    if has_reference:
        columns.insert(6, Column("Все школы", True))
    areas = list(dict.fromkeys(label for p in seen.points for label, _ in p.areas))
    columns[-1:-1] = [Column(capital(label), True) for label in areas]
    rows = tuple(_row(s, p, has_reference, areas) for p in seen.points)
    return Table(tuple(columns), rows, "tasks-table")


GROUPS = (
    Column("Умение, элемент содержания", is_wide=True),
    Column("Задания"),
    Column("Выполнено", True),
    Column("Ниже зоны", True),
    Column("Вывод"),
)


def rolled_up(seen: Profile) -> tuple[Block, ...]:
    """Tasks taken together by skills and content elements; nothing where the specification names none."""
    if not seen.groups:
        return ()
    rows = tuple(_group(group) for group in seen.groups)
    return (Table(GROUPS, rows, "groups-table", "По умениям и элементам содержания (КЭС)"),)


def _group(group: Group) -> Row:
    judged = [p for p in group.points if p.verdict is not Verdict.NONE]
    words = "системный дефицит" if group.is_deficit else "не системный" if group.below else ""
    return Row(
        (
            Cell(group.label),
            Cell(", ".join(p.task for p in group.points)),
            cell(group.measure),
            Cell(f"{len(group.below)} из{NBSP}{len(judged)}" if judged else "—"),
            Cell(words or "—", tone="bad" if group.is_deficit else "muted" if words else None),
        )
    )


def _row(s: Scope, point: ProfilePoint, has_reference: bool, areas: list[str]) -> Row:
    seen = point.shown
    is_shown = seen.value is not None
    cells = [
        Cell(point.task),
        Cell(point.level or "—"),
        Cell(point.skill or "—"),
        Cell(seen.text if is_shown else "—", seen.value, hint=seen.hover),
        Cell(f"{number(point.measure.numerator)} из {number(point.measure.denominator)}"),
        Cell(seen.interval if is_shown else "—"),
        Cell(point.verdict.words, tone=TONES.get(point.verdict, "muted")),
    ]
    if has_reference:
        other = point.reference
        cells.insert(6, Cell(other.text, other.value, hint=other.hover) if other else Cell("—"))
    told = dict(point.areas)
    cells[-1:-1] = [Cell(percent(told[a]), told[a]) if a in told else Cell("—") for a in areas]
    return Row(tuple(cells), Link(point.task, PAGE, s.chosen.but(task=point.task)))

"""Потребности и курсы: what people ask to learn, what they took, who had no course for three years."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.applications import attestation, due, requests
from dashboard.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Empty,
    Heading,
    Link,
    Note,
    Page,
    Row,
    Sentence,
    Table,
    Title,
)
from dashboard.by_organisation import Topic, section
from dashboard.display import Measure
from dashboard.parts import area, caption, compared, counted, kind_links, of_years, pick_year, year_links
from dashboard.queries import Queries
from dashboard.queries.people import courses_by_topic, without_course
from dashboard.queries.surveys import survey_years
from dashboard.selection import Selection
from dashboard.surveys import other_questions
from dashboard.view import View
from dashboard.words import number, plural, school_year

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

NOTHING = Empty(
    "Запросов и курсов ещё нет",
    "В данных нет ни анкет запросов, ни реестра курсов.",
    (
        "Положите выгрузку анкеты в data/raw/training_needs, реестр курсов — в data/raw/training_course_register.",
        "Примите файлы и соберите витрины.",
    ),
    ("kabinet up",),
)
Rows = list[tuple[str, Measure, Measure | None, int]]


def build(q: Queries, chosen: Selection) -> Page:
    """Demand by topic against courses taken; then coverage by organisation; a topic has its own depth."""
    years = sorted({*q.years_of("training_need_share", "course_3y_share"), *survey_years(q)})
    year, messages = pick_year(years, chosen)
    if year is None:
        return Page(Title("Потребности и курсы"), (NOTHING,))
    chosen = chosen.but(year=year)
    rows = _rows(q, year, chosen.kind)
    kinds = kind_links(q, "needs", chosen)
    head: list[Block] = [year_links(years, year, "needs", chosen), *([kinds] if kinds else [])]
    head += [Note(text, "watch") for text in messages]
    if chosen.topic and chosen.topic in {topic for topic, *_ in rows}:
        return _topic(q, year, chosen, head)
    if chosen.topic:
        head.append(Note(f"Направления «{chosen.topic}» нет; показаны все.", "watch"))
        chosen = chosen.but(topic=None)
    asked = max((m.n for _, m, _, _ in rows), default=0)
    answered = f" · ответили {number(asked)}" if asked else ""
    return Page(
        Title("Потребности и курсы", f"{school_year(year)} · {area(q)}{answered}"),
        (
            *head,
            *_demand(q, year, chosen, rows),
            *other_questions(q, year, chosen),
            *_coverage(q, year, chosen),
            *_falls_due(q, year, chosen),
        ),
    )


def _rows(q: Queries, year: int, kind: str | None) -> Rows:
    """Topic, who ask, who would begin with it, who took a course in three years."""
    taken = courses_by_topic(q, year, kind)
    is_internal = q.viewer.audience == "internal"  # one person's course is not published
    first = {
        c.keys["topic"]: c.measure
        for c in q.cuts("training_need_first_share", ("topic",), year=year, kind=kind)
    }
    return [
        (c.keys["topic"], c.measure, first.get(c.keys["topic"]), taken.get(c.keys["topic"], 0))
        for c in q.cuts("training_need_share", ("topic",), year=year, kind=kind)
        if c.keys["topic"] and c.measure.n and (is_internal or taken.get(c.keys["topic"]) != 1)
    ]


def _demand(q: Queries, year: int, chosen: Selection, rows: Rows) -> tuple[Block, ...]:
    if not rows:
        return (Note("Анкет запросов за этот год нет; ниже — охват курсами.", "plain"),)
    wanted = max(rows, key=lambda row: row[1].numerator)
    gap = max(rows, key=lambda row: row[1].numerator - row[3])
    lead = (
        f"Чаще всего просят «{wanted[0]}»: {number(wanted[1].numerator)} из {number(wanted[1].n)} ответивших."
    )
    text = ""
    if gap[1].numerator > gap[3]:
        text = (
            f"Больше всего запросов сверх пройденных курсов — «{gap[0]}»: просят {number(gap[1].numerator)}, курс за "
            f"три года прошли {number(gap[3])}."
        )
    return (Sentence(lead, text), _chart(q, year, chosen, rows), _table(chosen, rows))


def _chart(q: Queries, year: int, chosen: Selection, rows: Rows) -> Chart:
    return Chart(
        figure=partial(_figure, chosen, rows),
        caption=caption(
            q,
            "training_need_share",
            school_year(year),
            max(m.n for _, m, _, _ in rows),
            "Курсы — разные люди за три учебных года по реестру курсов; просить можно несколько направлений",
        ),
        alt="Направления: сколько человек просят и сколько прошли курс",
        table=_table(chosen, rows),
        key="demand",
        title="Просят и прошли, человек",
        shows_table=False,
    )


def _figure(chosen: Selection, rows: Rows, look: Look) -> go.Figure:
    from dashboard.figures.people import Demand, demand

    return demand(
        [
            Demand(topic, int(m.numerator), taken, Link("", "needs", chosen.but(topic=topic)).href)
            for topic, m, _, taken in rows
        ],
        look,
    )


def _table(chosen: Selection, rows: Rows) -> Table:
    columns = (
        Column("Направление", is_wide=True),
        Column("Просят", True),
        Column("Назвали первым", True),
        Column("Прошли курс за 3 года", True),
    )
    return Table(
        columns,
        tuple(
            Row(
                (Cell(topic), counted(m), counted(first), Cell(number(taken), taken)),
                Link(topic, "needs", chosen.but(topic=topic)),
            )
            for topic, m, first, taken in rows
        ),
        "demand-table",
    )


def _coverage(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    if not q.one("course_3y_share", year=year, kind=chosen.kind).n:
        return (
            Heading("Курсы за три года"),
            Note("Охват не рассчитан: нужны список кадров и реестр курсов.", "plain"),
        )
    missing, known = without_course(q, year)
    who = plural(missing, "педагог", "педагога", "педагогов")
    extra = "" if chosen.kind else f" Без курсов за три года: {who} из {number(known)}."
    return (
        Heading("Прошли курсы за три года"),
        Sentence(
            "",
            compared(q, "course_3y_share", year, kind=chosen.kind) + extra,
            limits=of_years(q, "course_3y_share"),
        ),
        *section(q, Topic("course_3y_share", "needs", year, chosen)),
    )


def _falls_due(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    return (*due(q, year, chosen), *requests(q, year, chosen), *attestation(q, year, chosen))


def _topic(q: Queries, year: int, chosen: Selection, head: list[Block]) -> Page:
    """Who asks for one topic, by organisation and year."""
    assert chosen.topic is not None
    whole = q.one("training_need_share", year=year, kind=chosen.kind, topic=chosen.topic)
    taken = courses_by_topic(q, year, chosen.kind).get(chosen.topic, 0)
    topic = Topic(
        "training_need_share", "needs", year, chosen, {"topic": chosen.topic}, f"Просят: {chosen.topic}"
    )
    lead = f"Просят {number(whole.numerator)} из {number(whole.n)} ответивших."
    return Page(
        Title(
            chosen.topic,
            f"запросы, {school_year(year)} · {area(q)}",
            (Link("Потребности и курсы", "needs", chosen.but(topic=None, part=None)),),
        ),
        (
            *head,
            Sentence(lead, f"Курс по направлению за три года прошли {number(taken)}."),
            *section(q, topic),
        ),
    )


VIEW = View("needs", "Потребности и курсы", "Анализ", 40, build)

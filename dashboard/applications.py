"""What falls due: courses of each organisation, requests against courses, attestation by month."""

from __future__ import annotations

from datetime import date

from dashboard.blocks import Block, Cell, Column, Heading, Link, Note, Row, Sentence, Table
from dashboard.parts import alphabetical, places
from dashboard.queries import Queries, staffing
from dashboard.selection import Selection
from dashboard.words import number, plural

ON_SITE = 10
"""From so many people with one need a course in the district costs less than their journeys."""
MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip


def due(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """Overdue and soon due courses by organisation, in alphabetical order."""
    found = alphabetical(q, staffing.due(q, year, chosen.kind, chosen.municipality))
    if not found:
        return ()
    known, overdue, soon = (sum(row[at] for row in found) for at in (1, 2, 3))
    lead = f"Курсов не было три года у {number(overdue)} из {number(known)}."
    text = f"Ещё у {number(soon)} срок наступит в ближайшие 12 месяцев."
    waiting = {school: counts for school, *counts in found if counts[1] + counts[2]}
    rows = tuple(
        Row(
            (Cell(q.schools()[school].label), *(Cell(number(n), n) for n in counts)),
            Link("", "school", Selection(year=year, school=school)),
        )
        for school, counts in waiting.items()
    )
    columns = (
        Column("Организация"), Column("Педагогов", True), Column("Просрочено", True),
        Column("Срок в ближайшие 12 месяцев", True),
    )  # fmt: skip
    note = "Отпуск по уходу и первые три года после учёбы по списку не видны: это повод спросить."
    table = Table(columns, rows, "due-table", note, brief=_by_places(q, waiting, columns, note, chosen))
    return (Heading("Кому пора на курсы"), Sentence(lead, text), table)


def _by_places(
    q: Queries, found: dict[str, list[int]], columns: tuple[Column, ...], note: str, chosen: Selection
) -> Table | None:
    """The counts of municipalities where organisations are too many for paper."""
    there = places(q, found, "needs", chosen)
    if len(there) == 1 or not any(one.is_sum for one in there):
        return None
    rows = tuple(Row(one.cells) for one in there)
    return Table((Column("Муниципалитет"), *columns[1:]), rows, "due-table", note)


def requests(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """Requests by topic, how many were met, and where a group is large enough for a course on site."""
    found = staffing.requests(q, year, chosen.kind, chosen.municipality)
    if not found:
        return ()
    asked, met = sum(row[1] for row in found), sum(row[4] for row in found)
    groups = [(topic, people) for topic, _, people, *_ in found if people >= ON_SITE]
    lead = f"Заявок {number(asked)}, курс того же направления пройден по {number(met)} из них."
    on_site = "; ".join(f"«{topic}» — {plural(n, 'человек', 'человека', 'человек')}" for topic, n in groups)
    text = (
        f"Хватает людей на курс в районе: {on_site}."
        if groups
        else f"Группы от {ON_SITE} человек ни по одному направлению нет."
    )
    rows = tuple(
        Row((Cell(topic), *(Cell(number(n), n) for n in (people, schools, count, done, count - done))))
        for topic, count, people, schools, done in found
    )
    columns = (
        Column("Направление", is_wide=True), Column("Человек", True), Column("Организаций", True),
        Column("Заявок", True), Column("Исполнено", True), Column("Ждут", True),
    )  # fmt: skip
    return (Heading("Заявки и курсы"), Sentence(lead, text), Table(columns, rows, "requests-table"))


def attestation(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """Applications and decisions by month."""
    found = staffing.attestation(q, year, chosen.kind, chosen.municipality)
    where = {"year": year, "kind": chosen.kind, "municipality": chosen.municipality}
    ends, certify = q.one("categories_expiring", **where), q.one("certification_due", **where)
    soon = (
        f"За 12 месяцев после даты списка кончатся категории у {number(ends.numerator)}, подтвердить соответствие "
        f"нужно {number(certify.numerator)}."
        if ends.n
        else ""
    )
    if not found:
        return (Heading("Аттестация"), Note(soon, "plain")) if soon else ()
    planned, decided, passed = (sum(row[at] for row in found) for at in (1, 2, 3))
    lead = (
        f"По графику {plural(planned, 'заявление', 'заявления', 'заявлений')}, решений {number(decided)}, "
        f"успешных {number(passed)}."
    )
    rows = tuple(
        Row((Cell(_month(month)), *(Cell(number(n), n) for n in counts))) for month, *counts in found
    )
    columns = (Column("Месяц"), Column("Заявлений", True), Column("Решений", True), Column("Успешно", True))
    return (Heading("Аттестация"), Sentence(lead, soon), Table(columns, rows, "attestation-table"))


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"

"""Карточка организации: everything about one; kindergartens and centres have no results, and that is fine."""

from __future__ import annotations

from dashboard import equipment, staffing
from dashboard.blocks import (
    Block,
    Card,
    Cards,
    Cell,
    Column,
    Details,
    Filters,
    Heading,
    Link,
    Note,
    Page,
    Row,
    Split,
    Table,
    Title,
)
from dashboard.organisation import alike, examined, submitted, written
from dashboard.parts import (
    KINDS,
    card,
    cell,
    counted,
    kind_links,
    municipality_filter,
    school_filter,
    year_links,
)
from dashboard.queries import Queries, School
from dashboard.queries.people import courses_of
from dashboard.selection import Selection
from dashboard.view import View
from dashboard.words import capital, day, number, plural, school_year

STAFF = (
    "any_category_share",
    "course_3y_share",
    "young_teacher_share",
    "age_55_share",
    "higher_education_share",
)


def build(q: Queries, chosen: Selection) -> Page:
    """One organisation, or the list to choose from."""
    school = q.schools().get(chosen.school or "")
    if school is None:
        return _list(q, chosen)
    years = q.years()
    year = chosen.year if chosen.year in years else (years or [0])[-1]
    chosen = Selection(
        year=year, school=school.id, view=chosen.view, similar=chosen.similar, panel=chosen.panel
    )
    facts = " · ".join(
        p for p in (KINDS.get(school.kind or "", ""), school.municipality, f"код {school.id}") if p
    )
    n = q.one("teachers", year=year, school=school.id).numerator
    note = f"{school_year(year)}" + (f" · {plural(n, 'педагог', 'педагога', 'педагогов')}" if n else "")
    head = Title(school.label, note, (Link("Все организации", "school", Selection(year=year)),))
    choice = alike.choice(q, school, chosen)
    if chosen.view == alike.VIEW and choice:
        return Page(
            head, (year_links(years, year, "school", chosen), *choice, *alike.blocks(q, school, year, chosen))
        )
    return Page(
        head,
        (
            year_links(years, year, "school", chosen),
            Filters(
                (school_filter(list(q.schools().values()), chosen.but(view=None, similar=None, panel=None)),)
            ),
            *choice,
            Note(f"{capital(school.name)}. {facts}." + _parent(q, school)),
            Cards(_cards(q, school, year)),
            *written.blocks(q, school, year),
            *examined.blocks(q, school, year),
            *_people(q, school, year),
            *_equipment(q, school, year),
            *submitted.blocks(q, school, year),
        ),
    )


def _parent(q: Queries, school: School) -> str:
    parent = q.schools().get(school.parent or "")
    return f" Головная организация: {parent.label}." if parent else ""


def _list(q: Queries, chosen: Selection) -> Page:
    """Organisations by kind, alphabetical; in a region one municipality at a time."""
    messages = [Note(f"Организации «{chosen.school}» нет в данных.", "watch")] if chosen.school else []
    chosen = chosen.but(school=None)
    place, kinds = municipality_filter(q, chosen), kind_links(q, "school", chosen)
    there = [
        s
        for s in q.schools().values()
        if chosen.kind in (None, s.kind) and chosen.municipality in (None, s.municipality)
    ]
    filters = [f for f in (place, school_filter(there, chosen, "Выберите организацию")) if f]
    blocks: list[Block] = [*([kinds] if kinds else []), Filters(tuple(filters)), *messages]
    every: list[tuple[str | None, str]] = [*KINDS.items(), (None, "Другие")]
    for kind, title in every:
        group = [s for s in there if (s.kind if s.kind in KINDS else None) == kind]
        if group:
            blocks += [Heading(title, number(len(group))), _names(q, group[:60], chosen)]
        if len(group) > 60:
            blocks.append(
                Note(f"Показаны 60 из {number(len(group))}: выберите муниципалитет или найдите по названию.")
            )
    return Page(
        Title("Карточка организации", plural(len(there), "организация", "организации", "организаций")),
        tuple(blocks),
    )


def _names(q: Queries, group: list[School], chosen: Selection) -> Table:
    year = chosen.year or (q.years() or [0])[-1]
    teachers = {c.keys["school"]: c.measure for c in q.cuts("teachers", ("school",), year=year)}
    rows = tuple(
        Row(
            (Cell(s.label), Cell(s.municipality or ""), Cell(s.id), cell(teachers.get(s.id))),
            Link(s.label, "school", Selection(year=chosen.year, school=s.id)),
        )
        for s in group
    )
    columns = (
        Column("Организация", is_wide=True),
        Column("Муниципалитет"),
        Column("Код"),
        Column("Педагогов", True),
    )
    return Table(columns, rows, f"list-{group[0].kind}", has_download=False)


def _equipment(q: Queries, school: School, year: int) -> tuple[Block, ...]:
    found = equipment.cards(q, year, school.id)
    return (Heading("Оснащение", "анкета школы"), Cards(found)) if found else ()


def _cards(q: Queries, school: School, year: int) -> tuple[Card, ...]:
    """The same cards as the first screen, for one organisation."""
    at = Selection(year=year, school=school.id)
    found: list[Card | None] = []
    if school.kind in (None, "школа"):
        found += [
            card(q, name, year, Link(name, "results", at), title, school=school.id)
            for name, title in (
                ("quality_share", "ВПР: качество знаний, все работы"),
                ("journal_confirmed_share", "ВПР: подтвердили отметку журнала"),
            )
        ]
    pages = {"course_3y_share": "needs"}
    for name in STAFF:
        link = Link(name, pages.get(name, "staff"), Selection(year=year, kind=school.kind, indicator=name))
        found.append(card(q, name, year, link, school=school.id))
    found.append(
        card(
            q,
            "ict_base_share",
            year,
            Link("ИКТ", "ict", Selection(year=year)),
            "ИКТ-компетентность: базовый уровень",
            school=school.id,
        )
    )
    return tuple(item for item in found if item)


def _people(q: Queries, school: School, year: int) -> tuple[Block, ...]:
    """Age and service of the staff, requests and courses."""
    left, right = staffing.groups(q, year, None, school.id)
    charts: tuple[Block, ...] = (Heading("Кадры"), Split(left, right, (1, 1))) if left else ()
    tables = (*_needs(q, school, year), *_courses(q, school))
    return (*charts, *tables)


def _needs(q: Queries, school: School, year: int) -> tuple[Block, ...]:
    cuts = q.cuts("training_need_share", ("topic",), year=year, school=school.id)
    asked = [c for c in cuts if c.keys["topic"] and c.measure.numerator]
    if not asked:
        return ()
    rows = tuple(
        Row(
            (Cell(c.keys["topic"]), counted(c.measure)),
            Link("", "needs", Selection(year=year, topic=c.keys["topic"])),
        )
        for c in asked
    )
    return (
        Heading("Что просят изучить"),
        Table((Column("Направление", is_wide=True), Column("Просят", True)), rows, "needs"),
    )


def _courses(q: Queries, school: School) -> tuple[Block, ...]:
    found = courses_of(q, school.id)
    if not found:
        return ()
    rows = tuple(
        Row(
            (
                Cell(title),
                Cell(topic),
                Cell(number(hours), hours),
                Cell(number(people), people),
                Cell(day(end)),
            )
        )
        for title, topic, hours, people, end in found
    )
    columns = (
        Column("Курс", is_wide=True),
        Column("Направление"),
        Column("Часов", True),
        Column("Человек", True),
        Column("Окончен", True),
    )
    return (Details("Последние курсы", (Table(columns, rows, "courses"),)),)


VIEW = View("school", "Карточка организации", "Анализ", 50, build, ("year", "school"))

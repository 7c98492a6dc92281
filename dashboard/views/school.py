"""Карточка школы: everything about one organisation; kindergartens and centres have no results, and that is fine."""

from __future__ import annotations

from dashboard import staffing
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
    Tone,
)  # fmt: skip
from dashboard.collected import SHORT
from dashboard.display import Measure
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
from dashboard.queries.collection import Submitted, submissions_of
from dashboard.queries.people import courses_of, level_names
from dashboard.queries.results import works
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
BASE = (("computers_per_100", "indicators"), ("internet_computers_share", "indicators"))
STATES: dict[str, tuple[str, Tone]] = {
    "accepted": ("принято", "good"), "accepted_with_warnings": ("принято с замечаниями", "watch"),
    "refused": ("возвращено", "bad"),
}  # fmt: skip


def build(q: Queries, chosen: Selection) -> Page:
    """One organisation, or the list to choose from."""
    school = q.schools().get(chosen.school or "")
    if school is None:
        return _list(q, chosen)
    years = q.years()
    year = chosen.year if chosen.year in years else (years or [0])[-1]
    chosen = Selection(year=year, school=school.id)
    facts = " · ".join(
        p for p in (KINDS.get(school.kind or "", ""), school.municipality, f"код {school.id}") if p
    )
    n = q.one("teachers", year=year, school=school.id).numerator
    note = f"{school_year(year)}" + (f" · {plural(n, 'педагог', 'педагога', 'педагогов')}" if n else "")
    return Page(
        Title(school.label, note, (Link("Все организации", "school", Selection(year=year)),)),
        (
            year_links(years, year, "school", chosen), Filters((school_filter(list(q.schools().values()), chosen),)),
            Note(f"{capital(school.name)}. {facts}." + _parent(q, school)), Cards(_cards(q, school, year)),
            *_results(q, school, year), *_people(q, school, year), *_sent(q, school, year),
        ),
    )  # fmt: skip


def _parent(q: Queries, school: School) -> str:
    parent = q.schools().get(school.parent or "")
    return f" Головная организация: {parent.label}." if parent else ""


def _list(q: Queries, chosen: Selection) -> Page:
    """Organisations by kind, alphabetical; in a region one municipality at a time."""
    messages = [Note(f"Организации «{chosen.school}» нет в данных.", "watch")] if chosen.school else []
    chosen = chosen.but(school=None)
    place, kinds = municipality_filter(q, chosen), kind_links(q, "school", chosen)
    there = [s for s in q.schools().values()
             if chosen.kind in (None, s.kind) and chosen.municipality in (None, s.municipality)]  # fmt: skip
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
        Row((Cell(s.label), Cell(s.municipality or ""), Cell(s.id), cell(teachers.get(s.id))),
            Link(s.label, "school", Selection(year=chosen.year, school=s.id)))
        for s in group
    )  # fmt: skip
    columns = (
        Column("Организация", is_wide=True),
        Column("Муниципалитет"),
        Column("Код"),
        Column("Педагогов", True),
    )
    return Table(columns, rows, f"list-{group[0].kind}", has_download=False)


def _cards(q: Queries, school: School, year: int) -> tuple[Card, ...]:
    """The same cards as the first screen, for one organisation."""
    at = Selection(year=year, school=school.id)
    found: list[Card | None] = []
    if school.kind in (None, "школа"):
        found += [card(q, name, year, Link(name, "results", at), title, school=school.id) for name, title in (
            ("quality_share", "ВПР: качество знаний, все работы"),
            ("journal_confirmed_share", "ВПР: подтвердили отметку журнала"))]  # fmt: skip
    pages = {"course_3y_share": "needs"}
    for name in STAFF:
        link = Link(name, pages.get(name, "staff"), Selection(year=year, kind=school.kind, indicator=name))
        found.append(card(q, name, year, link, school=school.id))
    found.append(card(q, "ict_level_share", year, Link("ИКТ", "ict", Selection(year=year)),
                      "ИКТ-компетентность: базовый уровень", school=school.id, level=level_names(q)[0]))  # fmt: skip
    found += [
        card(q, name, year, Link(name, page, Selection(indicator=name)), school=school.id)
        for name, page in BASE
    ]
    return tuple(item for item in found if item)[:8]


def _results(q: Queries, school: School, year: int) -> tuple[Block, ...]:
    """The works of the year, or why there are none."""
    if school.kind not in (None, "школа"):
        return (
            Note(
                "ВПР здесь не проводится: организация работает без отметок. Ниже — кадры, курсы и сданные данные."
            ),
        )
    found = {name: _works(q, name, school, year) for name in COLUMNS}
    there = [w for w in works(q, year) if (w.subject, w.grade) in found["participants"]]
    if not there:
        return (
            Heading("Результаты ВПР"),
            Note(f"За {school_year(year)} учебный год протоколов ВПР от школы нет.", "plain"),
        )
    rows = []
    for w in there:
        at = {name: found[name].get((w.subject, w.grade)) for name in COLUMNS}
        link = Link(
            w.label, "results", Selection(year=year, subject=w.subject, grade=w.grade, school=school.id)
        )
        cells = (Cell(w.label), cell(at["participants"]), *(counted(at[name]) for name in list(COLUMNS)[1:]))
        rows.append(Row(cells, link))
    columns = (Column("Работа"), *(Column(title, True) for title in COLUMNS.values()))
    return (Heading("Результаты ВПР", "для методической помощи"), Table(columns, tuple(rows), "school-works"))


COLUMNS = {"participants": "Участников", "quality_share": "Качество", "pass_share": "Успеваемость",
           "journal_confirmed_share": "Подтвердили журнал", "task_success": "Задания, в среднем"}  # fmt: skip


def _works(q: Queries, name: str, school: School, year: int) -> dict[tuple[str, int], Measure]:
    cuts = q.cuts(name, ("subject", "grade"), year=year, school=school.id)
    return {
        (c.keys["subject"], c.keys["grade"]): c.measure for c in cuts if c.keys["subject"] and c.measure.n
    }


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
    columns = (Column("Курс", is_wide=True), Column("Направление"), Column("Часов", True), Column("Человек", True),
               Column("Окончен", True))  # fmt: skip
    return (Details("Последние курсы", (Table(columns, rows, "courses"),)),)


def _sent(q: Queries, school: School, year: int) -> tuple[Block, ...]:
    """What this organisation sent for the year, source by source; the parts are folded."""
    found = [part for part in submissions_of(q, school.id) if part.school_year == year]
    if not found:
        return (
            Heading("Сданные данные"),
            Note(f"За {school_year(year)} учебный год ничего не сдано.", "plain"),
        )
    sources = list(dict.fromkeys(part.source for part in found))
    rows = tuple(_source_row(school, [p for p in found if p.source == source]) for source in sources)
    columns = (
        Column("Источник"),
        Column("Состояние"),
        Column("Частей", True),
        Column("Строк", True),
        Column("Замечания"),
    )
    parts = Table(PARTS, tuple(_part_row(part) for part in found), "parts")
    return (
        Heading("Сданные данные", school_year(year)), Table(columns, rows, "sent", has_download=False),
        Details("Каждая часть: период, файл, когда получена", (parts,)),
    )  # fmt: skip


PARTS = (Column("Источник"), Column("Период", is_wide=True), Column("Состояние"), Column("Строк", True),
         Column("Получено"), Column("Файл", is_wide=True))  # fmt: skip


def _source_row(school: School, parts: list[Submitted]) -> Row:
    worst = min((part.status for part in parts), key=list(STATES)[::-1].index)
    words, tone = STATES[worst]
    errors, warnings = sum(p.errors for p in parts), sum(p.warnings for p in parts)
    counts = [plural(errors, "ошибка", "ошибки", "ошибок")] if errors else []
    counts += [plural(warnings, "замечание", "замечания", "замечаний")] if warnings else []
    source = parts[0].source
    link = Link(source, "quality", Selection(school=school.id, source=source)) if counts else None
    rows = sum(p.rows for p in parts)
    return Row((Cell(SHORT.get(source, parts[0].title)), Cell(words, tone=tone), Cell(number(len(parts)), len(parts)),
                Cell(number(rows), rows), Cell(", ".join(counts) or "—")), link)  # fmt: skip


def _part_row(part: Submitted) -> Row:
    words, tone = STATES.get(part.status, (part.status, "muted"))
    words = words if part.is_current or part.status == "refused" else f"{words}, заменено"
    return Row((Cell(SHORT.get(part.source, part.title)), Cell(part.period), Cell(words, tone=tone),
                Cell(number(part.rows), part.rows), Cell(day(part.received_at)), Cell(part.file.rsplit("/", 1)[-1])))  # fmt: skip


VIEW = View("school", "Карточка школы", "Анализ", 50, build)

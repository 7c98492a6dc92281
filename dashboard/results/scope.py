"""Where on the results page we are: the address checked against what the data have, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.blocks import Block, Filter, Filters, Link, Note, Option, Title
from dashboard.parts import (
    area,
    known_place,
    known_school,
    municipality_filter,
    pick_year,
    school_filter,
    year_links,
)
from dashboard.queries import Queries, School
from dashboard.queries.results import Work, classes, works
from dashboard.results.procedures import procedure_links
from dashboard.selection import Selection
from dashboard.words import school_year

PAGE = "results"
VIEWS = {
    "tasks": "Задания",
    "schools": "Школы",
    "classes": "Классы",
    "groups": "Группы по отметкам",
    "journal": "ВПР и журнал",
    "scores": "Баллы",
    "years": "По годам",
    "textbooks": "Учебники",
}


@dataclass(frozen=True)
class Scope:
    """A checked choice: everything in it is there."""

    year: int
    years: tuple[int, ...]
    works: tuple[Work, ...]
    work: Work | None
    school: School | None
    chosen: Selection
    messages: tuple[str, ...]

    @property
    def where(self) -> dict[str, object]:
        """Conditions for indicators."""
        picked = {"year": self.year, "procedure": "vpr", "municipality": self.chosen.municipality}
        picked |= {"subject": self.work.subject, "grade": self.work.grade} if self.work else {}
        return {k: v for k, v in picked.items() if v is not None}

    @property
    def part(self) -> dict[str, object]:
        """The same, narrowed to the school and class."""
        narrowed = {"school": self.chosen.school, "class_": self.chosen.class_}
        return self.where | {k: v for k, v in narrowed.items() if v is not None}


def scope(q: Queries, chosen: Selection) -> Scope | None:
    """Check an address; None when there are no results at all."""
    years = sorted({work.year for work in works(q)})
    year, messages = pick_year(years, chosen)
    if year is None:
        return None
    there = works(q, year)
    said = list(messages)
    school = known_school(q, chosen, said)
    work = _work(there, chosen)
    if (chosen.subject or chosen.grade) and work is None:
        asked = ", ".join(p for p in (chosen.subject, f"{chosen.grade} класс" if chosen.grade else None) if p)
        said.append(f"Работы «{asked}» в {school_year(year)} учебном году нет; показаны все работы.")
    checked = _checked(q, chosen, year, school, work, said)
    return Scope(year, tuple(years), tuple(there), work, school, checked, tuple(said))


def _work(there: list[Work], chosen: Selection) -> Work | None:
    found = [w for w in there if chosen.subject in (None, w.subject) and chosen.grade in (None, w.grade)]
    if not (chosen.subject or chosen.grade) or not found:
        return None
    return found[0] if len(found) == 1 or (chosen.subject and chosen.grade) else None


def _checked(
    q: Queries, chosen: Selection, year: int, school: School | None, work: Work | None, said: list[str]
) -> Selection:
    """The choice without what is not there; each loss gets its word."""
    class_, view = chosen.class_, chosen.view
    if class_ and not (school and work and class_ in classes(q, work, school.id)):
        said.append(f"Класса «{class_}» в этой работе нет; показана вся параллель.")
        class_ = None
    if view and view not in VIEWS:
        said.append(f"Вида «{view}» нет; показаны задания.")
        view = None
    return chosen.but(
        year=year,
        school=school.id if school else None,
        class_=class_,
        view=view,
        municipality=known_place(q, chosen, said),
        subject=work.subject if work else None,
        grade=work.grade if work else None,
        task=chosen.task if work else None,
    )


def head(q: Queries, s: Scope, title: str, note: str) -> tuple[Title, tuple[Block, ...]]:
    """The page's head: title with the way back, years, filters, messages."""
    blocks: list[Block] = [
        *procedure_links(q, "vpr", s.chosen),
        year_links(s.years, s.year, PAGE, s.chosen),
        Filters(filters(q, s)),
    ]
    blocks += [Note(text, "watch") for text in s.messages]
    return Title(title, note, crumbs(s)), tuple(blocks)


def crumbs(s: Scope) -> tuple[Link, ...]:
    """From the whole year down to here."""
    base = Selection(year=s.year, municipality=s.chosen.municipality)
    found = [Link(f"Результаты ВПР {school_year(s.year)}", PAGE, base)]
    if s.work:
        at_work = base.but(subject=s.work.subject, grade=s.work.grade)
        found.append(Link(s.work.label, PAGE, at_work))
        if s.school:
            found.append(Link(s.school.label, PAGE, at_work.but(school=s.school.id)))
        if s.chosen.class_:
            found.append(
                Link(s.chosen.class_, PAGE, at_work.but(school=s.chosen.school, class_=s.chosen.class_))
            )
    elif s.school:
        found.append(Link(s.school.label, PAGE, base.but(school=s.school.id)))
    is_task = s.work is not None and s.chosen.task is not None
    return tuple(found) if is_task else tuple(found[:-1])


def filters(q: Queries, s: Scope) -> tuple[Filter, ...]:
    """Work, municipality, school."""
    works_ = [Option("Все работы", s.chosen.but(subject=None, grade=None, task=None, class_=None, view=None))]
    works_ += [
        Option(w.label, s.chosen.but(subject=w.subject, grade=w.grade, task=None, class_=None))
        for w in s.works
    ]
    current = s.works.index(s.work) + 1 if s.work else 0
    place = municipality_filter(q, s.chosen)
    tested = schools_of(q, s)
    return tuple(
        item
        for item in (
            Filter("work", "Работа", tuple(works_), current, "Работа"),
            place,
            school_filter(tested, s.chosen, "Все школы"),
            class_filter(q, s),
        )
        if item is not None
    )


def class_filter(q: Queries, s: Scope) -> Filter | None:
    """Classes of the chosen school, when there are several."""
    names = classes(q, s.work, s.school.id) if s.work and s.school else []
    if len(names) < 2:
        return None
    options = [Option("Вся параллель", s.chosen.but(class_=None))]
    options += [Option(name, s.chosen.but(class_=name)) for name in names]
    current = names.index(s.chosen.class_) + 1 if s.chosen.class_ in names else 0
    return Filter("class", "Класс", tuple(options), current, "Класс")


def schools_of(q: Queries, s: Scope) -> list[School]:
    """Schools that wrote anything in the year, in alphabetical order."""
    sql = "select distinct school_id from fct_vpr where school_year = ?"
    tested = {row[0] for row in q.rows(sql, [s.year])}
    place = s.chosen.municipality
    return [x for x in q.schools().values() if x.id in tested and place in (None, x.municipality)]


def who(q: Queries, s: Scope) -> str:
    """Whose results these are: «район», a municipality, a school, a class."""
    if s.school:
        return s.school.label + (f", {s.chosen.class_}" if s.chosen.class_ else "")
    return s.chosen.municipality or area(q)

"""Where on the exams' pages we are: the address checked against what there is, and the numbers that fit."""

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
from dashboard.queries.exams import PROCEDURES, Exam, classes, exams
from dashboard.results.procedures import PAGE, procedure_links, procedure_of
from dashboard.selection import Selection
from dashboard.words import school_year


@dataclass(frozen=True)
class Names:
    """Which indicators speak of an exam: those of protocols, or those of the region's form."""

    participants: str
    main: str
    passed: str
    figures: tuple[str, ...]
    """Shown beside the main ones."""
    gap: str = ""


SCORED = Names(
    "exam_participants", "exam_mean_score", "exam_pass_share", ("exam_high_share",), "exam_region_gap"
)
FORM = Names(
    "exam_form_participants", "exam_form_mean_score", "exam_form_pass_share", ("exam_form_high_share",),
    "exam_form_region_gap",
)  # fmt: skip
MARKED = Names("exam_participants", "exam_mean_mark", "exam_pass_share", ())
OGE = Names(
    "exam_participants", "oge_quality_share", "oge_pass_share",
    ("oge_mean_mark", "oge_first_low_share", "oge_final_low_share"),
)  # fmt: skip
TOPS = {"exam_mean_score": 100.0, "exam_form_mean_score": 100.0, "exam_mean_mark": 5.0}
"""Ends of the axes of means."""


@dataclass(frozen=True)
class Scope:
    """A checked choice: everything in it is there."""

    procedure: str
    year: int
    years: tuple[int, ...]
    exams: tuple[Exam, ...]
    """Of the year."""
    exam: Exam | None
    school: School | None
    is_form: bool
    """Only the region's form speaks of the year."""
    chosen: Selection
    messages: tuple[str, ...]

    @property
    def title(self) -> str:
        """«ЕГЭ»."""
        return PROCEDURES[self.procedure]

    @property
    def where(self) -> dict[str, object]:
        """Conditions for indicators."""
        subject = self.exam.subject if self.exam else None
        picked = {"year": self.year, "procedure": self.procedure, "municipality": self.chosen.municipality,
                  "subject": subject}  # fmt: skip
        return {k: v for k, v in picked.items() if v is not None}

    @property
    def part(self) -> dict[str, object]:
        """The same, narrowed to the school and class."""
        narrowed = {"school": self.chosen.school, "class_": self.chosen.class_}
        return self.where | {k: v for k, v in narrowed.items() if v is not None}

    def names(self, exam: Exam | None = None) -> Names:
        """The indicators of an exam, or of most exams of the procedure."""
        if self.is_form:
            return FORM
        if self.procedure == "oge":
            return OGE
        one = exam or self.exam
        return SCORED if self.procedure == "ege" and (one is None or one.has_score) else MARKED


def scope(q: Queries, chosen: Selection) -> Scope:
    """Check an address; there is at least one exam of the procedure."""
    procedure = procedure_of(q, chosen)
    own = [exam for exam in exams(q) if exam.procedure == procedure]
    years = sorted({exam.year for exam in own})
    year, messages = pick_year(years, chosen)
    assert year is not None  # a procedure without exams is not offered
    there = [exam for exam in own if exam.year == year]
    exam = next((exam for exam in there if exam.subject == chosen.subject), None)
    said = list(messages)
    if chosen.subject and exam is None:
        said.append(f"Предмета «{chosen.subject}» в {school_year(year)} учебном году нет; показаны все.")
    school = known_school(q, chosen, said)
    checked = _checked(q, chosen, year, exam, school, said)
    protocols = q.one("exam_participants", year=year, procedure=procedure).n
    return Scope(
        procedure, year, tuple(years), tuple(there), exam, school, not protocols, checked, tuple(said)
    )


def _checked(
    q: Queries, chosen: Selection, year: int, exam: Exam | None, school: School | None, said: list[str]
) -> Selection:
    """The choice without what is not there; each loss gets its word."""
    class_ = chosen.class_
    if class_ and not (school and exam and class_ in classes(q, exam, school.id)):
        said.append(f"Класса «{class_}» в этом экзамене нет; показана вся параллель.")
        class_ = None
    return Selection(
        year=year, procedure=chosen.procedure, subject=exam.subject if exam else None,
        school=school.id if school else None, class_=class_, municipality=known_place(q, chosen, said),
        view=chosen.view if exam else None,
    )  # fmt: skip


def head(q: Queries, s: Scope, title: str, note: str) -> tuple[Title, tuple[Block, ...]]:
    """The page's head: title with the way back, the assessment, years, filters, messages."""
    blocks: list[Block] = [
        *procedure_links(q, s.procedure, s.chosen),
        year_links(s.years, s.year, PAGE, s.chosen),
        Filters(_filters(q, s)),
    ]
    blocks += [Note(text, "watch") for text in s.messages]
    return Title(title, note, _crumbs(s)), tuple(blocks)


def _crumbs(s: Scope) -> tuple[Link, ...]:
    base = s.chosen.but(subject=None, school=None, class_=None, view=None)
    found = [Link(f"Результаты {s.title} {school_year(s.year)}", PAGE, base)]
    if s.exam:
        at = base.but(subject=s.exam.subject)
        found.append(Link(s.exam.subject, PAGE, at))
        if s.school:
            found.append(Link(s.school.label, PAGE, at.but(school=s.school.id)))
        if s.chosen.class_:
            found.append(Link(s.chosen.class_, PAGE, s.chosen))
    elif s.school:
        found.append(Link(s.school.label, PAGE, s.chosen))
    return tuple(found[:-1])


def _filters(q: Queries, s: Scope) -> tuple[Filter, ...]:
    options = [Option("Все предметы", s.chosen.but(subject=None, class_=None, view=None))]
    options += [Option(exam.subject, s.chosen.but(subject=exam.subject, class_=None)) for exam in s.exams]
    current = s.exams.index(s.exam) + 1 if s.exam else 0
    found = [
        Filter("exam", "Предмет", tuple(options), current, "Предмет"),
        municipality_filter(q, s.chosen),
        school_filter(schools_of(q, s), s.chosen, "Все школы"),
        _class_filter(q, s),
    ]
    return tuple(item for item in found if item is not None)


def _class_filter(q: Queries, s: Scope) -> Filter | None:
    """Classes of the chosen school, when there are several."""
    names = classes(q, s.exam, s.school.id) if s.exam and s.school else []
    if len(names) < 2:
        return None
    options = [Option("Вся параллель", s.chosen.but(class_=None))]
    options += [Option(name, s.chosen.but(class_=name)) for name in names]
    current = names.index(s.chosen.class_) + 1 if s.chosen.class_ in names else 0
    return Filter("class", "Класс", tuple(options), current, "Класс")


def schools_of(q: Queries, s: Scope) -> list[School]:
    """Schools with results of the procedure in the year, in alphabetical order."""
    name = FORM.participants if s.is_form else SCORED.participants
    there = {c.keys["school"] for c in q.cuts(name, ("school",), year=s.year, procedure=s.procedure)}
    place = s.chosen.municipality
    return [x for x in q.schools().values() if x.id in there and place in (None, x.municipality)]


def who(q: Queries, s: Scope) -> str:
    """Whose results these are: «район», a municipality, a school, a class."""
    if s.school:
        return s.school.label + (f", {s.chosen.class_}" if s.chosen.class_ else "")
    return s.chosen.municipality or area(q)

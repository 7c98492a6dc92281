"""What fills the sections of documents: pages of the application for one year, and what only paper has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from dashboard import official
from dashboard.blocks import Block, Cards, Heading, Note, Page
from dashboard.parts import WHOLE
from dashboard.queries import Queries
from dashboard.queries.exams import PROCEDURES, exams
from dashboard.queries.results import works as known_works
from dashboard.report import annexes, changes, district, journal, methodical, overview, school_sheet, terms
from dashboard.report.declared import Section
from dashboard.report.document import Part
from dashboard.results.exams.overview import NAMED
from dashboard.selection import Selection
from dashboard.view import views


@dataclass(frozen=True)
class Asked:
    """What a section is about: a year of the district, or of one organisation."""

    q: Queries
    year: int
    school: str | None = None
    before: tuple[Part, ...] = ()
    """What stands before it in the document."""


Blocks = Callable[[Asked], tuple[Block, ...]]


def filled(section: Section, asked: Asked) -> tuple[Block, ...]:
    """The blocks of a section, in the order in which they are declared."""
    return tuple(block for name in section.blocks for block in _of(name, asked))


def _of(name: str, asked: Asked) -> tuple[Block, ...]:
    if name.startswith("page:"):
        path, _, chosen = name.removeprefix("page:").partition("?")
        return _page(asked, path, dict(parse_qsl(chosen)))
    if name.startswith("list:"):
        return official.blocks(asked.q, name.removeprefix("list:"), asked.year, asked.school)
    if name.startswith("indicators:"):
        names = tuple(name.removeprefix("indicators:").split(","))
        return methodical.blocks(asked.q, names, asked.year, asked.school)
    return BLOCKS[name](asked)


def _page(asked: Asked, path: str, chosen: dict[str, str]) -> tuple[Block, ...]:
    """A page of the application as it stands for the year; a view of it without its cards."""
    found = next((view for view in views() if view.path == path), None)
    if found is None or not _has_year(asked, path):
        return ()
    selection, _ = Selection.parse({**chosen, "year": str(asked.year)})
    said = _said(found.build(asked.q, selection.but(school=asked.school, part=WHOLE)))
    if not chosen:
        return said
    head = HEADS.get(chosen.get("view", ""))
    own = tuple(block for block in said if not isinstance(block, Cards | Note))
    return (Heading(head), *own) if head and own else own


HEADS = {
    "load": "Ставки, вакансии и нагрузка", "forecast": "Прогноз ухода педагогов",
    "official": "Сверка с формами федеральной статистики",
}  # fmt: skip
"""Views of a page that follow one another on paper."""


_NEEDS = {
    "staff": ("teachers",), "ict": ("ict_level_share",), "needs": ("course_3y_share", "training_need_share"),
}  # fmt: skip


def _has_year(asked: Asked, path: str) -> bool:
    """Whether the page has anything of this year: a page shows another, paper leaves the section empty."""
    return path not in _NEEDS or asked.year in asked.q.years_of(*_NEEDS[path])


def _said(said: Page) -> tuple[Block, ...]:
    note = (Note(said.title.note),) if said.title.note else ()
    return (*note, *said.blocks)


def _works(asked: Asked) -> tuple[Block, ...]:
    """All works in one picture, for the district as a whole."""
    return _page(asked, "results", {}) if known_works(asked.q, asked.year) else ()


def _results(asked: Asked) -> tuple[Block, ...]:
    """All works, the comparison with the journal, then the task profile of every work; no single school."""
    found = known_works(asked.q, asked.year)
    if not found:
        return ()
    return (*_works(asked), *journal.blocks(asked.q, found), *_profiles(asked))


def _profiles(asked: Asked) -> Iterator[Block]:
    build = next(view.build for view in views() if view.path == "results")
    for work in known_works(asked.q, asked.year):
        yield Heading(f"{work.label}: выполнение заданий")
        said = _said(build(asked.q, Selection(year=asked.year, subject=work.subject, grade=work.grade)))
        yield from (block for block in said if not isinstance(block, Cards))


def _exams(asked: Asked) -> tuple[Block, ...]:
    """Every state exam of the year by subjects, for the district as a whole."""
    found = {exam.procedure for exam in exams(asked.q) if exam.year == asked.year}
    there = {procedure for procedure in found if not _are_known(asked, procedure)}
    return tuple(
        block for name, title in PROCEDURES.items() if name in there
        for block in (Heading(title), *_page(asked, "results", {"procedure": name}))
    )  # fmt: skip


def _are_known(asked: Asked, procedure: str) -> bool:
    """Whether so few sat the exam that a published number would tell of each."""
    if asked.q.viewer.audience == "internal":
        return False
    return 0 < asked.q.one("exam_participants", year=asked.year, procedure=procedure).numerator < NAMED


def _school(asked: Asked) -> tuple[Block, ...]:
    return _page(asked, "school", {})


BLOCKS: dict[str, Blocks] = {
    "network": lambda asked: district.blocks(asked.q, asked.year),
    "overview": lambda asked: overview.blocks(asked.q, asked.year, asked.school),
    "marks": lambda asked: terms.blocks(asked.q, asked.year, asked.school),
    "works": _works,
    "results": _results,
    "exams": _exams,
    "resources": lambda asked: district.resources(asked.q, asked.year),
    "school": _school,
    "school_sheet": lambda asked: school_sheet.blocks(asked.q, asked.year, str(asked.school)),
    "changes": lambda asked: changes.blocks(asked.q, asked.year, asked.school),
    "conclusions": lambda asked: annexes.conclusions(asked.q, asked.year),
    "passport": lambda asked: annexes.passport(asked.q, asked.year),
    "methods": lambda asked: annexes.methods(asked.q, asked.before),
}

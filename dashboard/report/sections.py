"""What the annual report says, section by section: pages for one year, and what only paper has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dashboard.blocks import Block, Cards, Heading, Note, Page
from dashboard.queries import Queries
from dashboard.queries.results import works
from dashboard.report import annexes, district, journal
from dashboard.selection import Selection
from dashboard.view import views

Blocks = Callable[[Queries, int], tuple[Block, ...]]


@dataclass(frozen=True)
class Section:
    """One numbered section; it is left out where it has nothing to say."""

    title: str
    blocks: Blocks


def page(path: str, **chosen: str) -> Blocks:
    """A page of the application as it stands for the year."""

    def build(q: Queries, year: int) -> tuple[Block, ...]:
        found = next((view for view in views() if view.path == path), None)
        return _said(found.build(q, Selection(year=year, **chosen))) if found else ()  # type: ignore[arg-type]

    return build


def _said(said: Page) -> tuple[Block, ...]:
    note = (Note(said.title.note),) if said.title.note else ()
    return (*note, *said.blocks)


def results(q: Queries, year: int) -> tuple[Block, ...]:
    """All works, the comparison with the journal, then the task profile of every work; no single school."""
    found = works(q, year)
    if not found:
        return ()
    return (*page("results")(q, year), *journal.blocks(q, found), *_profiles(q, year))


def _profiles(q: Queries, year: int) -> Iterator[Block]:
    build = next(view.build for view in views() if view.path == "results")
    for work in works(q, year):
        yield Heading(f"{work.label}: выполнение заданий")
        said = _said(build(q, Selection(year=year, subject=work.subject, grade=work.grade)))
        yield from (block for block in said if not isinstance(block, Cards))


SECTIONS = (
    Section("Сеть организаций и контингент", district.blocks),
    Section("Педагогические кадры", page("staff")),
    Section("ИКТ-компетентность педагогов", page("ict")),
    Section("Потребности в обучении и курсы", page("needs")),
    Section("Всероссийские проверочные работы", results),
    Section("Компьютеры и оснащение", district.resources),
    Section("Выводы и задачи", annexes.conclusions),
)
ANNEXES = (
    Section("Паспорт данных", annexes.passport),
    Section("Показатели и методика", annexes.methods),
)

"""A document made of its declaration: sections filled, numbered, and given the methodist's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from dashboard.blocks import Block, Empty, Heading
from dashboard.queries import Queries
from dashboard.report.declared import Declared, Section
from dashboard.report.document import Document, Item, Numbering, Own, Part
from dashboard.report.fitted import fitted
from dashboard.report.flow import on_paper
from dashboard.report.limits import Footnotes, absent
from dashboard.report.publisher import Publisher
from dashboard.report.sections import Asked, filled

WITHHELD = "Числа раздела не показаны: группы так малы, что по ним можно узнать человека."
HEAD = "Руководитель организации"
LETTERS = "АБВГДЕЖИК"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Order:
    """What is to be made: which document, for whom, of which year, with which sections."""

    document: Declared
    year: int
    audience: str = "internal"
    """In words, as the cover says it."""
    school: str | None = None
    sections: tuple[str, ...] = ()
    """Ids in the order wanted; all of them where none is named."""
    own: Mapping[str, str] = field(default_factory=dict)
    """The methodist's own text by section."""
    release: str = ""
    """The name of the frozen release; the id of the snapshot where it has none."""


def compose(q: Queries, order: Order, publisher: Publisher, progress: Progress) -> Document:
    """The whole document as data."""
    numbering, footnotes = Numbering(), Footnotes()
    wanted = order.document.chosen(order.sections)
    parts: list[Part] = []
    for done, section in enumerate(wanted):
        progress(section.title, done, len(wanted))
        asked = Asked(q, order.year, order.school, tuple(parts))
        parts += _part(asked, order, section, numbering, footnotes)
    progress("", len(wanted), len(wanted))
    school = q.schools().get(order.school or "")
    return Document(
        key=order.document.id, title=order.document.title, about=school.name if school else publisher.district,
        period=order.document.spell(order.year), audience=order.audience,
        publisher=_by_school(publisher, school.name) if school and not order.document.is_short else publisher,
        release=f"выпуск «{order.release}»" if order.release else f"снимок {q.release.id}",
        built_at=q.release.built_at, parts=tuple(parts), is_of_school=order.document.is_of_school,
        is_short=order.document.is_short,
    )  # fmt: skip


def _by_school(publisher: Publisher, name: str) -> Publisher:
    """A school's report of itself has its own letterhead and its head's signature."""
    return replace(publisher, department=name, office=name, signer="", signer_title=HEAD)


def _part(
    asked: Asked, order: Order, section: Section, numbering: Numbering, footnotes: Footnotes
) -> list[Part]:
    """The section with its number, or nothing where it has nothing to say and no reason to stand."""
    words = tuple(Own(text) for text in _paragraphs(order.own.get(section.id, "")))
    said = tuple(on_paper(filled(section, asked)))
    items: tuple[Item, ...] = (*words, *numbering.items(_fitted(said, asked, order, section)))
    if not items and section.missing:
        items = (Empty("", WITHHELD if said else section.missing),)
    if not items:
        return []
    is_annex = section in order.document.annexes
    number = 1 + sum(part.is_annex == is_annex for part in asked.before)
    name = f"Приложение {LETTERS[number - 1]}. {section.title}" if is_annex else f"{number}. {section.title}"
    anchor = f"{'annex' if is_annex else 'section'}-{number}"
    missing = () if order.document.is_of_school else absent(asked.q, asked.year, section.forms)
    return [Part(section.id, anchor, name, is_annex, items, footnotes.of_section(items, missing))]


def _fitted(said: tuple[Block, ...], asked: Asked, order: Order, section: Section) -> tuple[Block, ...]:
    """What fills the section, as far as it is for this reader; a heading that repeats the section's own is left out."""
    found = fitted(said, asked.q.viewer.audience, order.document.is_of_school)
    return tuple(block for block in found if not (isinstance(block, Heading) and block.text == section.title))


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]

"""The report from cover to signature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from dashboard.queries import Queries
from dashboard.report.paper import Paper, document
from dashboard.report.publisher import Publisher
from dashboard.report.sections import ANNEXES, SECTIONS, Section
from dashboard.words import NBSP, day, school_year

LETTERS = "АБВГД"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Part:
    """One section as it will stand in the file."""

    anchor: str
    name: str
    html: str


def compose(q: Queries, year: int, publisher: Publisher, progress: Progress) -> str:
    """The whole HTML file."""
    paper = Paper()
    everything = len(SECTIONS) + len(ANNEXES)
    parts: list[Part] = []
    for done, section in enumerate((*SECTIONS, *ANNEXES)):
        progress(section.title, done, everything)
        parts += _part(q, year, section, section in ANNEXES, parts, paper)
    progress("", everything, everything)
    title = f"{publisher.district}: система образования, {school_year(year)} учебный год"
    body = (
        _cover(q, year, publisher)
        + _contents(parts)
        + f"<main>{''.join(_printed(part) for part in parts if _is_section(part))}{_signature(publisher)}"
        + f"{''.join(_printed(part) for part in parts if not _is_section(part))}</main>"
    )
    return document(title, body, paper)


def _part(
    q: Queries, year: int, section: Section, is_annex: bool, before: list[Part], paper: Paper
) -> list[Part]:
    """The section with its number, or nothing where it has nothing to say."""
    html = paper.render(section.blocks(q, year))
    if not html:
        return []
    number = 1 + sum(_is_section(part) != is_annex for part in before)
    name = f"Приложение {LETTERS[number - 1]}. {section.title}" if is_annex else f"{number}. {section.title}"
    return [Part(f"{'annex' if is_annex else 'section'}-{number}", name, html)]


def _is_section(part: Part) -> bool:
    return part.anchor.startswith("section")


def _printed(part: Part) -> str:
    return f'<section id="{part.anchor}"><h2>{escape(part.name)}</h2>\n{part.html}</section>\n'


def _cover(q: Queries, year: int, publisher: Publisher) -> str:
    built = q.release.built_at.astimezone()
    return (
        f'<header class="cover"><p class="department">{escape(publisher.department)}</p>'
        f"<h1>Аналитический отчёт о состоянии системы образования</h1>"
        f'<p class="district">{escape(publisher.district)}</p>'
        f'<p class="year">{school_year(year)} учебный год</p>'
        f'<p class="office">{escape(publisher.office)}</p>'
        f'<p class="built">Данные на {day(built)}, снимок {escape(q.release.id)}</p></header>'
    )


def _contents(parts: list[Part]) -> str:
    items = "".join(f'<li><a href="#{part.anchor}">{escape(part.name)}</a></li>' for part in parts)
    return f'<nav class="contents"><h2>Содержание</h2><ol>{items}</ol></nav>'


def _signature(publisher: Publisher) -> str:
    return (
        f'<p class="signature"><span>{escape(publisher.signer_title)}</span>'
        f"<span>_______________{NBSP}{escape(publisher.signer)}</span></p>"
    )

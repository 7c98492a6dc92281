"""Documents as they are declared in ``documents/``: their sections, what fills them, whom they are for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

from dashboard.words import school_year

FOLDER = Path(__file__).parent / "documents"
Period = Literal["school_year", "calendar_year"]


class UnknownDocumentError(Exception):
    """No such document or section; the message lists those there are."""


@dataclass(frozen=True)
class Section:
    """One section: what fills it, and what is said where there is nothing."""

    id: str
    title: str
    blocks: tuple[str, ...] = ()
    """Names of `dashboard.report.sections.BLOCKS`, a page: ``page:staff``, or ``indicators:ID,ID``."""
    forms: tuple[str, ...] = ()
    """Forms of the calendar that it rests on: who has not sent them is a footnote."""
    missing: str = ""
    """Why the section may be empty; without it an empty section is left out."""


@dataclass(frozen=True)
class Declared:
    """One document."""

    id: str
    title: str
    short: str
    """Begins the names of files."""
    period: Period
    order: int
    sections: tuple[Section, ...]
    annexes: tuple[Section, ...] = ()
    audience: str = "internal"
    is_of_school: bool = False
    """About one organisation."""
    is_short: bool = False
    """One page: no cover, no contents."""

    @property
    def all_sections(self) -> tuple[Section, ...]:
        """Sections, then annexes."""
        return (*self.sections, *self.annexes)

    def spell(self, year: int) -> str:
        """The document's period in words."""
        spelled = f"{school_year(year)} учебный год"
        return spelled if self.period == "school_year" else f"{year} год (по данным за {spelled})"

    def chosen(self, ids: tuple[str, ...]) -> tuple[Section, ...]:
        """The named sections in the given order; all of them where none is named."""
        known = {section.id: section for section in self.all_sections}
        if lost := [name for name in ids if name not in known]:
            raise UnknownDocumentError(
                f"В документе «{self.title}» нет раздела «{lost[0]}». Есть: {', '.join(known)}."
            )
        return tuple(known[name] for name in ids) or self.all_sections


@cache
def documents() -> dict[str, Declared]:
    """Every document by id, in the order of the menu."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {one.id: one for one in sorted(found, key=lambda one: one.order)}


def document(name: str) -> Declared:
    """The document of this name; `UnknownDocumentError` lists the others."""
    if name not in documents():
        known = "; ".join(f"{one.id} — {one.title}" for one in documents().values())
        raise UnknownDocumentError(f"Документа «{name}» нет. Есть: {known}.")
    return documents()[name]


def _read(path: Path) -> Declared:
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    for name in ("sections", "annexes"):
        given[name] = tuple(_section(path, one) for one in given.get(name, []))
    _check(path, given, Declared)
    return Declared(id=path.stem, **given)


def _section(path: Path, given: dict[str, Any]) -> Section:
    _check(path, given, Section)
    lists = {name: tuple(given.get(name, ())) for name in ("blocks", "forms")}
    return Section(**{**given, **lists})


def _check(path: Path, given: dict[str, Any], shape: type[Any]) -> None:
    unknown = set(given) - {field.name for field in fields(shape)}
    if unknown:
        raise ValueError(f"{path.name}: unknown keys {', '.join(sorted(unknown))}")

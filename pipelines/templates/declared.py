"""What ``expectations/templates`` says of a form, completed by its source, table and dictionaries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from pipelines.contract import (
    EXPECTATIONS,
    Column,
    ColumnType,
    DeclarationError,
    Declarations,
    _build,
    _Declared,
    _files,
    _read_toml,
    declarations,
)
from pipelines.source import Source, normalised
from pipelines.sources import sources
from pipelines.words import number, school_year

Example = str | int | float | date
Kind = Literal["text", "integer", "number", "date", "list"]
SCHOOL_ROLES = frozenset({"school", "school_name"})
_CANONICAL = {"subject": "subject", "grade": "grade", "year": "school_year"}
_FIRST_DAY, _LAST_DAY = date(1950, 1, 1), date(2100, 12, 31)


class TemplateColumn(_Declared):
    """One column of a form, in the order of the file."""

    heading: str = ""
    """One of the source's headings; ``{years}`` is the school year as «2025/2026»."""
    headings_of: str = ""
    """Dictionary whose terms are headings, one column each …"""
    headings_with: dict[str, str] = Field(default_factory=dict)
    """… of those terms only that have these facts."""
    hint: str
    example: Example
    type: ColumnType | None = None
    first: Example | None = Field(default=None, alias="from")
    last: Example | None = Field(default=None, alias="to")
    values: tuple[str, ...] = ()
    dictionary: str = ""
    free: bool = False
    """The list only suggests: something else may be typed too."""
    required: bool = False


class Template(_Declared):
    """A form of one source."""

    id: str
    lines: tuple[str, ...]
    """Lines above the table; ``{school_year}`` and ``{list_date}`` are put in and may be changed."""
    notes: tuple[str, ...] = ()
    school: bool = False
    """Filled by an organisation, which may be named above the table."""
    known: bool = False
    """Rows already taken in are written in before."""
    rows: int = 2000
    """Rows that have drop-downs."""
    columns: dict[str, TemplateColumn]


@dataclass(frozen=True)
class Entry:
    """A column of the form with all that may stand in it."""

    name: str
    heading: str
    hint: str
    example: Example
    kind: Kind
    values: tuple[str, ...] = ()
    first: Example | None = None
    last: Example | None = None
    unit: str = ""
    required: bool = False
    free: bool = False

    @property
    def limits(self) -> str:
        """What may be written, in words."""
        if self.kind == "list":
            return "из списка" + (" или своё" if self.free else "")
        if self.kind == "date":
            return "дата, дд.мм.гггг"
        if self.kind == "text":
            return "текст"
        said = "целое число" if self.kind == "integer" else "число"
        for word, limit in (("от", self.first), ("до", self.last)):
            if isinstance(limit, int | float):
                whole = float(limit).is_integer()
                said += f" {word} {int(limit) if whole else number(float(limit), 1)}"
        return said


@dataclass(frozen=True)
class Words:
    """What is put into the lines and headings of a form for one school year."""

    year: int

    def put(self, text: str) -> str:
        """The text with the year's words in it."""
        return text.format(
            school_year=school_year(self.year),
            years=f"{self.year - 1}/{self.year}",
            list_date=f"20.09.{self.year - 1}",
            first_year=self.year - 1,
        )


@cache
def templates() -> dict[str, Template]:
    """All forms, by the id of their source."""
    return load_templates(declarations(), sources())


def load_templates(
    declared: Declarations, known: dict[str, Source], folder: Path = EXPECTATIONS
) -> dict[str, Template]:
    """Read and check every form: its headings must be those by which its source is read."""
    found = {}
    for path in _files(folder, "templates"):
        where = f"templates/{path.name}"
        if path.stem not in known:
            raise DeclarationError(f"{where}: источника «{path.stem}» нет")
        found[path.stem] = _build(Template, where, {**_read_toml(path), "id": path.stem})
        for field in fields(found[path.stem], known[path.stem], declared, 2026):
            if _meant(known[path.stem], field.heading) != field.name:
                raise DeclarationError(
                    f"{where}: по заголовку «{field.heading}» столбец «{field.name}» не узнать"
                )
    return found


def _meant(source: Source, heading: str) -> str | None:
    """The column that the source reads under a heading."""
    text = normalised(heading)
    by_pattern = (name for pattern, name in source.regular if pattern.search(text))
    return source.exact.get(text) or next(by_pattern, None)


def fields(template: Template, source: Source, declared: Declarations, year: int) -> list[Entry]:
    """The columns of the form, each with its type, list, limits and unit."""
    found: list[Entry] = []
    for name, own in template.columns.items():
        if name not in source.columns:
            raise DeclarationError(f"templates/{template.id}.toml: столбца «{name}» в источнике нет")
        one = _field(name, own, source, declared, Words(year))
        terms = declared.dictionaries[own.headings_of].terms.values() if own.headings_of else ()
        titles = [term for term in terms if own.headings_with.items() <= term.facts.items()]
        several = [Entry(**{**one.__dict__, "heading": term.title}) for term in titles]
        found += several or [one]
    return found


def _field(name: str, own: TemplateColumn, source: Source, declared: Declarations, words: Words) -> Entry:
    role = source.columns[name].role
    canonical = _canonical(_CANONICAL.get(role or "", name), source, declared)
    values = _values(own, canonical, declared)
    kind = own.type or ("text" if values else canonical.type)
    numeric = kind in ("integer", "number")
    return Entry(
        name, words.put(own.heading), own.hint, own.example,
        "list" if values else "text" if kind == "boolean" else kind,
        values,
        own.first if own.first is not None else canonical.min if numeric else _FIRST_DAY,
        own.last if own.last is not None else canonical.max if numeric else _LAST_DAY,
        canonical.unit if not values else "",
        own.required or canonical.required or role in (*SCHOOL_ROLES, "person"),
        own.free,
    )  # fmt: skip


def _canonical(name: str, source: Source, declared: Declarations) -> Column:
    """The column of a canonical table that is filled; one of text where none is."""
    tables = (declared.tables[table].columns for table in source.tables)
    return next((columns[name] for columns in tables if name in columns), Column(title=name))


def _values(own: TemplateColumn, canonical: Column, declared: Declarations) -> tuple[str, ...]:
    if own.values:
        return own.values
    if name := own.dictionary or canonical.dictionary:
        terms = declared.dictionaries[name].terms
        return tuple(sorted(terms, key=lambda term: terms[term].order))
    if canonical.values:
        return tuple(canonical.values)
    return ("да", "нет") if canonical.type == "boolean" else ()

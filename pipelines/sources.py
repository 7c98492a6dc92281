"""The files as they come: how each known source is recognised and what its headings mean.

One TOML a source in ``expectations/sources``. A column is declared under the name of the canonical column
that it fills; a ``role`` is given where it does something else: names the school or the person, or is taken
by a reshape module.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field

from pipelines.contract import (
    EXPECTATIONS,
    DeclarationError,
    Declarations,
    _build,
    _Declared,
    _files,
    _read_toml,
    declarations,
)

Role = Literal["school", "school_name", "person", "snils", "birth", "year", "subject", "grade", "reshaped"]
PeriodKind = Literal["work", "year", "date", "none"]
PERSONAL_HEADINGS = "personal_heading"
"""The dictionary of headings whose columns are dropped at the door, whatever the source."""
GIVEN = frozenset({"school_id", "school_year", "subject", "grade", "as_of", "person_id", "name_id"})
"""Canonical columns that intake itself fills from roles, titles and flags."""


class SourceColumn(_Declared):
    """One column as schools send it: the headings it goes by and what its cells may say."""

    headings: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    """Regular expressions over the normalised heading; group ``year`` is the period, ``key`` one of many."""
    shown: str = ""
    """How to call it in a message when no heading is exact."""
    role: Role | None = None
    many: bool = False
    """Several columns of the file belong here, told apart by the group ``key`` of the pattern."""
    states: dict[str, str] = Field(default_factory=dict)
    """Words that are states, not values: what stands in the cell → state; the empty state is «no value»."""


class Period(_Declared):
    """Where a submission's period comes from."""

    kind: PeriodKind
    titles: tuple[str, ...] = ()
    """Regular expressions over the lines above the header, with groups year, subject, grade, as_of or school."""
    column: str | None = None
    """Column of dates whose school year is the period."""
    latest: bool = False
    """The whole file belongs to the latest such year, not each row to its own."""
    beside: str | None = None
    """Pattern of cells on the file's other sheets, with groups subject and grade: most of them say what it is."""
    autumn: bool = False
    """Written in autumn: the file goes by that calendar year, the work by the grade before the pupils' own."""


class Source(_Declared):
    """A kind of file that organisations send."""

    id: str
    title: str
    tables: tuple[str, ...] = ()
    layouts: tuple[tuple[str, ...], ...]
    """Sets of columns; a header row that has all columns of one set belongs to this source."""
    columns: dict[str, SourceColumn]
    period: Period = Period(kind="none")
    reference: bool = False
    """Belongs to the whole district, has no school and is taken before other files."""
    references: tuple[str, ...] = ()
    """Canonical tables of other files against which this one is read."""
    reshape: str | None = None
    """Module of ``pipelines/reshape`` that turns the rows into canonical tables."""
    dictionaries: tuple[str, ...] = ()
    """Dictionaries by which that module reads headings or cells."""
    totals: tuple[str, ...] = ("итого", "всего", "итог", "всего по району")
    """Rows that begin with these words are sums, not rows."""
    empty: tuple[str, ...] = ("-", "–", "—")
    """Words that mean an empty cell in any column."""
    ignored: tuple[str, ...] = ()
    """Patterns of headings known and not taken."""
    sections: tuple[str, ...] = ()
    """Patterns of lines between the rows that name the group below them."""
    advice: str = ""
    """A file known but never taken: what to send instead."""
    blank: str = ""
    """What to send instead of the form that nobody has filled."""

    @cached_property
    def exact(self) -> dict[str, str]:
        """Normalised heading → column."""
        return {normalised(h): name for name, column in self.columns.items() for h in column.headings}

    @cached_property
    def regular(self) -> list[tuple[re.Pattern[str], str]]:
        """Compiled heading pattern → column."""
        return [(re.compile(p), name) for name, column in self.columns.items() for p in column.patterns]

    @cached_property
    def skipped(self) -> list[re.Pattern[str]]:
        """Compiled patterns of ignored headings."""
        return [re.compile(p) for p in self.ignored]

    @cached_property
    def section_lines(self) -> list[re.Pattern[str]]:
        """Compiled patterns of lines that name a group of rows."""
        return [re.compile(p, re.IGNORECASE) for p in self.sections]

    def heading_of(self, column: str, declared: Declarations) -> str:
        """How to call a column in a message to the sender."""
        own = self.columns[column]
        if own.headings or own.shown:
            return own.shown or own.headings[0]
        titles = (declared.tables[table].columns.get(column) for table in self.tables)
        return next((found.title for found in titles if found), column)


_QUOTES = str.maketrans(dict.fromkeys("\"'«»“”„`", "") | {"ё": "е"})


def normalised(text: object) -> str:
    """A heading or a word without what people write differently: case, ё, quotes, spaces."""
    return " ".join(str(text).lower().translate(_QUOTES).split())


def load_sources(declared: Declarations, folder: Path = EXPECTATIONS) -> dict[str, Source]:
    """Read and check every source under ``folder``."""
    found = {
        p.stem: _build(Source, f"sources/{p.name}", {**_read_toml(p), "id": p.stem})
        for p in _files(folder, "sources")
    }
    for source in found.values():
        _check(source, declared)
    _check_used(found, declared, folder)
    return found


@cache
def reading_digest() -> str:
    """Changes with the declarations by which files are read; indicators are not among them."""
    content = hashlib.sha256()
    for kind in ("dictionaries", "sources", "tables"):
        for path in _files(EXPECTATIONS, kind):
            content.update(f"{kind}/{path.name}".encode() + path.read_bytes())
    return content.hexdigest()


@cache
def sources() -> dict[str, Source]:
    """The project's own sources, read once a process."""
    return load_sources(declarations())


def _check(source: Source, declared: Declarations) -> None:
    where = f"sources/{source.id}.toml"
    for table in [*source.tables, *source.references]:
        _need(table in declared.tables, f"{where}: таблицы «{table}» нет")
    named = {name for layout in source.layouts for name in layout}
    for name in sorted(named | ({source.period.column} if source.period.column else set())):
        _need(name in source.columns, f"{where}: столбец «{name}» назван, но не объявлен")
    for name in source.dictionaries:
        _need(name in declared.dictionaries, f"{where}: словаря «{name}» нет")
    for name, column in source.columns.items():
        _check_column(f"{where}, столбец «{name}»", name, column, source, declared)
    _check_headings(where, source)


def _check_column(
    where: str, name: str, column: SourceColumn, source: Source, declared: Declarations
) -> None:
    known = {c for table in source.tables for c in declared.tables[table].columns}
    _need(bool(column.headings or column.patterns), f"{where}: нет ни headings, ни patterns")
    _need(
        bool(source.advice or column.role) or name in known,
        f"{where}: такого столбца нет в таблицах и нет role",
    )
    for pattern in column.patterns:
        try:
            groups = re.compile(pattern).groupindex
        except re.error as error:
            raise DeclarationError(f"{where}: образец «{pattern}» не читается ({error})") from error
        _need(not column.many or "key" in groups, f"{where}: у столбца many в образце нужна группа key")


def _check_headings(where: str, source: Source) -> None:
    seen: dict[str, str] = {}
    for name, column in source.columns.items():
        for heading in map(normalised, column.headings):
            _need(
                heading not in seen, f"{where}: заголовок «{heading}» и у «{name}», и у «{seen.get(heading)}»"
            )
            seen[heading] = name


def _check_used(found: dict[str, Source], declared: Declarations, folder: Path) -> None:
    filled = {table for source in found.values() for table in source.tables}
    for table in declared.tables:
        _need(table in filled, f"tables/{table}.toml: таблицу не наполняет ни один источник")
    texts = _declaring_texts(folder)
    for name in declared.dictionaries:
        used = name == PERSONAL_HEADINGS or re.search(rf"\b{name}\b", texts)
        _need(bool(used), f"dictionaries/{name}.toml: словарь нигде не используется")


def _declaring_texts(folder: Path) -> str:
    """What may use a dictionary: tables, sources, indicators and the build's SQL."""
    files = [p for p in folder.rglob("*.toml") if p.parent.name != "dictionaries"]
    files += (Path(__file__).parent / "sql").glob("*.sql")
    return "\n".join(p.read_text(encoding="utf-8") for p in files)


def _need(condition: bool, message: str) -> None:
    if not condition:
        raise DeclarationError(message)

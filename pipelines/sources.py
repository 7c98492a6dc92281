"""The files as they come: how each known source is recognised and what its headings mean.

One TOML a source in ``expectations/sources``. A column is declared under the name of the canonical column
that it fills; a ``role`` is given where it does something else: names the school or the person, or is taken
by a reshape module.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.contract import (
    EXPECTATIONS,
    DeclarationError,
    Declarations,
    _build,
    _files,
    _read_toml,
    declarations,
)
from pipelines.source import Source, SourceColumn, normalised

PERSONAL_HEADINGS = "personal_heading"
"""The dictionary of headings whose columns are dropped at the door, whatever the source."""


def load_sources(declared: Declarations, folder: Path = EXPECTATIONS) -> dict[str, Source]:
    """Read and check every source under ``folder``."""
    found = {
        p.stem: _build(Source, f"sources/{p.name}", _with_terms({**_read_toml(p), "id": p.stem}, declared))
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


def _with_terms(content: dict[str, Any], declared: Declarations) -> dict[str, Any]:
    """Columns whose headings are a dictionary's terms are called by every title, alias and pattern of those."""
    for column in content.get("columns", {}).values():
        dictionary = declared.dictionaries.get(str(column.get("headings_of", "")))
        terms = dictionary.terms.values() if dictionary else ()
        named = {normalised(text): text for term in terms for text in (term.title, *term.aliases) if text}
        column["headings"] = [*column.get("headings", []), *named.values()]
        if inside := "|".join(pattern for term in terms for pattern in term.patterns):
            column["patterns"] = [rf"^(?P<key>.*(?:{inside}).*)$", *column.get("patterns", [])]
    return content


def _check(source: Source, declared: Declarations) -> None:
    where = f"sources/{source.id}.toml"
    for table in [*source.tables, *source.references]:
        _need(table in declared.tables, f"{where}: таблицы «{table}» нет")
    named = {name for layout in source.layouts for name in layout}
    for name in sorted(named | ({source.period.column} if source.period.column else set())):
        _need(name in source.columns, f"{where}: столбец «{name}» назван, но не объявлен")
    for name in [*source.dictionaries, *(c.headings_of for c in source.columns.values() if c.headings_of)]:
        _need(name in declared.dictionaries, f"{where}: словаря «{name}» нет")
    for name, column in source.columns.items():
        _check_column(f"{where}, столбец «{name}»", name, column, source, declared)
    _check_headings(where, source)


def _check_column(
    where: str, name: str, column: SourceColumn, source: Source, declared: Declarations
) -> None:
    known = {c for table in source.tables for c in declared.tables[table].columns}
    is_turned = bool(source.unpivot) and column.role == "group"
    _need(
        bool(column.headings or column.patterns or column.others or is_turned),
        f"{where}: нет ни headings, ни patterns",
    )
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

"""Cells as people type them → values of a column's type, each distinct cell looked at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from pipelines.contract import Column, ColumnType, Dictionary
from pipelines.frame import Cells, Mask, distinct
from pipelines.source import normalised

Words: TypeAlias = Callable[[str], str | None]
"""From a word as typed to a dictionary's key; None for an unknown word."""
Convert: TypeAlias = Callable[[Any], Any]
FAULT = object()
"""What a converter returns for a cell that is not of the type."""
_REMEMBERED = 4096
"""Words of a dictionary that are looked up once."""
_FEW = 40
"""Texts of a column that other files are likely to have as well."""
_MONTHS = (
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
)
_MOST = 1e15
"""Numbers up to here are whole to the last digit, whatever they pass through."""
_YES = frozenset({"да", "1", "+", "true", "истина", "v", "yes"})
_NO = frozenset({"нет", "0", "-", "false", "ложь", "no"})


def cast(cells: Cells, column: Column, words: Words | None, empty: frozenset[str]) -> tuple[Any, Mask]:
    """The cells as values of the column's type, and a mask of those that could not be read."""
    return cast_by(cells, _converter(column, words), column.type, empty, words)


def cast_by(
    cells: Cells,
    convert: Convert,
    kind: ColumnType,
    empty: frozenset[str] = frozenset(),
    words: Words | None = None,
) -> tuple[Any, Mask]:
    """As `cast`, by a converter of the caller's own."""
    codes, different = distinct(cells)
    values = [None if _is_empty(cell, empty, words) else convert(cell) for cell in different]
    faulty = np.array([value is FAULT for value in values], dtype=bool)
    clean = [None if value is FAULT else value for value in values]
    return _spread(clean, codes, kind), faulty[codes]


def by_dictionary(dictionary: Dictionary) -> Words:
    """A function from a word as typed to the dictionary's key, or None for an unknown word."""
    made = _made.get(id(dictionary))
    if made is None or made[0] is not dictionary:
        _made[id(dictionary)] = made = (dictionary, lru_cache(_REMEMBERED)(_words(dictionary)))
    return made[1]


_made: dict[int, tuple[Dictionary, Words]] = {}
"""Functions made of a process's dictionaries: many small files ask for the same."""


def _words(dictionary: Dictionary) -> Words:
    exact = {normalised(name): name for name in dictionary.terms}
    for name, term in dictionary.terms.items():
        exact |= {normalised(alias): name for alias in (*term.aliases, term.title) if alias}
    regular = [(re.compile(p), name) for name, term in dictionary.terms.items() for p in term.patterns]

    def find(word: str) -> str | None:
        text = normalised(word)
        if text in exact:
            return exact[text]
        return next((name for pattern, name in regular if pattern.search(text)), None)

    return find


def as_text(cell: object) -> str:
    """A cell as a person sees it: no doubled spaces, no «.0» after a whole number, dates as dd.mm.yyyy."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return f"{cell:%d.%m.%Y}" if cell.time() == datetime.min.time() else f"{cell:%d.%m.%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    return " ".join(str(cell).split())


def as_number(cell: object) -> Any:
    """«1 234,5» → 1234.5; `FAULT` for what is not a number or greater than anything counted here."""
    if isinstance(cell, bool):
        return FAULT
    if isinstance(cell, int | float):
        return float(cell) if abs(cell) < _MOST else FAULT
    text = "".join(str(cell).split()).replace(",", ".").rstrip("%")
    number = float(text) if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text) else _MOST
    return number if abs(number) < _MOST else FAULT


def as_date(cell: object) -> Any:
    """A date however typed: dd.mm.yyyy, ISO, «сентябрь 2024 г.», 05.2024, a year, or Excel's day number."""
    if isinstance(cell, datetime):
        return cell.replace(hour=0, minute=0, second=0, microsecond=0)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)
    number = as_number(cell)
    if isinstance(number, float) and 20000 < number < 80000:
        return datetime(1899, 12, 30) + timedelta(days=int(number))
    text = as_text(cell).lower()
    try:
        return _date_of(text)
    except ValueError:
        return FAULT


def _date_of(text: str) -> Any:
    if m := re.match(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)", text):
        year = int(m[3]) if len(m[3]) == 4 else _century(int(m[3]))
        return datetime(year, int(m[2]), int(m[1]))
    if m := re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return datetime(int(m[1]), int(m[2]), int(m[3]))
    if m := re.match(r"(\d{1,2})[./](\d{4})(?!\d)", text):
        return datetime(int(m[2]), int(m[1]), 1)
    if m := re.match(r"(?:(\d{1,2}) )?([а-я]+)\.? (\d{4})", text):
        month = next((i for i, stem in enumerate(_MONTHS, 1) if m[2].startswith(stem)), 0)
        return datetime(int(m[3]), month, int(m[1] or 1))
    if m := re.fullmatch(r"((?:19|20)\d{2})(?:\.0)?(?: ?г\.?| ?год)?", text):
        return datetime(int(m[1]), 1, 1)
    return FAULT


def _century(year: int) -> int:
    return 2000 + year if year < 50 else 1900 + year


def _is_empty(cell: object, empty: frozenset[str], words: Words | None = None) -> bool:
    """Whether nothing is said; a dash may still be a word of the dictionary («без категории»)."""
    if cell is None or cell == "":
        return True
    if not isinstance(cell, str) or (cell.strip() and normalised(cell) not in empty):
        return False
    return words is None or words(cell) is None


def _converter(column: Column, words: Words | None) -> Convert:
    if words is not None:
        return lambda cell: words(as_text(cell)) or as_text(cell)
    if column.values:
        known = {value.lower(): value for value in column.values}
        return lambda cell: known.get(as_text(cell).lower(), as_text(cell))
    return _CONVERTERS[column.type]


def _as_integer(cell: object) -> Any:
    number = as_number(cell)
    return number if number is FAULT or number.is_integer() else FAULT


def _as_boolean(cell: object) -> Any:
    text = normalised(as_text(cell))
    return True if text in _YES else False if text in _NO else FAULT


_CONVERTERS: Mapping[ColumnType, Callable[[Any], Any]] = {
    "text": as_text, "integer": _as_integer, "number": as_number, "boolean": _as_boolean, "date": as_date,
}  # fmt: skip


def _spread(values: list[Any], codes: Any, kind: ColumnType) -> Any:
    """One value a row from the distinct ones."""
    if kind in ("integer", "number"):
        return np.array([np.nan if v is None else v for v in values], dtype=float)[codes]
    if kind == "date":
        return np.array(values, dtype="datetime64[s]")[codes]
    if kind == "boolean":
        return pd.array(values, dtype="boolean")[codes]
    return categorical(values, codes)


def categorical(values: list[Any], codes: Any) -> pd.Categorical:
    """Texts kept once: values with doubles and None, and a code for each row."""
    names = sorted({value for value in values if value is not None})
    number = {name: at for at, name in enumerate(names)}
    place = np.array([number.get(value, -1) for value in values], dtype=np.int32)
    return pd.Categorical.from_codes(place[codes], dtype=categories(tuple(names)))


def categories(names: tuple[str, ...]) -> pd.CategoricalDtype:
    """The type of texts that are these; files of one kind have the same classes, subjects and tasks."""
    return _known_categories(names) if len(names) <= _FEW else _categories(names)


def _categories(names: tuple[str, ...]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(pd.Index(names, dtype=object))


_known_categories = lru_cache(_REMEMBERED)(_categories)

"""Cells of a list of staff as people fill them: service, age, posts with a category inside."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from pipelines.cast import FAULT, Convert, Words, as_date, as_number, as_text
from pipelines.source import normalised

_GRADE = r"(?:высш|перв|втор)\w*|вкк|в\.? ?/?к\.?|[1i]|пкк|сзд|соотв\w*\.?|б ?/ ?к|без"
_CATEGORY = re.compile(
    rf"категор|\bсзд\b|\bвкк\b|\b1 ?-?кк\b|соответств|^соотв|^(?:{_GRADE})(?: ?к?к\.?)?$", re.IGNORECASE
)
_INSIDE = re.compile(
    rf"[\s,;(–-]*\b((?:{_GRADE}) ?(?:кв\w*\.? ?)?(?:категор\w*|кат\.|кк\b))\)?", re.IGNORECASE
)
_YEARS = re.compile(
    r"(\d+(?:[.,]\d+)?) ?(?:л|г|год|лет)\w*\.?(?:,? ?(\d+) ?м\w*\.?)?(?:,? ?\d+ ?д\w*\.?)?$|(\d+) ?м\w*\.?$"
)
_SINCE = re.compile(r"(?:с|от) (?:\d{1,2}\.\d{1,2}\.)?(\d{4})(?: ?г\w*\.?)?$")
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
VACANCY = re.compile(r"^[\s\W]*(вакан|ваканс)\w*", re.IGNORECASE)
"""«Вакансия» in the place of a name: hours or a post that nobody holds."""


def years(text: str) -> float | None:
    """«12 л. 3 м.» → 12.25, «12,3» → 12.3, «8 мес.» → 0.67; None for what is not a length of service."""
    plain = normalised(text).rstrip(".")
    number = as_number(plain)
    if number is not FAULT:
        return float(number)
    if not (found := _YEARS.match(plain)):
        return None
    whole = float((found[1] or "0").replace(",", "."))
    return round(whole + int(found[2] or found[3] or 0) / 12, 2)


def years_to(as_of: date | None) -> Convert:
    """A length of service, or the year since which somebody works, as years on a day."""

    def convert(cell: Any) -> Any:
        text = as_text(cell)
        if as_of and (since := _SINCE.match(normalised(text))):
            return float(as_of.year - int(since[1]))
        found = years(text)
        return FAULT if found is None else found

    return convert


def birth_year(cell: Any) -> Any:
    """The year of a date or of a year of birth."""
    number = as_number(cell)
    if number is not FAULT and 1900 < number < 2100:
        return float(number)
    day = as_date(cell)
    return FAULT if day is FAULT else float(day.year)


def born_by_age(as_of: date | None) -> Convert:
    """The year of birth of somebody so old on a day."""

    def convert(cell: Any) -> Any:
        age = years(as_text(cell))
        return FAULT if age is None or not as_of else float(as_of.year - int(age))

    return convert


def is_external(cell: Any) -> Any:
    """Whether somebody's main work is elsewhere."""
    text = normalised(as_text(cell))
    if text.startswith(("внеш", "да", "+", "1", "совмест")):
        return True
    return False if text.startswith(("внут", "нет", "осн", "-", "0", "штат")) else FAULT


def subjects(words: Words) -> Convert:
    """«математика; физика» → «Математика;Физика»."""

    def convert(cell: Any) -> Any:
        parts = (part.strip() for part in re.split(r"[;,\n/]", str(cell)))
        return ";".join(
            dict.fromkeys(words(part.rstrip(".")) or part[:1].upper() + part[1:] for part in parts if part)
        )

    return convert


def post_and_category(cell: Any, category: Words) -> tuple[str, str | None]:
    """«Учитель, первая категория» and «Учитель высшей кв. категории» are a post and a category."""
    text = as_text(str(cell).replace("\n", ", ")) if isinstance(cell, str) else as_text(cell)
    pieces = [piece.strip(" )") for piece in re.split(r"\s*(?:[,;(]|(?<!\b[бвБВ])/)\s*", text)]
    said = [piece for piece in pieces[1:] if _CATEGORY.search(piece)]
    if said:
        return ", ".join(piece for piece in pieces if piece and piece not in said), category(said[0])
    if found := _INSIDE.search(text):
        return " ".join(_INSIDE.sub(" ", text).split()).strip(" ,"), category(found[1])
    return ", ".join(piece for piece in pieces if piece), None


def category_day(cell: Any) -> Any:
    """The date inside «первая, 15.04.2021»; None where the cell names none."""
    found = _DAY.search(str(cell)) if isinstance(cell, str) else None
    day = as_date(found[0]) if found else None
    return None if day is FAULT else day

"""Russian numbers, plurals and periods, the same in messages, on screens and in the report."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.numbers import format_decimal

NBSP = "\u00a0"
_RU = Locale("ru")


@cache
def number(value: float, digits: int = 0) -> str:
    """«1 234,5»: decimal comma, NBSP between thousands, exactly ``digits`` after the comma."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=_RU)


def percent(value: float, digits: int = 1) -> str:
    """«43,2 %» from a value already in percent."""
    return f"{number(value, digits)}{NBSP}%"


def digits(kind: str, unit: str) -> int:
    """How many digits after the comma an indicator of this kind is shown with."""
    return 2 if kind == "mean" and unit != "%" else 1


def plural(count: float, one: str, few: str, many: str) -> str:
    """«3 школы»: the number and the noun in its case, joined by NBSP."""
    form = {"one": one, "few": few}.get(_RU.plural_form(count), many)
    return f"{number(count)}{NBSP}{form}"


def shortened(text: str, most: int) -> str:
    """The text, or its beginning and «…» where it is longer."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def in_quotes(text: str) -> str:
    """The text in «ёлочки», with „лапки“ for those inside it: «МКОУ „Лесная ОШ“»."""
    return f"«{text.replace('«', '„').replace('»', '“')}»"


def school_year(year: int) -> str:
    """«2025/26» from the year a school year ends in."""
    return f"{year - 1}/{year % 100:02d}"

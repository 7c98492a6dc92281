"""Russian numbers, plurals and periods on screens and in the report, without heavy imports.

The twin of `pipelines.words`, which the dashboard may not import; a test holds the two to each other.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime

NBSP = "\u00a0"
DASH = "–"
NO_DATA = "нет данных"
HIDDEN = "скрыто"
"""How the note of a withheld number begins."""


def number(value: float, digits: int = 0) -> str:
    """«1 234,5»: decimal comma, NBSP between thousands, exactly ``digits`` after the comma."""
    text = f"{value:,.{digits}f}".replace(",", NBSP).replace(".", ",")
    if text[0] != "-":
        return text
    return text.replace("-", "−") if any(c in text for c in "123456789") else text[1:]


def percent(value: float, digits: int = 1) -> str:
    """«43,2 %» from a value already in percent."""
    return f"{number(value, digits)}{NBSP}%"


def plain(value: float, digits: int = 1) -> str:
    """A number with no more digits than it needs: «12», «12,5»."""
    return number(value, 0 if math.isclose(value, round(value), abs_tol=1e-9) else digits)


def form(count: float, one: str, few: str, many: str) -> str:
    """The noun's form that goes with the number."""
    if count != int(count):
        return few
    tail, last = int(abs(count)) % 100, int(abs(count)) % 10
    if last == 1 and tail != 11:
        return one
    return few if last in (2, 3, 4) and tail not in (12, 13, 14) else many


def plural(count: float, one: str, few: str, many: str) -> str:
    """«3 школы»: the number and the noun in its case, joined by NBSP."""
    return f"{plain(count)}{NBSP}{form(count, one, few, many)}"


def in_quotes(text: str) -> str:
    """The text in «ёлочки», with „лапки“ for those inside it: «МКОУ „Лесная ОШ“»."""
    return f"«{text.replace('«', '„').replace('»', '“')}»"


def out_of(part: float, whole: float) -> str:
    """«19 из 44»."""
    return f"{plain(part)} из{NBSP}{plain(whole)}"


def span(low: float, high: float, unit: str = "%", digits: int = 0) -> str:
    """«30–58 %»."""
    return f"{number(low, digits)}{DASH}{number(high, digits)}" + (f"{NBSP}{unit}" if unit else "")


def school_year(year: int) -> str:
    """«2025/26» from the year a school year ends in."""
    return f"{year - 1}/{year % 100:02d}"


def last_year(period: str) -> int | None:
    """The year in which the last school year of a period ends: 2026 of «2022/23 – 2025/26»."""
    found = re.findall(r"(\d{4})/\d{2}", period)
    return int(found[-1]) + 1 if found else None


def day(moment: date | datetime) -> str:
    """«20.09.2025»."""
    return moment.strftime("%d.%m.%Y")


def moment(when: datetime) -> str:
    """«20.09.2025, 14:05»."""
    return when.strftime("%d.%m.%Y, %H:%M")


def written_at(at: str) -> str:
    """When something was written down, in the time of this computer: «20.09.2025, 14:05» of an ISO moment."""
    return moment(datetime.fromisoformat(at).astimezone())


def joined(items: list[str], most: int = 4) -> str:
    """«а, б и в»; a long list ends in «и ещё 5»."""
    if len(items) > most:
        return f"{', '.join(items[: most - 1])} и{NBSP}ещё {len(items) - most + 1}"
    return " и ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def capital(text: str) -> str:
    """The first letter made capital, the rest left alone."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The first letter made small, unless the word is an abbreviation (ВПР, ИКТ) or a name in capitals."""
    first = text.split(" ", 1)[0]
    return text if sum(c.isupper() for c in first) > 1 else text[:1].lower() + text[1:]

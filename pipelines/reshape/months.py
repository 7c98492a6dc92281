"""A month as people name it: «декабрь», «декабрь 2025», «12.2025», «IV квартал»."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from pipelines.cast import FAULT, Convert, as_date, as_text
from pipelines.source import normalised

_QUARTERS = {"1": 1, "i": 1, "2": 4, "ii": 4, "3": 7, "iii": 7, "4": 10, "iv": 10}
_QUARTER = re.compile(r"^(1|2|3|4|i{1,3}|iv)(?:-?й)? кв\w*\.?(?: ?(\d{4}))?")


def month_in(year: int | None) -> Convert:
    """A date whose year, where nobody says it, lies in the school year that ends in ``year``."""

    def convert(cell: Any) -> Any:
        day = as_date(cell)
        if day is not FAULT or not year:
            return day
        text = normalised(as_text(cell))
        if found := _QUARTER.match(text):
            month = _QUARTERS[found[1]]
            return datetime(int(found[2]) if found[2] else _year_of(month, year), month, 1)
        for ending in (year - 1, year):  # «декабрь» alone: one of the two calendar years holds it
            day = as_date(f"{text} {ending}")
            if day is not FAULT and _year_of(day.month, year) == ending:
                return day
        return FAULT

    return convert


def _year_of(month: int, year: int) -> int:
    return year - (month >= 9)

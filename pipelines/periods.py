"""What period a file speaks of: read from its rows, the lines above, its headings, or told by flags."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from pipelines.cast import FAULT, Words, as_date, as_number, as_text, by_dictionary
from pipelines.contract import declarations
from pipelines.frame import Cells, Positions, Raw, distinct
from pipelines.schools import municipality
from pipelines.source import PeriodKind
from pipelines.words import NBSP, school_year

FIRST_YEAR, LAST_YEAR = 2010, 2100
EXAMS = {"ege": "ЕГЭ", "oge": "ОГЭ", "gve": "ГВЭ"}
"""State exams as people call them."""


class Context(BaseModel):
    """What the file itself does not say and whoever sends it adds: flags or a note beside the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    year: int | None = Field(default=None, ge=FIRST_YEAR, le=LAST_YEAR)
    subject: str | None = None
    grade: int | None = Field(default=None, ge=1, le=11)
    school: str | None = None
    """Code or name of the organisation whose rows these are."""


@dataclass(frozen=True)
class Period:
    """The period of one submission."""

    kind: PeriodKind = "none"
    year: int | None = None
    subject: str | None = None
    grade: int | None = None
    as_of: date | None = None
    term: str | None = None
    """Quarter, half-year, trimester or the whole year, as the dictionary calls it."""
    part: str | None = None
    """What the file is about within the period, where each class or subject comes in a file of its own."""
    procedure: str | None = None
    """Which exam: ``ege``, ``oge`` or ``gve``."""
    place: str | None = None
    """Municipality whose part of a reference file this is."""

    @property
    def label(self) -> str:
        """As people write it: «2020/21, Математика, 4 класс», «2025/26», «на 20.09.2025»."""
        if self.kind == "date":
            return f"на {self.as_of:%d.%m.%Y}" if self.as_of else "дата не указана"
        if self.kind == "none":
            return self.place or "действующий"
        year = school_year(self.year) if self.year else "год не указан"
        if self.kind == "year":
            return f"{year}, {self.part}" if self.part else year
        if self.kind == "term":
            return ", ".join(
                part for part in (year, self.term or "период не указан", self.subject, self.part) if part
            )
        if self.kind in ("exam", "exams"):
            day = f"{self.as_of:%d.%m.%Y}" if self.as_of else None
            parts = (year, EXAMS.get(self.procedure or "", "экзамен не указан"), self.subject, self.part, day)
            return ", ".join(part for part in parts if part)
        grade = f"{self.grade}{NBSP}класс" if self.grade else "класс не указан"
        return f"{year}, {self.subject or 'предмет не указан'}, {grade}"

    @property
    def missing(self) -> list[str]:
        """Parts that are needed and not known."""
        need = {"work": ["year", "subject", "grade"], "year": ["year"], "term": ["year", "term"],
                "date": ["as_of"], "exam": ["year", "procedure", "subject"],
                "exams": ["year", "procedure"], "none": []}[self.kind]  # fmt: skip
        return [part for part in need if getattr(self, part) is None]


def year_ending(day: date) -> int:
    """The school year of a day, by the year it ends in; a new one begins on 1 September."""
    return day.year + (day.month >= 9)


def by_rows(raw: Raw, base: Period, subjects: Words) -> tuple[list[Period], Positions]:
    """The periods of the file and the period of each row."""
    source = raw.source
    if (
        source.period.column
        and source.period.column in raw.cells
        and not (source.period.latest and base.year)
    ):
        return _by_dates(raw, base)
    if base.kind == "none":
        return _by_places(raw, base)
    roles = {str(c.role): name for name, c in source.columns.items() if name in raw.cells and c.role}
    columns = {part: raw.cells[roles[part]] for part in ("year", "term", "subject", "grade") if part in roles}
    if not columns:
        return [base], np.zeros(len(raw), np.int32)
    parts = [distinct(cells) for cells in columns.values()]
    codes, together = distinct(_tuples([codes for codes, _ in parts]))
    said = [[different[code] for code, (_, different) in zip(one, parts, strict=True)] for one in together]
    return [_with_cells(base, dict(zip(columns, cells, strict=True)), subjects) for cells in said], codes


def _tuples(columns: list[Positions]) -> Cells:
    """One tuple a row."""
    rows = np.empty(len(columns[0]), dtype=object)
    rows[:] = list(zip(*(column.tolist() for column in columns), strict=True))
    return rows


def said_by_rows(raw: Raw, part: str) -> bool:
    """Whether rows say this part of the period themselves, rather than the file as a whole."""
    columns = {n for n, c in raw.source.columns.items() if c.role == part}
    if raw.source.period.kind in ("exam", "exams"):
        columns |= {
            n for n, c in raw.source.columns.items() if c.role == "exam" and any(raw.cells.get(n, ()))
        }
    return bool((columns | ({raw.source.period.column} if part == "year" else set())) & set(raw.cells))


def _by_dates(raw: Raw, base: Period) -> tuple[list[Period], Positions]:
    dates = [as_date(cell) if cell != "" else FAULT for cell in raw.cells[raw.source.period.column or ""]]
    years = [year_ending(day) if isinstance(day, datetime) else None for day in dates]
    if raw.source.period.latest:
        latest = max((year for year in years if year), default=None)
        return [replace(base, year=latest)], np.zeros(len(raw), np.int32)
    codes, different = distinct(np.array(years, dtype=object))
    return [replace(base, year=year or base.year) for year in different], codes


def _by_places(raw: Raw, base: Period) -> tuple[list[Period], Positions]:
    if "municipality" not in raw.cells or not len(raw):
        return [base], np.zeros(len(raw), np.int32)
    names = [municipality(as_text(cell)) for cell in raw.cells["municipality"]]
    codes, different = distinct(np.array(names, dtype=object))
    return [replace(base, place=name or None) for name in different], codes


def _with_cells(base: Period, cells: dict[str, Any], subjects: Words) -> Period:
    grade = as_number(cells.get("grade", ""))
    return replace(
        base,
        year=year_of(as_text(cells.get("year", ""))) or base.year,
        term=terms()(as_text(cells["term"])) if cells.get("term") else base.term,
        subject=subjects(as_text(cells["subject"])) if cells.get("subject") else base.subject,
        grade=int(grade) if grade is not FAULT else base.grade,
    )


def year_of(text: str | None) -> int | None:
    """«2020/2021», «2020/21» and «2021» are all the school year that ends in 2021."""
    numbers = re.findall(r"\d+", text or "")
    if not numbers or len(numbers[0]) != 4:
        return None
    year = int(numbers[0]) + (len(numbers) > 1)
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


@cache
def terms() -> Words:
    """From «I четверть» or «итоги года» to the term as the dictionary calls it."""
    return by_dictionary(declarations().dictionaries["term"])


PARTS = {
    "year": "год",
    "term": "период (четверть, полугодие, триместр или год)",
    "subject": "предмет",
    "procedure": "экзамен (ЕГЭ, ОГЭ или ГВЭ)",
    "grade": "класс",
    "as_of": "дата списка",
    "school": "организация",
}
"""Parts of a period as people call them."""

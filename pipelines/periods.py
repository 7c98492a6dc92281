"""What period a file speaks of: read from its rows, the lines above, its headings, or told by flags."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from pipelines.cast import FAULT, Words, as_date, as_number, as_text
from pipelines.findings import Finding
from pipelines.frame import Positions, Raw
from pipelines.guesses import said_beside
from pipelines.schools import municipality
from pipelines.sources import PeriodKind
from pipelines.words import NBSP, school_year

FIRST_YEAR, LAST_YEAR = 2010, 2100


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
            return year
        grade = f"{self.grade}{NBSP}класс" if self.grade else "класс не указан"
        return f"{year}, {self.subject or 'предмет не указан'}, {grade}"

    @property
    def missing(self) -> list[str]:
        """Parts that are needed and not known."""
        need = {"work": ["year", "subject", "grade"], "year": ["year"], "date": ["as_of"], "none": []}[
            self.kind
        ]
        return [part for part in need if getattr(self, part) is None]


@dataclass(frozen=True)
class Told:
    """What the lines above the table, its headings and the flags say."""

    period: Period
    school: str | None
    conflicts: list[Finding]
    remarks: list[Finding] = field(default_factory=list)


def year_ending(day: date) -> int:
    """The school year of a day, by the year it ends in; a new one begins on 1 September."""
    return day.year + (day.month >= 9)


def told(raw: Raw, context: Context, subjects: Words) -> Told:
    """Gather the period and the school that the file as a whole speaks of."""
    said = _from_titles(raw)
    years = [place.year for place in raw.places.values() if place.year]
    as_of = as_date(said["as_of"]) if "as_of" in said else FAULT
    period = Period(
        raw.source.period.kind,
        _year(said.get("year") or (years[0] if years else None)),
        subjects(said["subject"]) if "subject" in said else None,
        int(said["grade"]) if "grade" in said else None,
        as_of.date() if isinstance(as_of, datetime) else None,
    )
    if period.as_of and not period.year:
        period = replace(period, year=year_ending(period.as_of))
    given = Context(year=context.year, grade=context.grade, subject=_subject(context, subjects))
    conflicts = [*_unknown_subject(context, subjects), *_conflicts(period, given)]
    period, remarks = _with_beside(_completed(period, given), said_beside(raw, subjects))
    return Told(period, said.get("school") or context.school, conflicts, remarks)


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
    columns = {part: raw.cells[roles[part]] for part in ("year", "subject", "grade") if part in roles}
    if not columns:
        return [base], np.zeros(len(raw), np.int32)
    codes, distinct = pd.MultiIndex.from_arrays(list(columns.values())).factorize()
    periods = [_with_cells(base, dict(zip(columns, values, strict=True)), subjects) for values in distinct]
    return periods, codes.astype(np.int32)


def _by_dates(raw: Raw, base: Period) -> tuple[list[Period], Positions]:
    dates = [as_date(cell) if cell != "" else FAULT for cell in raw.cells[raw.source.period.column or ""]]
    years = [year_ending(day) if isinstance(day, datetime) else None for day in dates]
    if raw.source.period.latest:
        latest = max((year for year in years if year), default=None)
        return [replace(base, year=latest)], np.zeros(len(raw), np.int32)
    codes, distinct = pd.factorize(np.array([year or 0 for year in years]))
    return [replace(base, year=int(year) or base.year) for year in distinct], codes.astype(np.int32)


def _by_places(raw: Raw, base: Period) -> tuple[list[Period], Positions]:
    if "municipality" not in raw.cells or not len(raw):
        return [base], np.zeros(len(raw), np.int32)
    names = [municipality(as_text(cell)) for cell in raw.cells["municipality"]]
    codes, distinct = pd.factorize(np.array(names, dtype=object))
    return [replace(base, place=name or None) for name in distinct], codes.astype(np.int32)


def _with_cells(base: Period, cells: dict[str, Any], subjects: Words) -> Period:
    grade = as_number(cells.get("grade", ""))
    return replace(
        base,
        year=_year(as_text(cells.get("year", ""))) or base.year,
        subject=subjects(as_text(cells["subject"])) if cells.get("subject") else base.subject,
        grade=int(grade) if grade is not FAULT else base.grade,
    )


def _from_titles(raw: Raw) -> dict[str, str]:
    said: dict[str, str] = {}
    for pattern in raw.source.period.titles:
        for line in raw.titles:
            if found := re.search(pattern, line, re.IGNORECASE):
                said |= {k: v for k, v in found.groupdict().items() if v and k not in said}
    return said


def _year(text: str | None) -> int | None:
    """«2020/2021», «2020/21» and «2021» are all the school year that ends in 2021."""
    numbers = re.findall(r"\d+", text or "")
    if not numbers or len(numbers[0]) != 4:
        return None
    year = int(numbers[0]) + (len(numbers) > 1)
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _subject(context: Context, subjects: Words) -> str | None:
    return (subjects(context.subject) or context.subject) if context.subject else None


def _completed(period: Period, given: Context) -> Period:
    return replace(
        period,
        year=period.year or given.year,
        subject=period.subject or given.subject,
        grade=period.grade or given.grade,
    )


def _with_beside(period: Period, beside: tuple[str, int] | None) -> tuple[Period, list[Finding]]:
    """Subject and grade by the file's other sheets where nobody says them; a difference is told of."""
    if beside is None:
        return period, []
    subject, grade = beside
    full = replace(period, subject=period.subject or subject, grade=period.grade or grade)
    found = f"{subject}, {grade}{NBSP}класс"
    if (full.subject, full.grade) != beside:
        message = f"Учебники на соседнем листе говорят о другой работе: {found}"
        fix = "Проверьте, верно ли указаны предмет и класс"
        return full, [Finding(severity="warning", rule="file.other_beside", message=message, fix=fix)]
    if full == period:
        return full, []
    message = f"Предмет и класс определены по учебникам на соседнем листе: {found}"
    return full, [Finding(severity="info", rule="file.said_beside", message=message, fix="")]


PARTS = {
    "year": "год",
    "subject": "предмет",
    "grade": "класс",
    "as_of": "дата списка",
    "school": "организация",
}
"""Parts of a period as people call them."""


def _unknown_subject(context: Context, subjects: Words) -> list[Finding]:
    if not context.subject or subjects(context.subject):
        return []
    message = f"Предмета «{context.subject}» нет в списке предметов"
    fix = "Напишите предмет полностью: «Математика», «Русский язык», «Окружающий мир»"
    return [Finding(severity="error", rule="file.unknown_subject", message=message, fix=fix)]


def _conflicts(period: Period, given: Context) -> list[Finding]:
    pairs = [(p, getattr(period, p), getattr(given, p)) for p in ("year", "subject", "grade")]
    return [
        Finding(
            severity="error",
            rule=f"file.other_{part}",
            message=f"В файле {PARTS[part]} — {inside}, а указан {outside}",
            fix="Уберите указание или проверьте, тот ли это файл",
        )
        for part, inside, outside in pairs
        if inside is not None and outside is not None and inside != outside
    ]

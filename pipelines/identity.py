"""Whose rows these are: the school, the period and the person of every row, without a name left."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from pipelines.cast import Words, as_text, categorical
from pipelines.exams import by_exams
from pipelines.findings import Finding
from pipelines.frame import Cells, Mask, Positions, Raw, distinct
from pipelines.periods import PARTS, Period, by_rows, said_by_rows
from pipelines.persons import Persons, plain_name
from pipelines.school_faults import oo_code_fault, school_fault
from pipelines.schools import Known, Schools, bare_name, plain_digits
from pipelines.territories import level_of, name_of
from pipelines.told import Told

MOST = 100
"""Rows without a period that are named."""


@dataclass(frozen=True)
class Noted:
    """A finding and the row position whose submission it belongs to."""

    finding: Finding
    at: int


@dataclass(frozen=True)
class Identity:
    """Schools, periods and persons of the rows of a file, by position."""

    schools: list[Known]
    school: Positions
    periods: list[Period]
    period: Positions
    persons: dict[str, Cells] = field(default_factory=dict)
    """``name_id`` and ``person_id`` where the source has people."""
    noted: list[Noted] = field(default_factory=list)
    spellings: dict[str, str] = field(default_factory=dict)
    """Spellings of organisations that were read as a person had confirmed them → id."""

    @property
    def group(self) -> Positions:
        """Number of the submission of each row: its school and period."""
        return (self.school * len(self.periods) + self.period).astype(np.int32)

    def of_group(self, group: int) -> tuple[Known, Period]:
        """The school and the period of a submission by its number."""
        return self.schools[group // len(self.periods)], self.periods[group % len(self.periods)]

    def column(self, name: str) -> pd.Categorical | Cells | None:
        """A canonical column that identity fills, or None if it is not one of them."""
        if name == "school_id":
            return categorical([known.id for known in self.schools], self.school)
        if name == "subject":
            return categorical([period.subject for period in self.periods], self.period)
        if name == "term":
            return categorical([period.term for period in self.periods], self.period)
        if name in ("school_year", "grade"):
            part = "year" if name == "school_year" else name
            numbers = [getattr(period, part) for period in self.periods]
            return np.array([np.nan if n is None else n for n in numbers], dtype=float)[self.period]
        if name == "procedure":
            return categorical([period.procedure for period in self.periods], self.period)
        if name in ("as_of", "exam_date"):
            return np.array([period.as_of for period in self.periods], dtype="datetime64[s]")[self.period]
        return self.persons.get(name)


def identify(raw: Raw, said: Told, schools: Schools, persons: Persons, subjects: Words) -> Identity:
    """Resolve schools, periods and persons of a file; what is not resolved is noted at its first row."""
    read = by_exams if raw.source.period.kind in ("exam", "exams") else by_rows
    periods, period = read(raw, said.period, subjects)
    spelled, spelling = _schools(raw, said.school, schools)
    known, school = _merged(spelled, spelling)
    identity = Identity(known, school, periods, period, _persons(raw, persons))
    identity.spellings.update({one.label: one.id or "" for one in spelled if one.confirmed})
    identity.noted.extend(_unresolved(raw, known, school, schools))
    identity.noted.extend(_undated(raw, periods, period))
    return identity


def _schools(raw: Raw, titled: str | None, schools: Schools) -> tuple[list[Known], Positions]:
    """Every spelling of the file resolved, and which of them each row has."""
    column = school_column(raw)
    if column is None:
        nobody = Known("", None, is_area=raw.source.of_anyone)
        whole = schools.resolve(titled, frozenset()) if titled else nobody
        return [whole], np.zeros(len(raw), np.int32)
    areas = area_rows(raw)
    codes, different = distinct(_named(raw, column, areas))
    texts = [as_text(cell) for cell in different]
    names = _names_beside(raw, codes, len(texts))
    apart = plain_digits(texts)
    if raw.source.columns[column].role == "oo_code":
        by_code = [schools.by_code(text) if text else Known("", None) for text in texts]
        return by_code, codes
    known = [
        schools.resolve(text, apart, name) if text else Known("", None)
        for text, name in zip(texts, names, strict=True)
    ]
    for code in np.unique(codes[areas]):
        known[code] = Known(texts[code].removeprefix(_AREA), None, is_area=True)
    return known, codes


def area_rows(raw: Raw) -> Mask:
    """Rows about a municipality or the region: its name stands there instead of an organisation's."""
    column, school = _area_column(raw), school_column(raw)
    if column is not None and column == school:
        return np.array([level_of(as_text(cell)) != "school" for cell in raw.cells[column]], dtype=bool)
    if column is None or school is None:
        return np.zeros(len(raw), dtype=bool)
    pairs = zip(raw.cells[column], raw.cells[school], strict=True)
    return np.array(
        [bool(as_text(a)) and not any(c.isalpha() for c in as_text(s)) for a, s in pairs], dtype=bool
    )


_AREA = "\x1f"


def _named(raw: Raw, column: str, areas: Mask) -> Cells:
    """The cells that name whose a row is; an area is never taken for an organisation of the same name."""
    area = _area_column(raw)
    if area is None:
        return raw.cells[column]
    called = name_of if area == column else str
    names = np.array([_AREA + called(as_text(cell)) for cell in raw.cells[area]], dtype=object)
    return np.where(areas, names, raw.cells[column])


def _area_column(raw: Raw) -> str | None:
    return next(
        (n for n, c in raw.source.columns.items() if c.role in ("area", "group") and n in raw.cells), None
    )


def school_column(raw: Raw) -> str | None:
    """The column that says whose a row is."""
    roles = {"school", "school_name", "oo_code", "group"}
    return next((n for n, c in raw.source.columns.items() if c.role in roles and n in raw.cells), None)


def _names_beside(raw: Raw, codes: Cells, size: int) -> list[str]:
    beside = ("name", "school_name", raw.source.group_column)
    column = next((n for n in beside if n in raw.cells), None)
    if column is None:
        return [""] * size
    first = {int(code): at for at, code in reversed(list(enumerate(codes)))}
    return [bare_name(as_text(raw.cells[column][first[code]])) for code in range(size)]


def _merged(known: list[Known], codes: Cells) -> tuple[list[Known], Positions]:
    """Spellings of one school become one."""
    number: dict[str, int] = {}
    kept: list[Known] = []
    place = np.zeros(len(known), np.int32)
    for at, one in enumerate(known):
        key = one.id or f"?{one.label}"
        if key not in number:
            number[key] = len(kept)
            kept.append(one)
        place[at] = number[key]
    return kept, place[codes]


def _unresolved(raw: Raw, known: list[Known], school: Positions, schools: Schools) -> list[Noted]:
    if raw.source.reference:
        return []
    column = school_column(raw)
    found = []
    for code, one in enumerate(known):
        if one.is_area:
            continue
        is_code = column is not None and raw.source.columns[column].role == "oo_code"
        finding = oo_code_fault(one, schools.loaded) if is_code else school_fault(one, schools.loaded)
        at = np.flatnonzero(school == code)
        if finding and len(at):
            placed = raw.finding(*finding, int(at[0]), column)
            found.append(Noted(placed.model_copy(update={"value": one.label or None}), int(at[0])))
    return found


def _undated(raw: Raw, periods: list[Period], period: Positions) -> list[Noted]:
    """Rows whose period is not said or not understood, where rows have periods of their own."""
    columns = {str(c.role): n for n, c in raw.source.columns.items() if n in raw.cells and c.role}
    found = []
    for code, one in enumerate(periods):
        for part in (part for part in one.missing if said_by_rows(raw, part)):
            column = columns.get(part) or raw.source.period.column
            message = f"Не указано или не понятно: {PARTS[part]}"
            fix = (
                "Впишите дату: дд.мм.гггг"
                if column == raw.source.period.column
                else "Впишите как в справочнике"
            )
            rows = np.flatnonzero(period == code)[:MOST]
            found += [
                Noted(raw.finding("error", f"file.no_{part}", message, fix, int(at), column), int(at))
                for at in rows
            ]
    return found


def _persons(raw: Raw, persons: Persons) -> dict[str, Cells]:
    columns = [n for n, c in raw.source.columns.items() if c.role == "person" and n in raw.cells]
    code = next(
        (n for n, c in raw.source.columns.items() if c.role == "person_code" and n in raw.cells), None
    )
    if not columns and code is None:
        return {}
    said = [raw.cells[n] for n in columns]
    names = [" ".join(as_text(cell) for cell in cells if cell != "") for cells in zip(*said, strict=True)]
    if code:
        own = names or [""] * len(raw)
        names = [name or as_text(cell) for name, cell in zip(own, raw.cells[code], strict=True)]
    names = [plain_name(name) for name in names]
    roles = {c.role: raw.cells[n] for n, c in raw.source.columns.items() if n in raw.cells and c.role}
    return {
        "name_id": persons.name_ids(names),
        "person_id": persons.person_ids(names, roles.get("snils"), roles.get("birth")),
        "given_id": persons.given_ids(names, roles.get("birth")),
    }

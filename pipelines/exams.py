"""Which state exam rows are of: read from the line over them, a column «Экзамен», and what the rows show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from pipelines.cast import FAULT, Words, as_date, as_number, as_text
from pipelines.frame import Cells, Positions, Raw, distinct
from pipelines.periods import FIRST_YEAR, LAST_YEAR, Period
from pipelines.source import normalised

_DATE = r"(?:\d{4}\.\d{2}\.\d{2}|\d{2}\.\d{2}\.\d{4})"
_TITLE = re.compile(
    rf"(?:(?P<code>\d{{2}})\s*[-–—]\s*)?(?P<subject>[а-яё][^\d:]*?)[\s,;(]+(?:п\.?:?\s*)?(?P<day>{_DATE})",
    re.IGNORECASE,
)
_WORDS = {
    "gve": re.compile(r"\bгвэ|государственн\w+ выпускн", re.IGNORECASE),
    "oge": re.compile(r"\bогэ|основн\w+ государственн\w+ экзамен", re.IGNORECASE),
    "ege": re.compile(r"\bк?егэ|единый государственн|единого государственн", re.IGNORECASE),
}
APPLIED = "заявления"
"""The part of a year's exams that is known before them."""
_GVE_CODE = 51
"""From here on codes of subjects belong to ГВЭ."""
_WAVES = {
    "early": re.compile(r"досрочн", re.IGNORECASE),
    "reserve": re.compile(r"резервн", re.IGNORECASE),
    "retake": re.compile(r"пересдач", re.IGNORECASE),
    "september": re.compile(r"дополнительн\w+ (период|этап)|сентябр", re.IGNORECASE),
}


@dataclass(frozen=True)
class Title:
    """What a line like «01 - Русский язык 2026.06.01» says."""

    code: int | None = None
    subject: str = ""
    day: date | None = None


def title(text: str) -> Title:
    """Code, subject and day of a line; nothing where it is not such a line."""
    found = _TITLE.search(text.strip(" \"«»'"))
    if not found:
        return Title()
    day = as_date(found["day"].replace(".", "-") if found["day"][4] == "." else found["day"])
    return Title(
        int(found["code"]) if found["code"] else None,
        " ".join(found["subject"].split()),
        day.date() if isinstance(day, datetime) and FIRST_YEAR <= day.year <= LAST_YEAR else None,
    )


def by_exams(raw: Raw, base: Period, subjects: Words) -> tuple[list[Period], Positions]:
    """The exams of a file and the exam of each row."""
    texts = exam_lines(raw)
    codes, different = distinct(texts)
    periods = [
        _period(base, text, _procedure(raw, text, np.flatnonzero(codes == at)), subjects)
        for at, text in enumerate(different)
    ]
    return periods, codes


def exam_lines(raw: Raw) -> Cells:
    """What every row says of its exam: the line over its table or the cell of its column."""
    column = next((n for n, c in raw.source.columns.items() if c.role == "exam" and n in raw.cells), None)
    lines = np.full(len(raw), "", dtype=object)
    if column is not None:
        lines[:] = [as_text(cell) for cell in raw.cells[column]]
    return lines


def lines_over(raw: Raw, at: int) -> list[str]:
    """Lines over the table of a row, and those over the first table of its sheet."""
    tables, start = list(raw.tables), 0
    for table in tables:
        start += len(table)
        if at < start:
            return [
                *table.titles,
                *next(t for t in tables if t.sheet == table.sheet).titles,
                table.sheet or "",
            ]
    return raw.titles


def wave(text: str, lines: Iterable[str], day: date | None) -> str:
    """Early, main, its reserve days, a second try or September: by words, else by the month."""
    for words in (text, " ".join(line for line in lines if title(line).day is None)):
        for name, pattern in _WAVES.items():
            if pattern.search(words):
                return name
    if day is None or 5 <= day.month <= 8:
        return "main"
    return "early" if day.month < 5 else "september"


def _period(base: Period, text: str, procedure: str | None, subjects: Words) -> Period:
    if base.kind == "exams":
        return replace(base, year=_year(text) or base.year, procedure=procedure, part=_part(text))
    said = title(text)
    return replace(
        base,
        year=said.day.year if said.day else base.year,
        procedure=procedure,
        subject=subject_of(said, procedure, subjects) or _own(base.subject, procedure),
        as_of=said.day,
    )


def _year(text: str) -> int | None:
    """«в 2023 году», «2022/23 учебный год»: exams of a school year are in the year it ends in."""
    found = re.search(r"\b(20\d\d)(?:\s*[/–-]\s*(?:20)?(\d\d)\b)?", text)
    return int(found[1]) + bool(found[2]) if found else None


def _part(text: str) -> str | None:
    return APPLIED if "заявлен" in text.lower() else None


def subject_of(said: Title, procedure: str | None, subjects: Words) -> str | None:
    """The subject by its name; the code only tells the two kinds of mathematics apart."""
    name = normalised(re.sub(r"\b(к?егэ|огэ|гвэ(-\d+)?)\b", "", said.subject, flags=re.IGNORECASE))
    bare = re.sub(r"\(.*?\)", "", name).strip(" -–—,.")
    if not bare:
        return None
    if bare.startswith("математика"):
        if "баз" in name or said.code == 22:
            return "Математика (базовая)"
        return "Математика (профильная)" if "проф" in name or procedure == "ege" else "Математика"
    return subjects(name) or subjects(bare)


def _own(subject: str | None, procedure: str | None) -> str | None:
    """A subject told by a flag: «Математика» of ЕГЭ is the one with a score."""
    return "Математика (профильная)" if subject == "Математика" and procedure == "ege" else subject


def _procedure(raw: Raw, text: str, rows: Cells) -> str | None:
    """By words over the rows, the code, the grades of most, or by what is given: a score or a mark."""
    said = title(text)
    named = [name for name, pattern in _WORDS.items() if pattern.search(text)]
    if not named and said.code is not None and said.code >= _GVE_CODE:
        return "gve"
    if not named:
        lines = lines_over(raw, int(rows[0]))
        named = [name for name, pattern in _WORDS.items() if any(pattern.search(line) for line in lines)]
    if len(named) == 1:
        return named[0]
    classes = raw.cells["class"][rows] if "class" in raw.cells else ()
    grades = Counter(grade for cell in classes if (grade := grade_of(cell)))
    if grades:
        return "ege" if grades.most_common(1)[0][0] >= 10 else "oge"
    if _is_scored(raw, rows) or "баз" in normalised(said.subject):
        return "ege"
    return "oge" if "mark" in raw.cells else None


def _is_scored(raw: Raw, rows: Cells) -> bool:
    scores = raw.cells["score"][rows] if "score" in raw.cells else ()
    numbers = (as_number(cell) for cell in scores)
    return any(number is not FAULT and number > 5 for number in numbers)


def grade_of(cell: object) -> int | None:
    """The grade that a class's name begins with, 9 to 12."""
    found = re.match(r"0?(9|1[0-2])(?!\d)", as_text(cell))
    return int(found[1]) if found else None

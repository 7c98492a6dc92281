"""What a file seems to be, told by what lies beside its rows: textbooks, pupils' codes, names of classes."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pandas as pd

from pipelines.cast import Words, as_number, as_text
from pipelines.contract import Dictionary
from pipelines.frame import Cells, Raw
from pipelines.source import normalised

_LOOKED_AT = 5000
"""Rows that are enough to see what most of them say."""


def said_beside(raw: Raw, subjects: Words) -> tuple[str, int] | None:
    """Subject and grade of which most matching cells of the other sheets speak."""
    if not raw.source.period.beside:
        return None
    pattern = re.compile(raw.source.period.beside)
    cells = (cell for sheet in raw.beside for row in sheet.rows for cell in row if isinstance(cell, str))
    said = Counter(
        (found["subject"], int(found["grade"])) for cell in cells if (found := pattern.match(cell))
    )
    if not said:
        return None
    (word, grade), times = said.most_common(1)[0]
    subject = subjects(word)
    return (subject, grade) if subject and times * 2 > said.total() else None


def year_in(name: str, raw: Raw) -> str:
    """The year in a file's name; a school year is called by the year it ends in."""
    digits = "".join(c if c.isdigit() else " " for c in Path(name).stem).split()
    year = next((d for d in digits if len(d) == 4 and d.startswith("20")), "")
    return str(int(year) + 1) if year and raw.source.period.autumn else year


def grade_in(raw: Raw) -> str:
    """The grade that most pupils' codes begin with, else the one that most names of classes do."""
    if "pupil_code" not in raw.cells:
        return ""
    grade = grade_of_codes(raw.cells["pupil_code"][:_LOOKED_AT]) or _grade_of_classes(raw)
    if grade and raw.source.period.autumn:
        return str(grade - 1)
    return str(grade or "")


def grade_of_codes(cells: Cells) -> int | None:
    """The grade of pupils numbered 40001, 40002 …; from grade 10 on codes are numbered otherwise."""
    codes = pd.Series([as_number(cell) for cell in cells], dtype=object)
    grades = pd.to_numeric(codes, errors="coerce").dropna() // 10000
    if not grades.between(4, 9).mean() > 0.5:
        return None
    return int(grades[grades.between(4, 9)].mode().iloc[0])


def _grade_of_classes(raw: Raw) -> int | None:
    """«11», «11А» and «11 класс» speak of a grade; «1» is the first class of a parallel."""
    names = (as_text(cell) for cell in raw.cells.get("class", [])[:_LOOKED_AT])
    found = Counter(int(m[0]) for name in names if (m := re.match(r"\d{1,2}(?!\d)", name)))
    known = {grade: times for grade, times in found.items() if 4 <= grade <= 11}
    return max(known, key=lambda grade: known[grade]) if known else None


def subject_in(raw: Raw, subjects: Dictionary) -> str:
    """The subject that most textbooks name."""
    if "textbook" not in raw.cells:
        return ""
    books = pd.Series(raw.cells["textbook"][:_LOOKED_AT]).map(normalised).value_counts()
    named = {
        s: int(books[[normalised(s) in str(book) for book in books.index]].sum()) for s in subjects.terms
    }
    best = max(named, key=lambda subject: named[subject])
    return best if named[best] else ""

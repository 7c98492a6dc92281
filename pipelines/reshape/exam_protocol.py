"""Protocols of state exams → participants and their points for tasks; of a name only its digest is left."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pipelines.cast import FAULT, as_number, as_text, categorical
from pipelines.exams import exam_lines, grade_of, lines_over, wave
from pipelines.frame import Raw, Shaped
from pipelines.identity import Noted
from pipelines.reshape import Setting, straight
from pipelines.reshape.exam_items import items
from pipelines.reshape.exam_totals import scale_differs, totals_differ
from pipelines.reshape.vpr_classes import class_name
from pipelines.rows import Rows

VALID, ABSENT = "действует", "неявка"
RESULTS = ("primary_score", "written_points", "oral_points", "score", "mark")
BASIC = "Математика (базовая)"


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Participants first, then their answers; sums below the rows are held to them."""
    said = _states(raw, setting)
    results = straight(raw, setting, "exam_result")
    _fill(results, raw, setting, said)
    _tell_namesakes_apart(results, raw, setting)
    answers = items(raw, results, setting)
    setting.noted.extend(scale_differs(raw, results))
    setting.noted.extend(totals_differ(raw, results, setting.references.rows("exam_threshold")))
    return [results, answers]


def _fill(results: Shaped, raw: Raw, setting: Setting, said: list[str | None]) -> None:
    rows = results.rows
    texts = [as_text(cell) for cell in raw.cells["class"]] if "class" in raw.cells else [""] * len(raw)
    grades = [grade_of(text) for text in texts]
    names = [class_name(t, None) if g else None for t, g in zip(texts, grades, strict=True)]
    rows["class"] = categorical(names, np.arange(len(names)))
    rows["grade"] = [np.nan if grade is None else float(grade) for grade in grades]
    results.places["class"] = results.places["grade"] = "class" if "class" in raw.cells else ""
    rows["wave"] = _waves(raw, setting)
    rows["category"] = _categories(rows, texts, grades, setting)
    _basic_marks(rows)
    rows["state"] = categorical(_state(rows, said), np.arange(len(rows)))
    results.places["state"] = "state" if "state" in raw.cells else _result_column(raw)


def _states(raw: Raw, setting: Setting) -> list[str | None]:
    """What words instead of points say of a result; the words are taken out of the cells."""
    words = setting.words("exam_state")
    said: list[str | None] = (
        [words(as_text(c)) for c in raw.cells["state"]] if "state" in raw.cells else [None] * len(raw)
    )
    for name in (name for name in RESULTS if name in raw.cells):
        for at, cell in enumerate(raw.cells[name]):
            if isinstance(cell, str) and as_number(cell) is FAULT and (state := words(as_text(cell))):
                said[at], raw.cells[name][at] = said[at] or state, ""
    return said


def _state(rows: Rows, said: list[str | None]) -> list[str]:
    """As said; without a word and any result a participant did not come."""
    there = rows.frame([name for name in RESULTS if name in rows]).notna().any(axis=1)
    return [state or (VALID if known else ABSENT) for state, known in zip(said, there, strict=True)]


def _waves(raw: Raw, setting: Setting) -> pd.Categorical:
    lines, periods = exam_lines(raw), setting.identity.periods
    own = [as_text(cell) for cell in raw.cells["wave"]] if "wave" in raw.cells else [""] * len(raw)
    known: dict[tuple[Any, ...], str] = {}
    found = []
    for at, (line, word, period) in enumerate(zip(lines, own, setting.identity.period, strict=True)):
        key = (line, word, int(period))
        if key not in known:
            known[key] = wave(f"{line} {word}", lines_over(raw, at), periods[int(period)].as_of)
        found.append(known[key])
    return categorical(found, np.arange(len(found)))


def _categories(
    rows: Rows, texts: list[str], grades: list[int | None], setting: Setting
) -> pd.Categorical | pd.Series[Any]:
    """From its column; without one, a class named by the category, or any class of the school itself."""
    if "category" in rows:
        return rows["category"]
    words = setting.words("exam_category")
    named = [
        "выпускник текущего года" if grade else (words(text) if text else None)
        for text, grade in zip(texts, grades, strict=True)
    ]
    return categorical(named, np.arange(len(named)))


def _basic_marks(rows: Rows) -> None:
    """Basic mathematics is marked, whatever the column is called: 2 to 5 is no score of a hundred."""
    if "score" not in rows:
        return
    mistaken = (rows["subject"].astype(str) == BASIC) & (rows["score"] <= 5)
    mark = rows["mark"] if "mark" in rows else pd.Series(np.nan, index=range(len(rows)))
    rows["mark"] = mark.where(~mistaken | mark.notna(), rows["score"])
    rows["score"] = rows["score"].mask(mistaken)


def _result_column(raw: Raw) -> str:
    return next((name for name in ("score", "mark") if name in raw.cells), "primary_score")


def _tell_namesakes_apart(results: Shaped, raw: Raw, setting: Setting) -> None:
    """Of one exam in one school, the same name in another class or room is another person."""
    key = ["school_id", "school_year", "procedure", "subject", "exam_date", "person_id"]
    exams = results.rows.frame(key)
    again = exams.astype(object).duplicated(keep=False) & exams["person_id"].notna()
    if not again.any():
        return
    marks = [name for name in ("class", "site", "room") if name in raw.cells]
    seen: dict[tuple[Any, ...], list[tuple[str, ...]]] = {}
    persons = list(results.rows["person_id"])
    for at in np.flatnonzero(again):
        one = tuple(exams.iloc[at].astype(str))
        where = tuple(as_text(raw.cells[name][at]) for name in marks)
        places = seen.setdefault(one, [])
        if where not in places:
            places.append(where)
        if number := places.index(where):
            persons[at] = f"{persons[at]}-{number + 1}"
            message = "Полный тёзка участника из другого класса или аудитории: учтены оба"
            fix = "Проверьте, что это разные люди, а не одна запись дважды"
            setting.noted.append(
                Noted(raw.finding("warning", "exam.namesakes", message, fix, int(at), None), int(at))
            )
    results.rows["person_id"] = persons

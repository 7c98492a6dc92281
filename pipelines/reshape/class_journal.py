"""A class's final marks, pupil by pupil, from a journal → counts by subject and of the class; names go no further."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from pipelines.cast import FAULT, as_number, as_text
from pipelines.frame import Cells, Mask, Raw, Shaped
from pipelines.identity import Noted
from pipelines.reshape import Setting
from pipelines.reshape.class_marks import grade_of
from pipelines.reshape.marks import as_percents
from pipelines.reshape.subject_marks import STATES
from pipelines.reshape.vpr_classes import class_name
from pipelines.rows import Rows
from pipelines.source import normalised
from pipelines.words import NBSP, number

FAULTY = "?"
CLOSE = 1.0
"""Percentage points that rounding may take."""


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Counts of every subject, and of the class as the district's form counts them."""
    pupils = _pupils(raw)
    words, headings = setting.words("subject"), {full: raw.places[full].heading for full in raw.many("mark")}
    columns = {full: words(heading) or heading for full, heading in headings.items()}
    marks = {full: _read(raw, full, pupils) for full in columns}
    setting.noted.extend(_unreadable(raw, marks))
    setting.noted.extend(_totals_differ(raw, pupils, marks))
    return [_subjects(raw, setting, columns, marks), _class(raw, setting, marks, pupils)]


def _pupils(raw: Raw) -> Mask:
    """Rows of pupils, not of sums below them."""
    words = tuple(raw.source.totals)
    return np.array(
        [not normalised(as_text(cell)).startswith(words) for cell in raw.cells["pupil"]], dtype=bool
    )


def _read(raw: Raw, full: str, pupils: Mask) -> Cells:
    """5 to 2, the name of a state, None for nothing and `FAULTY` for what is neither."""
    states = {normalised(w): s or None for w, s in raw.source.columns["mark"].states.items()}
    return np.array(
        [_mark(cell, states) if own else None for cell, own in zip(raw.cells[full], pupils, strict=True)],
        dtype=object,
    )


def _mark(cell: Any, states: dict[str, str | None]) -> int | str | None:
    text = normalised(as_text(cell))
    if not text or text in states:
        return states.get(text)
    value = as_number(cell)
    return int(value) if value is not FAULT and value in (2, 3, 4, 5) else FAULTY


def _subjects(raw: Raw, setting: Setting, columns: dict[str, str], marks: dict[str, Cells]) -> Shaped:
    """One row a subject that anybody was marked in."""
    taught = [full for full in columns if any(mark is not None for mark in marks[full])]
    rows = pd.DataFrame([_counts(marks[full]) for full in taught], columns=["pupils", *_MARKED, *STATES])
    origin = np.zeros(len(taught), dtype=np.int32)
    where = np.array(taught, dtype=object)
    rows["subject"] = [columns[full] for full in taught]
    places: dict[str, str | Cells] = dict.fromkeys(map(str, rows), where)
    return _of_class(Shaped("subject_marks", Rows.of(rows), origin, places), setting)


_MARKED = {"n5": 5, "n4": 4, "n3": 3, "n2": 2}


def _counts(marks: Cells) -> list[int]:
    known = [mark for mark in marks if mark is not None]
    return [len(known), *(known.count(mark) for mark in _MARKED.values()), *(known.count(s) for s in STATES)]


def _class(raw: Raw, setting: Setting, marks: dict[str, Cells], pupils: Mask) -> Shaped:
    """The one row of the class: who has only fives, who fails in how many subjects."""
    given = list(zip(*marks.values(), strict=True))
    people = [[m for m in row if m is not None] for row, own in zip(given, pupils, strict=True) if own]
    certified = [p for p in people if any(isinstance(m, int) for m in p) and not _is_missing(p)]
    twos = [p.count(2) for p in certified]
    good = [p for p in certified if not {2, 3} & set(p)]
    rows = pd.DataFrame([{
        "pupils_end": len(people), "certified": len(certified),
        "fives": sum(4 not in p for p in good), "fours": sum(4 in p for p in good),
        "one_four": sum(p.count(4) == 1 for p in good),
        "one_three": sum(p.count(3) == 1 and 2 not in p for p in certified),
        "failing": sum(n > 0 for n in twos), "failing_one": twos.count(1), "failing_two": twos.count(2),
        "failing_more": sum(n > 2 for n in twos), "not_certified": len(people) - len(certified),
    }])  # fmt: skip
    return _of_class(
        Shaped("class_marks", Rows.of(rows), np.zeros(1, np.int32), dict.fromkeys(map(str, rows), "pupil")),
        setting,
    )


def _is_missing(marks: list[Any]) -> bool:
    return bool({"not_certified", "not_attended"} & {m for m in marks if isinstance(m, str)})


def _of_class(shaped: Shaped, setting: Setting) -> Shaped:
    """Whose rows these are: the organisation and the period of the file, the class of its title."""
    identity = setting.identity
    label = identity.periods[0].part or ""
    for name in ("school_id", "school_year", "term"):
        column = identity.column(name)
        assert column is not None  # every file has a school and a period, known or not
        shaped.rows[name] = pd.Series(column).take(shaped.origin).reset_index(drop=True)
    shaped.rows["class"] = class_name(label, None) if label else None
    shaped.rows["grade"] = grade_of(label)
    return shaped


def _unreadable(raw: Raw, marks: dict[str, Cells]) -> Iterator[Noted]:
    for full, column in marks.items():
        for at in np.flatnonzero(column == FAULTY)[:20]:
            message = "Здесь должна стоять отметка от 2 до 5 или «н/а», «осв», «зач»"
            fix = "Исправьте отметку в журнале и выгрузите отчёт заново"
            yield Noted(raw.finding("error", "file.not_a_mark", message, fix, int(at), full), int(at))


def _totals_differ(raw: Raw, pupils: Mask, marks: dict[str, Cells]) -> Iterator[Noted]:
    """Rows «Успеваемость» and «Качество» below the pupils, against the marks above them."""
    for at in np.flatnonzero(~pupils):
        words = normalised(as_text(raw.cells["pupil"][at]))
        least = 3 if "успеваемост" in words else 4 if "качеств" in words else None
        for full, column in marks.items() if least else ():
            told = as_number(as_percents(raw.cells[full][[at]])[0])
            known = [m for m in column if isinstance(m, int)]
            ours = 100 * sum(m >= (least or 0) for m in known) / len(known) if known else None
            if told is not FAULT and ours is not None and abs(told - ours) > CLOSE:
                message = f"Стоит {number(told, 1)}{NBSP}%, а по отметкам выходит {number(ours, 1)}{NBSP}%"
                fix = "Проверьте, не исправлены ли отметки или процент после выгрузки"
                yield Noted(
                    raw.finding("warning", "file.total_percent_differs", message, fix, int(at), full), int(at)
                )

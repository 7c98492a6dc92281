"""Marks of a term by subject and class, from a journal or a teacher's report → one row a subject and class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pipelines.cast import as_text, categorical
from pipelines.frame import Cells, Mask, Raw, Shaped
from pipelines.identity import Noted
from pipelines.reshape import Setting, straight
from pipelines.reshape.class_marks import grade_of
from pipelines.reshape.marks import as_percents, without_names
from pipelines.reshape.vpr_classes import class_name
from pipelines.source import normalised
from pipelines.words import number

MARKS = ("n5", "n4", "n3", "n2")
STATES = ("not_certified", "exempt", "credited", "failed_credit", "not_attended")
COUNTS = ("pupils", *MARKS, *STATES)
PERCENTS = ("pass_percent", "quality_percent", "sou_percent")


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """One row a subject and class; rows of sums are held to the rows above them."""
    for name in COUNTS:
        if name in raw.cells:
            raw.cells[name][:] = without_names(raw.cells[name], raw.source.empty)
    for name in PERCENTS:
        if name in raw.cells:
            raw.cells[name][:] = as_percents(raw.cells[name])
    sums = _sums(raw)
    for name in ("subject", "class"):
        if name in raw.cells:
            raw.cells[name][:] = _carried(raw.cells[name], sums)
    shaped = straight(raw, setting, "subject_marks")
    _fill(shaped, raw, setting)
    setting.noted.extend(_sums_differ(raw, shaped, sums, setting.identity.group))
    return [shaped.take(~sums)]


def _sums(raw: Raw) -> Mask:
    """Rows that sum others: «Итого» in the column of subjects or of classes."""
    columns = [raw.cells[name] for name in ("subject", "class") if name in raw.cells]
    return np.array([any(_is_sum(cell, raw) for cell in cells) for cells in zip(*columns, strict=True)], bool)


def _is_sum(cell: Any, raw: Raw) -> bool:
    return normalised(as_text(cell)).startswith(("итого", "всего", "итог", "по школе", "в целом"))


def _carried(cells: Cells, sums: Mask) -> Cells:
    """A subject written once above its classes, or a class above its subjects."""
    filled = np.where((cells != "") & ~sums, np.arange(len(cells)), 0)
    return np.where(sums, cells, cells[np.maximum.accumulate(filled)])


def _fill(shaped: Shaped, raw: Raw, setting: Setting) -> None:
    """Class and grade, from the rows or, in a file of one class, from the lines above."""
    periods, which = setting.identity.periods, setting.identity.period
    texts = (
        [as_text(cell) for cell in raw.cells["class"]]
        if "class" in raw.cells
        else [periods[at].part or "" for at in which]
    )
    shaped.rows["class"] = categorical(
        [class_name(text, None) if text else None for text in texts], np.arange(len(texts))
    )
    shaped.rows["grade"] = [grade_of(text) for text in texts]
    shaped.places["class"] = shaped.places["grade"] = "class" if "class" in raw.cells else ""


def _sums_differ(raw: Raw, shaped: Shaped, sums: Mask, group: Cells) -> Iterator[Noted]:
    """A row of sums is about the rows since the sum before it, or about all of them."""
    start = 0
    for at in np.flatnonzero(sums):
        own = (group == group[at]) & ~sums
        since = own & (np.arange(len(sums)) >= start) & (np.arange(len(sums)) < at)
        whole = own & (np.arange(len(sums)) < at)
        start = int(at) + 1
        for name in (n for n in (*MARKS, *STATES) if n in raw.cells):
            values = shaped.rows[name].to_numpy(dtype=float)
            ours = {float(np.nansum(values[mask])) for mask in (since, whole)}
            if not np.isnan(values[at]) and values[at] not in ours:
                yield _differs(raw, int(at), name, float(values[at]), float(np.nansum(values[whole])))


def _differs(raw: Raw, at: int, name: str, told: float, ours: float) -> Noted:
    message = (
        f"В строке итога в столбце «{raw.places[name].heading}» стоит {number(told)}, "
        f"а по строкам выше выходит {number(ours)}"
    )
    fix = "Исправьте число в строке предмета или в строке итога"
    return Noted(raw.finding("warning", "file.total_differs", message, fix, at, name), at)

"""ВПР as one row a pupil with a column a task → participants and their points task by task."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from pipelines.cast import FAULT, as_number, as_text, categorical, categories
from pipelines.findings import Finding
from pipelines.frame import Cells, Mask, Raw, Shaped, distinct
from pipelines.identity import Noted
from pipelines.reshape import Setting, straight
from pipelines.reshape.vpr_classes import class_name, grade_of_pupils, textbooks_beside
from pipelines.reshape.vpr_tasks import SOURCES, levels, maxima, task_columns
from pipelines.rows import Rows
from pipelines.schools import bare_name, municipality
from pipelines.source import normalised

STATES = ["scored", "not_attempted", "not_taught", "missing"]
_DECLARED = re.compile(r"кол-во участников: ?(\d+)", re.IGNORECASE)


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Participants first, then the points of those who were present."""
    results = straight(raw, setting, "vpr_result")
    absent, tasks = _absent(raw), task_columns(raw)
    cells = _points(raw, list(tasks.values()))
    limits = maxima(raw, tasks, cells[0], absent, setting)
    _fill(results.rows, raw, setting, cells[0], absent)
    results.rows["max_total"] = _max_total(limits[0], setting)
    setting.noted.extend(_declared_otherwise(raw))
    return [results, _scores(raw, results, tasks, cells, limits, absent)]


def _fill(rows: Rows, raw: Raw, setting: Setting, points: Cells, absent: Mask) -> None:
    """Columns of the participants that are not cells as they stand."""
    grade = setting.identity.periods[0].grade
    older = grade_of_pupils(raw, grade)
    setting.remarks.extend(_told_older(grade, older))
    rows["is_absent"] = pd.array(absent, dtype="boolean")
    if "class" in raw.cells:
        rows["class"] = _mapped(raw.cells["class"], lambda cell: class_name(as_text(cell), older or grade))
    if (books := textbooks_beside(raw)) is not None:
        rows["textbook"] = _mapped(books, lambda cell: cell or None)
    rows["pupil_grade"] = float(older) if older else np.nan
    for name, plain in (("municipality", municipality), ("school_name", bare_name)):
        if name in raw.cells:
            rows[name] = _mapped(raw.cells[name], lambda cell, plain=plain: plain(as_text(cell)) or None)
    rows["items_points"] = np.where(np.isnan(points).all(axis=1), np.nan, np.nansum(points, axis=1))
    if "total_points" in rows:
        nothing = absent & (rows["total_points"] == 0).to_numpy() & rows["items_points"].isna().to_numpy()
        rows["total_points"] = rows["total_points"].mask(nothing)
    if "mark" in rows:
        rows["scale_mark"] = _marks_by_scale(rows, setting)


def _told_older(grade: int | None, older: int | None) -> list[Finding]:
    if not older:
        return []
    message = f"Работа за {grade} класс, писали её осенью, уже в {older} классе"
    return [Finding(severity="info", rule="file.work_of_other_grade", message=message, fix="")]


def _marks_by_scale(rows: Rows, setting: Setting) -> Cells:
    """The marks that the loaded scale gives, to be held to those in the file."""
    scale = setting.references.of_work("mark_scale", setting.identity.periods[0])
    if scale.empty:
        return np.full(len(rows), np.nan)
    steps = scale[["min_3", "min_4", "min_5"]].iloc[-1].to_numpy(dtype=float)
    points = rows["total_points"].to_numpy(dtype=float)
    return np.where(np.isnan(points), np.nan, 2.0 + (points[:, None] >= steps).sum(axis=1))


def _declared_otherwise(raw: Raw) -> list[Noted]:
    """Lines that declare another number of participants than there are rows under them."""
    declared = [(row, int(m[1])) for row, text in raw.sections if (m := _DECLARED.search(text))]
    ends = [*(row for row, _ in declared), int(raw.rows[-1]) + 1][1:]
    found = []
    for (row, number), end in zip(declared, ends, strict=True):
        under = np.flatnonzero((raw.rows > row) & (raw.rows < end))
        if len(under) and len(under) != number:
            message = f"Заявлено участников: {number}, а строк с ними: {len(under)}"
            fix = "Проверьте, весь ли протокол выгружен"
            told = raw.finding("warning", "file.declared_participants", message, fix, int(under[0]), None)
            found.append(Noted(told.model_copy(update={"row": row}), int(under[0])))
    return found


def _absent(raw: Raw) -> Mask:
    words = {
        normalised(word) for word, state in raw.source.columns["variant"].states.items() if state == "absent"
    }
    codes, different = distinct(raw.cells["variant"])
    return np.array([normalised(cell) in words for cell in different], dtype=bool)[codes]


def _points(raw: Raw, columns: list[str]) -> tuple[Cells, Cells, Cells]:
    """Points, states and unreadable cells as matrices of row × task."""
    shape = (len(raw), len(columns))
    points, states, faults = np.full(shape, np.nan), np.full(shape, 3, np.int8), np.zeros(shape, bool)
    words = {
        normalised(word): STATES.index(state) for word, state in raw.source.columns["task"].states.items()
    }
    for at, full in enumerate(columns):
        codes, different = distinct(raw.cells[full])
        read = [_one(cell, words) for cell in different]
        points[:, at] = np.array([value for value, _, _ in read], dtype=float)[codes]
        states[:, at] = np.array([state for _, state, _ in read], dtype=np.int8)[codes]
        faults[:, at] = np.array([fault for _, _, fault in read], dtype=bool)[codes]
    return points, states, faults


def _one(cell: object, words: dict[str, int]) -> tuple[float, int, bool]:
    """Points, state and fault of one distinct cell."""
    if cell == "" or (isinstance(cell, str) and not cell.strip()):
        return np.nan, 3, False
    state = words.get(normalised(cell))
    if state is not None:
        return (0.0 if STATES[state] == "not_attempted" else np.nan), state, False
    number = as_number(cell)
    return (np.nan, 3, True) if number is FAULT else (number, 0, False)


def _max_total(maxima: Cells, setting: Setting) -> float:
    scale = setting.references.of_work("mark_scale", setting.identity.periods[0])
    if len(scale):
        return float(scale["max_total"].iloc[-1])
    return float(np.sum(maxima)) if len(maxima) else np.nan


def _scores(
    raw: Raw, results: Shaped, tasks: dict[str, str], cells: tuple[Cells, Cells, Cells],
    limits: tuple[Cells, Cells], absent: Mask,
) -> Shaped:  # fmt: skip
    """One row a task of those present, task by task."""
    points, states, faults = cells
    present = np.flatnonzero(~absent).astype(np.int32)
    origin = np.tile(present, len(tasks))
    number = np.repeat(np.arange(len(tasks), dtype=np.int16), len(present))
    same = ["school_id", "school_year", "subject", "grade", "pupil_code"]
    rows = results.rows.take(origin, same)
    rows["task"] = categorical(list(tasks), number)
    rows["points"] = points[origin, number]
    rows["state"] = _coded(STATES, states[origin, number])
    rows["max_points"] = limits[0][number]
    rows["max_source"] = _coded(SOURCES, limits[1][number])
    rows["level"] = categorical(levels(raw, tasks), number)
    where = np.array(list(tasks.values()), dtype=object)[number]
    places: dict[str, str | Cells] = {
        **{c: results.places.get(c, "") for c in same}, "points": where, "state": where, "task": where,
    }  # fmt: skip
    broken = {"points": faults[origin, number]} if faults.any() else {}
    return Shaped("vpr_task_score", rows, origin, places, broken)


def _coded(names: list[str], codes: Cells) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, dtype=categories(tuple(names)))


def _mapped(cells: Cells, convert: object) -> pd.Categorical:
    codes, different = distinct(cells)
    return categorical([convert(cell) for cell in different], codes)  # type: ignore[operator]

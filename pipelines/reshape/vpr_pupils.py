"""ВПР as one row a pupil with a column a task → participants and their points task by task."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from pipelines.cast import FAULT, as_number, as_text, categorical
from pipelines.findings import Finding
from pipelines.frame import Cells, Mask, Raw, Shaped
from pipelines.reshape import Setting, straight
from pipelines.schools import municipality
from pipelines.sources import normalised

STATES = ["scored", "not_attempted", "not_taught", "missing"]
LARGE_SCHOOLS, LARGE_PUPILS = 50, 1000
"""From how many schools and pupils the largest points reached are taken for the largest possible."""
_LATIN = str.maketrans("ABCEHKMOPTXYaceopxy", "АВСЕНКМОРТХУасеорху")


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Participants first, then the points of those who were present."""
    results = straight(raw, setting, "vpr_result")
    rows = results.rows
    absent = _absent(raw)
    tasks = {full.split(":", 1)[1]: raw.cells[full] for full in raw.many("task")}
    points, states, faults = _points(raw, tasks)
    maxima, source = _maxima(list(tasks), points, absent, setting)
    rows["is_absent"] = pd.array(absent, dtype="boolean")
    rows["class"] = _mapped(
        raw.cells["class"], lambda cell: class_name(as_text(cell), setting.identity.periods[0].grade)
    )
    if "municipality" in rows:
        rows["municipality"] = _mapped(
            raw.cells["municipality"], lambda cell: municipality(as_text(cell)) or None
        )
    rows["items_points"] = np.where(np.isnan(points).all(axis=1), np.nan, np.nansum(points, axis=1))
    rows["max_total"] = _max_total(maxima, setting)
    return [results, _scores(raw, results, (points, states, faults), (maxima, source), absent)]


def class_name(text: str, grade: int | None) -> str | None:
    """«4А» from any spelling, «4» where the school has one class in the parallel."""
    if re.fullmatch(r"\d+ ?- ?\d+", text):
        return text.replace(" ", "")
    plain = re.sub(r"[\s\"'«».-]|класс", "", text.translate(_LATIN))
    if not plain:
        return None
    if plain.lower() in ("нет", "кл") or plain == str(grade):
        return str(grade or "")
    if plain.isdigit():
        return plain if grade is None else f"{grade}/{int(plain)}"
    plain = plain.lstrip("0")
    name = plain if plain[0].isdigit() or grade is None else f"{grade}{plain}"
    return name.upper() if len(re.sub(r"\d", "", name)) == 1 else name


def _absent(raw: Raw) -> Mask:
    words = {
        normalised(word) for word, state in raw.source.columns["variant"].states.items() if state == "absent"
    }
    codes, distinct = pd.factorize(raw.cells["variant"], use_na_sentinel=False)
    return np.array([normalised(cell) in words for cell in distinct], dtype=bool)[codes]


def _points(raw: Raw, tasks: dict[str, Cells]) -> tuple[Cells, Cells, Cells]:
    """Points, states and unreadable cells as matrices of row × task."""
    shape = (len(raw), len(tasks))
    points, states, faults = np.full(shape, np.nan), np.full(shape, 3, np.int8), np.zeros(shape, bool)
    words = {
        normalised(word): STATES.index(state) for word, state in raw.source.columns["task"].states.items()
    }
    for at, cells in enumerate(tasks.values()):
        codes, distinct = pd.factorize(cells, use_na_sentinel=False)
        read = [_one(cell, words) for cell in distinct]
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


def _maxima(tasks: list[str], points: Cells, absent: Mask, setting: Setting) -> tuple[Cells, str | None]:
    """The largest points of each task: by a specification, or reached by enough schools of a large file."""
    work = setting.identity.periods[0]
    known = setting.references.of_work("task_specification", work)
    if len(known):
        declared = dict(zip(known["task"].astype(str), known["max_points"], strict=True))
        setting.remarks.extend(_undeclared([task for task in tasks if task not in declared]))
        return np.array([declared.get(task, np.nan) for task in tasks], dtype=float), "specification"
    if len(setting.identity.schools) < LARGE_SCHOOLS or (~absent).sum() < LARGE_PUPILS:
        return np.full(len(tasks), np.nan), None
    best = pd.DataFrame(points).groupby(setting.identity.school).max()
    enough = max(5.0, len(best) / 100)
    return np.array([_reached(best[at], enough) for at in best.columns], dtype=float), "results"


def _undeclared(tasks: list[str]) -> list[Finding]:
    """Tasks that the specification of the work does not know: their success cannot be computed."""
    if not tasks:
        return []
    message = f"В спецификации этой работы нет заданий: {', '.join(tasks)}"
    fix = "Проверьте, та ли это работа, или дополните спецификацию и примите её заново"
    return [Finding(severity="warning", rule="file.task_not_in_specification", message=message, fix=fix)]


def _reached(best: pd.Series[float], enough: float) -> float:
    """The largest value that at least so many schools reached."""
    return max(
        (value for value in best.dropna().unique() if value > 0 and (best >= value).sum() >= enough),
        default=np.nan,
    )


def _max_total(maxima: Cells, setting: Setting) -> float:
    scale = setting.references.of_work("mark_scale", setting.identity.periods[0])
    if len(scale):
        return float(scale["max_total"].iloc[-1])
    return float(np.sum(maxima)) if len(maxima) else np.nan


def _scores(
    raw: Raw,
    results: Shaped,
    cells: tuple[Cells, Cells, Cells],
    limits: tuple[Cells, str | None],
    absent: Mask,
) -> Shaped:
    """One row a task of those present, task by task."""
    points, states, faults = cells
    names = raw.many("task")
    present = np.flatnonzero(~absent).astype(np.int32)
    origin = np.tile(present, len(names))
    number = np.repeat(np.arange(len(names), dtype=np.int16), len(present))
    same = ["school_id", "school_year", "subject", "grade", "pupil_code"]
    rows = results.rows[same].take(origin).reset_index(drop=True)
    rows["task"] = categorical([name.split(":", 1)[1] for name in names], number)
    rows["points"] = points[origin, number]
    rows["state"] = pd.Categorical.from_codes(
        states[origin, number], categories=pd.Index(STATES, dtype=object)
    )
    rows["max_points"] = limits[0][number]
    rows["max_source"] = (
        categorical([limits[1]], np.where(np.isnan(rows["max_points"]), -1, 0)) if limits[1] else None
    )
    where = np.array(names, dtype=object)[number]
    places: dict[str, str | Cells] = {
        **{c: results.places.get(c, "") for c in same},
        "points": where,
        "state": where,
        "task": where,
    }
    return Shaped(
        "vpr_task_score", rows, origin, places, {"points": faults[origin, number]} if faults.any() else {}
    )


def _mapped(cells: Cells, convert: object) -> pd.Categorical:
    codes, distinct = pd.factorize(cells, use_na_sentinel=False)
    return categorical([convert(cell) for cell in distinct], codes)  # type: ignore[operator]

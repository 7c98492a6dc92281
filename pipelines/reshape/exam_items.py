"""Masks of answers → one row a task of every participant, and the sum of a row's tasks."""

from __future__ import annotations

import numpy as np

from pipelines.cast import categorical
from pipelines.findings import Finding
from pipelines.frame import Cells, Mask, Raw, Shaped
from pipelines.identity import Noted
from pipelines.reshape import Setting
from pipelines.reshape.exam_masks import (
    LONG,
    ORAL,
    PREFIX,
    SHORT,
    Grid,
    Numbers,
    completed,
    long_answers,
    short_answers,
)
from pipelines.rows import Rows

PARTS = {"short": SHORT, "long": LONG, "oral": ORAL}
KEY = ["school_id", "school_year", "procedure", "subject", "exam_date", "person_id"]
_SHAPES = {
    "short": "«+», «-» и цифры, например «++-2+»",
    "long": "«1(2)0(3)» — набрано и в скобках наибольшее",
}


def items(raw: Raw, results: Shaped, setting: Setting) -> Shaped:
    """The answers; fills ``items_points`` of the participants."""
    group = setting.identity.period
    answers = {
        n: (short_answers if n == "short" else long_answers)(raw.cells[n]) for n in PARTS if n in raw.cells
    }
    for name, grid in answers.items():
        _tell_unread(raw, name, grid, setting)
    unsure = np.zeros(len(raw), dtype=bool)
    for code in np.unique(group) if "short" in answers else []:
        rows = np.flatnonzero(group == code)
        unsure[rows] = (answers["short"].is_full[rows] & completed(answers["short"], rows)).any(axis=1)
    results.rows["items_points"] = _sums(results.rows, answers, unsure, group, setting)
    results.places["items_points"] = "short" if "short" in raw.cells else ""
    return _shaped(results, answers)


def _tell_unread(raw: Raw, name: str, grid: Grid, setting: Setting) -> None:
    message = f"Запись ответов не читается: ожидалось {_SHAPES.get(name, _SHAPES['long'])}"
    fix = "Выгрузите протокол заново: запись могла испортиться при правке в Excel"
    for at in np.flatnonzero(grid.unread):
        setting.noted.append(Noted(raw.finding("error", "exam.mask", message, fix, int(at), name), int(at)))


def _sums(rows: Rows, answers: dict[str, Grid], unsure: Mask, group: Cells, setting: Setting) -> Numbers:
    """Sums of rows where every task's points are known; none where tasks of an exam weigh otherwise."""
    parts = [grid.points for grid in answers.values()]
    points = np.concatenate(parts, axis=1) if parts else np.full((len(rows), 0), np.nan)
    sums = np.where(np.isnan(points).all(axis=1) | unsure, np.nan, np.nansum(points, axis=1))
    primary = (
        rows["primary_score"].to_numpy(dtype=float) if "primary_score" in rows else np.full(len(rows), np.nan)
    )
    for code in np.unique(group):
        known = (group == code) & ~np.isnan(sums) & ~np.isnan(primary)
        differs = known & (sums != primary)
        if differs.sum() * 2 > known.sum():
            sums[group == code] = np.nan
            period = setting.identity.periods[int(code)].label
            setting.remarks.append(_weighed(period, int(differs.sum()), int(known.sum())))
    return sums


def _weighed(label: str, differs: int, known: int) -> Finding:
    message = (
        f"{label}: у {differs} из {known} участников баллы за задания не складываются в первичный балл — "
        "видимо, задания весят по-разному; сумма не сверялась"
    )
    return Finding(severity="info", rule="exam.weighed_tasks", message=message, fix="")


def _shaped(results: Shaped, answers: dict[str, Grid]) -> Shaped:
    """Every task that a mask has, part by part."""
    there = {name: np.nonzero(~np.isnan(grid.points)) for name, grid in answers.items()}
    origin = _joined([at for at, _ in there.values()], np.int32)
    order = _joined([task for _, task in there.values()], np.int32)
    part = _joined([np.full(len(at), list(PARTS).index(name)) for name, (at, _) in there.items()], np.int32)
    rows = results.rows.take(origin, KEY)
    width = int(order.max(initial=0)) + 1
    names = [f"{PREFIX[kind]}{n}" for kind in PARTS.values() for n in range(1, width + 1)]
    rows["task"] = categorical(list(names), part * width + order)
    rows["task_order"] = (order + 1 + 100 * part).astype(float)
    rows["task_kind"] = categorical(list(PARTS.values()), part)
    rows["points"] = _joined([answers[name].points[at] for name, at in there.items()], np.float64)
    rows["max_points"] = _joined([answers[name].largest[at] for name, at in there.items()], np.float64)
    where = np.array(list(PARTS), dtype=object)[part]
    return Shaped("exam_item", rows, origin, {"points": where, "task": where})


def _joined(parts: list[Cells], kind: type) -> Cells:
    return (
        np.concatenate([np.asarray(part, dtype=kind) for part in parts]) if parts else np.zeros(0, dtype=kind)
    )

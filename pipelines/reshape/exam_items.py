"""Masks of answers → one row a task of every participant, and the sum of a row's tasks."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipelines.cast import as_text, categorical
from pipelines.findings import Finding
from pipelines.frame import Cells, Raw, Shaped
from pipelines.identity import Noted
from pipelines.reshape import Setting
from pipelines.reshape.exam_masks import (
    LONG,
    ORAL,
    PREFIX,
    SHORT,
    Answer,
    completed,
    long_answers,
    short_answers,
)

PARTS = {"short": SHORT, "long": LONG, "oral": ORAL}
KEY = ["school_id", "school_year", "procedure", "subject", "exam_date", "person_id"]
Answers = dict[str, list[list[Answer]]]


def items(raw: Raw, results: Shaped, setting: Setting) -> Shaped:
    """The answers; fills ``items_points`` of the participants."""
    group = setting.identity.period
    answers = {name: _answers(raw, name, setting) for name in PARTS if name in raw.cells}
    unsure = np.zeros(len(raw), dtype=bool)
    for code in np.unique(group) if "short" in answers else []:
        there = np.flatnonzero(group == code)
        rows, many = completed([answers["short"][at] for at in there])
        for at, row in zip(there, rows, strict=True):
            unsure[at] = any(many[t] and a.points is None for t, a in enumerate(answers["short"][at]))
            answers["short"][at] = row
    results.rows["items_points"] = _sums(results.rows, answers, unsure, group, setting)
    results.places["items_points"] = "short" if "short" in raw.cells else ""
    return _shaped(results, answers)


def _answers(raw: Raw, name: str, setting: Setting) -> list[list[Answer]]:
    read = short_answers if name == "short" else long_answers
    known: dict[str, list[Answer] | None] = {}
    found = []
    for at, cell in enumerate(raw.cells[name]):
        text = as_text(cell)
        if text not in known:
            known[text] = read(text)
        answer = known[text]
        if answer is None:
            message = "Запись ответов не читается: ожидалось " + (
                "«+», «-» и цифры, например «++-2+»"
                if name == "short"
                else "«1(2)0(3)» — набрано и в скобках наибольшее"
            )
            fix = "Выгрузите протокол заново: запись могла испортиться при правке в Excel"
            setting.noted.append(Noted(raw.finding("error", "exam.mask", message, fix, at, name), at))
        found.append(answer or [])
    return found


def _sums(rows: pd.DataFrame, answers: Answers, unsure: Cells, group: Cells, setting: Setting) -> Cells:
    """Sums of rows where every task's points are known; none where tasks of an exam weigh otherwise."""
    size = len(rows)
    sums = np.full(size, np.nan)
    for at in range(size):
        points = [a.points for part in answers.values() for a in part[at]]
        if points and not unsure[at]:
            sums[at] = sum(p for p in points if p is not None)
    primary = (
        rows["primary_score"].to_numpy(dtype=float) if "primary_score" in rows else np.full(size, np.nan)
    )
    for code in np.unique(group):
        known = (group == code) & ~np.isnan(sums) & ~np.isnan(primary)
        differs = known & (sums != primary)
        if differs.sum() * 2 > known.sum():
            sums[group == code] = np.nan
            setting.remarks.append(
                _weighed(setting.identity.periods[int(code)].label, int(differs.sum()), int(known.sum()))
            )
    return sums


def _weighed(label: str, differs: int, known: int) -> Finding:
    message = (
        f"{label}: у {differs} из {known} участников баллы за задания не складываются в первичный балл — "
        "видимо, задания весят по-разному; сумма не сверялась"
    )
    return Finding(severity="info", rule="exam.weighed_tasks", message=message, fix="")


def _shaped(results: Shaped, answers: Answers) -> Shaped:
    told = [
        (at, name, order, one)
        for name, rows in answers.items()
        for at, row in enumerate(rows)
        for order, one in enumerate(row, start=1)
    ]
    origin = np.array([at for at, *_ in told], dtype=np.int32)
    rows = results.rows[KEY].take(origin).reset_index(drop=True)
    names = [name for _, name, _, _ in told]
    rows["task"] = categorical(
        [f"{PREFIX[PARTS[n]]}{order}" for _, n, order, _ in told], np.arange(len(told))
    )
    rows["task_order"] = [float(order + 100 * list(PARTS).index(n)) for _, n, order, _ in told]
    rows["task_kind"] = categorical([PARTS[name] for name in names], np.arange(len(told)))
    rows["points"] = np.array([np.nan if a.points is None else a.points for *_, a in told], dtype=float)
    rows["max_points"] = np.array([np.nan if a.largest is None else a.largest for *_, a in told], dtype=float)
    where = np.array(names, dtype=object)
    return Shaped("exam_item", rows, origin, {"points": where, "task": where})

"""What protocols say of themselves below the rows — participants, means, the least score — held to the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from pipelines.cast import FAULT, as_number
from pipelines.frame import Mask, Raw, Shaped
from pipelines.identity import Noted
from pipelines.source import normalised
from pipelines.words import number

CLOSE = {"score": 0.51, "mark": 0.51, "primary_score": 0.51}
"""Protocols print means rounded to whole points."""


def totals_differ(raw: Raw, results: Shaped, least: pd.DataFrame) -> Iterator[Noted]:
    """A finding for every number below a table that its rows do not give."""
    start = 0
    for table in raw.tables:
        rows = np.arange(len(raw))
        mine = (rows >= start) & (rows < start + len(table))
        start += len(table)
        for excel, cells in table.sums if mine.any() else []:
            words = normalised(
                next((c for c in cells if isinstance(c, str) and re.search(r"[а-яё]", c.lower())), "")
            )
            values = [float(n) for n in map(as_number, cells) if n is not FAULT]
            at = int(np.flatnonzero(mine)[-1])
            for message in _differences(words, values, results, mine):
                fix = "Проверьте, весь ли протокол прислан и не правили ли строки"
                yield _told(raw, "exam.total_differs", message, fix, at, excel)
            for message in _other_least(words, values, results, mine, least):
                fix = "Проверьте, за тот ли год загружены минимальные баллы и тот ли это предмет"
                yield _told(raw, "exam.least_score_differs", message, fix, at, excel)


def _told(raw: Raw, rule: str, message: str, fix: str, at: int, excel: int) -> Noted:
    """A warning about a row of sums, which belongs to the submission of the last row above it."""
    found = raw.finding("warning", rule, message, fix, at, None)
    return Noted(found.model_copy(update={"row": excel}), at)


def _differences(words: str, values: list[float], results: Shaped, mine: Mask) -> Iterator[str]:
    rows = results.rows.frame()[mine]
    if (
        words.startswith("всего")
        and values
        and values[-1] not in (len(rows), float((rows["state"] == "действует").sum()))
    ):
        yield f"Всего участников — {number(values[-1])}, а строк с ними — {len(rows)}"
    if words.startswith("средн"):
        known = {n: rows[n].to_numpy(dtype=float) for n in ("primary_score", "score", "mark") if n in rows}
        means = {n: float(np.nanmean(v)) for n, v in known.items() if not np.isnan(v).all()}
        for (name, ours), told in zip(means.items(), values, strict=False):
            if len(values) >= len(means) and abs(ours - told) > CLOSE[name]:
                yield f"Среднее указано {number(told, 2)}, а по строкам выходит {number(ours, 2)}"


def _other_least(
    words: str, values: list[float], results: Shaped, mine: Mask, least: pd.DataFrame
) -> Iterator[str]:
    """The least score below a table of scores against the one in the loaded list."""
    if not words.startswith("минимальн") or not values or least.empty or "score" not in results.rows:
        return
    exam = results.rows.frame()[mine].iloc[0]
    same = (least["school_year"] == exam["school_year"]) & (least["exam"] == exam["procedure"])
    known = least[same & (least["subject"] == exam["subject"])]["min_score"]
    if len(known) and not np.isnan(exam["score"]) and float(known.iloc[-1]) != values[-1]:
        told, ours = number(values[-1]), number(float(known.iloc[-1]))
        yield f"Минимальная граница в протоколе — {told}, а в загруженной таблице минимальных баллов — {ours}"


def scale_differs(raw: Raw, results: Shaped) -> Iterator[Noted]:
    """Of one exam, the same primary score with another result than most have with it."""
    rows = results.rows.frame()
    exam = ["procedure", "subject", "exam_date", "primary_score"]
    for name in (n for n in ("score", "mark") if n in rows and "primary_score" in rows):
        known = rows[rows[name].notna() & rows["primary_score"].notna()]
        most = known.groupby([known[part].astype(object) for part in exam], dropna=False)[name].transform(
            _usual
        )
        for at in known.index[(most != known[name]).to_numpy()]:
            what = "тестовый балл" if name == "score" else "отметка"
            points, given = number(float(rows["primary_score"][at])), number(float(rows[name][at]))
            message = (
                f"За первичный балл {points} здесь {what} {given}, "
                f"а у других участников этого экзамена — {number(float(most[at]))}"
            )
            fix = "Сверьте строку с протоколом: шкала перевода у всех одна"
            yield Noted(raw.finding("warning", "exam.scale_differs", message, fix, int(at), name), int(at))


def _usual(values: Any) -> float:
    return float(values.mode().iloc[0])

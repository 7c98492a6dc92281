"""A specification with a row for every code of a task → one row a task, its codes joined."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from pipelines.cast import as_text
from pipelines.frame import Raw, Shaped
from pipelines.identity import Noted
from pipelines.reshape import Setting, straight
from pipelines.rows import Rows

_BROKEN_WORD = re.compile(r"(?<=[а-яё])- +(?=[а-яё])")
_LEVELS = {"б": "Б", "п": "П", "в": "В"}


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Rows of one task become one; a task whose largest points differ from row to row is told of."""
    shaped = straight(raw, setting, "task_specification")
    rows = shaped.rows
    rows["task"] = [text or None for text in _down(raw, "task")]
    rows["skill"] = [_BROKEN_WORD.sub("", text) or None for text in _down(raw, "skill")]
    rows["level"] = [_LEVELS.get(text[:1].lower(), text) or None for text in _down(raw, "level")]
    groups = _groups(rows)
    first = np.array([group[0] for group in groups], dtype=np.int32)
    _differing(raw, groups, rows, setting)
    one = rows.take(first)
    for name in ("kes", "kt"):
        if name in rows:
            codes = rows[name].astype(object)
            one[name] = pd.Series([_joined(codes.iloc[group]) for group in groups], dtype=object)
    faults = {name: mask[first] for name, mask in shaped.faults.items()}
    return [Shaped("task_specification", one, first, shaped.places, faults)]


def _groups(rows: Rows) -> list[list[int]]:
    """Positions of the rows of each task, in the order of the file."""
    groups: dict[int, list[int]] = {}
    keys = ["school_year", "subject", "grade", "task"]
    for at, number in enumerate(
        rows.frame(keys).groupby(keys, observed=True, sort=False, dropna=False).ngroup()
    ):
        groups.setdefault(int(number), []).append(at)
    return list(groups.values())


def _joined(codes: pd.Series[str]) -> str | None:
    return ";".join(dict.fromkeys(str(code) for code in codes.dropna())) or None


def _down(raw: Raw, name: str) -> list[str]:
    """The texts of a column, carried down over cells left empty by merging."""
    texts = pd.Series([as_text(cell) or None for cell in raw.cells[name]], dtype=object)
    return list(texts.ffill().fillna(""))


def _differing(raw: Raw, groups: list[list[int]], rows: Rows, setting: Setting) -> None:
    for group in groups:
        points = rows["max_points"].iloc[group].dropna()
        if points.nunique() > 1:
            at = int(points.index[-1])
            message = f"У задания {rows['task'].iloc[at]} разные максимальные баллы в разных строках"
            fix = "Оставьте один максимальный балл на задание"
            noted = raw.finding("error", "task_specification.max_differs", message, fix, at, "max_points")
            setting.noted.append(Noted(noted, at))

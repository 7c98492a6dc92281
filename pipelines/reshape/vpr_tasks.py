"""Task columns of a ВПР file: what they are called, the largest points of each, and its level."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.findings import Finding
from pipelines.frame import Cells, Mask, Raw
from pipelines.reshape import Setting

SOURCES = ["specification", "heading", "results"]
"""Where the largest points of a task are known from, the surest first."""
LEVELS = ("Б", "П", "В")
LARGE_SCHOOLS, LARGE_PUPILS = 50, 1000
"""From how many schools and pupils the largest points reached are taken for the largest possible."""
_IN_HEADING = re.compile(r"\((\d+) ?б\.?\)\s*$", re.IGNORECASE)
Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]


def task_columns(raw: Raw) -> dict[str, str]:
    """Name of a task → its column.

    A column that nobody filled stays, so that one school's file says the same as the whole region's; only where
    headings are known to name spare tasks it goes.
    """
    columns = raw.many("task")
    if raw.source.spare_tasks:
        columns = [full for full in columns if (raw.cells[full] != "").any()] or columns
    return {task_name(full.split(":", 1)[1]): full for full in columns}


def task_name(key: str) -> str:
    """«11.3 k1» → «11.3К1», «9,1» → «9.1»: one name whatever alphabet and comma were typed."""
    return key.replace(" ", "").replace(",", ".").translate(str.maketrans("kKк", "ККК"))


def maxima(
    raw: Raw, tasks: dict[str, str], points: Cells, absent: Mask, setting: Setting
) -> tuple[Numbers, Codes]:
    """The largest points of each task and where they are known from (−1 where they are not)."""
    known = [_specified(list(tasks), setting), _in_headings(raw, tasks)]
    if all(np.isnan(found).any() for found in known):
        known.append(_reached_by_many(points, absent, setting))
    largest = np.full(len(tasks), np.nan)
    source = np.full(len(tasks), -1, np.int8)
    for code, found in enumerate(known):
        new = np.isnan(largest) & ~np.isnan(found)
        largest[new], source[new] = found[new], code
    return largest, source


def levels(raw: Raw, tasks: dict[str, str]) -> list[str | None]:
    """Б, П or В over the heading of each task."""
    return [next((t for t in raw.above.get(full, []) if t in LEVELS), None) for full in tasks.values()]


def _specified(tasks: list[str], setting: Setting) -> Numbers:
    """By the loaded specification, whose tasks go by their own numbers or by those of the test."""
    known = setting.references.of_work("task_specification", setting.identity.periods[0])
    if known.empty:
        return np.full(len(tasks), np.nan)
    names = known["task"].astype(str)
    is_coded = any(not task.isdigit() for task in tasks) and not set(tasks) <= set(names)
    plain = _plain if is_coded else str
    keys = known["task_code"].astype(object).map(_plain) if is_coded else names
    declared = dict(zip(keys[::-1], known["max_points"][::-1], strict=True))
    setting.remarks.extend(_undeclared([task for task in tasks if plain(task) not in declared]))
    return np.array([declared.get(plain(task), np.nan) for task in tasks], dtype=float)


def _undeclared(tasks: list[str]) -> list[Finding]:
    """Tasks that the specification of the work does not know: their success cannot be computed."""
    if not tasks:
        return []
    message = f"В спецификации этой работы нет заданий: {', '.join(tasks)}"
    fix = "Проверьте, та ли это работа, или дополните спецификацию и примите её заново"
    return [Finding(severity="warning", rule="file.task_not_in_specification", message=message, fix=fix)]


def _plain(code: object) -> str:
    return str(code).replace("(", ".").replace(")", "")


def _in_headings(raw: Raw, tasks: dict[str, str]) -> Numbers:
    found = [_IN_HEADING.search(raw.places[full].heading) for full in tasks.values()]
    return np.array([float(m[1]) if m else np.nan for m in found], dtype=float)


def _reached_by_many(points: Cells, absent: Mask, setting: Setting) -> Numbers:
    """What enough schools of a large file reached."""
    if len(setting.identity.schools) < LARGE_SCHOOLS or (~absent).sum() < LARGE_PUPILS:
        return np.full(points.shape[1], np.nan)
    best = pd.DataFrame(points).groupby(setting.identity.school).max()
    enough = max(5.0, len(best) / 100)
    return np.array([_reached(best[at], enough) for at in best.columns], dtype=float)


def _reached(best: pd.Series[float], enough: float) -> float:
    """The largest value that at least so many schools reached."""
    return max(
        (value for value in best.dropna().unique() if value > 0 and (best >= value).sum() >= enough),
        default=np.nan,
    )

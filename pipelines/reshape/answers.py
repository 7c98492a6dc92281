"""What exports of forms have in common: a person may answer twice, and then the latest answer counts."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import numpy as np

from pipelines.cast import FAULT, as_date
from pipelines.findings import Finding
from pipelines.frame import Positions, Raw
from pipelines.reshape import Setting

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


def latest(raw: Raw, setting: Setting) -> Positions:
    """Positions of the rows that count; answers that were given again are told of, not dropped in silence."""
    people, moments = setting.identity.persons["name_id"], _moments(raw)
    best: dict[tuple[int, str], int] = {}
    for at, whose in enumerate(zip(setting.identity.group.tolist(), people, strict=True)):
        if whose[1] and (whose not in best or moments[at] >= moments[best[whose]]):
            best[whose] = at
    keep = sorted([*best.values(), *(at for at, person in enumerate(people) if not person)])
    if again := sorted(set(range(len(raw))) - set(keep)):
        setting.remarks.append(_told_again(raw, again))
    return np.array(keep, dtype=np.int32)


def _moments(raw: Raw) -> list[datetime]:
    return [cell if isinstance(cell, datetime) else _moment(str(cell)) for cell in raw.cells["timestamp"]]


def _moment(text: str) -> datetime:
    """Date and time as a form writes them; before everything where there is none."""
    day, clock = as_date(text), _CLOCK.search(text)
    if day is FAULT:
        return datetime.min
    hours, minutes, seconds = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    moment: datetime = day + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return moment


def _told_again(raw: Raw, again: list[int]) -> Finding:
    rows = ", ".join(str(raw.rows[at]) for at in again[:8]) + (" и другие" if len(again) > 8 else "")
    message = f"Повторные ответы тех же педагогов: учтён последний, прежние не считаются (строки {rows})"
    return Finding(
        severity="info",
        rule="file.answered_again",
        message=message,
        fix="",
        sheet=raw.sheet,
        row=int(raw.rows[again[0]]),
    )

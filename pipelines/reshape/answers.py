"""What exports of forms have in common: a person may answer twice, and then the latest answer counts."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from pipelines.cast import FAULT, as_date
from pipelines.findings import Finding
from pipelines.frame import Positions, Raw
from pipelines.reshape import Setting


def latest(raw: Raw, setting: Setting) -> Positions:
    """Positions of the rows that count; answers that were given again are told of, not dropped in silence."""
    identity = setting.identity
    rows = pd.DataFrame({"group": identity.group, "person": identity.persons["name_id"], "at": _moments(raw)})
    rows["order"] = rows["at"].rank(method="first", na_option="top")
    named = rows["person"].notna()
    best = rows[named].sort_values("order").groupby(["group", "person"]).tail(1).index
    keep = np.sort(np.concatenate([best.to_numpy(), np.flatnonzero(~named)])).astype(np.int32)
    again = sorted(set(range(len(raw))) - set(keep.tolist()))
    if again:
        setting.remarks.append(_told_again(raw, again))
    return keep


def _moments(raw: Raw) -> list[pd.Timestamp]:
    return [
        pd.Timestamp(cell) if isinstance(cell, datetime) else _moment(str(cell))
        for cell in raw.cells["timestamp"]
    ]


def _moment(text: str) -> pd.Timestamp:
    """Date and time as a form writes them; NaT where there is none."""
    day = as_date(text)
    if day is FAULT:
        return pd.Timestamp("NaT")
    hours = pd.to_timedelta(
        next((part for part in text.split() if ":" in part), "0:0:0").ljust(5) or "0", errors="coerce"
    )
    return pd.Timestamp(day) + (hours if not pd.isna(hours) else pd.Timedelta(0))


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

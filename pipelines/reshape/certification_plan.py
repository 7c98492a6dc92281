"""The plan of attestation → one row an application, its month as a date."""

from __future__ import annotations

import numpy as np

from pipelines.cast import cast_by
from pipelines.frame import Raw, Shaped
from pipelines.reshape import Setting, straight
from pipelines.reshape.months import month_in
from pipelines.source import normalised


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Straight columns, then the month; where a plan names none, it is the month of the application."""
    shaped = straight(raw, setting, "certification_plan")
    put_month(shaped, raw, setting, "planned_on")
    if "applied_on" in raw.cells:
        own = shaped.rows.array("planned_on")
        if own is None:
            own = np.full(len(raw), np.datetime64("NaT"), dtype="datetime64[s]")
        shaped.rows["planned_on"] = np.where(np.isnat(own), shaped.rows["applied_on"], own)
        shaped.places.setdefault("planned_on", "applied_on")
    return [shaped]


def put_month(shaped: Shaped, raw: Raw, setting: Setting, name: str) -> None:
    """A column of months cast within the file's school year."""
    if name not in raw.cells:
        return
    convert = month_in(setting.identity.periods[0].year)
    empty = frozenset(normalised(word) for word in raw.source.empty)
    shaped.rows[name], shaped.faults[name] = cast_by(raw.cells[name], convert, "date", empty)
    shaped.places[name] = name

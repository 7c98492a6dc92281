"""The register of courses → one row a person and course; what nobody says is read from the title."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from pipelines.cast import FAULT, as_number, as_text, cast_by, categorical
from pipelines.frame import Raw, Shaped
from pipelines.reshape import Setting, straight

RETRAINING_HOURS = 250
"""From so many hours a course is retraining: приказ о ДПО, п. 12."""


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Straight columns, then hours with their unit, kind and topic."""
    shaped = straight(raw, setting, "training_course")
    shaped.rows["hours"], shaped.faults["hours"] = cast_by(raw.cells["hours"], _hours, "number")
    shaped.places["hours"] = "hours"
    if "kind" not in raw.cells:
        long = shaped.rows.array("hours") >= RETRAINING_HOURS
        shaped.rows["kind"] = categorical(["ПК", "ПП"], long.astype(int))
    shaped.rows["topic"] = categorical(topics(raw, setting), np.arange(len(raw)))
    shaped.places["topic"] = "topic" if "topic" in raw.cells else "title"
    return [shaped]


def _hours(cell: Any) -> Any:
    number = as_number(cell)
    if number is not FAULT:
        return number
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?) ?(?:ч|час)\w*\.?", as_text(cell).lower())
    return float(found[1].replace(",", ".")) if found else FAULT


def topics(raw: Raw, setting: Setting) -> list[str | None]:
    """The direction of every row: as said, else by the title."""
    words = setting.words("training_topic")
    said = raw.cells.get("topic", [""] * len(raw))
    titles = (as_text(cell) for cell in raw.cells["title"])
    return [
        words(as_text(topic)) or words(title) or ("Другое" if topic else None)
        for topic, title in zip(said, titles, strict=True)
    ]

"""The list of textbooks: for which grades each is."""

from __future__ import annotations

import re

import numpy as np

from pipelines.cast import as_text
from pipelines.frame import Raw, Shaped
from pipelines.reshape import Setting, straight


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Straight columns; «10–11» is from 10 to 11, and what names no grade is for any."""
    shaped = straight(raw, setting, "textbook")
    grades = [[int(number) for number in re.findall(r"\d+", as_text(cell))] for cell in raw.cells["grade"]]
    shaped.rows["grade_from"] = np.array([min(own, default=np.nan) for own in grades], dtype=float)
    shaped.rows["grade_to"] = np.array([max(own, default=np.nan) for own in grades], dtype=float)
    return [shaped]

"""Requests for courses → one row a person and title, the direction read from the title where nobody says it."""

from __future__ import annotations

import pandas as pd

from pipelines.frame import Raw, Shaped
from pipelines.reshape import Setting, straight
from pipelines.reshape.certification_plan import put_month
from pipelines.reshape.training_course import topics


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Straight columns, then the direction and the wanted month."""
    shaped = straight(raw, setting, "course_request")
    found = pd.Series(topics(raw, setting), dtype=object).fillna("Другое")
    shaped.rows["topic"] = pd.Categorical(found)
    shaped.places["topic"] = "topic" if "topic" in raw.cells else "title"
    put_month(shaped, raw, setting, "wanted_on")
    return [shaped]

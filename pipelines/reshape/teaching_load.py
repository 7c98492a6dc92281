"""The list of hours (тарификация) → one row a teacher or vacancy, subject and class; money never gets here."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipelines.cast import as_text, cast_by, categorical
from pipelines.frame import Cells, Raw, Shaped
from pipelines.reshape import Setting, straight
from pipelines.reshape.staff_cells import VACANCY
from pipelines.reshape.vpr_classes import class_name
from pipelines.source import normalised

KEY = ["school_id", "as_of", "name_id", "post", "subject", "class"]
COUNTS = ("hours", "period_hours", "rate")


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Straight columns, then subjects and classes by their names; halves of one class are added."""
    shaped = straight(raw, setting, "teaching_load")
    names = raw.cells["person"]
    vacant = np.array([bool(VACANCY.match(str(name))) for name in names], dtype=bool)
    shaped.rows["is_vacancy"] = pd.array(vacant, dtype="boolean")
    subject, group = setting.words("subject"), setting.words("post_group")
    empty = frozenset(normalised(word) for word in raw.source.empty)
    for name, convert in (
        ("subject", lambda cell: subject(as_text(cell)) or as_text(cell)),
        ("class", lambda cell: class_name(as_text(cell), None)),
    ):
        if name in raw.cells:
            shaped.rows[name] = cast_by(raw.cells[name], convert, "text", empty)[0]
    posts = [as_text(cell) for cell in raw.cells.get("post", np.full(len(raw), "Учитель", dtype=object))]
    shaped.rows["post"] = categorical([post or None for post in posts], np.arange(len(posts)))
    shaped.rows["post_group"] = categorical([group(post) for post in posts], np.arange(len(posts)))
    return [_added(shaped)]


def _added(shaped: Shaped) -> Shaped:
    """A subject taught to two halves of a class stands twice: its hours are added in the first row."""
    rows = shaped.rows
    key = [name for name in KEY if name in rows]
    said = rows.frame(key)
    plain = said.astype(object).where(said.notna(), "")
    again = plain.duplicated() & (plain["name_id"] != "")
    if not again.any():
        return shaped
    codes: Cells = pd.MultiIndex.from_frame(plain).factorize()[0]
    for name in (n for n in COUNTS if n in rows):
        sums = rows[name].groupby(codes).transform("sum", min_count=1)
        rows[name] = sums.to_numpy()
    return shaped.take((~again).to_numpy())

"""Results of appeals and rechecks: what replaces a participant's earlier result."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipelines.frame import Raw, Shaped
from pipelines.reshape import Setting, straight
from pipelines.reshape.exam_protocol import BASIC

MARKS = (2, 3, 4, 5)


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Straight columns; the result of basic mathematics is a mark."""
    shaped = straight(raw, setting, "exam_appeal")
    rows = shaped.rows
    if "score" in rows:
        mark = rows["mark"] if "mark" in rows else pd.Series(np.nan, index=range(len(rows)))
        basic = (rows["subject"].astype(str) == BASIC) & rows["score"].isin(MARKS)
        rows["mark"] = mark.where(~basic, rows["score"])
        rows["score"] = rows["score"].mask(basic)
    return [shaped]

"""Sums that stand among the rows of a form, held to the rows that they sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.cast import as_text
from pipelines.frame import Cells, Mask, Raw, Shaped
from pipelines.identity import Noted
from pipelines.messages import shown
from pipelines.rows import Rows
from pipelines.words import NBSP, number

CLOSE = 1.0
"""Percentage points that rounding may take."""
_RANGE = re.compile(r"^(\d{1,2}) ?[-–—] ?(\d{1,2})( ?(кл|-?е|-?х)\S*)*$")


@dataclass(frozen=True)
class Span:
    """Grades that a row of sums is about."""

    first: int
    last: int


def span_of(text: str) -> Span | None:
    """«1–4», «5-9 классы», «10-11 кл.»."""
    found = _RANGE.match(text)
    return Span(int(found[1]), int(found[2])) if found and int(found[1]) < int(found[2]) <= 12 else None


def totals_differ(
    raw: Raw, shaped: Shaped, spans: Sequence[Span | None], counts: Sequence[str], group: Cells
) -> Iterator[Noted]:
    """A finding for every number in a row of sums that the classes do not give."""
    classes = np.array([span is None for span in spans], dtype=bool)
    for at, span in enumerate(spans):
        if span is not None:
            summed = classes & (group == group[at]) & _within(shaped.rows, span)
            yield from _counts_differ(raw, shaped.rows, at, summed, counts)
            yield from _percents_differ(raw, shaped.rows, at, summed)


def _within(rows: Rows, span: Span) -> Mask:
    """Classes of these grades; a combined class belongs where all its grades do."""
    named = [re.match(r"(\d+)-(\d+)$", str(name)) for name in rows["class"]]
    low = np.array([float(m[1]) if m else g for m, g in zip(named, rows["grade"], strict=True)])
    high = np.array([float(m[2]) if m else g for m, g in zip(named, rows["grade"], strict=True)])
    return np.asarray((low >= span.first) & (high <= span.last), dtype=bool)


def _counts_differ(raw: Raw, rows: Rows, at: int, summed: Mask, counts: Sequence[str]) -> Iterator[Noted]:
    for name in (name for name in counts if name in raw.cells):
        told, ours = rows[name].iloc[at], np.nansum(rows[name][summed].to_numpy(dtype=float))
        if not np.isnan(told) and told != ours:
            message = (
                f"В строке «{_row(raw, at)}» в столбце «{raw.places[name].heading}» стоит {number(told)}, "
                f"а по классам выходит {number(float(ours))}"
            )
            fix = "Исправьте число в строке класса или в строке итога"
            yield Noted(raw.finding("warning", "file.total_differs", message, fix, at, name), at)


def _percents_differ(raw: Raw, rows: Rows, at: int, summed: Mask) -> Iterator[Noted]:
    if "certified" not in raw.cells:
        return
    sums = {n: float(np.nansum(rows[n][summed].to_numpy(dtype=float))) for n in
            ("certified", "pupils_end", "failing", "fives", "fours") if n in rows}  # fmt: skip
    good = {
        "pass_percent": sums["certified"] - sums.get("failing", 0),
        "quality_percent": sums.get("fives", 0) + sums.get("fours", 0),
    }
    for name in (name for name in good if name in raw.cells):
        told = float(rows[name].iloc[at])
        wholes = [sums[n] for n in ("certified", "pupils_end") if sums.get(n)]
        ours = [100 * good[name] / whole for whole in wholes]
        if ours and not np.isnan(told) and all(abs(told - one) > CLOSE for one in ours):
            yield _percent_differs(raw, at, name, told, ours[0], rows[name][summed])


def _percent_differs(
    raw: Raw, at: int, name: str, told: float, ours: float, classes: pd.Series[float]
) -> Noted:
    mean = float(np.nanmean(classes.to_numpy(dtype=float))) if classes.notna().any() else np.nan
    cause = " Похоже на среднее из процентов по классам." if abs(told - mean) < 0.1 else ""
    message = (
        f"В строке «{_row(raw, at)}» в столбце «{raw.places[name].heading}» стоит {shown(round(told, 1))}{NBSP}%, "
        f"а по числам учащихся выходит {number(ours, 1)}{NBSP}%.{cause}"
    )
    fix = "Процент считают по сумме учащихся, а не усредняют по классам"
    return Noted(raw.finding("warning", "file.total_percent_differs", message, fix, at, name), at)


def _row(raw: Raw, at: int) -> str:
    return as_text(raw.cells["class"][at])

"""The district's form of a quarter or a year → one row a class; sums among the rows are held to the classes."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import numpy as np

from pipelines.cast import as_text, categorical
from pipelines.frame import Cells, Raw, Shaped
from pipelines.reshape import Setting, straight
from pipelines.reshape.marks import as_percents, counted, without_names
from pipelines.reshape.totals import Span, span_of, totals_differ
from pipelines.reshape.vpr_classes import class_name
from pipelines.source import normalised

COUNTS = (
    "pupils_start", "arrived", "departed", "pupils_end", "certified", "fives", "fours", "one_four", "one_three",
    "failing", "failing_one", "failing_two", "failing_more", "not_certified", "not_certified_illness",
    "not_certified_truancy",
)  # fmt: skip
PERCENTS = ("pass_percent", "quality_percent", "sou_percent")
_WORDS = {
    "начальн": Span(1, 4), "основн": Span(5, 9), "средн": Span(10, 11), "старш": Span(10, 11),
}  # fmt: skip
_WHOLE = re.compile(r"^(итого|всего|итог|по школе|в целом)")


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """One row a class; what stands in rows of sums is only compared."""
    for name in COUNTS:
        if name in raw.cells:
            raw.cells[name][:] = without_names(raw.cells[name], raw.source.empty)
    for name in PERCENTS:
        if name in raw.cells:
            raw.cells[name][:] = as_percents(raw.cells[name])
    shaped = straight(raw, setting, "class_marks")
    texts = [_text(cell) for cell in raw.cells["class"]]
    spans = _spans(texts, setting.identity.group)
    _fill(shaped, texts)
    setting.noted.extend(totals_differ(raw, shaped, spans, COUNTS, setting.identity.group))
    return [shaped.take(np.array([span is None for span in spans], dtype=bool))]


def _fill(shaped: Shaped, texts: list[str]) -> None:
    rows = shaped.rows
    rows["class"] = categorical([class_name(text, None) for text in texts], np.arange(len(texts)))
    shaped.places["class"] = shaped.places["grade"] = "class"
    rows["grade"] = [grade_of(text) for text in texts]
    if "not_certified" not in rows:
        reasons = [n for n in ("not_certified_illness", "not_certified_truancy") if n in rows]
        if reasons:
            rows["not_certified"] = counted([rows[name] for name in reasons])
            shaped.places["not_certified"] = reasons[0]


def _text(cell: Any) -> str:
    """The class as typed; «5-9» that a spreadsheet took for the 5th of September is «5-9» again."""
    return f"{cell.day}-{cell.month}" if isinstance(cell, date) else as_text(cell)


def grade_of(text: str) -> float:
    """The grade that the name of a class begins with; none for a combined class."""
    found = re.match(r"0?(\d{1,2})(?! ?[-–—] ?\d)(?!\d)", text)
    return float(found[1]) if found and 1 <= int(found[1]) <= 11 else np.nan


def _spans(texts: list[str], group: Cells) -> list[Span | None]:
    """Which rows are sums, and of which grades; «2-4» with no class of its own above it is a combined class."""
    found: list[Span | None] = []
    for at, text in enumerate(texts):
        above = [grade_of(texts[i]) for i in range(at) if group[i] == group[at] and found[i] is None]
        found.append(_span(text, above))
    return found


def _span(text: str, above: list[float]) -> Span | None:
    plain = normalised(text)
    bare = _WHOLE.sub("", plain).strip(" :-–—по")
    said = span_of(bare)
    if said and (bare != plain or any(said.first <= grade <= said.last for grade in above)):
        return said
    if said:
        return None
    level = next((span for stem, span in _WORDS.items() if bare.startswith(stem)), None)
    return level or (Span(1, 11) if _WHOLE.match(plain) else None)

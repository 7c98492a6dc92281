"""What may be said at which n: the display policy for small numbers, in one place.

Cards, charts, tooltips, tables and downloads take their texts and values from `shown`, and nothing else
decides what is hidden, greyed or called a change (district audience: chief and methodists).

| n     | said                                  | drawn                     | verdict |
|-------|---------------------------------------|---------------------------|---------|
| 0     | «нет данных» and why                  | nothing                   | no      |
| 1–4   | «k из n»                              | nothing                   | no      |
| 5–9   | «k из n», the interval on hover       | grey hollow mark          | no      |
| 10–19 | %, interval, «малая выборка»          | mark with interval        | no      |
| ≥ 20  | %, interval                           | mark with interval        | yes     |
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Literal

from dashboard.blocks import Tone
from dashboard.intervals import newcombe
from dashboard.words import HIDDEN, NBSP, NO_DATA, number, out_of, percent, plain, span

Kind = Literal["share", "mean", "ratio", "count"]
SMALL_SAMPLE, TOO_SMALL = "малая выборка", "слишком мало для процента"


class Band(IntEnum):
    """How much a number of this size may say."""

    NONE = 0
    COUNTS = 1
    GREY = 2
    SMALL = 3
    FULL = 4


def band(n: float) -> Band:
    """The band of the display policy."""
    limits = ((1, Band.NONE), (5, Band.COUNTS), (10, Band.GREY), (20, Band.SMALL))
    return next((found for limit, found in limits if n < limit), Band.FULL)


@dataclass(frozen=True)
class Measure:
    """One number with what stands behind it, as `dashboard.values` returns it."""

    numerator: float
    denominator: float
    n: float
    value: float | None = None
    low: float | None = None
    high: float | None = None
    kind: Kind = "share"
    unit: str = "%"
    note: str = ""
    """Why there is no value («нет шкалы»)."""

    @property
    def share(self) -> float:
        """Numerator over denominator, as a fraction."""
        return self.numerator / self.denominator

    @property
    def is_hidden(self) -> bool:
        """Withheld from this audience (`dashboard.audience`); the note says why."""
        return self.note.startswith(HIDDEN)


@dataclass(frozen=True)
class Shown:
    """A measure as it may be shown."""

    text: str
    """The main figure: «43,2 %», «3 из 4», «нет данных»."""
    count: str = ""
    """What stands beside a percent: «19 из 44»."""
    short: str = ""
    """The count in few letters, for the margin of a chart: «19 из 44», «n = 12»."""
    interval: str = ""
    note: str = ""
    band: Band = Band.NONE
    value: float | None = None
    """The number that may be written, coloured and downloaded."""
    position: float | None = None
    """Where a mark may stand on an axis: also the grey ones."""
    low: float | None = None
    high: float | None = None

    @property
    def has_verdict(self) -> bool:
        """May be compared, coloured and called high or low."""
        return self.band is Band.FULL and self.value is not None

    @property
    def hover(self) -> str:
        """Everything in one line, for a tooltip."""
        interval = f"95{NBSP}% интервал {self.interval}" if self.interval else ""
        return "; ".join(part for part in (self.text, self.count, interval, self.note) if part)


@lru_cache(maxsize=20_000)
def shown(measure: Measure) -> Shown:
    """Decide what of a measure may be shown."""
    size = band(measure.n)
    if measure.is_hidden:
        return Shown(HIDDEN, note=measure.note)
    if size is Band.NONE or (measure.value is None and measure.kind != "share"):
        return Shown(NO_DATA, note=measure.note)
    if measure.kind in ("count", "ratio"):
        return _census(measure)
    if measure.value is None and measure.note:
        return Shown(NO_DATA, note=measure.note)
    return _counts(measure, size) if size <= Band.GREY else _full(measure, size)


def _census(measure: Measure) -> Shown:
    """Counts of things and ratios of two counts: no sample, so no interval and no band."""
    text = plain(measure.value or 0) if measure.kind == "count" else number(measure.value or 0, 1)
    count = out_of(measure.numerator, measure.denominator) if measure.kind == "ratio" else ""
    return Shown(text, count=count, short=text, band=Band.FULL, value=measure.value, position=measure.value)


def _counts(measure: Measure, size: Band) -> Shown:
    grey = size is Band.GREY
    return Shown(
        text=_count(measure) if measure.kind == "share" else _size(measure),
        short=_short(measure),
        interval=_interval(measure) if grey else "",
        note=TOO_SMALL if grey else f"{TOO_SMALL} и интервала",
        band=size,
        position=measure.value if grey else None,
        low=measure.low if grey else None,
        high=measure.high if grey else None,
    )


def _full(measure: Measure, size: Band) -> Shown:
    value = measure.value or 0
    return Shown(
        text=percent(value) if measure.unit == "%" else number(value, 2),
        count=_count(measure),
        short=_short(measure),
        interval=_interval(measure),
        note=SMALL_SAMPLE if size is Band.SMALL else "",
        band=size,
        value=measure.value,
        position=measure.value,
        low=measure.low,
        high=measure.high,
    )


def _count(measure: Measure) -> str:
    if measure.kind == "mean":
        return _size(measure)
    counted = out_of(measure.numerator, measure.denominator)
    return counted if measure.denominator == measure.n else f"{counted} баллов, {_size(measure)}"


def _short(measure: Measure) -> str:
    is_of_people = measure.kind == "share" and measure.denominator == measure.n
    return out_of(measure.numerator, measure.denominator) if is_of_people else _size(measure)


def _size(measure: Measure) -> str:
    return f"n{NBSP}={NBSP}{plain(measure.n)}"


def _interval(measure: Measure) -> str:
    if measure.low is None or measure.high is None:
        return ""
    return span(measure.low, measure.high) if measure.unit == "%" else span(measure.low, measure.high, "", 1)


@dataclass(frozen=True)
class Change:
    """A difference from the year before, in words."""

    text: str
    tone: Tone
    glyph: str
    beyond_chance: bool = False


def change(now: Measure, before: Measure | None, better: str | None) -> Change:
    """Word the difference of two shares: only n ≥ 20 on both sides may be called a change."""
    if before is None or not before.n:
        return Change("год назад данных нет", "muted", "○")
    if min(band(now.n), band(before.n)) is not Band.FULL or not _has_shares(now, before):
        return Change("мало данных для вывода о динамике", "muted", "○")
    return _worded(now, before, better)


def _has_shares(*measures: Measure) -> bool:
    return all(m.kind == "share" and m.denominator > 0 and m.value is not None for m in measures)


def _worded(now: Measure, before: Measure, better: str | None) -> Change:
    difference = now.share - before.share
    low, high = newcombe(now.share * now.n, now.n, before.share * before.n, before.n)
    if abs(difference) < 0.0005:
        return Change("как год назад", "plain", "●")
    side = "выше" if difference > 0 else "ниже"
    if low <= 0 <= high:
        return Change(f"{side} прошлого года; в{NBSP}пределах случайного", "plain", "●")
    tone: Tone = "watch"
    if better:
        tone = "good" if (difference > 0) == (better == "higher") else "bad"
    return Change(f"{side} прошлого года; больше случайного", tone, "▲" if difference > 0 else "▼", True)

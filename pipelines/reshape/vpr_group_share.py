"""Marks, primary scores or the comparison with the journal by groups → one row a group and a part of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.cast import as_text, categorical
from pipelines.contract import Table
from pipelines.frame import Cells, Mask, Raw, Shaped
from pipelines.identity import Noted
from pipelines.reshape import Setting
from pipelines.reshape.vpr_group import Numbers, Percents, counted, percents, territories, told
from pipelines.rows import Rows
from pipelines.source import SHARE
from pipelines.words import NBSP, number

TABLE = "vpr_group_share"
SIDES = {"понизили": "lowered", "подтвердили": "confirmed", "повысили": "raised"}
CLOSE = 0.2
"""Percentage points by which the parts of a whole may miss a hundred."""


@dataclass(frozen=True)
class Parts:
    """What the columns of the report say: categories × rows."""

    breakdown: str
    columns: dict[str, str]
    """Category → column of its percents."""
    counts: dict[str, str]
    """Category → column of its pupils, where the report has them."""


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """One row a category; the parts of a whole are added up."""
    table = setting.declared.tables[TABLE]
    parts, rows = parts_of(raw), territories(raw, setting)
    unread = told(raw, rows, table)
    read = percents([raw.cells[c] for c in parts.columns.values()])
    if SHARE in parts.columns.values():
        return [_by_rows(raw, rows, read, setting)]
    setting.noted.extend(_not_a_whole(raw, parts, read))
    return [_long(raw, rows, parts, read, unread, table)]


def parts_of(raw: Raw) -> Parts:
    """Which report it is and where its categories stand."""
    if "mark_2" in raw.places:
        return Parts("mark", {mark: f"mark_{mark}" for mark in "2345"}, {})
    if scores := raw.many("score"):
        return Parts("score", {full.split(":", 1)[1]: full for full in scores}, {})
    if SHARE in raw.cells and "part" in raw.cells:
        return Parts("journal", {"": SHARE}, {})
    sides = [side for side in SIDES.values() if f"{side}_percent" in raw.cells]
    counts = {side: f"{side}_count" for side in sides if f"{side}_count" in raw.cells}
    return Parts("journal", {side: f"{side}_percent" for side in sides}, counts)


def _long(
    raw: Raw, rows: Rows, parts: Parts, read: Percents, unread: dict[str, Mask], table: Table
) -> Shaped:
    """Rows × categories, in the order of the file's rows; a cell in which nothing stands gives none."""
    size, categories = len(raw), list(parts.columns)
    origin = np.tile(np.arange(size, dtype=np.int32), len(categories))
    full = rows.take(origin)
    full["breakdown"] = categorical([parts.breakdown], np.zeros(len(full), dtype=int))
    full["category"] = categorical(categories, np.repeat(np.arange(len(categories)), size))
    full["percent"], full["precision"] = read.values.ravel(), read.precision
    found = [counted(raw, parts.counts.get(c, ""), table, "pupils") for c in categories]
    given, ungiven = (np.concatenate([one[part] for one in found]) for part in (0, 1))
    full["pupils"] = np.where(np.isnan(given), np.rint(full["percent"] * full["participants"] / 100), given)
    cells = np.repeat(np.array(list(parts.columns.values()), dtype=object), size)
    places: dict[str, str | Cells] = dict.fromkeys(("territory", "school_id"), raw.source.group_column)
    places |= {"percent": cells, "participants": "participants", "schools": "schools"}
    if parts.counts:
        places["pupils"] = np.repeat(np.array([parts.counts[c] for c in categories], dtype=object), size)
    masks = {"percent": read.faults.ravel(), "pupils": ungiven} | {
        n: mask[origin] for n, mask in unread.items()
    }
    shaped = Shaped(TABLE, full, origin, places, {name: mask for name, mask in masks.items() if mask.any()})
    order = np.argsort(origin, kind="stable")
    filled = np.array([raw.cells[name][at] != "" for name, at in zip(cells, origin, strict=True)], dtype=bool)
    return shaped.take(order[filled[order]])


def _by_rows(raw: Raw, rows: Rows, read: Percents, setting: Setting) -> Shaped:
    """A row for each side of the comparison; «Всего» says how many there are."""
    words = [as_text(cell).lower() for cell in raw.cells["part"]]
    rows["breakdown"] = categorical(["journal"], np.zeros(len(rows), dtype=int))
    rows["category"] = categorical([SIDES.get(word) for word in words], np.arange(len(words)))
    rows["percent"], rows["precision"], rows["pupils"] = read.values[0], read.precision, rows["participants"]
    named = [as_text(cell) for cell in raw.cells[raw.source.group_column]]
    rows["participants"] = _wholes(named, words, rows["participants"].to_numpy(dtype=float))
    origin = np.arange(len(raw), dtype=np.int32)
    places: dict[str, str | Cells] = {
        "percent": SHARE,
        "participants": "participants",
        "pupils": "participants",
    }
    places |= dict.fromkeys(("territory", "school_id"), raw.source.group_column)
    setting.noted.extend(_rows_not_a_whole(raw, named, words, read))
    shaped = Shaped(TABLE, rows, origin, places, {"percent": read.faults[0]} if read.faults.any() else {})
    return shaped.take(rows["category"].notna().to_numpy())


def _wholes(named: list[str], words: list[str], counts: Numbers) -> Numbers:
    """Participants of a group: its row «Всего», else the sum of its sides."""
    table = pd.DataFrame({"group": named, "word": words, "count": counts})
    told = table[table["word"] == "всего"].groupby("group")["count"].first()
    summed = table[table["word"].isin(list(SIDES))].groupby("group")["count"].sum()
    return table["group"].map(told.combine_first(summed)).to_numpy(dtype=float)


def _not_a_whole(raw: Raw, parts: Parts, read: Percents) -> Iterator[Noted]:
    sums = np.nansum(read.values, axis=0)
    for at in np.flatnonzero(~np.isnan(read.values).all(axis=0)):
        if _misses(float(sums[at]), len(parts.columns), read.precision):
            yield _differs(raw, int(at), next(iter(parts.columns.values())), float(sums[at]))


def _rows_not_a_whole(raw: Raw, named: list[str], words: list[str], read: Percents) -> Iterator[Noted]:
    table = pd.DataFrame({"group": named, "at": np.arange(len(named)), "value": read.values[0]})
    sides = table[pd.Series(words).isin(list(SIDES))]
    for _, own in sides.groupby("group", sort=False):
        total = float(own["value"].sum())
        if _misses(total, len(own), read.precision):
            yield _differs(raw, int(own["at"].iloc[0]), SHARE, total)


def _misses(total: float, parts: int, precision: float) -> bool:
    """Whether the parts miss a hundred by more than rounding."""
    return abs(total - 100) > max(CLOSE, parts * precision) + 1e-9


def _differs(raw: Raw, at: int, column: str, total: float) -> Noted:
    message = f"Проценты в строке складываются в {number(total, 2)}{NBSP}%, а не в 100{NBSP}%"
    fix = "Сверьте строку с отчётом в личном кабинете ФИС ОКО или скачайте его заново"
    return Noted(raw.finding("warning", "group.not_a_whole", message, fix, at, column), at)

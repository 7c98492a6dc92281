"""Success in tasks by groups, whichever way the report is turned → one row a group and a task."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from pipelines.cast import FAULT, as_number, as_text, categorical
from pipelines.frame import Cells, Mask, Raw, Shaped
from pipelines.reshape import Setting
from pipelines.reshape.vpr_group import Numbers, counted, percents, territories, told
from pipelines.reshape.vpr_tasks import task_name
from pipelines.rows import Rows
from pipelines.source import SHARE

TABLE = "vpr_group_task"
EVERYBODY = "all"


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """One row a task of every group that has a percent for it."""
    rows = territories(raw, setting)
    table = setting.declared.tables[TABLE]
    unread = told(raw, rows, table)
    rows["mark_group"] = categorical(_mark_groups(raw), np.arange(len(raw)))
    shaped = _planned(raw, rows, setting) if raw.source.unpivot else _by_columns(raw, rows)
    shaped.faults |= {name: mask[shaped.origin] for name, mask in unread.items() if mask.any()}
    _recover(shaped.rows, setting)
    return [shaped]


def _mark_groups(raw: Raw) -> list[str]:
    if "mark_group" not in raw.cells:
        return [EVERYBODY] * len(raw)
    found = [re.search(r"[2-5]", as_text(cell)) for cell in raw.cells["mark_group"]]
    return [m[0] if m else EVERYBODY for m in found]


def _by_columns(raw: Raw, rows: Rows) -> Shaped:
    """A column a task; the largest points stand in a row of their own."""
    columns = raw.many("task")
    read = percents([raw.cells[full] for full in columns])
    size, tasks = len(raw), [task_name(full.split(":", 1)[1]) for full in columns]
    origin = np.tile(np.arange(size, dtype=np.int32), len(columns))
    full = rows.take(origin)
    full["task"] = categorical(list(tasks), np.repeat(np.arange(len(tasks)), size))
    full["percent"], full["precision"] = read.values.ravel(), read.precision
    full["max_points"] = np.repeat([_largest(raw, name) for name in columns], size)
    cells = np.repeat(np.array(columns, dtype=object), size)
    return _shaped(raw, full, origin, read.faults.ravel(), cells, {"max_points": cells})


def _largest(raw: Raw, column: str) -> float:
    """From the row «Макс. балл», else from the heading «3К1 (2б)»."""
    index = raw.places[column].index
    for _, row in raw.sums:
        if as_text(row[0] if row else "").lower().startswith("макс") and index < len(row):
            found = as_number(row[index])
            return float("nan") if found is FAULT else float(found)
    said = re.search(r"\((\d+) ?б", raw.places[column].heading)
    return float(said[1]) if said else float("nan")


def _planned(raw: Raw, rows: Rows, setting: Setting) -> Shaped:
    """A row a task; a task that several requirements name is taken once."""
    table = setting.declared.tables[TABLE]
    read = percents([raw.cells[SHARE]])
    numbers = [as_text(cell).rstrip(".") for cell in raw.cells["number"]]
    rows["task"] = categorical([task_name(text) or None for text in numbers], np.arange(len(raw)))
    rows["skill"] = categorical([as_text(cell) or None for cell in raw.cells["skill"]], np.arange(len(raw)))
    rows["max_points"], unread = counted(raw, "max_points", table)
    rows["percent"], rows["precision"] = read.values[0], read.precision
    origin = np.arange(len(raw), dtype=np.int32)
    cells = np.full(len(raw), SHARE, dtype=object)
    places: dict[str, Any] = {"task": "number", "skill": "skill", "max_points": "max_points"}
    shaped = _shaped(raw, rows, origin, read.faults[0], cells, places)
    if unread.any():
        shaped.faults["max_points"] = unread[shaped.origin]
    return shaped.take(~shaped.rows.frame(["territory_level", "territory", "task"]).duplicated().to_numpy())


def _shaped(raw: Raw, rows: Rows, origin: Cells, faults: Mask, cells: Cells, more: dict[str, Any]) -> Shaped:
    places: dict[str, str | Cells] = dict.fromkeys(("territory", "school_id"), raw.source.group_column)
    places |= {"percent": cells, "participants": "participants", "schools": "schools", **more}
    places |= {"mark_group": "mark_group"} if "mark_group" in raw.cells else {}
    shaped = Shaped(TABLE, rows, origin, places, {"percent": faults} if faults.any() else {})
    order = np.argsort(origin, kind="stable")
    filled = [raw.cells[name][at] != "" for name, at in zip(cells, origin, strict=True)]
    return shaped.take(order[np.array(filled, dtype=bool)[order]])


def _recover(rows: Rows, setting: Setting) -> None:
    """Points behind a percent; the largest points by the specification where the file is silent."""
    known = setting.references.of_work("task_specification", setting.identity.periods[0])
    if not known.empty:
        code = known["task_code"].fillna(known["task"]).astype(str).map(task_name)
        largest = dict(zip(code, known["max_points"].astype(float), strict=True))
        rows["max_points"] = rows["max_points"].fillna(rows["task"].astype(object).map(largest))
    possible: Numbers = (rows["participants"] * rows["max_points"]).to_numpy(dtype=float)
    rows["points"] = np.rint(rows["percent"].to_numpy(dtype=float) * possible / 100)

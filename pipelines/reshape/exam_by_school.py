"""The region's form of ЕГЭ by school → one row a subject in a school, and the totals of areas beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipelines.cast import as_text, cast, categorical
from pipelines.frame import Cells, Mask, Raw, Shaped
from pipelines.identity import Noted, area_rows
from pipelines.reshape import Setting
from pipelines.rows import Rows
from pipelines.schools import municipality
from pipelines.source import normalised
from pipelines.words import in_quotes, number

COUNTS = ("participants", "below_min", "high", "hundred", "applied")
MEASURES = (*COUNTS, "mean_score")
_REGION = re.compile(r"субъект российской федерации[\s_:]*([^_]+?)[\s_]*$", re.IGNORECASE)
CLOSE = 0.51
"""Points of a mean that rounding and means of means may take."""


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Schools and areas; the totals are held to the schools under them."""
    areas = area_rows(raw)
    whole = _long(raw, setting)
    of_area = areas[whole.origin]
    schools, totals = whole.take(~of_area), whole.take(of_area)
    schools.table, totals.table = "exam_school", "exam_area"
    _name_areas(totals, raw)
    setting.noted.extend(_totals_differ(raw, setting, whole, areas))
    return [schools, totals]


def _long(raw: Raw, setting: Setting) -> Shaped:
    """One row a subject of every row of the form that says anything of it."""
    declared = setting.declared.tables["exam_school"]
    subjects = _subjects(raw, setting)
    parts, faults = [], []
    for key, subject in subjects.items():
        columns, wrong = {}, {}
        for name in MEASURES:
            full = f"{name}:{key}"
            cells = raw.cells.get(full, np.full(len(raw), "", dtype=object))
            columns[name], wrong[name] = cast(
                cells, declared.columns[name], None, frozenset({"-", "х", "x", "–", "—"})
            )
        frame = pd.DataFrame(columns).assign(subject=subject, key=key, at=np.arange(len(raw)))
        said = (frame[list(MEASURES)] > 0).any(axis=1).to_numpy() | np.logical_or.reduce(list(wrong.values()))
        parts.append(frame[said])
        faults.append(pd.DataFrame(wrong)[said])
    rows = pd.concat(parts, ignore_index=True)
    return _shaped(rows, pd.concat(faults, ignore_index=True), raw, setting)


def _shaped(rows: pd.DataFrame, faults: pd.DataFrame, raw: Raw, setting: Setting) -> Shaped:
    origin = rows["at"].to_numpy(dtype=np.int32)
    graduates, wrong = cast(
        raw.cells["graduates"],
        setting.declared.tables["exam_school"].columns["graduates"],
        None,
        frozenset({"х", "x", "-"}),
    )
    full = rows[["subject", *MEASURES]].assign(graduates=np.asarray(graduates)[origin])
    for name in ("school_id", "school_year", "procedure"):
        column = setting.identity.column(name)
        assert column is not None  # identity fills these for every file
        full[name] = pd.Series(column).take(origin).reset_index(drop=True)
    places: dict[str, str | Cells] = {n: (n + ":" + rows["key"]).to_numpy(dtype=object) for n in MEASURES}
    places["graduates"], places["school_id"] = "graduates", "school"
    for name in COUNTS:
        full[name] = full[name].where(
            full[name].notna() | full["participants"].isna() | (name == "applied"), 0
        )
    masks = {n: faults[n].to_numpy() for n in MEASURES} | {"graduates": wrong[origin]}
    return Shaped("exam_school", Rows.of(full), origin, places, {n: m for n, m in masks.items() if m.any()})


def _subjects(raw: Raw, setting: Setting) -> dict[str, str]:
    """Part of a heading that names a subject → the subject."""
    keys = list(dict.fromkeys(full.split(":", 1)[1] for name in MEASURES for full in raw.many(name)))
    words = setting.words("subject")
    return {key: words(key) or key[:1].upper() + key[1:] for key in keys}


def _name_areas(totals: Shaped, raw: Raw) -> None:
    names = [as_text(raw.cells["area"][at]) for at in totals.origin]
    is_region = np.array([_is_region(name) for name in names], dtype=bool)
    region = next((m[1] for line in raw.titles if (m := _REGION.search(line))), "")
    called = [region if region and _is_region(name) else municipality(name) for name in names]
    totals.rows["area"] = categorical(called, np.arange(len(names)))
    totals.rows["level"] = categorical(
        ["region" if region else "municipality" for region in is_region], np.arange(len(names))
    )
    del totals.rows["school_id"]
    totals.places["area"] = totals.places["level"] = "area"
    totals.places.pop("school_id")


def _is_region(name: str) -> bool:
    return normalised(name).startswith(("всего", "итого", "по региону", "регион"))


def _totals_differ(raw: Raw, setting: Setting, whole: Shaped, areas: Mask) -> Iterator[Noted]:
    """Every count and mean of an area against its schools; the region against its areas."""
    names = [as_text(cell) for cell in raw.cells["area"]]
    rows = whole.rows.frame().assign(at=whole.origin)
    keys = _subjects(raw, setting)
    for at in np.flatnonzero(areas):
        under = _under(int(at), names, areas, setting.identity.period)
        if not under or (
            _is_region(names[at]) and not _is_whole(int(at), names, areas, setting.identity.period)
        ):
            continue
        own = rows[rows["at"] == at].set_index("subject")
        parts = rows[rows["at"].isin(under)]
        for subject, told in own.iterrows():
            for name, text in _differences(str(subject), told, parts[parts["subject"] == subject]):
                spelled = (f"{name}:{key}" for key, known in keys.items() if known == subject)
                column = next((c for c in spelled if c in raw.cells and raw.cells[c][at] != ""), None)
                yield _differs(raw, int(at), text, column)


def _is_whole(at: int, names: list[str], areas: Mask, sheet: Cells) -> bool:
    """Whether a sheet has the schools of all municipalities, not those of one cut out for its own use."""
    others = [int(i) for i in np.flatnonzero(areas & (sheet == sheet[at])) if i != at]
    return len(others) != 1 and all(_under(i, names, areas, sheet) for i in others)


def _under(at: int, names: list[str], areas: Mask, sheet: Cells) -> list[int]:
    """Rows of schools that a total sums: to the next area, or, of the region, all on the sheet."""
    after = [i for i in range(at + 1, len(names)) if sheet[i] == sheet[at]]
    if _is_region(names[at]):
        return [i for i in after if not areas[i]]
    end = next((i for i in after if areas[i]), len(names))
    return [i for i in after if i < end]


def _differences(subject: str, told: pd.Series[float], parts: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Measures that the schools do not give, and in words how."""
    for name in COUNTS:
        value, ours = told[name], float(parts[name].sum())
        if not np.isnan(value) and value != ours:
            yield name, f"{subject}: стоит {number(float(value))}, а по школам выходит {number(ours)}"
    known = parts[parts["participants"].gt(0) & parts["mean_score"].notna()]
    if told["participants"] > 0 and len(known) and not np.isnan(told["mean_score"]):
        ours = float((known["mean_score"] * known["participants"]).sum() / known["participants"].sum())
        mean, plain = float(told["mean_score"]), float(known["mean_score"].mean())
        if abs(ours - mean) > CLOSE:
            cause = " Похоже на среднее из средних по школам." if abs(plain - mean) < 0.02 else ""
            text = f"{subject}: средний балл {number(mean, 2)}, а по школам выходит {number(ours, 2)}"
            yield "mean_score", text + cause


def _differs(raw: Raw, at: int, text: str, column: str | None) -> Noted:
    row = as_text(raw.cells["area"][at])
    fix = "Сверьте числа школ с итогом; среднее считают по участникам, а не по школам"
    message = f"{in_quotes(row)}, {text}"
    return Noted(raw.finding("warning", "exam.area_total_differs", message, fix, at, column), at)

"""Values of an indicator in any cut: k, n, value, 95 % interval and what to bear in mind.

Numerators and denominators are summed first and divided last. Where one dimension counts the same people
again in each of its values (tasks, competences), n is the largest number of people in any one of them, so
that intervals are never narrower than the people behind them allow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.audience import INTERNAL, Viewer, limited
from dashboard.marts import Indicator, Marts, Snapshot
from dashboard.slices import (
    DIMENSIONS,
    OF_SCHOOL,
    UnknownDimension,
    UnknownSchool,
    canonical,
    check_dimensions,
)
from dashboard.statement import NO_DATA, Question, written_out

__all__ = [
    "UnknownDimension",
    "UnknownIndicator",
    "UnknownSchool",
    "as_records",
    "records",
    "statement",
    "values",
]

MEASURES = ("numerator", "denominator", "value", "low", "high", "n", "note")


class UnknownIndicator(Exception):  # noqa: N818
    """No such indicator is declared; the message says how to list them."""


def values(
    marts: Marts,
    indicator_id: str,
    where: Mapping[str, object] | None = None,
    by: Sequence[str] = (),
    viewer: Viewer = INTERNAL,
) -> pd.DataFrame:
    """One row for each value of the dimensions ``by`` (and of those the indicator is always split by).

    What the viewer may not see has no numbers, and its note begins with «скрыто».
    """
    snapshot = marts.snapshot()
    question = _question(snapshot, indicator_id, where or {}, by)
    found = limited(snapshot, viewer, question, snapshot.query(*question.sql(snapshot)))
    if found.empty:
        found = pd.DataFrame([_nothing(snapshot, question)])
    for name in {"year", "grade"} & {*question.dimensions}:
        found[name] = found[name].astype("Int64")
    return found


def statement(
    marts: Marts, indicator_id: str, where: Mapping[str, object] | None = None, by: Sequence[str] = ()
) -> str:
    """The SQL that `values` runs, its parameters written out."""
    snapshot = marts.snapshot()
    return written_out(*_question(snapshot, indicator_id, where or {}, by).sql(snapshot))


def records(
    marts: Marts,
    indicator_id: str,
    where: Mapping[str, object] | None = None,
    by: Sequence[str] = (),
    viewer: Viewer = INTERNAL,
) -> list[dict[str, Any]]:
    """`values` as plain records, with the dimensions that the condition fixes shown too."""
    given = {name: value for name, value in (where or {}).items() if value not in (None, "", [])}
    fixed = [name for name in DIMENSIONS if name in given and name not in by]
    unknown = [name for name in given if name not in DIMENSIONS]
    return as_records(values(marts, indicator_id, given, [*by, *fixed, *unknown], viewer))


def as_records(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON takes them: plain numbers, whole where they are whole, and null."""
    return [{str(key): _plain(value) for key, value in row.items()} for row in found.to_dict("records")]


def _plain(value: Any) -> object:
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    number = float(value)
    return int(number) if number.is_integer() else number


def _question(
    snapshot: Snapshot, indicator_id: str, where: Mapping[str, object], by: Sequence[str]
) -> Question:
    indicator = _indicator(snapshot, indicator_id)
    check_dimensions(indicator, [*where, *by])
    return Question(indicator, canonical(snapshot, where), list(dict.fromkeys([*by, *indicator.split_by])))


def _indicator(snapshot: Snapshot, indicator_id: str) -> Indicator:
    found = snapshot.indicators.get(indicator_id)
    if found is None:
        raise UnknownIndicator(f"Показателя «{indicator_id}» нет. Список: «kabinet indicators».")
    return found


def _nothing(snapshot: Snapshot, question: Question) -> dict[str, object]:
    """The one row of an empty cut: no value and why."""
    row: dict[str, object] = {}
    for name in question.dimensions:
        wanted = question.conditions.get(name, [])
        row[name] = wanted[0] if len(wanted) == 1 else None
        if name == "school":
            row["school_name"] = _name_of(snapshot, row[name])
    return row | dict.fromkeys(MEASURES) | {"n": 0, "note": _why(snapshot, question)}


def _name_of(snapshot: Snapshot, school: object) -> object:
    found = snapshot.rows("select name from dim_school where school_id = ?", [school])
    return found[0][0] if found else None


def _why(snapshot: Snapshot, question: Question) -> str:
    """Left out for its own numbers; nothing at all, in that year, of that organisation, or else."""
    if left_out := _left_out(snapshot, question):
        return left_out
    known = snapshot.rows(
        "select distinct school_year from indicator_value where indicator_id = ? order by school_year",
        [question.indicator.indicator_id],
    )
    years = [year for (year,) in known]
    if not years:
        return question.indicator.missing or NO_DATA
    wanted = question.conditions.get("year", [])
    if wanted and not set(wanted) & set(years):
        spans = ", ".join(f"{year - 1}/{year % 100:02d}" for year in years)
        return f"{NO_DATA} за этот год; есть за {spans}"
    return f"{NO_DATA} по этой организации" if set(question.conditions) & set(OF_SCHOOL) else NO_DATA


def _left_out(snapshot: Snapshot, question: Question) -> str | None:
    """What the build found wrong with the organisation's own numbers, if it left them out."""
    found = snapshot.rows(
        "select message from finding where rule = 'share_over_whole' and column_title = ?"
        " and school_id in (select unnest(?))",
        [question.indicator.title, question.conditions.get("school", [])],
    )
    return str(found[0][0]) if found else None

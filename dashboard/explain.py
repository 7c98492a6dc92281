"""Where a number comes from: its formula, the rows behind it, the files they stood in, what was left out and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dashboard.audience import Viewer
from dashboard.marts import Indicator, Marts, Snapshot
from dashboard.slices import COLUMNS, canonical, check_dimensions
from dashboard.values import UnknownIndicator, records

OF_PLACE = ("municipality", "kind")


@dataclass(frozen=True)
class File:
    """A file behind the number: what it is, when it came, how many rows of it are counted."""

    file: str
    title: str
    school: str | None
    received_at: datetime
    status: str
    rows: int
    remarks: tuple[str, ...] = ()
    """What was found in it and taken all the same."""


@dataclass(frozen=True)
class LeftOut:
    """What did not enter the number, and why."""

    what: str
    why: str
    rows: int | None = None
    place: str = ""
    """File, sheet and cell, where the finding has one."""


@dataclass(frozen=True)
class Origin:
    """Everything behind one number."""

    indicator: Indicator
    numbers: list[dict[str, Any]]
    counted: int
    """Rows of the mart that were counted."""
    files: tuple[File, ...]
    left_out: tuple[LeftOut, ...]
    also: tuple[str, ...] = field(default=())
    """Further kinds of files that the mart is made of: registry, scales, specifications."""


def origin(
    marts: Marts, indicator_id: str, where: Mapping[str, object], viewer: Viewer | None = None
) -> Origin:
    """The origin of an indicator in a cut; `UnknownIndicator`, `UnknownDimension` or `UnknownSchool`."""
    snapshot = marts.snapshot()
    declared = snapshot.indicators.get(indicator_id)
    if declared is None:
        raise UnknownIndicator(f"Показателя «{indicator_id}» нет. Список: «kabinet indicators».")
    check_dimensions(declared, where)
    numbers = records(marts, indicator_id, where, (), viewer or Viewer())
    narrowed, params = _narrowed(canonical(snapshot, where))
    counted = snapshot.rows(_rows(declared, "count(*)", narrowed), params)[0][0]
    files = _files(snapshot, declared, narrowed, params)
    left_out = (*_not_counted(snapshot, declared, narrowed, params), *_sent_back(snapshot, declared, where))
    return Origin(declared, numbers, counted, files, left_out, _also(snapshot, declared))


def _rows(declared: Indicator, what: str, narrowed: str, more: str = "", is_counted: bool = True) -> str:
    sign = "" if is_counted else "not coalesce"
    condition = f"{sign}({declared.where_sql}{'' if is_counted else ', false'})"
    return f"""select {what} from "{declared.source_table}" as mart
        left join dim_school as place on place.school_id = mart.school_id
        where {condition} and {narrowed} {more}"""


def _narrowed(conditions: Mapping[str, Sequence[object]]) -> tuple[str, list[object]]:
    parts = [
        f'{"place" if name in OF_PLACE else "mart"}."{COLUMNS.get(name, name)}" in (select unnest(?))'
        for name in conditions
    ]
    return " and ".join(parts) or "true", list(conditions.values())


def _has(snapshot: Snapshot, table: str, column: str) -> bool:
    sql = "select 1 from duckdb_columns() where table_name = ? and column_name = ?"
    return bool(snapshot.rows(sql, [table, column]))


def _files(snapshot: Snapshot, declared: Indicator, narrowed: str, params: list[object]) -> tuple[File, ...]:
    if not _has(snapshot, declared.source_table, "submission_id"):
        return ()
    behind = _rows(declared, "mart.submission_id, count(*) as counted", narrowed, "group by 1")
    found = snapshot.rows(
        f"""select submission.file, source_title, coalesce(short_name, submission.school_id), received_at, status,
            counted, submission.submission_id
        from ({behind}) as behind inner join submission on submission.submission_id = behind.submission_id
        left join dim_school on dim_school.school_id = submission.school_id
        order by received_at, submission.file, 3""",
        params,
    )
    remarks = _remarks(snapshot, [row[-1] for row in found])
    return tuple(
        File(file, title, school, came, status, rows, remarks.get(key, ()))
        for file, title, school, came, status, rows, key in found
    )


def _remarks(snapshot: Snapshot, submissions: list[str]) -> dict[str, tuple[str, ...]]:
    """Warnings that a file was taken with, by submission."""
    sql = """select submission_id, list(concat_ws(' ', cell, message) order by sheet, "row") from finding
        where severity = 'warning' and submission_id in (select unnest(?)) group by 1"""
    return {key: tuple(said) for key, said in snapshot.rows(sql, [submissions])}


def _not_counted(
    snapshot: Snapshot, declared: Indicator, narrowed: str, params: list[object]
) -> tuple[LeftOut, ...]:
    """Rows of the mart that the population rule leaves out."""
    if declared.where_sql == "true":
        return ()
    rows = snapshot.rows(_rows(declared, "count(*)", narrowed, is_counted=False), params)[0][0]
    if not rows:
        return ()
    return (
        LeftOut(
            "Строки, которые не считаются по правилу показателя",
            declared.population or declared.formula,
            rows,
        ),
    )


def _sent_back(snapshot: Snapshot, declared: Indicator, where: Mapping[str, object]) -> tuple[LeftOut, ...]:
    """Submissions of the kinds of files behind the mart that were sent back, with the first reason and its cell."""
    conditions = {k: v for k, v in canonical(snapshot, where).items() if k in ("school", "year")}
    narrowed = " and ".join(f"sent.{COLUMNS[name]} in (select unnest(?))" for name in conditions) or "true"
    work = str(where.get("subject") or "")
    sql = f"""select sent.file, coalesce(short_name, sent.school_id), sent.rows, any_value(finding.message),
            any_value(concat_ws(', ', finding.sheet, finding.cell))
        from submission as sent
        left join finding on finding.submission_id = sent.submission_id and finding.severity = 'error'
        left join dim_school on dim_school.school_id = sent.school_id
        where sent.status = 'refused' and {narrowed}
            and (sent.period not like '%,%' or sent.period like '%' || ? || '%')
            and sent.source in (select source from lineage where table_name = ?)
            and not exists (
                select 1 from submission as later
                where later.is_current and later.source = sent.source and later.period = sent.period
                    and later.school_id is not distinct from sent.school_id and later.received_at > sent.received_at)
        group by 1, 2, 3 order by 1, 2"""
    if not _has(snapshot, "lineage", "source"):
        return ()
    found = snapshot.rows(sql, [*conditions.values(), work, declared.source_table])
    return tuple(
        LeftOut(f"Возвращено: {school or 'файл'}", why or "", rows, ", ".join(p for p in (file, cell) if p))
        for file, school, rows, why, cell in found
    )


def _also(snapshot: Snapshot, declared: Indicator) -> tuple[str, ...]:
    if not _has(snapshot, "lineage", "source"):
        return ()
    sql = """select distinct source_title from lineage where table_name = ? and source in (
        select source from submission where is_current) order by 1 collate ru"""
    return tuple(title for (title,) in snapshot.rows(sql, [declared.source_table]))


def as_record(found: Origin) -> dict[str, object]:
    """The documented shape of ``explain --json``."""
    files = [
        {**vars(file), "received_at": file.received_at.isoformat(), "remarks": list(file.remarks)}
        for file in found.files
    ]
    return {
        "indicator": found.indicator.indicator_id,
        "formula": found.indicator.formula,
        "numbers": found.numbers,
        "rows": found.counted,
        "sources": list(found.also),
        "files": files,
        "left_out": [vars(left) for left in found.left_out],
    }

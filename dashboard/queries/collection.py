"""Questions about what was received: files, submissions, findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dashboard.queries.core import Queries


def files(q: Queries) -> list[tuple[Any, ...]]:
    """Received files, newest first: name, source, when, submissions, sent back, errors, warnings."""
    sql = """select file, any_value(source_title), max(received_at), count(*),
            count(*) filter (where status = 'refused'), cast(sum(errors) as integer), cast(sum(warnings) as integer),
            cast(sum("rows") as integer)
        from submission group by file order by 3 desc, 1"""
    return q.rows(sql)


@dataclass(frozen=True)
class Arrived:
    """What came in since a moment."""

    files: int
    senders: int
    refused: int
    """Files of which something was sent back."""


def arrived_since(q: Queries, moment: datetime) -> Arrived:
    """Files, the organisations that sent them, and how many went back, since ``moment`` (with its zone)."""
    sql = """select count(distinct file), count(distinct school_id),
            count(distinct file) filter (where status = 'refused')
        from submission where received_at > ?"""
    ((files_, senders, refused),) = q.rows(sql, [moment.astimezone(UTC).replace(tzinfo=None)])
    return Arrived(files_, senders, refused)


@dataclass(frozen=True)
class Found:
    """One finding with its place."""

    file: str
    school: str | None
    severity: str
    rule: str
    sheet: str | None
    cell: str | None
    column: str | None
    message: str
    fix: str
    received_at: datetime | None
    acknowledged: str | None
    """Who acknowledged a warning and why."""


@dataclass(frozen=True)
class Sought:
    """Which findings are asked for; None is any."""

    school: str | None = None
    rule: str | None = None
    source: str | None = None
    submission: str | None = None

    @property
    def params(self) -> list[str | None]:
        """For `_CONDITION`, which names each twice."""
        return [value for value in vars(self).values() for _ in range(2)]


_CONDITION = """from finding left join submission using (submission_id)
    where (? is null or finding.school_id = ?) and (? is null or finding.rule = ?)
        and (? is null or submission.source = ?) and (? is null or submission_id = ?)"""


def findings(q: Queries, sought: Sought, part: int, size: int) -> list[Found]:
    """One part of the list of findings, errors first."""
    sql = f"""select finding.file, finding.school_id, severity, finding.rule, sheet, cell, column_title, message, fix,
            received_at, {_acknowledged(q)} as known {_CONDITION}
        order by known is not null, case severity when 'error' then 0 when 'warning' then 1 else 2 end,
            finding.file, sheet, "row", cell
        limit ? offset ?"""
    return [Found(*row) for row in q.rows(sql, [*sought.params, size, (part - 1) * size])]


def _acknowledged(q: Queries) -> str:
    """Who and why in words; nobody in a snapshot from before warnings could be acknowledged."""
    sql = "select 1 from duckdb_columns() where table_name = 'finding' and column_name = 'acknowledged_by'"
    return "acknowledged_by || ': ' || acknowledged_why" if q.rows(sql) else "null"


def count_findings(q: Queries, sought: Sought) -> int:
    """How many findings there are under the same conditions."""
    return int(q.rows(f"select count(*) {_CONDITION}", sought.params)[0][0])


def rules(q: Queries, school: str | None = None) -> list[tuple[Any, ...]]:
    """Findings by rule: rule, severity, an example, what to do, how many, in how many organisations."""
    sql = """select rule, severity, any_value(message), any_value(fix), count(*), count(distinct school_id)
        from finding where (? is null or school_id = ?) group by 1, 2
        order by case severity when 'error' then 0 when 'warning' then 1 else 2 end, 5 desc, 1"""
    return q.rows(sql, [school, school])


@dataclass(frozen=True)
class Submitted:
    """One submission of an organisation."""

    source: str
    title: str
    period: str
    school_year: int | None
    status: str
    rows: int
    file: str
    received_at: datetime
    errors: int
    warnings: int
    is_current: bool


def submissions_of(q: Queries, school: str) -> list[Submitted]:
    """What an organisation sent, by source and period, newest first."""
    sql = """select source, source_title, period, school_year, status, "rows", file, received_at, errors, warnings,
            is_current
        from submission where school_id = ? order by source_title, period, received_at desc"""
    return [Submitted(*row) for row in q.rows(sql, [school])]


def totals(q: Queries) -> tuple[int, int, int, int, int]:
    """Files, submissions, sent back, errors, warnings."""
    sql = """select count(distinct file), count(*), count(*) filter (where status = 'refused'),
            cast(coalesce(sum(errors), 0) as integer), cast(coalesce(sum(warnings), 0) as integer) from submission"""
    files_, parts, back, errors, warnings = q.rows(sql)[0]
    return files_, parts, back, errors, warnings


@dataclass(frozen=True)
class Received:
    """What came from one source for one year."""

    title: str
    first: datetime
    last: datetime
    numbers: tuple[int, int, int, int, int]
    """Files, organisations, rows that went in, parts sent back and not replaced, remarks."""


def received(q: Queries, year: int) -> list[Received]:
    """Sources of a year's data, the references of the whole district among them."""
    sql = """select source_title, min(received_at), max(received_at), count(distinct file),
            count(distinct school_id), cast(coalesce(sum("rows") filter (where is_current), 0) as integer),
            count(*) filter (where status = 'refused'), cast(coalesce(sum(warnings), 0) as integer)
        from submission where school_year = ? or school_year is null
        group by source_title order by bool_and(school_year is null), 1 collate ru"""
    return [
        Received(title, first, last, tuple(counts)) for title, first, last, *counts in q.rows(sql, [year])
    ]

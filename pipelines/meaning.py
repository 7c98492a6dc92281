"""What a snapshot says of itself: which files it is made of, what was found in them, what numbers mean."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.calendar import calendar
from pipelines.contract import Declarations, Indicator
from pipelines.findings import FileReport, Finding, Submission
from pipelines.models import models
from pipelines.sources import sources
from pipelines.staging import Store
from pipelines.submissions.decisions import Decisions, read_decisions

_TEXT = pa.string()
_TIME = pa.timestamp("us")
_SUBMISSION = {
    "submission_id": _TEXT, "source": _TEXT, "source_title": _TEXT, "school_id": _TEXT, "period": _TEXT,
    "school_year": pa.int64(), "status": _TEXT, "rows": pa.int64(), "file": _TEXT, "sha256": _TEXT,
    "received_at": _TIME, "is_current": pa.bool_(), "errors": pa.int64(), "warnings": pa.int64(),
    "since": _TIME, "undone_by": _TEXT, "undone_at": _TIME, "undone_why": _TEXT, "replaces": _TEXT,
}  # fmt: skip
_FINDING = {
    "submission_id": _TEXT, "file": _TEXT, "school_id": _TEXT, "severity": _TEXT, "rule": _TEXT,
    "sheet": _TEXT, "row": pa.int64(), "column_title": _TEXT, "cell": _TEXT, "value": _TEXT,
    "message": _TEXT, "fix": _TEXT, "acknowledged_by": _TEXT, "acknowledged_at": _TIME, "acknowledged_why": _TEXT,
}  # fmt: skip
_FORM = {
    "form_id": _TEXT, "title": _TEXT, "basis": _TEXT, "form_order": pa.int64(), "sources": pa.list_(_TEXT),
    "kinds": pa.list_(_TEXT), "period": _TEXT, "month": pa.int64(), "day": pa.int64(), "grace": pa.int64(),
}  # fmt: skip
_INDICATOR = {
    "indicator_id": _TEXT, "theme": _TEXT, "title": _TEXT, "short": _TEXT, "formula": _TEXT, "unit": _TEXT,
    "kind": _TEXT, "better": _TEXT,
    "by": pa.list_(_TEXT), "split_by": pa.list_(_TEXT), "overlap": pa.list_(_TEXT), "whole_with": pa.list_(_TEXT),
    "scale": pa.float64(), "missing": _TEXT, "source": _TEXT, "compare": _TEXT, "reviewed": pa.date32(),
    "numerator_sql": _TEXT, "denominator_sql": _TEXT, "units_sql": _TEXT, "where_sql": _TEXT, "source_table": _TEXT,
    "code": _TEXT, "population": _TEXT, "minimum": pa.int64(), "is_watched": pa.bool_(), "may_rank": pa.bool_(),
    "next_review": pa.date32(),
    "compare_schools": _TEXT, "compare_years": _TEXT, "compare_subjects": _TEXT,
    "target": pa.float64(), "target_by": _TEXT, "target_since": pa.date32(), "target_until": pa.date32(),
    "alarm": pa.float64(), "alarm_by": _TEXT, "alarm_since": pa.date32(), "alarm_until": pa.date32(),
}  # fmt: skip
_COLUMN = {"table_name": _TEXT, "column_name": _TEXT, "title": _TEXT, "type": _TEXT, "unit": _TEXT}
_RELEASE = {
    "release_id": _TEXT, "built_at": _TIME, "declarations_digest": _TEXT, "kabinet_version": _TEXT,
    "input_digest": _TEXT,
}  # fmt: skip

_ITEM = {
    "list_id": _TEXT, "list_title": _TEXT, "act": _TEXT, "list_note": _TEXT, "scope": _TEXT, "position": pa.int64(),
    "item": _TEXT, "title": _TEXT, "unit": _TEXT, "indicator": _TEXT, "cut": _TEXT, "rest": pa.bool_(),
    "times": pa.float64(), "fill": _TEXT,
}  # fmt: skip
_GAP = {"code": _TEXT, "title": _TEXT, "formula": _TEXT, "missing": _TEXT, "theme": _TEXT}

Rows = list[dict[str, Any]]


def write_table(
    connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, pa.DataType], rows: Rows
) -> None:
    """A table of given columns from plain rows, typed even where a column is empty."""
    connection.register("given", pa.Table.from_pylist(rows, schema=pa.schema(columns.items())))
    connection.execute(f"create table {name} as select * from given")
    connection.unregister("given")


def write_submissions(connection: duckdb.DuckDBPyConnection, store: Store, reports: list[FileReport]) -> None:
    """Tables ``submission``, ``finding`` (everything ever received, in force or not) and ``form`` (what is owed)."""
    decisions = read_decisions(store.root)
    in_force = {part.submission_id for _, part in decisions.in_force(reports).values()}
    titles = {name: source.title for name, source in sources().items()}
    submissions = [
        _submission(report, part, titles)
        | _decided(report, part, decisions)
        | {"is_current": part.submission_id in in_force}
        for report in map(decisions.applied, reports)
        for part in report.submissions
    ]
    found = [row for report in reports for row in _findings(decisions.applied(report))]
    write_table(connection, "submission", _SUBMISSION, submissions)
    write_table(connection, "finding", _FINDING, found)
    write_table(connection, "form", _FORM, _forms(titles))


def _submission(report: FileReport, part: Submission, titles: dict[str, str]) -> dict[str, Any]:
    severities = [finding.severity for finding in part.findings if finding.acknowledged is None]
    return {
        "submission_id": part.submission_id,
        "source": part.source,
        "source_title": titles.get(part.source, part.source),
        "school_id": part.school,
        "period": part.period,
        "school_year": part.school_year,
        "status": part.status,
        "rows": part.rows,
        "file": report.file,
        "sha256": report.sha256,
        "received_at": _utc(report.received_at),
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
    }


def _forms(titles: dict[str, str]) -> Rows:
    """Forms of the calendar in its order, then what else is sent: owed by nobody, without a date of its own."""
    owed = [form.model_dump() | {"month": form.month, "day": form.day} for form in calendar()]
    named = {name for form in owed for name in form["sources"]}
    rest = [
        {"id": name, "title": titles[name].partition(" (")[0], "sources": [name], "kinds": [], "period": "",
         "month": 8, "day": 31, "grace": 0, "basis": titles[name]}
        for name, source in sources().items()
        if name not in named and not source.reference
    ]  # fmt: skip
    return [
        {**form, "form_id": form["id"], "form_order": place} for place, form in enumerate([*owed, *rest], 1)
    ]


def _decided(report: FileReport, part: Submission, decisions: Decisions) -> dict[str, Any]:
    """Since when it counts, who undid it, what it came in place of."""
    undone = decisions.undone.get(part.submission_id)
    return {
        "since": _utc(decisions.since(report, part)),
        "undone_by": undone.by if undone else None,
        "undone_at": _utc(undone.at) if undone else None,
        "undone_why": undone.why if undone else None,
        "replaces": part.replaces.submission_id if part.replaces else None,
    }


def _findings(report: FileReport) -> Rows:
    whole = [_finding(report, None, finding) for finding in report.findings]
    return whole + [
        _finding(report, part, finding) for part in report.submissions for finding in part.findings
    ]


def _finding(report: FileReport, part: Submission | None, finding: Finding) -> dict[str, Any]:
    known = finding.acknowledged
    return {
        **finding.model_dump(exclude={"column", "acknowledged"}),
        "acknowledged_by": known.by if known else None,
        "acknowledged_at": _utc(known.at) if known else None,
        "acknowledged_why": known.why if known else None,
        "column_title": finding.column,
        "submission_id": part.submission_id if part else None,
        "school_id": part.school if part else None,
        "file": report.file,
    }


def write_meaning(connection: duckdb.DuckDBPyConnection, declared: Declarations) -> None:
    """Tables ``indicator``, ``indicator_gap``, ``official_item`` and ``column_dictionary``."""
    write_indicators(connection, declared)
    write_lists(connection, declared)
    write_table(connection, "indicator_gap", _GAP, [gap.model_dump() for gap in declared.gaps.values()])
    write_table(connection, "column_dictionary", _COLUMN, _columns(connection, declared))


def write_indicators(connection: duckdb.DuckDBPyConnection, declared: Declarations) -> None:
    """Table ``indicator``: what is counted and what it means."""
    rows = [_indicator(indicator) for indicator in declared.indicators.values()]
    write_table(connection, "indicator", _INDICATOR, [{key: row[key] for key in _INDICATOR} for row in rows])


def write_lists(connection: duckdb.DuckDBPyConnection, declared: Declarations) -> None:
    """Table ``official_item``: lines of the official lists; ``cut`` is JSON."""
    rows = [
        {"list_id": one.id, "list_title": one.title, "act": one.act, "list_note": one.note, "scope": one.scope,
         "position": position, **item.model_dump(), "cut": json.dumps(item.cut, ensure_ascii=False)}
        for one in declared.lists.values()
        for position, item in enumerate(one.items)
    ]  # fmt: skip
    write_table(connection, "official_item", _ITEM, rows)


def _indicator(indicator: Indicator) -> dict[str, Any]:
    renamed = {"id": "indicator_id", "numerator": "numerator_sql", "denominator": "denominator_sql",
               "units": "units_sql", "where": "where_sql"}  # fmt: skip
    row = {renamed.get(key, key): value for key, value in indicator.model_dump().items()}
    row |= {f"compare_{between}": may for between, may in indicator.comparable.model_dump().items()}
    for name in ("target", "alarm"):
        goal = getattr(indicator, name)
        row |= {name: goal and goal.value, f"{name}_by": goal and goal.set_by,
                f"{name}_since": goal and goal.since, f"{name}_until": goal and goal.until}  # fmt: skip
    reviewed = indicator.reviewed
    return row | {"next_review": indicator.next_review or reviewed.replace(year=reviewed.year + 2, day=1)}


def _columns(connection: duckdb.DuckDBPyConnection, declared: Declarations) -> Rows:
    """Title and unit of every mart column: of the canonical column so named, or of the model's comment."""
    canonical = {"submission_id": ("Отправка, из которой строка", "")}
    canonical |= {
        name: (column.title, column.unit)
        for table in declared.tables.values()
        for name, column in table.columns.items()
    }
    rows: Rows = []
    for model in models():
        described = {**canonical, **{name: _title_and_unit(text) for name, text in model.titles.items()}}
        for name, kind in connection.execute(
            f"select column_name, column_type from (describe {model.name})"
        ).fetchall():
            title, unit = described.get(name, ("", ""))
            rows.append(
                {"table_name": model.name, "column_name": name, "title": title, "type": kind, "unit": unit}
            )
    return rows


def _title_and_unit(text: str) -> tuple[str, str]:
    """«Набрано баллов, балл» → the title and the unit after the last comma."""
    title, _, unit = text.rpartition(", ")
    return (title, unit) if title and " " not in unit else (text, "")


def write_release(
    connection: duckdb.DuckDBPyConnection, release_id: str, declared: Declarations, inputs: str
) -> None:
    """Table ``release``: when this snapshot was built and from what."""
    row = {
        "release_id": release_id,
        "built_at": _utc(datetime.now(UTC)),
        "declarations_digest": declared.digest,
        "kabinet_version": version("kabinet"),
        "input_digest": inputs,
    }
    write_table(connection, "release", _RELEASE, [row])


def _utc(moment: datetime) -> datetime:
    """UTC without a zone, the only time kept in a snapshot."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment

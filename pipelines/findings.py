"""What was found in a file: one shape for the command line, the page, the returned workbook and the report."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from pipelines.contract import Severity

Status = Literal["accepted", "accepted_with_warnings", "refused"]


class Acknowledged(BaseModel):
    """Who looked at a warning and found that it is as it should be."""

    model_config = ConfigDict(frozen=True)

    by: str
    at: datetime
    why: str


class Replaced(BaseModel):
    """What a submission puts in the place of the former one, row by row of its first table."""

    model_config = ConfigDict(frozen=True)

    submission_id: str
    file: str
    received_at: datetime
    added: int
    removed: int
    changed: int
    columns: dict[str, int] = {}
    """Title of a column → rows in which it is now another."""


class Finding(BaseModel):
    """One fault at one place, in the sender's words. ``cell`` is the address as Excel shows it (``D7``)."""

    model_config = ConfigDict(frozen=True)

    severity: Severity
    rule: str
    """``table.column.constraint``, the id of a table's rule, or ``file.<fault>`` for a file as a whole."""
    message: str
    fix: str
    sheet: str | None = None
    row: int | None = None
    """Row number as Excel shows it, from 1."""
    column: str | None = None
    """The heading in the sender's file, not our name of the column."""
    cell: str | None = None
    value: str | None = None
    """What stands in the cell; never a personal value."""
    acknowledged: Acknowledged | None = None
    """Set where a person has acknowledged this warning; the decision itself is kept apart."""


class Submission(BaseModel):
    """What one organisation sent from one source for one period: it goes in or comes back as a whole."""

    submission_id: str
    """Digest of source, school, period and file content."""
    source: str
    school: str | None
    """The school's id (``220206``); None for reference files that belong to the whole district."""
    school_name: str | None = None
    period: str
    """As shown to people: «2020/21, Математика, 4 класс»."""
    school_year: int | None = None
    status: Status
    rows: int
    findings: list[Finding] = []
    replaces: Replaced | None = None
    """The former submission in whose place it comes, and the difference; None for the first one."""

    @property
    def slot(self) -> tuple[str, str, str]:
        """What a later submission replaces."""
        return (self.source, self.school or self.school_name or "", self.period)


class FileReport(BaseModel):
    """All that is known of one received file after intake or a dry run."""

    file: str
    """Path below ``data/raw``, or as it was given."""
    sha256: str
    source: str | None
    """Id of the recognised source, None when the file is not known."""
    status: Status
    received_at: datetime
    submissions: list[Submission] = []
    findings: list[Finding] = []
    """Findings about the file as a whole, which belong to no submission."""
    tables: dict[str, str] = {}
    """Canonical table → its Parquet file below ``data/staged``."""
    spellings: dict[str, str] = {}
    """Spellings of organisations that were read as a person had confirmed them → id."""
    declared: str = ""
    """Digest of the declarations, references and context under which the file was read."""

    def as_json(self) -> dict[str, Any]:
        """The documented shape of ``--json``; the internal keys stay inside."""
        shown = self.model_dump(mode="json", include={"file", "source", "status", "findings"})
        parts = {"school", "period", "status", "rows", "findings", "replaces"}
        shown["submissions"] = [part.model_dump(mode="json", include=parts) for part in self.submissions]
        return shown


def status_of(findings: list[Finding]) -> Status:
    """Refused with any error, accepted with warnings with any warning that nobody has acknowledged."""
    severities = {finding.severity for finding in findings if finding.acknowledged is None}
    if "error" in severities:
        return "refused"
    return "accepted_with_warnings" if "warning" in severities else "accepted"

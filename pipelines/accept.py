"""A submission goes in or comes back as a whole: findings are gathered by source × school × period."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from pipelines.contract import Declarations, Severity, Table
from pipelines.findings import Finding, Submission, status_of
from pipelines.frame import Mask, Positions, Raw, Shaped
from pipelines.identity import Identity, Noted
from pipelines.messages import finding
from pipelines.source import Source
from pipelines.validate import Broken
from pipelines.words import NBSP, number

KEPT = 100
"""Findings kept of one rule and file; the first of every submission is kept whatever their number."""
_GRAVITY: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}
"""What sent a submission back is told first."""
_BY_IDENTITY = ("school_year", "subject", "grade", "as_of")
"""Columns whose absence identity has already explained; so it has a school's, but in a registry."""


@dataclass
class Verdict:
    """What was decided about a file: its submissions and the rows that go in."""

    submissions: list[Submission] = field(default_factory=list)
    tables: dict[str, pa.Table] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Checked:
    """The rows of a file for one canonical table, judged."""

    shaped: Shaped
    broken: list[Broken]
    stored: pa.Table
    """The same rows as the store keeps them."""


def judge(
    raw: Raw, identity: Identity, checked: list[Checked], noted: list[Noted], declared: Declarations,
    sha256: str,
) -> Verdict:  # fmt: skip
    """Attribute every finding to its submission, decide on each, and cut the accepted rows."""
    verdict = Verdict()
    by_group: dict[int, list[Finding]] = defaultdict(list)
    group = identity.group
    for note in noted:
        by_group[int(group[note.at])].append(note.finding)
    for part in checked:
        for one in _not_told(part, checked[0]):
            _attribute(one, part.shaped, raw, declared.tables[part.shaped.table], group, by_group, verdict)
    numbers = np.bincount(group[checked[0].shaped.origin], minlength=1) if checked else np.zeros(1, int)
    for code in np.unique(group):
        rows = int(numbers[code]) if code < len(numbers) else 0
        verdict.submissions.append(_submission(int(code), identity, raw, by_group[int(code)], rows, sha256))
    _cut(verdict, checked, group)
    verdict.submissions.sort(key=lambda s: (s.school or "", s.period))
    return verdict


def _not_told(part: Checked, first: Checked) -> list[Broken]:
    """Without what the file's first table has already said of the same row: a key repeated, a code missing."""
    if part is first:
        return part.broken
    shaped = part.shaped
    told = {
        b.constraint: first.shaped.origin[b.rows]
        for b in first.broken
        if b.constraint in ("unique", "required")
    }
    kept = [
        replace(b, rows=b.rows[~np.isin(shaped.origin[b.rows], told[b.constraint])])
        if b.constraint in told
        else b
        for b in part.broken
    ]
    return [b for b in kept if len(b.rows)]


def _attribute(
    broken: Broken, shaped: Shaped, raw: Raw, table: Table, group: Positions,
    by_group: dict[int, list[Finding]], verdict: Verdict,
) -> None:  # fmt: skip
    if broken.constraint == "required" and _is_explained(broken.column or "", raw.source):
        return
    groups = group[shaped.origin[broken.rows]]
    first = np.unique(groups, return_index=True)[1]
    kept = np.union1d(first, np.arange(min(KEPT, len(groups))))
    for at in kept:
        by_group[int(groups[at])].append(finding(broken, int(broken.rows[at]), shaped, raw, table))
    if len(kept) < len(groups):
        verdict.findings.append(_more(broken, table, len(groups), len(kept)))


def _is_explained(column: str, source: Source) -> bool:
    """Whether identity has spoken of an empty cell; not of a column that the source reads as it stands."""
    own = source.columns.get(column)
    explained = _BY_IDENTITY if source.reference else (*_BY_IDENTITY, "school_id")
    return column in explained and (own is None or own.role is not None)


def _more(broken: Broken, table: Table, total: int, kept: int) -> Finding:
    rule = next((r for r in table.rules if r.id == broken.rule), None)
    column = rule.column if rule else broken.column or table.key[-1]
    title = table.columns[column].title
    message = f"«{title}»: таких мест {number(total)}, показаны{NBSP}{number(kept)}"
    fix = "Скорее всего, причина одна: исправьте её во всём столбце"
    return Finding(severity="info", rule=broken.rule, message=message, fix=fix)


def _submission(
    code: int, identity: Identity, raw: Raw, findings: list[Finding], rows: int, sha256: str
) -> Submission:
    known, period = identity.of_group(code)
    source = raw.source.id
    text = "|".join((source, known.id or f"?{known.label}", period.label, sha256))
    reference = raw.source.reference
    return Submission(
        submission_id=hashlib.sha256(text.encode()).hexdigest()[:16],
        source=source,
        school=None if reference else known.id,
        school_name=None if reference else known.name or known.label or None,
        period=period.label,
        school_year=period.year,
        status=status_of(findings),
        rows=rows,
        findings=sorted(findings, key=lambda f: (_GRAVITY[f.severity], f.row or 0, f.cell or "")),
    )


def _cut(verdict: Verdict, checked: list[Checked], group: Positions) -> None:
    """The rows of accepted submissions, ready to be staged."""
    places = np.unique(group, return_inverse=True)[1]
    accepted: Mask = np.array([s.status != "refused" for s in verdict.submissions], dtype=bool)
    if not accepted.any():
        return
    ids = pa.array([s.submission_id for s in verdict.submissions], pa.string())
    for one in checked:
        of_row = places[one.shaped.origin]
        keep = accepted[of_row]
        if keep.any():
            rows = one.stored.append_column("submission_id", ids.take(pa.array(of_row)))
            verdict.tables[one.shaped.table] = rows if keep.all() else rows.filter(pa.array(keep))

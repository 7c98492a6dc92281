"""What people decided about submissions: undone, brought back, a warning acknowledged; by whom, when and why.

Kept as `pipelines.journal` under ``decisions`` of the data root: the later decision holds over the earlier.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from pipelines import journal
from pipelines.findings import Acknowledged, FileReport, Finding, Submission, status_of

FOLDER = "decisions"
Slot = tuple[str, str, str]


class Decision(journal.Entry):
    """One decision. ``submissions`` are ids of undone or restored ones, ``findings`` keys of acknowledged warnings."""

    kind: Literal["undo", "restore", "acknowledge"]
    why: str = ""
    submissions: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decisions:
    """What holds now."""

    undone: dict[str, Decision] = field(default_factory=dict)
    """Submission → the decision by which it is out of force."""
    restored: dict[str, Decision] = field(default_factory=dict)
    acknowledged: dict[str, Decision] = field(default_factory=dict)
    digest: str = ""

    def since(self, report: FileReport, part: Submission) -> datetime:
        """From when a submission counts: received, or brought back."""
        decision = self.restored.get(part.submission_id)
        return decision.at if decision else report.received_at

    def in_force(self, reports: Iterable[FileReport]) -> dict[Slot, tuple[FileReport, Submission]]:
        """The latest accepted submission of each source, school and period that nobody has undone."""
        parts = [
            (self.since(report, part), report.sha256, report, part)
            for report in reports
            for part in report.submissions
            if part.status != "refused" and part.submission_id not in self.undone
        ]
        parts.sort(key=lambda one: one[:2])
        return {part.slot: (report, part) for _, _, report, part in parts}

    def applied(self, report: FileReport) -> FileReport:
        """The report with acknowledged warnings marked; what has no other is accepted without remarks."""
        if not self.acknowledged:
            return report
        parts = [self._part(part) for part in report.submissions]
        if parts == report.submissions:
            return report
        is_plain = report.status == "accepted_with_warnings" and all(p.status == "accepted" for p in parts)
        noted = any(finding.severity == "warning" for finding in report.findings)
        status = "accepted" if is_plain and not noted else report.status
        return report.model_copy(update={"submissions": parts, "status": status})

    def _part(self, part: Submission) -> Submission:
        findings = [self._finding(part, finding) for finding in part.findings]
        return part.model_copy(update={"findings": findings, "status": status_of(findings)})

    def _finding(self, part: Submission, finding: Finding) -> Finding:
        found = self.acknowledged.get(key_of(part, finding)) if finding.severity == "warning" else None
        if found is None:
            return finding
        known = Acknowledged(by=found.by, at=found.at, why=found.why)
        return finding.model_copy(update={"acknowledged": known})


def read_decisions(root: Path) -> Decisions:
    """All decisions under a data root, the later over the earlier."""
    undone: dict[str, Decision] = {}
    restored: dict[str, Decision] = {}
    acknowledged: dict[str, Decision] = {}
    known = journal.read(root / FOLDER, Decision)
    for decision in known.entries:
        for name in decision.submissions:
            into, out_of = (undone, restored) if decision.kind == "undo" else (restored, undone)
            into[name] = decision
            out_of.pop(name, None)
        acknowledged |= dict.fromkeys(decision.findings, decision)
    return Decisions(undone, restored, acknowledged, known.digest)


def decide(
    root: Path,
    kind: Literal["undo", "restore", "acknowledge"],
    by: str,
    why: str = "",
    submissions: Sequence[str] = (),
    findings: Sequence[str] = (),
) -> Decision:
    """Write a decision down."""
    decision = Decision(
        kind=kind, at=journal.now(), by=journal.named(by), why=why.strip(),
        submissions=tuple(sorted(submissions)), findings=tuple(sorted(findings)),
    )  # fmt: skip
    return journal.write(root / FOLDER, decision)


def key_of(part: Submission, finding: Finding) -> str:
    """A warning is the same while organisation, period, rule, place and words are the same."""
    place = finding.cell or str(finding.row or "")
    text = "|".join((*part.slot, finding.rule, finding.sheet or "", place, finding.message))
    return hashlib.sha256(text.encode()).hexdigest()[:16]

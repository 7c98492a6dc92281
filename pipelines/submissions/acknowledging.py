"""Acknowledging warnings of a file: once, by somebody, for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipelines.findings import FileReport
from pipelines.submissions.decisions import decide, key_of
from pipelines.working import working


class AcknowledgeError(Exception):
    """Nothing can be acknowledged; the message says why."""


def acknowledge(
    root: Path,
    report: FileReport,
    by: str,
    why: str,
    rules: Sequence[str] = (),
    submissions: Sequence[str] = (),
) -> int:
    """Acknowledge the file's warnings (of these rules and submissions); returns how many."""
    if not why.strip():
        raise AcknowledgeError("Напишите, почему это не ошибка: без причины замечание не подтверждают.")
    keys = {
        key_of(part, finding)
        for part in report.submissions
        if not submissions or part.submission_id in submissions
        for finding in part.findings
        if finding.severity == "warning"
        and finding.acknowledged is None
        and (not rules or finding.rule in rules)
    }
    if not keys:
        raise AcknowledgeError("Таких замечаний в файле нет: подтверждать нечего.")
    with working(root, "подтверждение замечаний"):
        decide(root, "acknowledge", by, why, findings=list(keys))
    return len(keys)

"""Acknowledging warnings of a file: once, by somebody, for a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipelines.findings import FileReport, Finding, Submission
from pipelines.submissions.decisions import decide, key_of
from pipelines.working import working


class AcknowledgeError(Exception):
    """Nothing can be acknowledged; the message says why."""


def acknowledge(
    root: Path,
    report: FileReport,
    by: str,
    why: str,
    chosen: Callable[[Submission, Finding], bool] = lambda _part, _finding: True,
) -> int:
    """Acknowledge the file's warnings, or those chosen of them; returns how many."""
    if not why.strip():
        raise AcknowledgeError("Напишите, почему это не ошибка: без причины замечание не подтверждают.")
    keys = {
        key_of(part, finding)
        for part in report.submissions
        for finding in part.findings
        if finding.severity == "warning" and finding.acknowledged is None and chosen(part, finding)
    }
    if not keys:
        raise AcknowledgeError("Таких замечаний в файле нет: подтверждать нечего.")
    with working(root, "подтверждение замечаний"):
        decide(root, "acknowledge", by, why, findings=list(keys))
    return len(keys)

"""Taking a submission back: the former one of its place counts again; and bringing it back by sending it anew."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from pipelines.findings import FileReport, Submission
from pipelines.staging import Store
from pipelines.submissions.decisions import decide, read_decisions
from pipelines.working import working


class UndoError(Exception):
    """There is nothing to undo; the message says why."""


@dataclass(frozen=True)
class Undone:
    """A submission taken back and what counts in its place now."""

    part: Submission
    file: str
    former: str | None
    """The file that counts again; None if there was none before."""


def undo(root: Path, target: str, by: str = "", why: str = "") -> list[Undone]:
    """Take back what is in force of a file (its name, path or content) or one submission (its id)."""
    with working(root, "отмена"):
        store = Store(root)
        reports = store.reports()
        before = read_decisions(root).in_force(reports)
        chosen = _chosen(reports, target)
        taken = [(r, p) for r, p in before.values() if (r.sha256, p.submission_id) in chosen]
        if not taken:
            raise UndoError(_nothing(reports, chosen, target))
        decide(root, "undo", by, why, [part.submission_id for _, part in taken])
        after = read_decisions(root).in_force(reports)
    return [
        Undone(part, report.file, after[part.slot][0].file if part.slot in after else None)
        for report, part in taken
    ]


def bring_back(root: Path, reports: Sequence[FileReport], by: str = "") -> list[str]:
    """Files sent again after they were undone count again; returns their submissions."""
    undone = read_decisions(root).undone
    back = [p.submission_id for r in reports for p in r.submissions if p.submission_id in undone]
    if back:
        decide(root, "restore", by, "файл прислан снова", back)
    return back


def _chosen(reports: Sequence[FileReport], target: str) -> set[tuple[str, str]]:
    """Submissions (with their file's digest) that a person meant."""
    path = Path(target)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
    return {
        (report.sha256, part.submission_id)
        for report in reports
        for part in report.submissions
        if part.submission_id == target
        or report.sha256 == sha256
        or (sha256 is None and target in (report.file, PurePath(report.file).name))
    }


def _nothing(reports: Sequence[FileReport], chosen: set[tuple[str, str]], target: str) -> str:
    name = PurePath(target).name
    if not chosen:
        return (
            f"«{name}» не принимали: отменять нечего. Имена принятых файлов — на странице «Качество данных»."
        )
    return f"«{name}» уже не действует: его отменили или заменил более поздний файл. Отмените тот."

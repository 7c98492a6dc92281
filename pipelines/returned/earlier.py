"""A file sent again: what was put right, what is left, what is new."""

from __future__ import annotations

import re
from pathlib import PurePath

from pipelines.findings import FileReport, Submission
from pipelines.returned.remarks import SUFFIX, Comparison, Key, key_of


def compared(report: FileReport, known: list[FileReport]) -> Comparison | None:
    """Against what was received before for the same organisations and periods, or under the same name."""
    before = [r for r in known if r.sha256 != report.sha256 and r.received_at < report.received_at]
    slots = {part.slot for part in report.submissions}
    latest = {part.slot: part for r in before for part in r.submissions if part.slot in slots}
    base = [r for r in before if any(part.slot in latest for part in r.submissions)]
    if not latest:
        base = [
            r for r in before if r.source in (None, report.source) and _name(r.file) == _name(report.file)
        ]
        latest = {part.slot: part for r in base[-1:] for part in r.submissions}
    was = _keys(base[-1], list(latest.values())) if base else set()
    if not was:
        return None
    now = _keys(report, report.submissions)
    return Comparison(len(was - now), len(was & now), len(now - was), frozenset(was))


def _keys(report: FileReport, parts: list[Submission]) -> set[Key]:
    whole = {key_of(None, finding) for finding in report.findings if finding.severity != "info"}
    return whole | {key_of(part, f) for part in parts for f in part.findings if f.severity != "info"}


def _name(file: str) -> str:
    """The name by which the sender calls the file: without folder, kind and what returning added."""
    stem = PurePath(file).stem.lower()
    return re.sub(rf"(?:-\d+|{SUFFIX})+$", "", stem)

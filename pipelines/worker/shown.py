"""What was found in a file, as plain data for the page: who sent what, what is wrong and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipelines.findings import FileReport, Finding, Submission
from pipelines.read import Sheet, UnreadableError, read_book
from pipelines.returned.earlier import compared
from pipelines.returned.letter import letter
from pipelines.returned.remarks import SUFFIX, Back, Cause, Remark, causes, kind_of, verdict
from pipelines.sources import sources
from pipelines.staging import Store
from pipelines.submissions.decisions import Decisions, read_decisions
from pipelines.submissions.told import difference
from pipelines.worker.excerpt import Excerpts

PLACES = 12
"""Places of one cause that are named; the others are counted."""
PARTS = 60
"""Organisations of one file that are told of in full: those sent back, then those that replace or have findings."""
_NO_PERIOD = "file.no_period"

Plain = dict[str, Any]


def shown(report: FileReport, path: Path, root: Path) -> Plain:
    """A checked file: what it is, its organisations with their findings, the letter, what it was before."""
    excerpts = Excerpts(_sheets(path), sources().get(report.source or ""))
    reports = Store(root).reports()
    earlier = compared(report, reports)
    back = Back(path.name, f"{path.stem}{SUFFIX}.xlsx", report, earlier)
    parts = sorted(report.submissions, key=lambda p: (p.status != "refused", not p.replaces, not p.findings))
    return {
        "name": path.name,
        "sha256": report.sha256,
        "source": report.source,
        "kind": kind_of(report) or "Вид файла не узнан",
        "status": report.status,
        "verdict": verdict(report),
        "asks": any(f.rule == _NO_PERIOD for f in report.findings),
        "rows": sum(part.rows for part in parts if part.status != "refused"),
        "known": _known(report, reports, read_decisions(root)),
        "compared": earlier and {"fixed": earlier.fixed, "left": earlier.left, "new": earlier.new},
        "causes": _causes(report.findings, excerpts),
        "parts": [_part(part, excerpts) for part in parts[:PARTS]],
        "counts": _counts(parts),
        "alike": _alike(parts),
        "letter": letter(back, root),
    }


def _counts(parts: Sequence[Submission]) -> Plain:
    """How many organisations there are, may be taken in, replace what they sent before, have findings."""
    going = [part for part in parts if part.status != "refused"]
    return {
        "all": len(parts),
        "going": len(going),
        "replacing": sum(part.replaces is not None for part in going),
        "noted": sum(bool(part.findings) for part in parts),
    }


def _alike(parts: Sequence[Submission]) -> list[Plain]:
    """Warnings of one rule that several organisations have: nobody acknowledges them one by one."""
    open_: dict[str, list[Remark]] = defaultdict(list)
    for part in parts:
        for one in part.findings:
            if one.severity == "warning" and one.acknowledged is None:
                open_[one.rule].append(Remark(one, part.submission_id))
    found = [
        (rule, causes(same), len(same)) for rule, same in open_.items() if len({r.school for r in same}) > 1
    ]
    return [{"rule": rule, "title": first.title, "count": count} for rule, (first, *_), count in found]


def _known(report: FileReport, reports: Sequence[FileReport], decisions: Decisions) -> Plain | None:
    """When the same content was taken before, and whether it counts; None for a new file."""
    taken = next((one for one in reports if one.sha256 == report.sha256 and one.tables), None)
    if taken is None:
        return None
    in_force = {part.submission_id for _, part in decisions.in_force(reports).values()}
    own = [part.submission_id for part in taken.submissions if part.status != "refused"]
    undone = next((decisions.undone[name] for name in own if name in decisions.undone), None)
    return {
        "at": f"{taken.received_at.astimezone():%d.%m.%Y %H:%M}",
        "file": taken.file,
        "counts": sum(name in in_force for name in own),
        "undone_by": undone.by if undone else None,
    }


def _sheets(path: Path) -> list[Sheet]:
    try:
        return read_book(path.read_bytes())
    except UnreadableError:
        return []


def _part(part: Submission, excerpts: Excerpts) -> Plain:
    return {
        "submission": part.submission_id,
        "school": part.school,
        "name": part.school_name or part.school or "весь район",
        "period": part.period,
        "status": part.status,
        "unknown": any(finding.rule == "school.unknown_name" for finding in part.findings),
        "rows": part.rows,
        "replaces": _replaces(part),
        "causes": _causes(part.findings, excerpts),
    }


def _replaces(part: Submission) -> Plain | None:
    was = part.replaces
    if was is None:
        return None
    return {"file": was.file, "at": f"{was.received_at.astimezone():%d.%m.%Y}", "difference": difference(was)}


def _causes(findings: Sequence[Finding], excerpts: Excerpts) -> list[Plain]:
    open_, known = ([f for f in findings if (f.acknowledged is None) == is_open] for is_open in (True, False))
    found = [*causes(list(map(Remark, open_))), *causes(list(map(Remark, known)))]
    return [_cause(one, excerpts) for one in found]


def _cause(cause: Cause, excerpts: Excerpts) -> Plain:
    found = [remark.finding for remark in cause.remarks]
    return {
        "severity": cause.severity,
        "rule": found[0].rule,
        "title": cause.title,
        "count": len(found),
        "fix": _fix(found[0]),
        "acknowledged": _acknowledged(found[0]),
        "places": [_place(finding) for finding in found[:PLACES]],
        "excerpt": excerpts.of(found),
    }


def _acknowledged(finding: Finding) -> Plain | None:
    known = finding.acknowledged
    return {"by": known.by, "at": f"{known.at.astimezone():%d.%m.%Y}", "why": known.why} if known else None


def _fix(finding: Finding) -> str:
    """What to do; where it names a command, the page has fields and buttons instead."""
    if finding.rule == _NO_PERIOD and "kabinet intake" in finding.fix:
        return "Укажите недостающее ниже"
    return finding.fix.partition(": kabinet ")[0]


def _place(finding: Finding) -> Plain:
    return {
        "cell": finding.cell or (f"строка {finding.row}" if finding.row else ""),
        "column": finding.column or "",
        "message": finding.message,
    }

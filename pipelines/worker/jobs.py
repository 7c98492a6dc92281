"""The work itself: one function a kind of job, from what the page said to what it is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.build import BuildError, build, is_current
from pipelines.confirmed.spellings import ConfirmError, confirm_school
from pipelines.demo.away import NotDemonstrationError, put_away
from pipelines.findings import Finding, Submission
from pipelines.intake import check, intake
from pipelines.periods import Context
from pipelines.returned.earlier import compared
from pipelines.returned.give import workbook
from pipelines.returned.remarks import SUFFIX, Back
from pipelines.sources import sources
from pipelines.staging import Store
from pipelines.submissions.acknowledging import AcknowledgeError, acknowledge
from pipelines.submissions.moves import moves
from pipelines.submissions.undoing import UndoError, undo
from pipelines.templates.write import TemplateError, write
from pipelines.worker.queue import Job, Queue
from pipelines.worker.shown import shown
from pipelines.working import BusyError

Progress = Callable[[str, int, int], None]
Answer = dict[str, Any]


EVERYWHERE = ""
"""In the place of a submission: all of the file."""


class _RefusedError(Exception):
    """The job cannot be done; the message says why."""


EXPECTED = (
    ConfirmError, BusyError, BuildError, NotDemonstrationError, TemplateError, UndoError, AcknowledgeError,
    _RefusedError,
)  # fmt: skip
"""What may go wrong and is said in its own words."""


def do(job: Job, queue: Queue, root: Path) -> Answer:
    """Do a job; raises one of `EXPECTED` with words for the page."""
    work = _WORK.get(job.kind)
    if work is None:
        raise _RefusedError(f"Такой работы нет: «{job.kind}»")

    def progress(text: str, done: int, total: int) -> None:
        queue.progress(job, text, done, total)

    return {"ok": True, **work(job, queue, root, progress)}


def _check(job: Job, queue: Queue, root: Path, progress: Progress) -> Answer:
    path = _file(job)
    progress("читаю и проверяю", 0, 0)
    [report] = check([path], root, _context(job))
    progress("собираю замечания", 0, 0)
    return {"file": shown(report, path, root)}


def _accept(job: Job, queue: Queue, root: Path, progress: Progress) -> Answer:
    checked = _checked(job, queue)
    [report] = intake([_file(checked)], root, _context(checked), progress, _by(job))
    if report.source and sources()[report.source].reference:
        _check_again(queue, root, progress)
    if not any(other.kind == "accept" and other.id != job.id for other in queue.waiting()):
        _rebuild(root, progress)  # of several files the last one brings the new snapshot
    return {"status": report.status, "file": report.file}


def _check_again(queue: Queue, root: Path, progress: Progress) -> None:
    """Files that wait for a decision were read against another registry, scale, specification or spelling."""
    for other in queue.undecided():
        progress(f"проверяю заново: {other.said.get('name', '')}", 0, 0)
        queue.answer(other, {"ok": True, **_check(other, queue, root, progress)})


def _moves(job: Job, queue: Queue, root: Path, progress: Progress) -> Answer:
    """Which indicators the checked file would move."""
    checked = _checked(job, queue)
    progress("считаю показатели", 0, 0)
    held: list[dict[str, pd.DataFrame]] = []
    [report] = check([_file(checked)], root, _context(checked), lambda _, tables: held.append(tables))
    moved = moves(root, report, held[0]) if held else []
    names = {part.school: part.school_name for part in report.submissions}
    return {"moves": [{**move._asdict(), "name": names.get(move.school) or "район"} for move in moved]}


def _undo(job: Job, queue: Queue, root: Path, progress: Progress) -> Answer:
    """Take back a checked file that was accepted, or one submission."""
    target = str(job.said.get("submission") or _file(_checked(job, queue)))
    undone = undo(root, target, _by(job), str(job.said.get("why") or ""))
    _rebuild(root, progress)
    return {"former": sorted({one.former for one in undone if one.former})}


def _acknowledge(job: Job, queue: Queue, root: Path, progress: Progress) -> Answer:
    """Acknowledge warnings of a checked file; it is checked again, so that its answer says so."""
    checked = _checked(job, queue)
    [report] = check([_file(checked)], root, _context(checked))
    pairs = {(rule, submission) for rule, submission in job.said.get("chosen") or ()}

    def chosen(part: Submission, finding: Finding) -> bool:
        return bool(pairs & {(finding.rule, part.submission_id), (finding.rule, EVERYWHERE)})

    count = acknowledge(root, report, _by(job), str(job.said.get("why") or ""), chosen)
    queue.answer(checked, {"ok": True, **_check(checked, queue, root, progress)})
    _rebuild(root, progress)
    return {"count": count}


def _returned(job: Job, queue: Queue, root: Path, progress: Progress) -> Answer:
    """The marked workbook, beside the answer."""
    path = _file(checked := _checked(job, queue))
    [report] = check([path], root, _context(checked))
    name = f"{path.stem.removesuffix(SUFFIX)}{SUFFIX}.xlsx"
    back = Back(path.name, name, report, compared(report, Store(root).reports()))
    (job.folder / "out").mkdir(exist_ok=True)
    (job.folder / "out" / name).write_bytes(workbook(path.read_bytes(), back))
    return {"out": name}


def _template(job: Job, queue: Queue, root: Path, progress: Progress) -> Answer:
    out = job.folder / "out"
    shutil.rmtree(out, ignore_errors=True)  # a try that was cut short
    path = write(str(job.said["source"]), out, root, job.said.get("school"), job.said.get("year"))
    return {"out": path.name}


def _own(job: Job, queue: Queue, root: Path, progress: Progress) -> Answer:
    """The demonstration district goes; what is one's own is read anew."""
    left = put_away(root)
    intake(None, root, progress=progress)
    _rebuild(root, progress)
    return {"left": left}


def _rebuild(root: Path, progress: Progress) -> None:
    if not is_current(root):
        build(root, progress)


def _checked(job: Job, queue: Queue) -> Job:
    found = queue.job(str(job.said.get("check", "")))
    if found is None:
        raise _RefusedError("Проверенного файла больше нет: перетащите его ещё раз.")
    return found


def _file(job: Job) -> Path:
    if job.file is None:
        raise _RefusedError("Файл не дошёл: перетащите его ещё раз.")
    return job.file


def _confirm(job: Job, queue: Queue, root: Path, progress: Progress) -> Answer:
    """Whose a spelling is: said once; the files that wait are read again."""
    said = confirm_school(root, str(job.said.get("spelling", "")), str(job.said.get("school", "")), _by(job))
    _check_again(queue, root, progress)
    return {"spelling": said.what, "school": said.meaning}


def _by(job: Job) -> str:
    return str(job.said.get("by") or "")


def _context(job: Job) -> Context:
    return Context.model_validate(job.said.get("context") or {})


_WORK: dict[str, Callable[[Job, Queue, Path, Progress], Answer]] = {
    "check": _check, "accept": _accept, "returned": _returned, "template": _template, "moves": _moves,
    "confirm": _confirm, "undo": _undo, "acknowledge": _acknowledge, "own": _own,
}  # fmt: skip

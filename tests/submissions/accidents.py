"""Intakes that end badly, each in a process of its own: ``python accidents.py KIND ROOT FILE [KIND ROOT FILE …]``.

Everything is loaded once, then a child is forked for every accident. What each child says goes to stdout.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipelines import intake as service
from pipelines import staging
from pipelines.inbox import Inbox
from pipelines.submissions import decisions
from pipelines.submissions.undoing import undo
from pipelines.terminal import _explain, application
from pipelines.validate import load

NOBODY = 65534


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before_the_copy() -> None:
    Inbox.keep = die  # type: ignore[assignment]


def in_the_middle_of_the_rows() -> None:
    def torn(_: Any, path: Path) -> None:
        path.write_bytes(b"PAR1 torn")
        die()

    staging.write_rows = torn


def before_the_record() -> None:
    Path.write_text = die  # type: ignore[assignment]


def after_the_record() -> None:
    service.bring_back = die  # type: ignore[assignment]


def full_disk() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))


def read_only() -> None:
    if os.getuid() == 0:
        os.setuid(NOBODY)


def in_the_middle_of_a_decision() -> None:
    class Killed(decisions.Decision):
        def model_dump_json(self, **_: Any) -> str:  # type: ignore[override]
            die()
            return ""

    decisions.Decision = Killed  # type: ignore[misc]


ACCIDENTS: dict[str, Callable[[], None]] = {
    one.__name__: one
    for one in (before_the_copy, in_the_middle_of_the_rows, before_the_record, after_the_record, full_disk, read_only,
                in_the_middle_of_a_decision)
}  # fmt: skip


def child(kind: str, root: Path, file: Path) -> None:
    """One intake (or undoing) that goes wrong; what a person is told is printed."""
    if kind in ACCIDENTS:
        ACCIDENTS[kind]()
    try:
        undo(root, file.name) if kind == "in_the_middle_of_a_decision" else service.intake([file], root)
    except Exception as error:
        _explain(error, lambda: root)


def main() -> None:
    load()
    application("")
    tasks = sys.argv[1:]
    for kind, root, file in zip(tasks[::3], tasks[1::3], tasks[2::3], strict=True):
        pid = os.fork()
        if pid == 0:
            sys.stdout.write(f"=== {kind}\n")  # at once: two children may speak at the same time
            sys.stdout.flush()
            child(kind, Path(root), Path(file))
            os._exit(0)
        if kind != "together":
            os.waitpid(pid, 0)
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


if __name__ == "__main__":
    main()

"""``python -m pipelines.worker ROOT``: load everything, then answer jobs until the parent goes."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

from pipelines.worker.queue import LANES, Job, Lane, Queue
from pipelines.working import BusyError, working

_PAUSE = 0.05
_BEAT = 1.0
_OTHER = 3600.0
"""Seconds for which a second process waits before it looks again whether the first still lives."""
_FAULT = "Внутренняя ошибка программы приёма: файл цел, но не принят. Подробности в файле logs/worker.log."


def main(root: Path) -> None:
    """Only one process answers in a data root; another waits until it is gone."""
    queue = Queue(root)
    queue.folder.mkdir(parents=True, exist_ok=True)
    while True:
        try:
            with working(queue.folder, "приём файлов со страницы", _OTHER):
                _serve(queue, root)
        except BusyError:
            continue
        return


def _serve(queue: Queue, root: Path) -> None:
    state = ["starting"]
    threading.Thread(target=_beat, args=(queue, state), daemon=True).start()
    _load()
    queue.sweep()
    queue.offer(_forms())
    state[0] = "ready"
    queue.beat("ready")
    for lane in LANES:
        threading.Thread(target=_answer_all, args=(lane, queue, root), daemon=True).start()
    sys.stdin.buffer.read()  # the parent holds the other end: it closes when the parent is gone


def _beat(queue: Queue, state: list[str]) -> None:
    while True:
        queue.beat(state[0])
        time.sleep(_BEAT)


def _load() -> None:
    """Import and read all that the first file would otherwise wait for."""
    from pipelines.sources import reading_digest, sources
    from pipelines.validate import load
    from pipelines.worker import jobs

    load()
    sources()
    reading_digest()
    assert jobs


def _forms() -> list[dict[str, Any]]:
    """Forms to fill: by an organisation (``school``) or by the district."""
    from pipelines.sources import sources
    from pipelines.templates.declared import templates

    titles = {name: source.title.partition(" (")[0] for name, source in sources().items()}
    return [{"id": one.id, "title": titles[one.id], "school": one.school} for one in templates().values()]


def _answer_all(lane: Lane, queue: Queue, root: Path) -> None:
    while True:
        for job in [job for job in queue.waiting() if job.lane == lane]:
            _answer(job, queue, root)
        time.sleep(_PAUSE)


def _answer(job: Job, queue: Queue, root: Path) -> None:
    from pipelines.worker import jobs

    if not queue.begin(job):
        return
    try:
        result = jobs.do(job, queue, root)
    except jobs.EXPECTED as error:
        result = {"ok": False, "message": str(error)}
    except PermissionError as error:
        words = f"Нет доступа: {error.filename}. Закройте этот файл в других программах и повторите."
        result = {"ok": False, "message": words}
    except OSError:
        result = {"ok": False, "message": "Не удалось записать: проверьте место на диске и права на папку."}
    except Exception:
        # The exception's own words may quote a cell: only the places in the code are kept.
        print("".join(traceback.format_tb(sys.exc_info()[2])), file=sys.stderr, flush=True)
        result = {"ok": False, "message": _FAULT}
    queue.answer(job, result)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

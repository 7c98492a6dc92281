"""A methodist's queue: what the page would post, answered by the worker's own code in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard.desk import post
from pipelines.worker.__main__ import _answer
from pipelines.worker.queue import Queue

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(demo_copy: Path) -> Ask:
    """Post a job as the page does, let the worker answer it, and read the answer as the page does."""

    def asked(kind: str, content: bytes | None = None, **said: Any) -> dict[str, Any]:
        name = post.post(demo_copy, kind, content, **said)
        queue = Queue(demo_copy)
        for job in list(queue.waiting()):
            _answer(job, queue, demo_copy)
        return {"job": name, **post.wait(demo_copy, name, patience=0.5)}

    return asked

"""Batches of files examined by several processes at once, so that a region is taken in by all cores of a computer.

A helper reads, judges and stages rows; what it found comes back to the one process that keeps records, which examines
batches too. Few files need no help: a helper has to import what this process already has.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import chain
from pathlib import Path
from queue import SimpleQueue

from pipelines.examine import Examined, Examiner, Received, Told

Batch = list[Received]
Numbered = tuple[int, Batch]
ENOUGH = 2_000_000
"""Bytes of files with which help is called: it comes after three seconds of import, to twice as long a work."""
MOST = 3
"""Helpers; each takes as much memory as we."""
_AHEAD = 2
"""Batches of one helper: at one it works, the other lies ready."""
_PROJECT = Path(__file__).resolve().parents[2]


def side_by_side(
    batches: Iterable[Batch], examiner: Examiner, root: Path, told: Told
) -> Generator[list[Examined], None, None]:
    """What was found in each batch, in their order; batches are asked for when somebody is free."""
    given = iter(batches)
    first = _first(given)
    numbered = enumerate(chain(first, given))
    done: dict[int, list[Examined]] = {}
    following = 0
    if _is_enough(first):
        examiner.reader.persons()  # makes the key that helpers read
    helpers = _Helpers(root, _number() if _is_enough(first) else 0)

    def heard(number: int, name: str) -> None:
        told(number, name)
        helpers.feed(numbered)

    try:
        while True:
            helpers.feed(numbered)
            if mine := next(numbered, None) or helpers.back():
                done[mine[0]] = examiner.examine(mine[1], heard)
            elif not helpers.wait():
                return
            for (number, batch), found in helpers.finished():
                done[number] = examiner.examine(batch, told) if found is None else found
            while following in done:
                yield done.pop(following)
                following += 1
    finally:
        helpers.close()


def size(batch: Batch) -> int:
    """Bytes of a batch."""
    return sum(len(one.content) for one in batch)


def _first(batches: Iterator[Batch]) -> list[Batch]:
    """The first batches: enough to ask for help, or all there are."""
    first: list[Batch] = []
    while not _is_enough(first) and (batch := next(batches, None)):
        first.append(batch)
    return first


def _is_enough(batches: list[Batch]) -> bool:
    return len(batches) > 1 and sum(map(size, batches)) >= ENOUGH


def _number() -> int:
    return min((os.cpu_count() or 1) - 1, MOST)


class _Helper:
    """A process that examines one batch after another."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, "-m", "pipelines.helpers", str(root.resolve())]
        self.process = subprocess.Popen(
            command, cwd=_PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def ready(self) -> _Helper:
        """The helper, once it has imported all that it needs."""
        self._answer()
        return self

    def examine(self, batch: Batch) -> list[Examined]:
        """What it found; `OSError` or `EOFError` if it ended before it could say."""
        assert self.process.stdin
        pickle.dump(batch, self.process.stdin)
        self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> list[Examined]:
        assert self.process.stdout
        found: list[Examined] = pickle.load(self.process.stdout)
        return found


class _Helpers:
    """Helpers, and the batches that are with them."""

    def __init__(self, root: Path, number: int) -> None:
        self._all = [_Helper(root) for _ in range(number)]
        self._threads = ThreadPoolExecutor(max(number, 1))
        self._coming = [self._threads.submit(helper.ready) for helper in self._all]
        self._free: SimpleQueue[_Helper] = SimpleQueue()
        self._given: dict[Future[list[Examined]], Numbered] = {}
        self._most = 0

    def feed(self, numbered: Iterator[Numbered]) -> None:
        """Give batches to those who are ready, as many as may lie with them."""
        for one in [one for one in self._coming if one.done()]:
            self._coming.remove(one)
            if not one.exception():
                self._free.put(one.result())
                self._most += _AHEAD
        while sum(not one.done() for one in self._given) < self._most and (following := next(numbered, None)):
            self._given[self._threads.submit(self._examine, following[1])] = following

    def _examine(self, batch: Batch) -> list[Examined]:
        helper = self._free.get()
        try:
            return helper.examine(batch)
        finally:
            self._free.put(helper)  # one that has ended says so at once

    def back(self) -> Numbered | None:
        """A batch that nobody has begun."""
        unbegun = next((one for one in reversed(self._given) if one.cancel()), None)
        return self._given.pop(unbegun) if unbegun else None

    def wait(self) -> bool:
        """Wait until somebody is ready; False when nobody has anything."""
        wait(self._given, return_when=FIRST_COMPLETED)
        return bool(self._given)

    def finished(self) -> Iterator[tuple[Numbered, list[Examined] | None]]:
        """Batches that came back, and what was found; None where a helper ended before it could say.

        Nobody helps after that: what went wrong there goes wrong here as well, where it is told.
        """
        for one in [one for one in self._given if one.done()]:
            batch = self._given.pop(one)
            if one.exception():
                self._most = 0
                yield batch, None
            else:
                yield batch, one.result()

    def close(self) -> None:
        """End them, idle or not: rows that no record names do not count."""
        for helper in self._all:
            helper.process.kill()
        self._threads.shutdown(cancel_futures=True)
        for helper in self._all:
            helper.process.communicate()

"""Received files read and judged, batch by batch: what every process of an intake does, alone or beside others."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import pyarrow as pa

from pipelines.contract import declarations
from pipelines.periods import Context
from pipelines.persons import persons
from pipelines.received import Outcome, Reader, decide, prepare
from pipelines.recognise import Recogniser
from pipelines.references import References
from pipelines.sources import reading_digest, sources
from pipelines.staging import Store

Told = Callable[[int, str], None]
"""Hears the number of a file among those examined, and its name."""
TOGETHER = 5_000
"""Rows of files that wait to be validated, those of one source in one run."""
_VERSION = "8"
"""Changes when the code reads the same file otherwise."""


@dataclass(frozen=True)
class Received:
    """A file to be examined."""

    path: Path
    sha256: str
    context: Context
    content: bytes


@dataclass(frozen=True)
class Examined:
    """What was found of a file; its accepted rows are in the outcome, or staged under these names."""

    path: Path
    sha256: str
    context: Context
    outcome: Outcome
    declared: str
    """Digest of everything but the content on which the outcome depends."""
    staged: dict[str, str]

    @property
    def went_in(self) -> bool:
        """Whether any of its rows were accepted."""
        return bool(self.outcome.tables or self.staged)


class Examiner:
    """Reads and judges files of a data root; rows go to the store at once, records are for others to keep."""

    def __init__(self, root: Path, write: bool) -> None:
        # Tables come and go by thousands: Arrow's own pool keeps what they had, the system's takes it back.
        pa.set_memory_pool(pa.system_memory_pool())
        self._store, self._write = Store(root), write
        self.references = References(self._store)
        keys = cache(partial(persons, root, write))
        self.reader = Reader(declarations(), sources(), Recogniser(sources()), self.references, keys)
        self._bases: dict[tuple[str, ...], str] = {}
        self.look_anew()

    def look_anew(self) -> None:
        """Read references again: some were taken in.

        Their digests come first: rows may be newer than these, so that the file is read once more, but never older.
        """
        self.references.forget()
        self._bases = {key: self._digest_of(key) for key in {self._key(name) for name in self.reader.sources}}

    def examine(self, files: Sequence[Received], told: Told) -> list[Examined]:
        """Read and judge these files; ``told`` hears of each as it begins."""
        found: list[Examined] = []
        waiting: list[tuple[Received, Outcome]] = []
        rows = 0
        for number, one in enumerate(files):
            told(number, one.path.name)
            if self._write:
                self._store.keep_received(one.sha256, one.path.suffix, one.content)
            outcome = prepare(one.content, one.path.name, one.sha256, one.context, self.reader)
            waiting.append((one, outcome))
            rows += len(outcome.prepared.raw) if outcome.prepared else 0
            if rows >= TOGETHER:
                found += self._decided(waiting)
                waiting, rows = [], 0
        return found + self._decided(waiting)

    def _decided(self, waiting: list[tuple[Received, Outcome]]) -> list[Examined]:
        decide([outcome for _, outcome in waiting], self.reader.declared)
        found = [self._examined(one, outcome) for one, outcome in waiting]
        if self._write:
            self._stage(found)
        return found

    def _examined(self, one: Received, outcome: Outcome) -> Examined:
        declared = self.declared(outcome.source, one.context)
        return Examined(one.path, one.sha256, one.context, outcome, declared, staged={})

    def _stage(self, found: list[Examined]) -> None:
        """Move accepted rows into the store, those of one source together."""
        of_source: dict[str | None, list[Examined]] = defaultdict(list)
        for one in found:
            if one.outcome.tables:
                of_source[one.outcome.source].append(one)
        for files in of_source.values():
            rows = {one.sha256: one.outcome.tables for one in files}  # of one content the later
            names = self._store.stage(rows, [one.declared for one in files])
            for one in files:
                one.staged.update({table: names[table] for table in one.outcome.tables if table in names})
                one.outcome.tables = {}

    def declared(self, source: str | None, context: Context) -> str:
        """Digest of what was said of a file, then that of the declarations and references it is read against."""
        basis = self.basis(source)
        return f"{_digest(basis, context.model_dump_json())[:8]}-{basis}"

    def basis(self, source: str | None) -> str:
        """Digest of the declarations and of the references that this source is read against."""
        return self._bases[self._key(source)]

    def _key(self, source: str | None) -> tuple[str, ...]:
        return self.reader.sources[source].references if source in self.reader.sources else ()

    def _digest_of(self, tables: tuple[str, ...]) -> str:
        return _digest(_VERSION, reading_digest(), self.references.digest(tables))[:16]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

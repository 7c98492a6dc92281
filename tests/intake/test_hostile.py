"""No file, however spoilt, crashes intake, hangs it or is taken with a number that its own sums contradict.

A few dozen in every run; a thousand with ``pytest -m bench tests/benchmarks/test_hostile.py``.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipelines.findings import FileReport
from pipelines.intake import Context, check
from tests.intake.files import prepared
from tests.intake.hostile import SOURCES, Hostile, hostile

SECONDS = 10.0
CONTEXT = Context(school="edu980101")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root that knows the registry, a scale and a specification."""
    return prepared(tmp_path_factory.mktemp("hostile") / "data")


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_spoilt_files_are_judged_in_words(root: Path, first: int) -> None:
    for seed in range(first, first + 20):
        judged(root, hostile(seed))


def test_the_seeds_reach_every_source_and_contradictions() -> None:
    made = [hostile(seed) for seed in range(60)]
    assert {one.done[0] for one in made} == {sample.source for sample in SOURCES}
    assert sum(one.contradicts is not None for one in made) >= 3


def judged(root: Path, one: Hostile) -> FileReport:
    """Intake's report on a spoilt file, after all that must be true of it."""
    path = root / "sent" / one.name
    path.write_bytes(one.content)
    start = time.process_time()  # of this process: a busy machine is no hang
    try:
        (report,) = check([path], root, CONTEXT)
    except BaseException as error:
        raise AssertionError(f"{one.name}: {one.done}") from error
    assert time.process_time() - start < SECONDS, one.done
    findings = [*report.findings, *(f for part in report.submissions for f in part.findings)]
    assert all(f.message and "Traceback" not in f.message for f in findings), one.done
    if report.status == "refused":
        assert any(f.severity == "error" for f in findings), (one.name, one.done)
    if one.contradicts:
        said = [f for f in findings if f.severity != "info" and f.row == one.contradicts]
        assert said, (one.name, one.done, findings)
    path.unlink()
    return report

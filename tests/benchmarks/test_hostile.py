"""A thousand spoilt files: none crashes intake, hangs it or is taken against its own sums."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.benchmarks.conftest import Report
from tests.intake.files import prepared
from tests.intake.hostile import hostile
from tests.intake.test_hostile import judged

FILES = 1000


def test_a_thousand_spoilt_files(tmp_path: Path, report: Report) -> None:
    root = prepared(tmp_path / "data")
    states = Counter(judged(root, hostile(seed)).status for seed in range(FILES))
    report(
        f"{FILES} spoilt files: " + ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    )
    assert states.total() == FILES

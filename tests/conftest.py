"""Fixtures that several kinds of tests share."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("kabinet", deadline=None)
settings.load_profile("kabinet")  # a busy machine is no failure: speed is the benchmarks' question

REAL = Path(__file__).resolve().parents[2] / "shared" / "real"
"""Real files lie beside the checkout of those who may have them."""


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real files; tests that need it are skipped without it."""
    if not REAL.is_dir():
        pytest.skip("нет настоящих файлов рядом с проектом")
    return REAL


@pytest.fixture(scope="session")
def demo_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration district, taken in and built by the production pipeline once a run; read only."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # one district for all workers
    root, ready, claimed = shared / "demo", shared / "demo.ready", shared / "demo.claimed"
    try:
        claimed.mkdir()
    except FileExistsError:
        _wait_for(ready)
        return root
    _make_demo(root)
    ready.touch()
    return root


@pytest.fixture
def demo_copy(demo_root: Path, tmp_path: Path) -> Path:
    """A demonstration district that a test may write to."""
    return Path(shutil.copytree(demo_root, tmp_path / "data"))


@pytest.fixture(autouse=True)
def _no_data_root_of_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A test that names no data root works in an empty folder, never in somebody's ./data."""
    monkeypatch.setenv("KABINET_DATA", str(tmp_path / "data"))


def _make_demo(root: Path) -> None:
    from pipelines.build import build
    from pipelines.demo.prepare import prepare
    from pipelines.intake import intake

    prepare(root, seed=1, schools=5)
    intake(None, root)
    build(root)


def _wait_for(ready: Path, patience: float = 300) -> None:
    deadline = time.monotonic() + patience
    while not ready.exists():
        if time.monotonic() > deadline:
            pytest.fail("the worker that makes the demonstration district did not finish")
        time.sleep(0.2)

"""Fixtures that several kinds of tests share."""

from __future__ import annotations

import gc
import os
import pkgutil
import shutil
import time
from collections.abc import Generator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import dashboard
import pipelines

settings.register_profile("kabinet", deadline=None)
settings.load_profile("kabinet")  # a busy machine is no failure: speed is the benchmarks' question

TESTS = Path(__file__).parent
FIRST = (
    "browser/test_access.py", "marts/test_properties.py", "test_readme.py", "browser", "submissions", "worker", "fail",
    "report", "dashboard", "demo", "marts/test_oracle_files.py",
)  # fmt: skip
"""The dearest first, so that processes end together; of the first two only one needs the demonstration district."""
UNTRACED = (
    "browser", "fail", "demo/test_faults.py", "marts/test_oracle", "marts/test_properties.py", "marts/test_real.py",
    "report/test_office.py", "report/test_numbers.py", "report/test_published.py", "intake/test_properties.py",
    "intake/test_real", "intake/test_hostile.py", "submissions/test_never_lost.py", "dashboard/test_finder.py",
    "dashboard/test_audience.py", "test_readme.py",
)  # fmt: skip
"""Run without coverage, which nearly doubles their time: they go again and again through lines that others run too."""

RUN_ON_IMPORT = ("__main__", "app", "pages")
"""Modules that are scripts."""

REAL = Path(__file__).resolve().parents[2] / "shared" / "real"
"""Real files lie beside the checkout of those who may have them."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """The whole suite takes a process a core; named tests and benchmarks run in the one that was asked."""
    is_whole = config.args_source is not pytest.Config.ArgsSource.ARGS
    return None if is_whole and "bench" not in config.getoption("markexpr") else 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Dear files first, otherwise as they come."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    return next((turn for turn, start in enumerate(FIRST) if _place(item).startswith(start)), len(FIRST))


def _place(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).as_posix()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Stop coverage for an untraced test and what is set up for it."""
    coverage = _coverage(item.config)
    if coverage is None or not _place(item).startswith(UNTRACED):
        return (yield)
    coverage.pause()
    try:
        return (yield)
    finally:
        coverage.resume()


def _coverage(config: pytest.Config) -> Any:
    """What follows the lines that are run, if anything does."""
    return getattr(config.pluginmanager.getplugin("_cov"), "cov_controller", None)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """What is collected stays to the end: looking for garbage in it again and again was a fifth of collecting."""
    gc.disable()
    if _coverage(session.config):
        _import_everything()
    found = yield
    gc.freeze()
    gc.enable()
    return found


def _import_everything() -> None:
    """Else what an untraced test is the first to import would count as never run."""
    for package in (pipelines, dashboard):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.rpartition(".")[2] not in RUN_ON_IMPORT:
                import_module(module.name)


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

"""Snapshots the pages are tested on: the demonstration district, one school, nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.marts import open_latest
from dashboard.queries import Queries
from tests.marts.rows import District, pupils


@pytest.fixture(scope="session")
def demo(demo_root: Path) -> Queries:
    """The demonstration district's answers."""
    return Queries(open_latest(demo_root))


@pytest.fixture(scope="session")
def one_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One school with one work of twelve pupils and nothing else: no scale, no specification, no staff."""
    district = District(tmp_path_factory.mktemp("one"))
    district.file("school_registry", school=[{"kind": "школа", "municipality": "Озёрный район"}])
    district.file("vpr_pupils_2021", **pupils([[1, 0, "X"]] * 11 + [[]]))
    district.marts()
    return district.root


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot without a single row."""
    district = District(tmp_path_factory.mktemp("empty"))
    district.marts()
    return district.root

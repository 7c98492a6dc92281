from __future__ import annotations

from pathlib import Path

import pytest

from tests.marts.rows import OTHER, District, pupils


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def in_maths(district: District) -> District:
    """Two schools, two tasks: 3 + 2 pupils present, one absent."""
    district.file("vpr", "a", **pupils([[1, 2], [1, "X"], ["нет", None], []], municipality="Озёрный район"))
    district.file("vpr", "b", **pupils([[0, 1], [1, 1]], OTHER, municipality="г. Озёрск", **{"class": "4А"}))
    return district


@pytest.fixture
def maths(district: District) -> District:
    return in_maths(district)

"""People become digests that cannot be undone and do not change."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import numpy as np
import pytest

from pipelines.persons import Persons, persons, plain_name, valid_snils


def _cells(*values: object) -> np.ndarray:
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    return cells


def _names(*names: str) -> list[str]:
    return [plain_name(name) for name in names]


def test_the_same_name_gives_the_same_id_under_one_key_only() -> None:
    names = _names("Иванова  Анна-Мария", "иванова анна - мария", "Иванов Пётр", "")
    one, other = Persons(b"1" * 32).name_ids(names), Persons(b"2" * 32).name_ids(names)
    assert one[0] == one[1] != one[2]
    assert one[3] is None
    assert one[0] != other[0]
    assert len(one[0]) == 16


def test_snils_makes_the_person_and_else_name_with_year_of_birth() -> None:
    names = _names("Иванова Анна", "Петрова Анна", "Иванова Анна", "Иванова Анна", "")
    snils = _cells("112-233-445 95", "11223344595", "", "112-233-445 00", "")
    births = _cells("01.01.1980", "01.01.1980", "01.01.1980", "05.06.1980", "")
    ids = Persons(b"1" * 32).person_ids(names, snils, births)
    assert ids[0] == ids[1] != ids[2] == ids[3]
    assert ids[4] is None


@pytest.mark.parametrize(
    ("snils", "good"), [("112-233-445 95", True), ("112-233-445 96", False), ("123", False), ("", False)]
)
def test_control_number_of_snils(snils: str, good: bool) -> None:
    assert bool(valid_snils(snils)) is good


def test_the_key_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    cells = _names("Иванова Анна")
    assert (
        persons(tmp_path, write=False).name_ids(cells)[0] != persons(tmp_path, write=False).name_ids(cells)[0]
    )
    assert not (tmp_path / "person.key").exists()
    first = persons(tmp_path, write=True).name_ids(cells)[0]
    assert (
        persons(tmp_path, write=True).name_ids(cells)[0]
        == persons(tmp_path, write=False).name_ids(cells)[0]
        == first
    )
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "person.key").stat().st_mode) == 0o600


def test_plain_names() -> None:
    assert plain_name("Салтыков - Щедрин  М.Е.") == plain_name("САЛТЫКОВ-ЩЕДРИН М. Е.")
    assert plain_name("Семёнова Алёна") == "семенова алена"

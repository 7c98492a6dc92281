"""One school however it is called."""

from __future__ import annotations

import pandas as pd
import pytest

from pipelines.schools import Schools, municipality, plain_school, registry


@pytest.fixture
def schools() -> Schools:
    """A small registry."""
    rows = [
        ("220206", "sch220206", "МБОУ «Озёрная СОШ №1»", "Озёрная первая"),
        ("220207", "sch220207", "МБОУ СОШ №1", None),
        ("220208", "sch220208", "МКОУ «СОШ № 1»", None),
        ("220028", "sch220028", "Алтайская СОШ №5", None),
        ("ksh220028", "ksh220028", "Новоалтайская школа-интернат", None),
        ("220001", "ksh220001", "Алтайская школа-интернат", None),
    ]
    return registry(pd.DataFrame(rows, columns=["school_id", "login", "name", "aliases"]))


@pytest.mark.parametrize(
    ("said", "school_id"),
    [
        ("sch220206", "220206"), ("edu220206", "220206"), ("220206", "220206"), ("SCH220206 ", "220206"),
        ('edu220206 ¦ МБОУ "Озёрная СОШ №1"', "220206"), ("МБОУ Озёрная СОШ №1 (edu220206)", "220206"),
        ("Озерная СОШ № 1", "220206"), ("озёрная первая", "220206"), ("ksh220001", "220001"),
        ("ksh220028", "ksh220028"), ("sch220028", "220028"), ("spo220003", "spo220003"), ("dou980201", "980201"),
    ],
)  # fmt: skip
def test_spellings_of_one_school(schools: Schools, said: str, school_id: str) -> None:
    assert schools.resolve(said, frozenset()).id == school_id


def test_ksh_stands_apart_when_the_same_file_has_a_plain_login() -> None:
    assert Schools().resolve("ksh220028", frozenset({"220028"})).id == "ksh220028"
    assert Schools().resolve("ksh220028", frozenset()).id == "220028"


def test_a_misspelt_name_is_not_guessed_but_suggested(schools: Schools) -> None:
    known = schools.resolve("Озёрная СОШ №11", frozenset())
    assert known.id is None
    assert known.suggestion == "МБОУ «Озёрная СОШ №1» (220206)"


def test_a_name_of_several_schools_is_not_guessed(schools: Schools) -> None:
    known = schools.resolve("МБОУ СОШ №1", frozenset())
    assert known.id is None
    assert known.ambiguous


def test_an_unknown_login_goes_in_with_a_suggestion(schools: Schools) -> None:
    known = schools.resolve("sch229999", frozenset(), name="Озёрная СОШ 1")
    assert (known.id, known.in_registry) == ("229999", False)
    assert known.suggestion


@pytest.mark.parametrize(
    ("said", "short"),
    [("город Барнаул", "г. Барнаул"), ("г. Барнаул", "г. Барнаул"), ("г.Бийск", "г. Бийск"),
     ("Алейский муниципальный район", "Алейский район"), ("Алейский район", "Алейский район"),
     ("reg22_m001 | Алейский муниципальный район", "Алейский район"), ("Городищенский район", "Городищенский район")],
)  # fmt: skip
def test_municipalities_have_one_form(said: str, short: str) -> None:
    assert municipality(said) == short


def test_legal_forms_do_not_tell_schools_apart() -> None:
    assert plain_school('МКОУ "Лесная ОШ"') == plain_school("Лесная  ОШ") == "лесная ош"

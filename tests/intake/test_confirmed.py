"""A spelling is confirmed once by a person, remembered with who and when, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.build import build
from pipelines.confirmed.kept import read_confirmed
from pipelines.confirmed.spellings import ConfirmError, confirm_school, forget_school, waiting
from pipelines.findings import FileReport
from pipelines.intake import check, intake
from pipelines.schools import valid_inn
from tests.intake.files import COURSES, prepared

SPELLING = "Школа на озере"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data root that knows two organisations."""
    return prepared(tmp_path / "data")


def _sent(root: Path, said: str, name: str = "курсы") -> Path:
    return COURSES.write(root / "sent", COURSES.changed({"Организация": said}), name)


def _of_first(report: FileReport) -> tuple[str | None, list[str]]:
    part = next(s for s in report.submissions if s.school != "980102")
    return part.school, [f.rule for f in part.findings]


def test_a_spelling_waits_is_confirmed_and_taken_back(root: Path) -> None:
    path = _sent(root, SPELLING)
    (report,) = intake([path], root)
    assert _of_first(report) == (None, ["school.unknown_name"])
    (asked,) = waiting(root)
    assert (asked.spelling, asked.files) == (SPELLING, (report.file,))
    said = confirm_school(root, SPELLING, "edu980101", "Методист")
    assert (said.meaning, said.by) == ("980101", "Методист")
    (again,) = intake([path], root)
    assert _of_first(again) == ("980101", ["school.confirmed"])
    (finding,) = next(s for s in again.submissions if s.school == "980101").findings
    assert "Методист" in finding.message
    assert f"{said.at:%d.%m.%Y}" in finding.message
    assert waiting(root) == []
    forget_school(root, "школа  на озере", "Другой")
    assert _of_first(check([path], root)[0]) == (None, ["school.unknown_name"])
    assert len(list((root / "confirmed").iterdir())) == 2


def test_a_file_without_that_spelling_is_not_read_again(root: Path) -> None:
    path = _sent(root, "Озёрная СШ", "другие")
    (first,) = intake([path], root)
    confirm_school(root, SPELLING, "Озёрная СШ")
    (second,) = intake([path], root)
    assert second == first


def test_a_second_spelling_of_the_same_school_is_remembered_too(root: Path) -> None:
    rows = [COURSES.rows[0], {**COURSES.rows[0], "Организация": SPELLING, "Тема курса": "Другая"}]
    path = COURSES.write(root / "sent", rows)
    confirm_school(root, SPELLING, "980101")
    (report,) = intake([path], root)
    assert report.spellings == {SPELLING: "980101"}
    assert (len(report.submissions), report.submissions[0].rows) == (1, 2)


@pytest.mark.parametrize(
    ("spelling", "school"), [("", "980101"), (SPELLING, "Несуществующая"), (SPELLING, "989999")]
)
def test_only_known_organisations_are_confirmed(root: Path, spelling: str, school: str) -> None:
    with pytest.raises(ConfirmError):
        confirm_school(root, spelling, school)
    with pytest.raises(ConfirmError, match="не подтверждалось"):
        forget_school(root, SPELLING)
    assert read_confirmed(root).schools == {}


@pytest.mark.parametrize(
    ("said", "read", "typed"),
    [
        ("МКОУ «Холмовская СШ»", "«МКОУ „Холмовская СШ“»", '"МКОУ «Холмовская СШ»"'),
        ('МКОУ "Холмовская СШ"', '«МКОУ "Холмовская СШ"»', r'"МКОУ \"Холмовская СШ\""'),
    ],
)
def test_quotes_of_a_name_stay_inside_those_around_it(root: Path, said: str, read: str, typed: str) -> None:
    (report,) = check([_sent(root, said)], root)
    (finding,) = (f for s in report.submissions for f in s.findings if f.rule == "school.unknown_name")
    assert finding.message.startswith(f"Организации {read} нет в реестре")
    assert finding.fix.endswith(f"kabinet confirm {typed} --as КОД")


@pytest.mark.parametrize("said", ["3711000003", "101001", "0101001"])
def test_an_inn_and_a_code_of_the_registry_name_the_school(root: Path, said: str) -> None:
    (report,) = check([_sent(root, said)], root)
    assert _of_first(report) == ("980101", [])


@pytest.mark.parametrize(("said", "words"), [("3711000020", "опечатка"), ("3711000028", "нет в реестре")])
def test_an_unknown_inn_is_told_from_a_mistyped_one(root: Path, said: str, words: str) -> None:
    (report,) = check([_sent(root, said)], root)
    school, rules = _of_first(report)
    assert (school, rules) == (None, ["school.unknown_inn"])
    finding = next(f for s in report.submissions for f in s.findings)
    assert words in finding.message
    assert valid_inn(said) == (words == "нет в реестре")


def test_a_confirmed_spelling_is_an_alias_of_the_snapshot(root: Path) -> None:
    import duckdb

    intake([_sent(root, SPELLING)], root)
    confirm_school(root, SPELLING, "980101")
    with duckdb.connect(build(root).path, read_only=True) as snapshot:
        (row,) = snapshot.execute(
            "select school_id from dim_school_alias where alias = 'школа на озере'"
        ).fetchall()
    assert row == ("980101",)

"""People who may be listed twice are suggested, a person decides, and the build does as decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard import cli
from pipelines.build import build
from pipelines.confirmed.people import NAMESAKE, SECOND_JOB, SURNAME, components, decide_people, pairs
from pipelines.confirmed.spellings import ConfirmError
from pipelines.intake import check, intake
from tests.intake.files import COURSES, STAFF, course, prepared, teacher

BORN = "05.03.1980"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data root that knows two organisations."""
    return prepared(tmp_path / "data")


def _listed(root: Path, name: str, *rows: dict[str, object]) -> None:
    (report,) = intake([STAFF.write(root / "sent", list(rows), name)], root)
    assert report.status != "refused", report


def _of(school: str, name: str, **changed: object) -> dict[str, object]:
    return {**teacher(school, name), "Дата рождения": BORN, **changed}


def _married(root: Path) -> None:
    _listed(root, "a", _of("Озёрная СШ", "Иванова Анна Петровна"))
    _listed(root, "b", _of("Лесная ОШ", "Сидорова Анна Петровна"))


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (_of("Лесная ОШ", "Сидорова Анна Петровна"), SURNAME),
        (_of("Лесная ОШ", "Иванова Анна Петровна"), SECOND_JOB),
        (_of("Лесная ОШ", "Иванова Анна Петровна", СНИЛС="112-233-445 95"), NAMESAKE),
        (_of("Лесная ОШ", "Иванова Анна Петровна", **{"Дата рождения": ""}), NAMESAKE),
        (_of("Лесная ОШ", "Иванова Анна Петровна", **{"Дата рождения": "05.03.1976"}), None),
        (_of("Лесная ОШ", "Сидорова Анна Петровна", **{"Дата рождения": "06.03.1980"}), None),
    ],
)  # fmt: skip
def test_who_is_suggested_and_why(root: Path, second: dict[str, object], why: str | None) -> None:
    _listed(root, "a", _of("Озёрная СШ", "Иванова Анна Петровна"))
    _listed(root, "b", second)
    assert [p.why for p in pairs(root)] == ([why] if why else [])
    for pair in pairs(root):
        assert "Озёрная СШ" in pair.first.said + pair.second.said
        assert "Иванова" not in pair.first.said + pair.second.said


def _rows(root: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect(build(root).path, read_only=True) as snapshot:
        return snapshot.execute(
            "select school_id, person_id, has_course_3y from fct_staff order by school_id"
        ).fetchall()


def test_nobody_is_joined_before_a_person_says_so(root: Path) -> None:
    _married(root)
    (pair,) = pairs(root)
    assert len({person for _, person, _ in _rows(root)}) == 2
    said = decide_people(root, pair.id, True, "Методист")
    assert (said.by, said.meaning) == ("Методист", "same")
    assert len({person for _, person, _ in _rows(root)}) == 1
    (decided,) = pairs(root)
    assert decided.decided == said
    decide_people(root, pair.id, None)
    assert len({person for _, person, _ in _rows(root)}) == 2


def test_a_course_under_the_old_surname_counts_for_the_joined(root: Path) -> None:
    _listed(
        root, "a", _of("Озёрная СШ", "Иванова Анна Петровна"), _of("Озёрная СШ", "Сидорова Анна Петровна")
    )
    rows = [
        {
            **course("Озёрная СШ", "Иванова Анна Петровна"),
            "Дата окончания": "20.05.2025",
            "Дата начала": "01.05.2025",
        }
    ]
    intake([COURSES.write(root / "sent", rows)], root)
    assert sorted(has for _, _, has in _rows(root)) == [False, True]
    decide_people(root, pairs(root)[0].id, True)
    ((_, _, has),) = _rows(root)  # two entries of one list are one row, its course found
    assert has is True


def test_namesakes_in_two_organisations_can_be_told_apart(root: Path) -> None:
    _listed(root, "a", _of("Озёрная СШ", "Иванова Анна Петровна"))
    _listed(root, "b", _of("Лесная ОШ", "Иванова Анна Петровна"))
    assert len({person for _, person, _ in _rows(root)}) == 1
    decide_people(root, pairs(root)[0].id, False)
    assert len({person for _, person, _ in _rows(root)}) == 2


def test_two_entries_of_one_list_are_doubted_at_once(root: Path) -> None:
    rows = [_of("Озёрная СШ", "Иванова Анна Петровна"), _of("Озёрная СШ", "Сидорова Анна Петровна")]
    (report,) = check([STAFF.write(root / "sent", rows)], root)
    found = [f for part in report.submissions for f in part.findings if f.rule == "staff.same_person"]
    assert [(f.row, f.severity, f.value) for f in found] == [(5, "warning", None)]
    assert "строке 4" in found[0].message


def test_an_unknown_pair_is_a_clear_mistake(root: Path) -> None:
    with pytest.raises(ConfirmError, match="нет"):
        decide_people(root, "000000", True)
    _married(root)
    with pytest.raises(ConfirmError, match="ничего не решали"):
        decide_people(root, pairs(root)[0].id, None)


def test_three_entries_of_one_person_are_one_group(root: Path) -> None:
    _married(root)
    one = decide_people(root, pairs(root)[0].id, True)
    first, second = one.what.split("|")
    third = one.model_copy(update={"what": f"{second}|c@3"})
    assert components([one, third]) == [{first, second, "c@3"}]


def test_the_commands_list_decide_and_explain(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _married(root)
    (pair,) = pairs(root)
    asked: list[tuple[list[str], int, str]] = [
        (["people"], 0, pair.id),
        (["people", pair.id], 2, "--same"),
        (["people", pair.id, "--same"], 0, "один человек"),
        (["people"], 0, "один человек"),
        (["people", pair.id, "--undo"], 0, "забыто"),
        (["people", "нет", "--same"], 2, "нет"),
        (["confirm"], 0, "нет"),
        (["confirm", "Озёра"], 2, "--as"),
        (["confirm", "Озёра", "--as", "980101"], 0, "980101"),
        (["confirm"], 0, "Озёра"),
        (["confirm", "Озёра", "--undo"], 0, "Забыто"),
        (["confirm", "Х", "--undo"], 2, "не подтверждалось"),
    ]
    for arguments, code, words in asked:
        with pytest.raises(SystemExit) as ended:
            cli.main([*arguments, "--data", str(root)])
        said = capsys.readouterr()
        assert (ended.value.code or 0) == code, said
        assert words in said.out + said.err, arguments

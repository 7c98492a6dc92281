"""Replaced, compared, undone, sent again, acknowledged: what is in force and what people are told."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from dashboard.desk import cards
from dashboard.marts import open_latest
from pipelines.build import build, is_current
from pipelines.findings import FileReport, Submission
from pipelines.intake import check, intake
from pipelines.staging import Store
from pipelines.submissions import command
from pipelines.submissions.acknowledging import AcknowledgeError, acknowledge
from pipelines.submissions.decisions import read_decisions
from pipelines.submissions.moves import Counts, Move, moves
from pipelines.submissions.told import difference
from pipelines.submissions.undoing import UndoError, undo
from tests.submissions.conftest import CATEGORY, FIRST, LIST, LOAD, PERIOD, SCHOOL, changed

SLOT = ("staff_list", SCHOOL, PERIOD)


def in_force(root: Path) -> str:
    """The file whose list of teachers counts."""
    [file] = [report.file for report, part in Store(root).current() if part.slot == SLOT]
    return file


def part_of(report: FileReport) -> Submission:
    [part] = [part for part in report.submissions if part.slot == SLOT]
    return part


def test_what_a_later_file_changes_is_told_before_and_kept_after(demo_copy: Path, later: Path) -> None:
    [tried] = check([later], demo_copy)
    was = part_of(tried).replaces
    assert was is not None
    assert (was.added, was.removed, was.changed) == (0, 1, 1)
    assert was.columns == {"Квалификационная категория": 1}
    assert was.file == LIST.removeprefix("raw/")
    assert in_force(demo_copy) == was.file
    [taken] = intake([later], demo_copy)
    assert part_of(taken).replaces == was
    assert in_force(demo_copy) == "staff_list/Тихоборская, исправленный.xlsx"
    assert difference(was) == "строк убрано 1, изменено 1 («Квалификационная категория» — 1)"


def test_the_same_content_is_recognised_and_changes_nothing(demo_copy: Path, tmp_path: Path) -> None:
    again = tmp_path / "под другим именем.xlsx"
    again.write_bytes((demo_copy / LIST).read_bytes())
    before = Store(demo_copy).reports()
    [report] = intake([again], demo_copy)
    assert report.file == LIST.removeprefix("raw/")
    assert Store(demo_copy).reports() == before
    assert is_current(demo_copy)


def test_undoing_restores_the_former_and_sending_again_brings_back(demo_copy: Path, later: Path) -> None:
    former = in_force(demo_copy)
    intake([later], demo_copy)
    replaced_by = in_force(demo_copy)
    [undone] = undo(demo_copy, later.name, by="Методист", why="прислали черновик")
    assert (undone.former, in_force(demo_copy)) == (former, former)
    with pytest.raises(UndoError, match="уже не действует"):
        undo(demo_copy, str(later))
    assert not is_current(demo_copy)
    intake(None, demo_copy)
    assert in_force(demo_copy) == former  # what lies in the folder was undone: it is not taken in anew
    intake([later], demo_copy)
    assert in_force(demo_copy) == replaced_by


def test_one_submission_is_undone_by_its_id(demo_copy: Path) -> None:
    report, part = next(
        (r, p) for r, p in Store(demo_copy).current() if p.source == "staff_list" and p.school
    )
    [undone] = undo(demo_copy, part.submission_id)
    assert undone.part.slot == part.slot
    others = [p for r, p in Store(demo_copy).current() if r.sha256 == report.sha256]
    assert len(others) == sum(p.status != "refused" for p in report.submissions) - 1


def test_what_was_never_taken_cannot_be_undone(demo_copy: Path) -> None:
    with pytest.raises(UndoError, match="не принимали"):
        undo(demo_copy, "ничей.xlsx")


def test_an_undone_registry_is_read_against_no_more(demo_copy: Path) -> None:
    undo(demo_copy, "Реестр организаций.xlsx")
    [report] = check([demo_copy / LIST], demo_copy)
    assert report.declared != next(r for r in Store(demo_copy).reports() if r.file in LIST).declared


def test_the_snapshot_tells_of_decisions(demo_copy: Path, later: Path) -> None:
    intake([later], demo_copy)
    undo(demo_copy, later.name, by="Методист", why="черновик")
    build(demo_copy)
    sql = """select is_current, undone_by, undone_why, replaces is not null from submission
        where source = 'staff_list' and school_id = ? and period = ? order by received_at"""
    rows = open_latest(demo_copy).snapshot().rows(sql, [SCHOOL, PERIOD])
    assert rows == [(True, None, None, False), (False, "Методист", "черновик", True)]


def test_moves_are_those_of_the_two_snapshots(demo_copy: Path, later: Path) -> None:
    held: list[dict[str, pd.DataFrame]] = []
    [report] = check([later], demo_copy, stage=lambda _, tables: held.append(tables))
    told = {
        m.title: m for m in moves(demo_copy, report, held[0]) if m.school is None and m.school_year == 2026
    }
    before = totals(demo_copy)
    intake([later], demo_copy)
    build(demo_copy)
    after = totals(demo_copy)
    assert {title: (m.before, m.after) for title, m in told.items()} == {
        title: (before[title], after[title]) for title in before if before[title] != after[title]
    }
    assert told["Доля педагогов с категорией"] == Move(
        "Доля педагогов с категорией",
        "%",
        2026,
        None,
        63.1,
        64.3,
        "share",
        Counts(53, 84, 84),
        Counts(54, 84, 84),
    )


def totals(root: Path) -> dict[str, float]:
    """Indicators of 2026 that a staff list feeds, straight from the snapshot's additive parts."""
    sql = """select title, round(case when any_value(kind) = 'count' then sum(numerator)
            else any_value(scale) * sum(numerator) / nullif(sum(denominator), 0) end,
            case when any_value(kind) = 'mean' and any_value(unit) <> '%' then 2 else 1 end)
        from indicator_value inner join indicator using (indicator_id)
        where school_year = 2026 and theme in ('staff', 'needs')
            and not list_has_any(split_by, ['subject', 'topic', 'level', 'competence']) group by title"""
    return dict(open_latest(root).snapshot().rows(sql))


def doubtful(root: Path, target: Path) -> Path:
    """The list with a teacher who teaches too many hours: a warning."""
    return changed(root / LIST, target, lambda sheet: sheet.cell(FIRST, LOAD).__setattr__("value", 65))


def test_an_acknowledged_warning_does_not_come_back(demo_copy: Path, tmp_path: Path) -> None:
    path = doubtful(demo_copy, tmp_path / "нагрузка.xlsx")
    [report] = check([path], demo_copy)
    assert report.status == "accepted_with_warnings", report
    with pytest.raises(AcknowledgeError, match="почему"):
        acknowledge(demo_copy, report, "Методист", " ")
    count = acknowledge(demo_copy, report, "Методист", "два места, приказ № 5")
    assert count == sum(f.severity == "warning" for f in part_of(report).findings)
    [again] = check([path], demo_copy)
    assert again.status == "accepted"
    known = next(f.acknowledged for f in part_of(again).findings if f.severity == "warning")
    assert known is not None
    assert (known.by, known.why) == ("Методист", "два места, приказ № 5")
    with pytest.raises(AcknowledgeError, match="нечего"):
        acknowledge(demo_copy, again, "Методист", "ещё раз")
    # the file sent again with another cell put right says the same of this one
    other = changed(
        path, tmp_path / "ещё раз.xlsx", lambda s: s.cell(FIRST + 1, CATEGORY).__setattr__("value", "высшая")
    )
    assert check([other], demo_copy)[0].status == "accepted"
    intake([other], demo_copy)
    build(demo_copy)
    sql = "select acknowledged_by, acknowledged_why from finding where acknowledged_at is not null"
    snapshot = open_latest(demo_copy).snapshot()
    assert snapshot.rows(sql) == [("Методист", "два места, приказ № 5")] * count
    sql = """select status, warnings from submission
        where source = 'staff_list' and school_id = ? and period = ? and is_current"""
    assert snapshot.rows(sql, [SCHOOL, PERIOD]) == [("accepted", 0)]


def test_another_value_is_another_warning(demo_copy: Path, tmp_path: Path) -> None:
    path = doubtful(demo_copy, tmp_path / "нагрузка.xlsx")
    acknowledge(demo_copy, check([path], demo_copy)[0], "Методист", "проверено")
    other = changed(path, tmp_path / "другой.xlsx", lambda s: s.cell(FIRST, LOAD).__setattr__("value", 66))
    assert check([other], demo_copy)[0].status == "accepted_with_warnings"


def test_decisions_are_never_changed_only_added(demo_copy: Path, later: Path) -> None:
    intake([later], demo_copy)
    undo(demo_copy, later.name)
    intake([later], demo_copy)
    names = sorted(path.name for path in (demo_copy / "decisions").iterdir())
    assert [name.split("-")[1] for name in names] == ["undo", "restore"]
    assert read_decisions(demo_copy).undone == {}


@pytest.mark.parametrize(
    ("kind", "unit", "value", "counts", "said"),
    [
        ("share", "%", 50.0, Counts(1, 2, 2), "1 из 2"),
        ("share", "%", 77.8, Counts(7, 9, 9), "7 из 9"),
        ("share", "%", 50.0, Counts(6, 12, 12), "50,0 %"),
        ("mean", "балл", 61.25, Counts(245, 4, 4), "n = 4"),
        ("mean", "", 3.4, Counts(68, 20, 20), "3,40"),
        ("count", "", 3.0, Counts(3, 1, 3), "3"),
    ],
)
def test_what_moves_is_said_by_the_policy_for_small_numbers(
    kind: str, unit: str, value: float, counts: Counts, said: str
) -> None:
    move = Move("Показатель", unit, 2026, None, None, value, kind, None, counts)
    page = cards._value(json.loads(json.dumps(move._asdict())), "after")
    line = command._value(move, move.after, move.after_of)
    assert page.replace("\xa0", " ") == said
    assert line == page

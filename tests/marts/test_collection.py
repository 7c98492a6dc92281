"""Who owes what by when: the board against what was sent, day by day."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.collected import board, expected
from dashboard.marts import open_latest
from dashboard.queries import Queries
from dashboard.queries.board import Owed, attempts, board_years, owed
from pipelines.build import build
from pipelines.calendar import calendar, load_calendar
from pipelines.contract import DeclarationError
from pipelines.findings import FileReport, Finding, Status, Submission
from pipelines.sources import sources
from pipelines.staging import Store
from pipelines.submissions.undoing import undo
from tests.marts.rows import OTHER, SCHOOL, District

STAFF, QUARTER = "staff_list", "class_marks"


@pytest.fixture
def sent(tmp_path: Path) -> District:
    """Two schools and a kindergarten; staff of 2025/26 and quarters, as they came in September to November 2025."""
    district = District(tmp_path)
    district.file("school_registry", school=[
        {"kind": "школа"},
        {"school_id": OTHER, "login": "edu980102", "name": "Лесная ОШ", "kind": "школа"},
        {"school_id": "980201", "login": "edu980201", "name": "Сад", "kind": "детский сад"},
    ])  # fmt: skip
    receive(tmp_path, STAFF, SCHOOL, "на 20.09.2025", "2025-09-28", "refused")
    receive(tmp_path, STAFF, SCHOOL, "на 20.09.2025", "2025-10-02", "accepted")
    receive(tmp_path, STAFF, OTHER, "на 20.09.2025", "2025-10-20", "accepted_with_warnings")
    receive(tmp_path, QUARTER, SCHOOL, "2025/26, 1 четверть", "2025-11-08", "accepted")
    return district


def receive(root: Path, source: str, school: str, period: str, day: str, status: Status) -> None:
    """A file of one school as intake would have recorded it on that day."""
    sha256 = hashlib.sha256(f"{source}{school}{period}{day}".encode()).hexdigest()
    severity = {"refused": "error", "accepted_with_warnings": "warning"}.get(status)
    findings = [Finding(severity=severity, rule="r", message="м", fix="")] if severity else []  # type: ignore[arg-type]
    part = Submission(submission_id=sha256[:16], source=source, school=school, period=period, school_year=2026,
                      status=status, rows=1, findings=findings)  # fmt: skip
    at = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=UTC)
    Store(root).record(FileReport(file=f"{source}/{day}.xlsx", sha256=sha256, source=source, status=status,
                                  declared="test", received_at=at, submissions=[part]))  # fmt: skip


def asked(district: District) -> dict[tuple[str, str], Owed]:
    build(district.root)
    return {(one.school, one.form): one for one in owed(Queries(open_latest(district.root)), 2026)}


def test_what_came_what_is_late_and_what_is_waited_for(sent: District) -> None:
    found = asked(sent)
    states = {
        key: one.state(date(2025, 11, 12)) for key, one in found.items() if key[1] in ("staff", "quarter_1")
    }
    assert states == {
        (SCHOOL, "staff"): "accepted", (OTHER, "staff"): "warned", ("980201", "staff"): "overdue",
        (SCHOOL, "quarter_1"): "accepted", (OTHER, "quarter_1"): "absent",
    }  # fmt: skip
    assert found[OTHER, "quarter_1"].state(date(2025, 11, 13)) == "absent"  # the last day of grace
    assert found[OTHER, "quarter_1"].state(date(2025, 11, 14)) == "overdue"
    assert {form for _, form in found} == {"staff", "quarter_1"}  # what nobody sends is not collected
    late = {key: one.days_late for key, one in found.items() if one.days_late}
    assert late == {(OTHER, "staff"): 20}  # on 2 October the first school was within the grace


def test_the_first_attempt_is_told_from_the_later_ones(sent: District) -> None:
    found = asked(sent)
    one = found[SCHOOL, "staff"]
    assert (one.sent, one.returned, one.parts, one.parts_first) == (2, 1, 1, 0)
    assert (found[OTHER, "staff"].parts_first, found["980201", "staff"].sent) == (1, 0)
    assert expected(list(found.values()), date(2025, 11, 14)) == (3, 5, 2)


def test_what_was_due_before_the_first_file_is_not_late(tmp_path: Path) -> None:
    district = District(tmp_path)
    district.file("school_registry", school=[{"kind": "школа"}])
    receive(tmp_path, STAFF, SCHOOL, "на 20.09.2025", "2026-10-05", "accepted")
    [one] = [one for one in asked(district).values() if one.form == "staff"]
    assert (one.is_judged, one.days_late) == (False, 0)


def test_an_undone_submission_is_waited_for_again(sent: District) -> None:
    undo(sent.root, "2025-11-08.xlsx", by="Методист", why="не та четверть")
    one = asked(sent)[SCHOOL, "quarter_1"]
    assert one.state(date(2025, 11, 20)) == "overdue"
    [attempt] = attempts(Queries(open_latest(sent.root)), SCHOOL, "quarter_1", 2026)
    assert (attempt.undone_by, attempt.undone_why, attempt.is_current) == (
        "Методист",
        "не та четверть",
        False,
    )


def test_the_board_says_it_in_words_and_leads_to_the_form(sent: District) -> None:
    build(sent.root)
    q = Queries(open_latest(sent.root))
    shown = board(q, 2026, today=date(2025, 11, 14))
    assert shown.columns == ("Кадры", "1 четв.")
    by_name = {row.name: row.marks for row in shown.rows}
    assert [mark.state for mark in by_name["Сад"]] == ["overdue", "not_needed"]
    late = by_name["Лесная ОШ"][0]
    assert (
        late.hint == "принято с замечаниями: 1\u00a0замечание; позже срока на 20\u00a0дней; срок 30.09.2025"
    )
    assert late.link is not None
    assert late.link.href == f"./collection?year=2026&school={OTHER}&source=staff"
    assert 2026 in board_years(q)


def test_a_year_is_not_taken_for_a_half_year(sent: District) -> None:
    receive(sent.root, QUARTER, OTHER, "2025/26, 1 полугодие", "2025-12-29", "accepted")
    assert (OTHER, "year_marks") not in asked(sent)


def test_every_form_names_known_sources_once_a_period() -> None:
    named = [(source, form.period) for form in calendar() for source in form.sources]
    assert len(named) == len(set(named))
    assert not {source for source, _ in named} & {name for name, one in sources().items() if one.reference}


@pytest.mark.parametrize(("line", "said"), [
    ('sources = ["telepathy"]', "источника «telepathy» нет"),
    ('kinds = ["университет"]', "вида организаций «университет» нет"),
    ('due = "31.13"', "срок «31.13» — не день и месяц"),
    ("grase = 5", "такого ключа нет"),
])  # fmt: skip
def test_a_wrong_calendar_is_said(line: str, said: str, tmp_path: Path) -> None:
    key = line.partition(" =")[0]
    lines = ['title = "Кадры"', 'sources = ["staff_list"]', 'kinds = ["школа"]', 'due = "30.09"', "grace = 5",
             'basis = "Кадры"']  # fmt: skip
    kept = [one for one in lines if not one.startswith(f"{key} =")]
    path = tmp_path / "calendar.toml"
    path.write_text("\n".join(["[staff]", *kept, line]), encoding="utf-8")
    with pytest.raises(DeclarationError, match=said):
        load_calendar(path)

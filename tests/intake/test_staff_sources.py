"""Hours, the plan of attestation and requests: what comes out of the files as they really come."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.findings import FileReport
from pipelines.intake import intake
from pipelines.reshape.months import month_in
from tests.intake.files import Row, Sample, prepared
from tests.intake.staff_files import LOAD, PLAN, REQUESTS, load_row
from tests.intake.staged import staged


def _taken(tmp_path: Path, sample: Sample) -> tuple[FileReport, list[dict[str, Any]]]:
    root = prepared(tmp_path)
    (report,) = intake([sample.write(root / "sent")], root)
    (table,) = report.tables
    return report, staged(root, report, table).to_dict("records")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("декабрь", (2025, 12)), ("Март", (2026, 3)), ("IV квартал", (2025, 10)), ("2 кв. 2026", (2026, 4)),
        ("12.2025", (2025, 12)), ("февраль 2026 г.", (2026, 2)), ("15.05.2026", (2026, 5)),
    ],
)  # fmt: skip
def test_a_month_lies_in_its_school_year(said: str, meant: tuple[int, int]) -> None:
    day = month_in(2026)(said)
    assert (day.year, day.month) == meant


def test_hours_go_in_and_money_stays_out(tmp_path: Path) -> None:
    half: Row = load_row("Озёрная СШ", "Иванова Анна Петровна")
    rows = [LOAD.rows[0], half, *LOAD.rows[1:]]
    report, staged = _taken(tmp_path, Sample(LOAD.source, rows, LOAD.titles))
    assert report.status == "accepted", report
    assert [(r["subject"], r["class"], r["hours"], r["is_vacancy"]) for r in staged] == [
        ("Математика", "5А", 11.0, False), ("Физика", "8", 5.5, True), ("Математика", "5А", 5.5, False),
    ]  # fmt: skip
    assert {str(r["as_of"]) for r in staged} == {"2025-09-01"}
    assert "12345,67" not in str(staged)


def test_the_name_is_written_once_and_totals_stand_between(tmp_path: Path) -> None:
    def row(name: str, subject: str, label: str, hours: object) -> Row:
        return {"№": "", "ФИО": name, "Предмет": subject, "Класс": label, "Часов": hours}

    rows = [
        row("Иванова Анна Петровна", "Алгебра", "7а", 3), row("", "Геометрия", "7 «А»", 2), row("Итого", "", "", 5),
        row("Сидоров Пётр Ильич", "Физика", "8", 2), row("Всего часов", "", "", 7),
    ]  # fmt: skip
    titles = ["Тарификационный список", "МКОУ «Озёрная СШ»", "2025/26 учебный год"]
    report, staged = _taken(tmp_path, Sample(LOAD.source, rows, titles))
    assert report.status == "accepted", report
    assert [(r["subject"], r["class"], r["hours"]) for r in staged] == [
        ("Алгебра", "7А", 3.0), ("Геометрия", "7А", 2.0), ("Физика", "8", 2.0),
    ]  # fmt: skip
    assert len({r["name_id"] for r in staged}) == 2


def test_a_plan_of_attestation(tmp_path: Path) -> None:
    report, staged = _taken(tmp_path, PLAN)
    assert report.status == "accepted", report
    assert staged[0]["planned_on"] == date(2025, 12, 1)
    assert (staged[0]["wanted_category"], staged[0]["result"]) == ("высшая", "успешно")


def test_requests_for_courses(tmp_path: Path) -> None:
    report, staged = _taken(tmp_path, REQUESTS)
    assert report.status == "accepted", report
    assert (staged[0]["topic"], staged[0]["wanted_on"]) == ("Подготовка к ГИА и ВПР", date(2026, 2, 1))

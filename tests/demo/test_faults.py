"""Production intake finds exactly the faults that were planned, and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipelines.demo import generate
from pipelines.demo.faults import FAULTS, Fault
from pipelines.demo.model import EXAM_YEARS
from pipelines.findings import FileReport, Finding
from pipelines.intake import intake
from pipelines.staging import Store

SHIFTED = "vpr_pupils_2021/ВПР 2026 Биология 6 класс.xlsx"
EMPTY_FORM = "vpr_pupils_2021/Форма сбора ВПР 2026 История 8.xlsx"
GOLDEN = {
    ("error", "file.not_taken", EMPTY_FORM, None): 1,
    ("error", "points_over_max", SHIFTED, "980103"): 17,
    ("warning", "items_sum_differs", SHIFTED, "980103"): 6,
    ("warning", "total_not_computed", SHIFTED, "980103"): 4,
    ("warning", "items_sum_differs", "vpr_pupils_2021/ВПР 2026 Математика 5 класс.xlsx", "980102"): 1,
    ("warning", "absent_with_points", "vpr_pupils_2021/ВПР 2025 Русский язык 7 класс.xlsx", "980101"): 1,
    (
        "error",
        "internet_over_computers",
        "school_questionnaire/Сбор контекстных данных об ОО 2025.xlsx",
        "980104",
    ): 1,
    ("error", "teaching_over_total", "staff_list/Педкадры на 20.09.2025.xlsx", "980205"): 1,
    ("error", "school.unknown_name", "ict_diagnostics/ИКТ-диагностика 2025-26.xlsx", None): 1,
    ("info", "file.answered_again", "ict_diagnostics/ИКТ-диагностика 2025-26.xlsx", None): 1,
    **{
        ("info", "file.personal", f"exam_protocol/Протоколы {exam} {year}.xlsx", None): 1
        for exam in ("ЕГЭ", "ОГЭ")
        for year in EXAM_YEARS
    },
    ("info", "file.personal", "exam_protocol/Протокол ЕГЭ 2026 Английский язык.csv", None): 1,
    ("info", "file.personal", "exam_appeals/Апелляции ЕГЭ 2026 Русский язык.csv", None): 1,
    ("info", "file.other_indicators", "programme_target/Целевые показатели программ.xlsx", None): 1,
    ("warning", "hours_under_16", "training_course_register/Реестр КПК 2024-25.xlsx", "980102"): 1,
}
"""Severity, rule, file and school of every finding, and how many there are."""
SENT_BACK = {
    ("vpr_pupils_2021", "980103"),
    ("school_questionnaire", "980104"),
    ("staff_list", "980205"),
    ("ict_diagnostics", None),
}


@pytest.fixture(scope="module")
def reports(demo_root: Path) -> list[FileReport]:
    """What intake said of the demonstration files."""
    return Store(demo_root).reports()


def _findings(report: FileReport) -> list[tuple[str | None, Finding]]:
    own = [(None, finding) for finding in report.findings]
    return own + [(part.school, finding) for part in report.submissions for finding in part.findings]


def test_exactly_the_planned_faults_are_found(reports: list[FileReport]) -> None:
    found = Counter(
        (finding.severity, finding.rule, report.file, school)
        for report in reports
        for school, finding in _findings(report)
    )
    assert dict(found) == GOLDEN


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.source}-{fault.school}")
def test_every_planned_fault_is_found_where_it_is(fault: Fault, reports: list[FileReport]) -> None:
    places = [
        school
        for report in reports
        for school, _ in _findings(report)
        if report.source == fault.source and _is_about(report, fault.period)
    ]
    assert fault.school in places or None in places


def _is_about(report: FileReport, period: str) -> bool:
    year, *work = period.split(" ")
    years = {year, f"{int(year) - 1}-{year[2:]}", f"20.09.{int(year) - 1}"}
    return any(y in report.file for y in years) and all(word in report.file for word in work)


def test_only_the_faulty_submissions_come_back(reports: list[FileReport]) -> None:
    sent_back = {
        (part.source, part.school) for r in reports for part in r.submissions if part.status == "refused"
    }
    assert sent_back == SENT_BACK
    accepted = sum(part.status != "refused" for report in reports for part in report.submissions)
    assert accepted > 300
    assert [report.file for report in reports if report.status == "refused"] == [EMPTY_FORM]


def test_the_misspelt_organisation_is_suggested(reports: list[FileReport]) -> None:
    (finding,) = (f for r in reports for _, f in _findings(r) if f.rule == "school.unknown_name")
    assert "Светлоключинская СШ" in finding.message + finding.fix


def test_a_larger_district_from_another_seed_has_no_other_faults(tmp_path: Path) -> None:
    generate(tmp_path, seed=3, schools=24)
    rules = {finding.rule for report in intake(None, tmp_path) for _, finding in _findings(report)}
    assert rules <= {rule for _, rule, _, _ in GOLDEN}

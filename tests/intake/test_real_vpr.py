"""Real files of every layout: each is taken or refused in words, and what goes in equals what plain pandas counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.marts import Marts, open_latest
from dashboard.values import records
from pipelines.build import build
from pipelines.findings import FileReport
from pipelines.intake import Context, check, intake
from tests.conftest import REAL

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside the checkout"),
]
WARNED, REFUSED = "accepted_with_warnings", "refused"
TAKEN: dict[str, tuple[str, str, Context]] = {
    "vpr/vpr2022_g4_math.xlsx": ("vpr_export_2022", WARNED, Context()),
    "vpr/vpr2022_g5_math.xlsx": ("vpr_export_2022", "accepted", Context()),
    "vpr/vpr2022_g6_math.xlsx": ("vpr_export_2022", "accepted", Context()),
    "vpr/vpr2022_g6_russian.xlsx": ("vpr_export_2022", "accepted", Context()),
    "vpr/vpr2022_g7_math.xlsx": ("vpr_export_2022", "accepted", Context()),
    "vpr/vpr2022_g8_physics.xlsx": ("vpr_export_2022", "accepted", Context()),
    "vpr/vpr2022_g11_geography.xlsx": ("vpr_export_2022", WARNED, Context()),
    "vpr/vpr2022_g11_physics.xlsx": ("vpr_export_2022", WARNED, Context()),
    "vpr/vpr2020_g7_german.xlsx": (
        "vpr_export_2020", WARNED, Context(year=2021, subject="Немецкий язык", grade=7),
    ),
    "vpr/vpr2020_g7_french.xlsx": (
        "vpr_export_2020", "accepted", Context(year=2021, subject="Французский язык", grade=7),
    ),
    "vpr/fisoko_F1_individual_results_2026_rebuilt.xlsx": ("vpr_individual_results", WARNED, Context()),
    "vpr/fisoko_protocol_form_g4math.xlsx": (
        "vpr_collection_form", WARNED, Context(year=2024, subject="Математика", grade=4, school="edu203389"),
    ),
}  # fmt: skip
"""File → source, status and what has to be said of it; the registry is loaded."""
NOT_TAKEN = {
    "vpr/vpr2021_g4_math.xlsx": ("vpr_pupils_2021", "file.no_period"),
    "vpr/vpr2021_g8_social.xlsx": ("vpr_pupils_2021", "file.no_period"),
    "vpr/vpr2021_g10_geography.xlsx": ("vpr_pupils_2021", "file.no_period"),
    "vpr/vpr2020_g7_german.xlsx": ("vpr_export_2020", "file.no_period"),
    "vpr/tasks_g4_math_ALL.xlsx": ("task_specification", "file.no_period"),
    "vpr/fisoko_protocol_form_g4math.xlsx": ("vpr_collection_form", "file.no_period"),
    "vpr/fisoko_collection_form_eng8_2026_rebuilt.xlsx": ("vpr_collection_form", "file.not_taken"),
}
"""File → source and rule, when nothing is said of it."""
ELSEWHERE = {
    "vpr/fisoko_F3_marks_statistics_2026_rebuilt.xlsx",
    "vpr/fisoko_marks_vs_journal_2024_rebuilt.xlsx",
    "schools/context_2021.xlsx",
    "schools/registry.xlsx",
    "ege/ege_by_school_EAO_2022-2024.xlsx",
    "forms/ms_forms_export.xlsx",
    "forms/qualtrics_three_header_rows.csv",
}
"""Taken without a word more, and held to pandas in another file."""
RESULTS = ("vpr2022_", "vpr2020_", "fisoko_F1", "fisoko_protocol")
PUPILS, VARIANT, TOTAL = ("Код", "code", "Код участника"), ("Вариант", "var-1", "Вариант (часть 1)"), (
    "Итого баллов", "sum", "Первичный балл",
)  # fmt: skip
SCHOOL = ("Пользователь", "user", "ОО")
SENT_BACK = {("vpr2020_g7_german.xlsx", "223840")}
"""3 points for a two-point task."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root with the region's registry."""
    root = tmp_path_factory.mktemp("layouts")
    intake([REAL / "schools" / "registry.xlsx"], root)
    return root


@pytest.fixture(scope="module")
def reports(root: Path) -> dict[str, FileReport]:
    """Every file that holds results, taken in."""
    return {file: intake([REAL / file], root, context)[0] for file, (_, _, context) in TAKEN.items()}


@pytest.fixture(scope="module")
def marts(root: Path, reports: dict[str, FileReport]) -> Marts:
    """A snapshot of them all."""
    build(root)
    return open_latest(root)


def _every_file() -> list[str]:
    files = sorted(REAL.rglob("*.*")) if REAL.is_dir() else []
    return [p.relative_to(REAL).as_posix() for p in files if p.suffix != ".md"]


@pytest.mark.parametrize("file", sorted(TAKEN))
def test_results_go_in(file: str, reports: dict[str, FileReport]) -> None:
    assert (reports[file].source, reports[file].status) == TAKEN[file][:2]
    assert all(s.school for s in reports[file].submissions)


@pytest.mark.parametrize("file", _every_file())
def test_every_file_is_taken_or_refused_in_words(file: str, root: Path) -> None:
    (report,) = check([REAL / file], root)
    if report.status != REFUSED:
        assert file in TAKEN or file in ELSEWHERE
        return
    told = report.findings[-1]
    assert told.message
    assert told.fix
    if file in NOT_TAKEN:
        assert (report.source, told.rule) == NOT_TAKEN[file]
    elif report.source is None:
        assert told.rule.startswith("file.")


def _column(sheet: pd.DataFrame, names: tuple[str, ...]) -> pd.Series[Any]:
    return sheet[next(name for name in names if name in sheet)]


def _plain(file: str) -> pd.DataFrame:
    """School, total and points by task of those present, read by pandas alone."""
    path, is_export = REAL / file, "vpr2022" in file
    header = 7 if "F1" in file else 0
    sheet = pd.read_excel(
        path, sheet_name="Протокол" if is_export else 0, header=header, dtype=str, engine="calamine"
    )
    sheet = sheet[pd.to_numeric(_column(sheet, PUPILS), errors="coerce").notna()]
    present = sheet[_column(sheet, VARIANT) != "отсутствовал"]
    tasks = [
        c
        for c in present
        if str(c).rstrip().endswith("б)") or (c.startswith("a-") and present[c].notna().any())
    ]
    school = _column(present, SCHOOL).str[3:] if any(c in present for c in SCHOOL) else "203389"
    total = pd.to_numeric(_column(present, TOTAL))
    return present[tasks].assign(school=school, total=total).rename(columns=lambda name: str(name).strip())


def _work(file: str, report: FileReport) -> dict[str, object]:
    year, subject, grade = report.submissions[0].period.replace("\xa0", " ").split(", ")
    return {"year": int(year[:4]) + 1, "subject": subject, "grade": int(grade.split()[0])}


def _by(marts: Marts, indicator: str, where: dict[str, object], *by: str) -> dict[Any, tuple[float, float]]:
    found = records(marts, indicator, where, list(by))
    return {tuple(r[b] for b in by): (r["numerator"], r["denominator"]) for r in found if r["n"]}


@pytest.mark.parametrize("file", sorted(TAKEN))
def test_participants_and_means_are_those_of_the_sheet(
    file: str, marts: Marts, reports: dict[str, FileReport]
) -> None:
    where, plain = _work(file, reports[file]), _plain(file)
    plain = plain[[(Path(file).name, school) not in SENT_BACK for school in plain["school"]]]
    by_school = plain.groupby("school")["total"]
    ours = _by(marts, "participants", where, "school")
    assert {s: n for (s,), (n, _) in ours.items()} == by_school.size().to_dict()
    points = plain[[c for c in plain if c not in ("school", "total")]].apply(pd.to_numeric, errors="coerce")
    known = plain[(plain["total"] != 0) | (points.sum(axis=1) == 0)].groupby("school")["total"]
    means = _by(marts, "mean_primary_score", where, "school")
    assert {s: parts for (s,), parts in means.items()} == {s: (g.sum(), len(g)) for s, g in known}


@pytest.mark.parametrize("file", sorted(TAKEN))
def test_task_success_is_that_of_the_sheet(file: str, marts: Marts, reports: dict[str, FileReport]) -> None:
    where, plain = _work(file, reports[file]), _plain(file)
    plain = plain[[(Path(file).name, school) not in SENT_BACK for school in plain["school"]]]
    ours = _by(marts, "task_success", where, "school", "task")
    expected: dict[Any, tuple[float, float]] = {}
    for heading in [c for c in plain if str(c).endswith("б)")]:
        largest = int(heading[heading.rindex("(") + 1 : -2])
        task = heading[: heading.rindex("(")].replace(" ", "").replace("k", "К").replace("K", "К")
        for school, cells in plain.groupby("school")[heading]:
            counted = cells[cells.notna() & (cells != "не пройд.")]
            if len(counted):
                points = pd.to_numeric(counted.replace(["X", "x", "Х", "х"], "0"))
                expected[school, task] = (points.sum(), largest * len(counted))
    if expected:
        assert ours == expected
    else:
        known = _numbered(plain) if plain["school"].nunique() > 50 else {}
        assert _summed(ours) == known


def _numbered(plain: pd.DataFrame) -> dict[str, float]:
    """Points by task where columns are called a-1-grade, a-2-grade …: known from results of many schools only."""
    tasks = [c for c in plain if str(c).startswith("a-")]
    return {c.split("-")[1]: pd.to_numeric(plain[c], errors="coerce").sum() for c in tasks}


def _summed(ours: dict[Any, tuple[float, float]]) -> dict[str, float]:
    """Points by task over all schools."""
    tasks = {task for _, task in ours}
    return {task: sum(points for (_, other), (points, _) in ours.items() if other == task) for task in tasks}


def test_marks_of_the_file_are_counted_without_a_scale(marts: Marts) -> None:
    where = {"year": 2026, "subject": "Русский язык", "grade": 4}
    sheet = pd.read_excel(
        REAL / "vpr" / "fisoko_F1_individual_results_2026_rebuilt.xlsx", header=7, engine="calamine"
    )
    marks = sheet["Отметка"].dropna()
    ((numerator, denominator),) = _by(marts, "quality_share", where, "school").values()
    assert (numerator, denominator) == ((marks >= 4).sum(), len(marks))
    shift = sheet["Отметка"] - sheet["Отметка по журналу"]
    ((lowered, _),) = _by(marts, "journal_lowered_share", where, "school").values()
    assert lowered == (shift < 0).sum()
    levels = marts.query(
        "select level, count(*) n from dim_task where school_year = 2026 group by 1 order by 1", []
    )
    assert levels["n"].tolist() == [11, 4]


def test_impossible_points_of_the_autumn_file_come_back(reports: dict[str, FileReport]) -> None:
    german = reports["vpr/vpr2020_g7_german.xlsx"]
    back = [s for s in german.submissions if s.status == REFUSED]
    assert [f.rule for s in back for f in s.findings if f.severity == "error"] == ["points_over_max"]
    assert {("vpr2020_g7_german.xlsx", s.school) for s in back} == SENT_BACK

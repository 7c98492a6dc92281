"""Real files, beside the checkout of those who may have them: what goes in equals what plain pandas counts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipelines.findings import FileReport
from pipelines.intake import Context, check, intake
from tests.intake.staged import staged

pytestmark = pytest.mark.real
MATHS = Context(year=2021, subject="Математика", grade=4)
IMPOSSIBLE = {"224204", "224293", "223266", "220178", "224297", "223967"}
MAXIMA = [1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 2]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty data root for the region."""
    return tmp_path_factory.mktemp("altai")


@pytest.fixture(scope="module")
def registry(real: Path, root: Path) -> FileReport:
    """The registry, taken in first."""
    return intake([real / "schools" / "registry.xlsx"], root)[0]


@pytest.fixture(scope="module")
def maths(real: Path, root: Path, registry: FileReport) -> FileReport:
    """Maths of grade 4 of a whole region."""
    return intake([real / "vpr" / "vpr2021_g4_math.xlsx"], root, MATHS)[0]


@pytest.fixture(scope="module")
def questionnaire(real: Path, root: Path, registry: FileReport) -> FileReport:
    """The questionnaire of its schools."""
    return intake([real / "schools" / "context_2021.xlsx"], root)[0]


def test_registry(root: Path, registry: FileReport) -> None:
    schools = staged(root, registry, "school").set_index("school_id")
    assert (registry.status, len(schools)) == ("accepted", 692)
    assert schools.loc["220028", "login"] == "sch220028"
    assert schools.loc["ksh220028", "login"] == "ksh220028"
    assert schools.loc["220032", "login"] == "ksh220032"
    assert "г. Барнаул" in set(schools["municipality"])


def test_questionnaire_is_judged_school_by_school(root: Path, questionnaire: FileReport) -> None:
    refused = [s for s in questionnaire.submissions if s.status == "refused"]
    assert (len(questionnaire.submissions), len(refused)) == (733, 23)
    errors = [f for s in refused for f in s.findings if f.severity == "error"]
    assert sum(f.rule == "top_category_over_teachers" for f in errors) == 19
    assert sum(f.rule == "internet_over_computers" for f in errors) == 4
    assert {f.cell.rstrip("0123456789") for f in errors if f.cell} == {"BB", "BQ"}
    assert len(staged(root, questionnaire, "school_questionnaire")) == 710
    spo = next(s for s in questionnaire.submissions if s.school == "spo220003")
    assert spo.school_year == 2021


def test_questionnaire_numbers_are_those_of_the_sheet(
    real: Path, root: Path, questionnaire: FileReport
) -> None:
    sheet = pd.read_excel(real / "schools" / "context_2021.xlsx", engine="calamine")
    ours = staged(root, questionnaire, "school_questionnaire")
    bad = (sheet.iloc[:, 53] > sheet.iloc[:, 52]) | (sheet.iloc[:, 68] > sheet.iloc[:, 66])
    for name, at in {
        "pupils": 24,
        "teachers": 52,
        "top_category": 53,
        "computers": 66,
        "pupils_12": 48,
    }.items():
        assert ours[name].sum() == sheet.loc[~bad].iloc[:, at].sum(), name


def test_schools_with_impossible_points_come_back(maths: FileReport) -> None:
    refused = {s.school for s in maths.submissions if s.status == "refused"}
    assert (refused, len(maths.submissions)) == (IMPOSSIBLE, 635)
    errors = [f for s in maths.submissions for f in s.findings if f.severity == "error"]
    assert {s.school for s in maths.submissions for f in s.findings if f.rule == "total_over_max"} == {
        "224293",
        "223266",
    }
    assert all(f.cell and f.value and f.sheet == "Sheet" for f in errors)


def test_maths_numbers_are_those_of_the_sheet(real: Path, root: Path, maths: FileReport) -> None:
    sheet = pd.read_excel(real / "vpr" / "vpr2021_g4_math.xlsx", engine="calamine", dtype=str)
    sheet = sheet[~sheet["логин школы"].str[3:].isin(IMPOSSIBLE)]
    present = sheet[sheet["вариант"] != "отсутствовал"]
    ours = staged(root, maths, "vpr_result")
    assert len(ours) == len(sheet)
    assert (~ours["is_absent"]).sum() == len(present)
    assert ours["total_points"].sum() == pd.to_numeric(present["всего баллов"]).sum()
    scores = staged(root, maths, "vpr_task_score")
    assert len(scores) == len(present) * 15
    for task, maximum in enumerate(MAXIMA, 1):
        cells, own = present[f"балл за {task}"], scores[scores["task"] == str(task)]
        skipped = cells.str.lower().isin(["x", "х"])
        points = pd.to_numeric(cells, errors="coerce")
        assert own["points"].sum() == points.sum()
        assert (own["state"] == "not_attempted").sum() == skipped.sum()
        assert (own["state"] == "not_taught").sum() == (cells == "не пройд.").sum()
        assert own["max_points"].unique().tolist() == [maximum]


def test_second_intake_is_the_record(real: Path, root: Path, maths: FileReport) -> None:
    assert intake([real / "vpr" / "vpr2021_g4_math.xlsx"], root) == [maths]


def test_check_agrees_with_intake(real: Path, root: Path, maths: FileReport) -> None:
    elsewhere = root.with_name("elsewhere")
    intake([real / "schools" / "registry.xlsx"], elsewhere)
    (dry,) = check([real / "vpr" / "vpr2021_g4_math.xlsx"], elsewhere, MATHS)
    assert (dry.submissions, dry.findings, dry.status) == (maths.submissions, maths.findings, maths.status)


def test_other_works_of_the_region(real: Path, root: Path, registry: FileReport) -> None:
    social = intake(
        [real / "vpr" / "vpr2021_g8_social.xlsx"], root, Context(year=2021, subject="общ", grade=8)
    )[0]
    assert (len(social.submissions), sum(s.status == "refused" for s in social.submissions)) == (400, 2)
    path = real / "vpr" / "vpr2021_g10_geography.xlsx"
    geography = intake([path], root, Context(year=2021, subject="география", grade=10))[0]
    assert (geography.status, len(geography.submissions)) == ("accepted", 92)


def test_what_the_dumps_do_not_say_is_suggested(real: Path, tmp_path: Path) -> None:
    (report,) = check([real / "vpr" / "vpr2021_g4_math.xlsx"], tmp_path)
    assert '"vpr2021_g4_math.xlsx" --year 2021 --subject Математика --grade 4' in report.findings[-1].fix


def test_specification_of_the_region(real: Path, tmp_path: Path) -> None:
    (report,) = intake([real / "vpr" / "tasks_g4_math_ALL.xlsx"], tmp_path, MATHS)
    tasks = staged(tmp_path, report, "task_specification")
    assert tasks["max_points"].tolist() == MAXIMA
    assert tasks["task_code"].tolist()[4:8] == ["5.1", "5.2", "6.1", "6.2"]
    assert tasks["kes"].tolist()[2] == "1;2;4"

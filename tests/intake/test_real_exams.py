"""The real form of ЕГЭ by school: it goes in, its numbers are those of a plain pandas reading, its totals are held."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipelines.findings import FileReport
from pipelines.intake import intake
from tests.intake.staged import staged

pytestmark = pytest.mark.real
FORM = "ege/ege_by_school_EAO_2022-2024.xlsx"
FIRST = 9
"""Rows above the first row of numbers."""
MEASURES = {"participants": 0, "below_min": 1, "high": 2, "hundred": 3, "mean_score": 4}
SUBJECTS = {"ИКТ": "Информатика", "Математика (профиль)": "Математика (профильная)"}


def _subject(heading: str) -> str:
    name = heading.split(", чел")[0].replace("\xa0", " ").strip()
    return SUBJECTS.get(name, name)


def write_registry(plain: pd.DataFrame, path: Path) -> Path:
    """The schools of the form under invented logins."""
    names = sorted(set(plain.loc[~plain["is_area"], "name"]))
    registry = pd.DataFrame(
        {"Код": [f"edu99{at:04d}" for at in range(len(names))], "Наименование": names, "Вид": "школа"}
    )
    registry.to_csv(path, sep=";", index=False, encoding="utf-8-sig")
    return path


@pytest.fixture(scope="module")
def plain(real: Path) -> pd.DataFrame:
    return read_plainly(real / FORM)


def read_plainly(form: Path) -> pd.DataFrame:
    """The form as pandas reads it: one row a named line, a subject and a measure."""
    rows = []
    for year in (2022, 2023):
        sheet = pd.read_excel(form, sheet_name=str(year), header=None, engine="calamine")
        for _, row in sheet.iloc[FIRST:].iterrows():
            area = row[0] if isinstance(row[0], str) else None
            for left in range(4, 59, 5):
                given = {name: row[left + at] for name, at in MEASURES.items()}
                name = area or " ".join(str(row[1]).split())
                rows.append({"year": year, "name": name, "is_area": area is not None,
                             "subject": _subject(sheet.iloc[6, left]), "graduates": row[3], **given})  # fmt: skip
    sheet = pd.read_excel(form, sheet_name="2024", header=None, engine="calamine")
    for _, row in sheet.iloc[FIRST - 1 :].iterrows():
        area = row[1] if isinstance(row[1], str) else None
        for column in range(5, 16):
            name = area or " ".join(str(row[2]).split())
            rows.append({"year": 2024, "name": name, "is_area": area is not None,
                         "subject": _subject(sheet.iloc[6, column]), "graduates": row[4],
                         "applied": row[column]})  # fmt: skip
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def taken(
    real: Path, plain: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, FileReport]:
    """The form, and a registry of its schools under invented logins."""
    root = tmp_path_factory.mktemp("ege")
    reports = intake([write_registry(plain, root / "registry.csv"), real / FORM], root)
    assert reports[0].status == "accepted"
    return root, reports[1]


def _staged(taken: tuple[Path, FileReport], table: str) -> pd.DataFrame:
    root, report = taken
    rows = staged(root, report, table)
    names = pd.read_parquet(next((root / "staged" / "school").glob("*.parquet")))
    called = dict(zip(names["school_id"], names["name"], strict=True))
    return rows.assign(name=rows["school_id"].map(called)) if "school_id" in rows else rows


def _wanted(plain: pd.DataFrame) -> pd.DataFrame:
    measures = [*MEASURES, "applied"]
    return plain[(plain[measures] > 0).any(axis=1)]


def test_the_form_goes_in_whole(taken: tuple[Path, FileReport]) -> None:
    _, report = taken
    assert report.status == "accepted_with_warnings"
    assert all(s.status != "refused" for s in report.submissions)
    periods = {s.period for s in report.submissions}
    assert periods == {"2021/22, ЕГЭ", "2022/23, ЕГЭ", "2023/24, ЕГЭ, заявления"}


@pytest.mark.parametrize("measure", [*MEASURES, "applied", "graduates"])
def test_numbers_of_schools_equal_pandas(
    taken: tuple[Path, FileReport], plain: pd.DataFrame, measure: str
) -> None:
    wanted = _wanted(plain[~plain["is_area"]])
    ours = _staged(taken, "exam_school")
    assert len(ours) == len(wanted) > 700
    key = ["year", "name", "subject"]
    both = wanted.merge(
        ours.rename(columns={"school_year": "year"}), on=key, suffixes=("_plain", ""), validate="1:1"
    )
    assert len(both) == len(wanted)
    said, got = both[f"{measure}_plain"].astype(float), both[measure].astype(float)
    pd.testing.assert_series_equal(got.where(said.notna()), said, check_names=False)


def test_totals_of_areas_equal_pandas(taken: tuple[Path, FileReport], plain: pd.DataFrame) -> None:
    wanted = _wanted(plain[plain["is_area"]])
    ours = _staged(taken, "exam_area")
    assert len(ours) == len(wanted)
    assert set(ours.loc[ours["level"] == "region", "area"]) == {"Еврейская автономная область"}
    assert ours["participants"].sum() == wanted["participants"].sum()
    assert ours["applied"].sum() == wanted["applied"].sum()


def test_totals_that_schools_do_not_give_are_told(
    taken: tuple[Path, FileReport], plain: pd.DataFrame
) -> None:
    """Counts: exactly those areas whose schools pandas sums otherwise."""
    told = {
        (s.school_year, s.school_name)
        for s in taken[1].submissions
        for f in s.findings
        if f.rule == "exam.area_total_differs" and "стоит" in f.message
    }
    counts = ["participants", "below_min", "high", "hundred", "applied"]
    rows = plain.assign(under=plain["name"].where(plain["is_area"]).ffill())
    areas, schools = rows[rows["is_area"]], rows[~rows["is_area"]]
    by_area = schools.groupby(["year", "under", "subject"])[counts].sum()
    by_region = schools.groupby(["year", "subject"])[counts].sum()
    wanted = set()
    for row in areas.to_dict("records"):
        is_region = row["name"].startswith("ВСЕГО")
        sums = by_region.loc[(row["year"], row["subject"])] if is_region else by_area.loc[
            (row["year"], row["name"], row["subject"])]  # fmt: skip
        said = any(row[count] > 0 for count in [*MEASURES, "applied"])
        if said and any(row[c] == row[c] and row[c] != sums[c] for c in counts):
            wanted.add((row["year"], row["name"]))
    assert told == wanted
    assert wanted

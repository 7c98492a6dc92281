"""The demonstration district is what it promises to be, and the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from pipelines.contract import EXPECTATIONS
from pipelines.demo import generate
from pipelines.demo.model import YEARS
from pipelines.demo.organisations import regions
from tests.demo.conftest import District

GENERATE = "import sys, pathlib; from pipelines.demo import generate; generate(pathlib.Path(sys.argv[1]))"


def _contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_another_process_with_another_hash_seed_writes_the_same_bytes(
    district: District, tmp_path: Path
) -> None:
    environment = os.environ | {"PYTHONHASHSEED": "77", "TZ": "Asia/Vladivostok"}
    subprocess.run([sys.executable, "-c", GENERATE, str(tmp_path)], env=environment, check=True)
    assert _contents(tmp_path) == _contents(district.root)


def test_another_seed_writes_other_numbers_into_the_same_files(district: District, tmp_path: Path) -> None:
    generate(tmp_path, seed=2)
    here, there = _contents(district.root), _contents(tmp_path)
    assert here.keys() == there.keys()
    assert sum(here[name] != there[name] for name in here) > 50


def test_every_source_has_its_folder_and_nothing_else_is_written(district: District) -> None:
    declared = {path.stem for path in (EXPECTATIONS / "sources").glob("*.toml")}
    folders = {path.name for path in (district.root / "raw").iterdir()}
    assert {path.name for path in district.root.iterdir()} == {"raw"}
    assert folders <= declared
    assert len(folders) == 28
    assert len(district.files) <= 162


def test_organisations_are_five_schools_six_kindergartens_and_a_centre(district: District) -> None:
    registry = district.table("school_registry")
    assert Counter(row["Вид"] for row in registry) == {
        "СШ": 3,
        "ОШ": 2,
        "детский сад": 6,
        "допобразование": 1,
    }
    assert [row["Код"] for row in registry if row["Код головной организации"]] == ["edu980105"]
    assert {row["Муниципалитет"] for row in registry} == {"Нижнеозёрский район (демонстрационный)"}


@pytest.mark.parametrize("year", YEARS)
def test_staff_is_about_120_and_grows_older_slowly(district: District, year: int) -> None:
    listed = district.table("staff_list", f"Педкадры на 20.09.{year - 1}")
    own = district.table("staff_list", f"Тихоборская {year - 1}")
    assert 105 <= len(listed) + len(own) <= 130
    assert len({row["СНИЛС"] for row in listed + own}) == len(listed) + len(own)


@pytest.mark.parametrize("year", YEARS)
def test_cohorts_have_4_to_22_pupils(district: District, year: int) -> None:
    for school in district.table("school_questionnaire", str(year)):
        sizes = [school[f"{grade} класс Обучающихся"] for grade in range(1, 12)]
        assert all(4 <= size <= 22 for size in sizes if size)
        assert sum(size > 0 for size in sizes) in (9, 11)


def test_a_cohort_moves_up_and_keeps_its_pupils(district: District) -> None:
    grades = {year: district.table("school_questionnaire", str(year)) for year in YEARS}
    for school in range(5):
        sizes = [grades[year][school][f"{year - 2019} класс Обучающихся"] for year in YEARS]
        assert len(set(sizes)) == 1, "grade 4 of 2023 is grade 7 of 2026"


def test_a_small_school_has_a_combined_class(district: District) -> None:
    pupils = district.table("vpr_pupils_2021", "2026 Математика 4")
    assert {row["класс"] for row in pupils if row["логин школы"] == "edu980105"} - {""} == {"2-4"}


@pytest.mark.parametrize("schools", [1, 3, 12])
def test_a_smaller_or_larger_district_is_one_municipality(schools: int) -> None:
    (region,) = regions(1, schools)
    assert len(region.schools) == schools
    assert len({one.municipality for one in region.organisations}) == 1


def test_a_region_has_municipalities_and_nobody_shares_a_code_or_a_name(tmp_path: Path) -> None:
    (region,) = regions(1, 300)
    names = Counter(name for one in region.organisations for name in {one.name, *one.aliases})
    assert len(region.schools) == 300
    assert len({one.municipality for one in region.organisations}) == 30
    assert len({one.code for one in region.organisations}) == len(region.organisations)
    assert not [name for name, times in names.items() if times > 1]


def test_a_country_comes_region_by_region() -> None:
    codes = Counter(one.code for region in regions(1, 40_000) for one in region.organisations)
    assert codes.most_common(1)[0][1] == 1
    assert sum(len(region.schools) for region in regions(1, 1_300)) == 1_300


def test_more_schools_mean_more_rows_not_more_files(district: District, tmp_path: Path) -> None:
    larger = District(tmp_path, tuple(generate(tmp_path, schools=13)))
    assert len(larger.files) <= len(district.files)
    assert len(larger.table("vpr_pupils_2021", "2026 Математика 7")) > 100


def test_no_school_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="не меньше 1"):
        generate(tmp_path, schools=0)

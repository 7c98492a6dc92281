"""The files look like what offices send, say that they are invented, and name nobody who lives."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from pipelines.demo.model import YEARS
from pipelines.demo.sheet import Sheet, Workbook
from pipelines.demo.vocabulary import FEMALE_NAMES, MALE_NAMES, NOTICE, SURNAMES
from pipelines.demo.xlsx import letters, write_xlsx
from tests.demo.conftest import District, cells


def _words(path: Path) -> str:
    if path.suffix == ".csv":
        return path.read_text(encoding="cp1251")
    book = CalamineWorkbook.from_path(path)
    return " ".join(
        str(c) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for c in row
    )


def test_every_file_says_that_it_is_invented(district: District) -> None:
    assert NOTICE == "Демонстрационные данные, все лица вымышлены"
    assert [path.name for path in district.files if NOTICE not in _words(path)] == []


def test_works_carry_their_title_and_the_columns_of_the_real_download(district: District, real: Path) -> None:
    genuine = (
        CalamineWorkbook.from_path(real / "vpr" / "vpr2021_g4_math.xlsx").get_sheet_by_index(0).to_python()[0]
    )
    rows = cells(next(path for path in district.of("vpr_pupils_2021") if "2026 Математика 4" in path.name))
    assert rows[0][0] == "ВПР 2026 Математика 4 класс"
    ours = rows[3]
    assert [h for h in ours if not h.startswith("балл за ")] == [
        h for h in genuine if h and not h.startswith("балл за ")
    ]
    assert ours[9:12] == genuine[9:12] == ["балл за 1", "балл за 2", "балл за 3"]


def test_the_questionnaire_asks_in_the_words_of_the_real_one(district: District, real: Path) -> None:
    genuine = (
        CalamineWorkbook.from_path(real / "schools" / "context_2021.xlsx")
        .get_sheet_by_index(0)
        .to_python()[0]
    )
    ours = cells(district.of("school_questionnaire")[0])[0]
    added = [heading.replace("2022/2023", "2020/2021") for heading in ours]
    assert [heading for heading in added if heading not in genuine] == [
        "Сколько в школе учителей первой категории (работающих не менее чем на 0,5 ставки)?",
        "Сколько в школе учителей с высшим образованием (работающих не менее чем на 0,5 ставки)?",
    ]


def test_one_register_is_semicolon_text_in_cp1251(district: District) -> None:
    (path,) = (one for one in district.of("training_course_register") if one.suffix == ".csv")
    assert "Реестр повышения квалификации за 2023/24 учебный год" in path.read_text(encoding="cp1251")


def test_one_school_sends_its_own_list_without_a_column_of_organisations(district: District) -> None:
    own = [path for path in district.of("staff_list") if path.name.startswith("Список")]
    assert len(own) == len(YEARS)
    title, *_, header = cells(own[0])[:4]
    assert title[0] == "Список педагогических работников МКОУ «Тихоборская ОШ»"
    assert "Организация" not in header


def test_the_staff_list_has_a_merged_header_of_two_rows(district: District) -> None:
    path = next(path for path in district.of("staff_list") if path.name.startswith("Педкадры"))
    merged = {str(one) for one in openpyxl.load_workbook(path).active.merged_cells.ranges}
    assert {"A4:A5", "I4:K4", "L4:M4"} <= merged


def test_every_person_has_an_invented_surname(district: District) -> None:
    known = {base for surname in SURNAMES for base in surname.split("-")}
    people = [row["ФИО"] for path in district.of("staff_list") if "Педкадры" in path.name
              for row in district.table("staff_list", path.name)]  # fmt: skip
    assert len(people) > 400
    for person in people:
        last, first, _ = person.split(" ")
        assert {part if part in known else part.removesuffix("а") for part in last.split("-")} <= known
        assert first in FEMALE_NAMES + MALE_NAMES


def test_every_participant_of_an_exam_is_invented(district: District) -> None:
    known = {base for surname in SURNAMES for base in surname.split("-")}
    people = set()
    for path in district.of("exam_protocol"):
        for row in (r for r in cells(path) if str(r[0]).split(".")[0].isdigit()):
            names = [c for c in row if isinstance(c, str) and c.replace("-", "").isalpha()][:3]
            assert names[1] in FEMALE_NAMES + MALE_NAMES, row
            assert {p if p in known else p.removesuffix("а") for p in names[0].split("-")} <= known
            assert "0000" in " ".join(map(str, row))  # no document has such a series
            people.add(tuple(names))
    assert len(people) > 200


@pytest.mark.parametrize("year", YEARS)
def test_numbers_of_persons_were_never_given_to_anybody(district: District, year: int) -> None:
    for row in district.table("staff_list", f"Педкадры на 20.09.{year - 1}"):
        digits = [int(digit) for digit in row["СНИЛС"] if digit.isdigit()]
        assert int("".join(map(str, digits[:9]))) < 1_001_998
        control = (
            sum(digit * weight for digit, weight in zip(digits, range(9, 0, -1), strict=False)) % 101 % 100
        )
        assert digits[9] * 10 + digits[10] == control


def test_workbooks_hold_what_was_written(tmp_path: Path) -> None:
    rows = [["текст & <знаки>", 3, 2.5, date(2025, 9, 20), datetime(2025, 11, 12, 10, 30), None, "последний"]]
    path = tmp_path / "книга.xlsx"
    sheet = Sheet("Лист", [["a", "b"], ["c", None]], rows, titles=("Заголовок",), merges=[(0, 1, 1, 1)])
    write_xlsx(Workbook(path, [sheet, Sheet("Второй", [], [[1]])], "Книга"))
    book = openpyxl.load_workbook(path)
    first = book["Лист"]
    assert first["A1"].value == "Заголовок"
    assert [cell.value for cell in first[4]] == [
        "текст & <знаки>", 3, 2.5, datetime(2025, 9, 20), datetime(2025, 11, 12, 10, 30), None, "последний",
    ]  # fmt: skip
    assert [str(one) for one in first.merged_cells.ranges] == ["B2:B3"]
    assert book.properties.description == NOTICE
    calamine = CalamineWorkbook.from_path(path)
    assert calamine.sheet_names == ["Лист", "Второй"]
    assert calamine.get_sheet_by_name("Лист").to_python()[3][3:5] == [
        date(2025, 9, 20),
        datetime(2025, 11, 12, 10, 30),
    ]


def test_columns_are_lettered_as_spreadsheets_do() -> None:
    assert [letters(at) for at in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]

"""The staff list in the variants in which it really comes, read by the production pipeline."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipelines.cast import by_dictionary
from pipelines.contract import declarations
from pipelines.findings import FileReport
from pipelines.intake import intake
from pipelines.reshape.glued_courses import course_of, lines
from pipelines.reshape.staff_cells import post_and_category
from tests.intake.files import Row, Sample, prepared, teacher
from tests.intake.staged import staged

CATEGORY = by_dictionary(declarations().dictionaries["category"])
EDUCATION = by_dictionary(declarations().dictionaries["education"])
GLUED = (
    "1. ИРО ИО, «Цифровые инструменты», 72 ч., 2024 г.\n"
    "Переподготовка «Учитель; информатика», 300 часов, 01.02.2023–10.06.2023"
)


@pytest.mark.parametrize(
    ("cell", "post", "category"),
    [
        ("Учитель, первая категория", "Учитель", "первая"),
        ("Учитель\nвысшая", "Учитель", "высшая"),
        ("Учитель (ВКК)", "Учитель", "высшая"),
        ("Учитель/1КК", "Учитель", "первая"),
        ("Учитель, СЗД", "Учитель", "соответствие"),
        ("Учитель, б/к", "Учитель", "нет"),
        ("Учитель математики высшей квалификационной категории", "Учитель математики", "высшая"),
        ("Воспитатель I кв. категории", "Воспитатель", "первая"),
        ("Учитель (математика)", "Учитель, математика", None),
        ("Учитель физики, информатики", "Учитель физики, информатики", None),
    ],
)
def test_a_post_and_a_category_share_a_cell(cell: str, post: str, category: str | None) -> None:
    assert post_and_category(cell, CATEGORY) == (post, category)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("высш", "высшая"), ("ВКК", "высшая"), ("в.к.", "высшая"), ("I", "первая"), ("1КК", "первая"),
        ("1", "первая"), ("первая кв. категория", "первая"), ("СЗД", "соответствие"), ("соотв.", "соответствие"),
        ("б/к", "нет"), ("–", "нет"), ("нет", "нет"), ("не аттестован", "нет"), ("отсутствует", "нет"),
    ],
)  # fmt: skip
def test_spellings_of_a_category(said: str, meant: str) -> None:
    assert CATEGORY(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("высшее, ИвГУ, 1998, учитель математики", "высшее"),
        ("Ивановский государственный университет, 1998, математика", "высшее"),
        ("ШГПУ, 2004 г., учитель начальных классов", "высшее"),
        ("Среднее профессиональное, Шуйское педагогическое училище, 1990", "среднее профессиональное"),
        ("Шуйский педколледж, 2012", "среднее профессиональное"),
        ("Педагогическое училище, 1988; высшее, ИвГУ, 1995", "высшее"),
        ("Среднее проф., колледж при университете", "среднее профессиональное"),
    ],
)
def test_education_as_free_text(said: str, meant: str) -> None:
    assert EDUCATION(said) == meant


def test_glued_courses_are_told_apart() -> None:
    first, second = (course_of(line) for line in lines(GLUED))
    assert first
    assert second
    assert (first.title, first.hours, first.end, first.provider, first.kind) == (
        "Цифровые инструменты", 72, datetime(2024, 7, 1), "ИРО ИО", "ПК",
    )  # fmt: skip
    assert (second.title, second.kind, second.start, second.end) == (
        "Учитель; информатика", "ПП", datetime(2023, 2, 1), datetime(2023, 6, 10),
    )  # fmt: skip


def test_a_course_broken_over_lines_is_one() -> None:
    assert lines("ИРО ИО,\n«Тема»,\n72 ч.\n2024 г.\nАНО «Центр», «Другая», 36 ч, 2023") == [
        "ИРО ИО, «Тема», 72 ч. 2024 г.",
        "АНО «Центр», «Другая», 36 ч, 2023",
    ]


def _taken(tmp_path: Path, sample: Sample) -> tuple[FileReport, dict[str, pd.DataFrame]]:
    root = prepared(tmp_path)
    (report,) = intake([sample.write(root / "sent")], root)
    return report, {table: staged(root, report, table) for table in report.tables}


def test_the_layout_of_the_regional_application(tmp_path: Path) -> None:
    """Header in row 4, first column C, a name in three columns, no date of the list but a school year."""
    row: Row = {
        "": "", " ": "", "Муниципалитет": "Озёрный район", "Место работы": "Озёрная СШ", "Фамилия": "Иванова",
        "Имя": "Анна", "Отчество": "Петровна", "Дата рождения получателя": "05.03.1980", "Пол получателя": "Жен",
        "СНИЛС": "112-233-445 95", "Должность": "Учитель", "Вид деятельности": "Преподавание",
        "Предмет": "математика; физика", "Образование": "высшее", "Серия диплома": "АБ", "Номер диплома": "1",
        "Педагогический стаж": "с 1998", "Стаж в должности": "12", "Личный электронный адрес": "a@b.ru",
        "Номер телефона": "8 900 000-00-00",
    }  # fmt: skip
    titles = ["Заявка", "Педагогические работники", "2025/26 учебный год"]
    report, tables = _taken(tmp_path, Sample("staff_list", [row], titles))
    (person,) = tables["staff"].to_dict("records")
    assert report.status == "accepted", report
    assert (person["birth_year"], person["sex"], person["subjects"]) == (1980, "ж", "Математика;Физика")
    assert person["teaching_years"] == 2025 - 1998
    assert str(person["as_of"]) == "2025-09-20"
    rules = {f.rule for f in report.findings}
    assert {"file.assumed_day", "file.personal"} <= rules
    assert not {"a@b.ru", "Иванова"} & set(map(str, person.values()))


def _bank(**changes: Any) -> Sample:
    rows = [
        teacher("Озёрная СШ", "Иванова Анна Петровна") | changes,
        teacher("Озёрная СШ", "Петрова Инна Львовна"),
    ]
    kept = [
        {**row, "Курсы повышения квалификации": row.get("Курсы повышения квалификации", "")} for row in rows
    ]
    return Sample("staff_list", kept, ["Банк данных педагогических кадров", "на 20 сентября 2025 г."])


def test_courses_of_the_bank_become_rows_of_the_register(tmp_path: Path) -> None:
    report, tables = _taken(tmp_path, _bank(**{"Курсы повышения квалификации": GLUED}))
    assert report.status == "accepted", report
    courses = tables["training_course"].sort_values("hours")
    assert courses["hours"].tolist() == [72, 300]
    assert courses["topic"].tolist()[0] == "Цифровые инструменты и ИИ в обучении"
    assert set(courses["name_id"]) <= set(tables["staff"]["name_id"])


def test_a_list_sent_again_without_its_courses_says_whose_rows_changed(tmp_path: Path) -> None:
    root = prepared(tmp_path)
    with_courses = _bank(**{"Курсы повышения квалификации": GLUED}).write(root / "sent", name="с курсами")
    without = _bank().write(root / "sent", name="без курсов")
    intake([with_courses], root)
    (report,) = intake([without], root)
    assert list(report.tables) == ["staff"]
    changes = [part.replaces for part in report.submissions]
    assert [(one.added, one.removed, one.changed) for one in changes if one] == [(0, 0, 1)]


def test_a_course_without_hours_is_told_of_and_the_list_goes_in(tmp_path: Path) -> None:
    report, tables = _taken(tmp_path, _bank(**{"Курсы повышения квалификации": "Курсы в ИРО, 2024 г."}))
    assert report.status == "accepted_with_warnings"
    (finding,) = (f for s in report.submissions for f in s.findings)
    assert (finding.rule, finding.row) == ("staff.course_unread", 4)
    assert len(tables["staff"]) == 2


def test_a_vacancy_is_no_person(tmp_path: Path) -> None:
    report, tables = _taken(tmp_path, _bank(ФИО="Вакансия"))
    assert report.status == "accepted"
    assert len(tables["staff"]) == 1
    assert "staff.vacancy" in {f.rule for s in report.submissions for f in s.findings}


def test_age_stands_for_a_birth_date(tmp_path: Path) -> None:
    row = {k: v for k, v in teacher("Озёрная СШ", "Иванова Анна Петровна").items() if k != "Дата рождения"}
    sample = Sample("staff_list", [{**row, "Возраст": "45 лет"}], ["на 20.09.2025"])
    report, tables = _taken(tmp_path, sample)
    assert report.status == "accepted", report
    assert tables["staff"]["birth_year"].tolist() == [1980]

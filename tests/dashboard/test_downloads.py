"""What is saved: numbers under the display policy, names any system takes, images where a browser is there."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from dashboard import downloads
from dashboard.blocks import Caption, Cell, Chart, Column, Row, Table
from dashboard.parts import sheet
from tests.dashboard.test_display import share


def cells(table: Table) -> list[list[object]]:
    """The saved sheet as rows."""
    book = load_workbook(io.BytesIO(downloads.workbook(table, "Качество: район", "Источник: ВПР")))
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def test_a_sheet_holds_counts_always_and_percents_only_where_allowed() -> None:
    table = sheet("Школа", [("Большая", share(19, 44)), ("Малая", share(6, 12)), ("Лесная", share(2, 4))])
    title, caption, _, head, large, small, tiny = cells(table)
    assert (title[0], caption[0]) == ("Качество: район", "Источник: ВПР")
    assert head[:5] == ["Школа", "Числитель", "Знаменатель", "n", "Значение"]
    assert large[:5] == ["Большая", 19, 44, 44, 43.18]
    assert small[7] == "малая выборка"
    assert tiny[:4] == ["Лесная", 2, 4, 4]
    assert tiny[4:7] == [None, None, None]


def test_five_to_nine_are_saved_without_percent_and_interval() -> None:
    (row,) = cells(sheet("Школа", [("Лесная", share(3, 7))]))[4:]
    assert row[4:7] == [None, None, None]


def test_text_is_never_a_formula() -> None:
    table = Table((Column("Имя"),), (Row((Cell("=1+1"),)),))
    assert cells(table)[4] == ["'=1+1"]


@pytest.mark.parametrize(
    ("title", "name"),
    [("Качество знаний: «район»", "Качество знаний район.xlsx"), ("a/b\\c?", "a b c.xlsx")],
)
def test_file_names_suit_any_system(title: str, name: str) -> None:
    assert downloads.file_name(title, "xlsx") == name


def test_sheet_names_are_short_and_clean() -> None:
    table = Table((Column("Имя"),), ())
    book = load_workbook(
        io.BytesIO(downloads.workbook(table, "Очень длинное: название/листа [с] чужими знаками"))
    )
    assert len(book.sheetnames[0]) <= 31


@pytest.mark.browser
def test_a_chart_is_saved_as_an_image() -> None:
    if not downloads.has_browser():
        pytest.skip("нет браузера для рисунков")
    from dashboard.figures.people import Group, groups

    chart = Chart(
        lambda look: groups([Group("до 25", 2)], look), Caption("Кадры", "2025/26", "n = 2"), "Возраст",
        Table((Column("а"),), ()), "ages", "Возраст",
    )  # fmt: skip
    assert downloads.image(chart, "Кадры. Возраст", "png").startswith(b"\x89PNG")
    assert b"<svg" in downloads.image(chart, "Кадры. Возраст", "svg")

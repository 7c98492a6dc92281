"""A methodist's first hour: a form, what came back filled, its errors, its correction, a replacement, an undoing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard import keeper, server
from dashboard.desk import post
from dashboard.marts import open_latest
from tests.browser.conftest import Visit
from tests.browser.test_walk import ALLOWED, latin

SOON = 90_000
"""Milliseconds after which a busy machine is given up on; how fast it is, is the benchmark's question."""
TEACHERS = [
    {"ФИО": "Указкина Анна Петровна", "Дата рождения": date(1980, 5, 4), "Должность": "Учитель",
     "Общий стаж": 20, "Педагогический стаж": 18, "Категория": "первая"},
    {"ФИО": "Тетрадкин Олег Ильич", "Дата рождения": date(1990, 2, 1), "Должность": "Учитель",
     "Общий стаж": 10, "Педагогический стаж": 14, "Категория": "высшая"},
]  # fmt: skip
"""Invented; the second has taught longer than he has worked."""


@pytest.fixture(scope="module")
def own_root(demo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district that this test may write to."""
    return Path(shutil.copytree(demo_root, tmp_path_factory.mktemp("desk") / "data"))


@pytest.fixture(scope="module")
def desk(own_root: Path) -> Iterator[str]:
    """The pages with their worker, as `kabinet up` starts them."""
    port = server.free_port(8400 + os.getpid() % 200)
    with keeper.kept(own_root), server.served(own_root, port):
        yield f"http://{server.HOST}:{port}"


@pytest.fixture
def guest(browser: Browser, desk: str) -> Iterator[Visit]:
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="ru-RU", accept_downloads=True
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit = Visit(context, desk)
    yield visit
    context.close()
    assert visit.foreign == []
    assert visit.errors == []


def drop(page: Page, path: Path) -> None:
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(path)
    expect(page.locator(".kb-file h2")).to_have_text(path.name, timeout=SOON)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def saved(page: Page, name: str, folder: Path) -> Path:
    """What a link downloads."""
    with page.expect_download(timeout=SOON) as waiting:
        page.get_by_role("link", name=name, exact=True).click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def rewritten(path: Path, target: Path, values: list[dict[str, Any]]) -> Path:
    """The workbook with these values under its headings, row after row."""
    book = openpyxl.load_workbook(path)
    sheet = next(
        s for s in book.worksheets if any(c.value == "ФИО" for row in s.iter_rows(max_row=12) for c in row)
    )
    heads = next(row for row in sheet.iter_rows(max_row=12) if any(c.value == "ФИО" for c in row))
    columns = {str(cell.value).split("\n")[0]: cell.column for cell in heads if cell.value}
    for place, row in enumerate(values, heads[0].row + 1):
        for heading, value in row.items():
            sheet.cell(place, columns[heading]).value = value
    book.save(target)
    return target


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def looked_at(page: Page, name: str) -> None:
    """A picture for a person to look at, where one asked for them."""
    if folder := os.environ.get("KABINET_PICTURES"):
        page.wait_for_timeout(400)
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_the_first_hour(guest: Visit, own_root: Path, tmp_path: Path) -> None:
    page = guest.open("collection")
    until_ready(own_root, page)
    press(page, "Бланки")
    saved(page, "Скачать бланк", tmp_path)  # at once, whatever the page is doing
    choose(page, "Бланк", "Банк данных педагогических кадров")
    guest.settle()
    choose(page, "Организация", "Лесная ОШ")
    guest.settle()
    looked_at(page, "1 бланк")
    form = saved(page, "Скачать бланк", tmp_path)
    page.keyboard.press("Escape")

    wrong = rewritten(form, tmp_path / "кадры.xlsx", TEACHERS)
    drop(page, wrong)
    expect(page.locator(".kb-verdict")).to_contain_text("Файл возвращается целиком")
    expect(page.locator(".kb-marked")).to_have_text("14")
    assert latin(page.locator("[data-testid=stMain]").inner_text()) <= ALLOWED
    looked_at(page, "2 ошибка")
    press(page, "Текст письма")
    press(page, "Скопировать")
    expect(page.get_by_role("button", name="Скопировано")).to_be_visible(timeout=SOON)
    assert page.evaluate("navigator.clipboard.readText()").startswith("Тема: замечания к файлу «кадры.xlsx»")
    looked_at(page, "3 письмо")
    page.keyboard.press("Escape")
    back = saved(page, "Скачать с пометками", tmp_path)
    assert openpyxl.load_workbook(back).sheetnames[0] == "Замечания"
    press(page, "Вернуть отправителю")
    expect(page.get_by_text("Записано, что файл возвращён")).to_be_visible(timeout=SOON)

    right = rewritten(back, tmp_path / "кадры исправлено.xlsx", [TEACHERS[0], {"Педагогический стаж": 9}])
    drop(page, right)
    expect(page.locator(".kb-file")).to_contain_text("исправлено 1, осталось 0, новых 0")
    press(page, "Принять")
    expect(page.get_by_text("Принято: страницы показывают новые числа")).to_be_visible(timeout=SOON)
    looked_at(page, "4 принято")

    later = rewritten(right, tmp_path / "кадры позже.xlsx", [{"Категория": "высшая"}])
    drop(page, later)
    expect(page.locator(".kb-replaced")).to_contain_text("изменено 1 («Квалификационная категория» — 1)")
    expect(page.locator(".kb-replaced .kb-table")).to_contain_text(
        "Доля педагогов высшей категории", timeout=SOON
    )
    looked_at(page, "5 замена")
    press(page, "Заменить прежний")
    expect(page.get_by_text("Принято: страницы показывают новые числа")).to_be_visible(timeout=SOON)
    assert in_force(own_root) == "staff_list/кадры позже.xlsx"

    press(page, "Отменить")
    page.get_by_label("Ваше имя").fill("Методист")
    press(page, "Отменить приём")
    expect(page.get_by_text("Приём отменён: снова действует «кадры исправлено.xlsx»")).to_be_visible(
        timeout=SOON
    )
    looked_at(page, "6 отменено")
    assert in_force(own_root) == "staff_list/кадры исправлено.xlsx"


def until_ready(root: Path, page: Page) -> None:
    for _ in range(600):
        if post.worker(root) == "ready":
            return
        page.wait_for_timeout(100)
    pytest.fail("the worker did not start")


def in_force(root: Path) -> str:
    """The list of teachers of Лесная ОШ that counts in 2026/27."""
    sql = """select file from submission inner join dim_school using (school_id)
        where short_name = 'Лесная ОШ' and source = 'staff_list' and school_year = 2027 and is_current"""
    [(file,)] = open_latest(root).snapshot().rows(sql)
    return str(file)

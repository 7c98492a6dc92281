"""Footnotes: what limits a number is said at the number, once a section, in every format."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from pathlib import Path

import docx as word
import openpyxl
import pptx as slides
import pytest
from docx.oxml.ns import qn
from lxml import etree

from dashboard import blocks as b
from dashboard import report
from dashboard.report import declared
from dashboard.report.document import Document, Figure, Footnote, Grid
from dashboard.report.formats import made
from dashboard.report.limits import Footnotes
from tests.report.asked import prepared

CALENDAR = Path(__file__).parents[2] / "expectations" / "calendar.toml"
SECTIONS = ("staff", "results", "changes")


@pytest.fixture(scope="module")
def document(demo_root: Path) -> Document:
    asked = report.Request(2026, sections=SECTIONS)
    return prepared(demo_root, asked)


def test_each_kind_of_limitation_is_said(document: Document) -> None:
    said = " ".join(one.text for one in document.footnotes)
    assert "Нет данных по форме «Кадры»: Детский сад «Теремок» (возвращено с замечаниями)." in said
    assert re.search(r"Малая выборка, n от\s10 до\s19, выводов нет: Заозёрновская СШ", said)
    assert re.search(r"n меньше\s10, показано только «k из\sn»: Лесная ОШ", said)
    assert "«Качество знаний» — с прошлым годом сравнивать осторожно." in said


def test_numbers_run_through_the_document_and_nothing_is_said_twice(document: Document) -> None:
    assert [one.number for one in document.footnotes] == [*range(1, 1 + sum(1 for _ in document.footnotes))]
    for part in document.parts:
        texts = [one.text for some in part.footnotes.values() for one in some]
        assert len(texts) == len(set(texts))


def test_what_is_not_compared_gets_no_verdict(document: Document) -> None:
    grid = next(grid for grid in document.grids if grid.key == "changes")
    assert {row.cells[4].text for row in grid.table.rows} <= {"да", "с оговоркой"}
    table = grid.whole
    said = {row.cells[0].text: row.cells for row in table.rows}
    assert said["Выполнение заданий"][3].text == "годы не сравнивают"
    assert said["Выполнение заданий"][4].text == "нет"
    assert {cells[4].text for cells in said.values()} == {"да", "нет", "с оговоркой"}


def test_the_public_is_told_how_many_and_not_who(demo_root: Path) -> None:
    asked = report.Request(2026, "public", sections=("staff",))
    found = prepared(demo_root, asked)
    said = [one.text for one in found.footnotes]
    assert "Форма «Кадры»: данные есть от 11 организаций из 12." in said
    assert not any("Теремок" in text for text in said)


def test_word_has_real_footnotes(document: Document) -> None:
    content = made(document, "docx")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        notes = etree.fromstring(package.read("word/footnotes.xml"))
    texts = {n.get(qn("w:id")): "".join(n.itertext()).strip() for n in notes if n.get(qn("w:type")) is None}
    assert texts == {str(one.number): one.text for one in document.footnotes}
    body = word.Document(io.BytesIO(content)).element.body
    assert [r.get(qn("w:id")) for r in body.iter(qn("w:footnoteReference"))] == list(texts)


def test_other_formats_say_them_too(document: Document) -> None:
    html = made(document, "html").decode()
    book = openpyxl.load_workbook(io.BytesIO(made(document, "xlsx")))
    sheets = " ".join(str(sheet["A3"].value) for sheet in book)
    show = slides.Presentation(io.BytesIO(made(document, "pptx")))
    notes = " ".join(s.notes_slide.notes_text_frame.text for s in show.slides if s.has_notes_slide)
    for one in document.footnotes:
        assert f'href="#footnote-{one.number}"' in html
        assert f'id="footnote-{one.number}"' in html
    for part in document.parts:
        for place, found in part.footnotes.items():
            if isinstance(part.items[place], Figure):
                assert all(one.text in sheets and one.text in notes for one in found)


def test_rows_of_one_name_are_named_once_and_many_are_counted() -> None:
    def row(name: str) -> b.Row:
        return b.Row((b.Cell(name), b.Cell("1 из 2", hint="слишком мало для процента")))

    table = b.Table((b.Column("Где"), b.Column("Доля")), tuple(
        row(name) for name in ("А: один", "А: два", "Б: один", *(f"Школа {i}" for i in range(9)))
    ))  # fmt: skip
    (found,) = Footnotes().of_section((Grid(1, "Доли", table, "key", table),), ()).values()
    (only,) = found
    assert isinstance(only, Footnote)
    assert only.text.endswith("А; Б: один; Школа 0; Школа 1; Школа 2; Школа 3; Школа 4; Школа 5 и ещё 3.")


def test_what_a_table_is_from_stands_under_it_and_is_not_its_name(demo_root: Path) -> None:
    asked = report.Request(2026, sections=("staff",))
    found = prepared(demo_root, asked)
    names = [grid.subject for grid in found.grids]
    assert {"Вакансии", "Прогноз ухода педагогов", "Предметы с единственным учителем"} <= set(names)
    (part,) = found.parts
    assert any(isinstance(item, b.Note) and item.text.startswith("Источник:") for item in part.items)


def test_forms_of_sections_are_those_of_the_calendar() -> None:
    known = set(tomllib.loads(CALENDAR.read_text(encoding="utf-8")))
    named = {form for one in declared.documents().values() for s in one.all_sections for form in s.forms}
    assert named
    assert named <= known

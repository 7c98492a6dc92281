"""DOCX, PPTX and XLSX of the demonstration district: whole, editable, the same again, and true."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx as word
import openpyxl
import pptx as slides
import pytest
from docx.oxml.ns import qn
from lxml import etree
from openxml_audit import OpenXmlValidator, ValidationSeverity
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from dashboard import report
from dashboard.benchmarks import benchmarks
from dashboard.blocks import GLYPHS, Cell
from dashboard.marts import Marts, open_latest
from dashboard.report.document import Document, Figure, Grid
from dashboard.report.drawn import office_form
from dashboard.report.formats import made
from dashboard.report.native.model import NativeChart
from dashboard.report.shaded import Shaded
from dashboard.theme import LIGHT
from dashboard.values import records
from dashboard.words import NBSP, number, percent, plain
from tests.report.asked import anew, prepared
from tests.report.chart_schema import broken

SAVINO = (
    "методической работы", "Аттестация", "Повышение квалификации", "методических объединений", "одарёнными",
    "Конкурсы", "информационная деятельность", "Консультационная",
)  # fmt: skip
"""Sections of a real cabinet's report of the same region."""


@pytest.fixture(scope="module")
def document(demo_root: Path) -> Document:
    return prepared(demo_root, report.Request(2026))


@pytest.fixture(scope="module")
def again(demo_root: Path) -> Document:
    """The same request once more, from the snapshot on."""
    return anew(demo_root, report.Request(2026))


@pytest.fixture(scope="module")
def files(document: Document) -> dict[str, bytes]:
    return {kind: made(document, kind) for kind in ("docx", "pptx", "xlsx")}


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_every_section_of_a_real_report_has_its_place(document: Document) -> None:
    names = [part.name for part in document.parts]
    assert [words for words in SAVINO if not any(words in name for name in names)] == []
    assert all(part.items for part in document.parts)


def test_figures_are_native_or_shaded(document: Document) -> None:
    """Only the heat map is a table; a figure that may draw no mark at all is its numbers."""
    forms = [(figure, office_form(figure)) for figure in document.figures]
    assert {f.chart.key for f, form in forms if isinstance(form, Shaded)} == {"competences"}
    assert {form.kind for _, form in forms if isinstance(form, NativeChart)} == {"bar", "line", "scatter"}
    for figure in (f for f, form in forms if form is None):
        assert not any(trace.x for trace in figure.chart.figure(LIGHT).data)


def test_the_word_file_opens_and_can_be_edited(files: dict[str, bytes], document: Document) -> None:
    opened = word.Document(io.BytesIO(files["docx"]))
    heads = [p.text for p in opened.paragraphs if p.style.name == "Heading 1"]
    assert heads == [part.name for part in document.parts]
    opened.add_paragraph("Дописано.")
    held = io.BytesIO()
    opened.save(held)
    again = word.Document(io.BytesIO(held.getvalue()))
    assert again.paragraphs[-1].text == "Дописано."
    assert len(again.inline_shapes) == sum(isinstance(office_form(f), NativeChart) for f in document.figures)


def test_the_page_is_laid_out_as_the_standard_asks(files: dict[str, bytes]) -> None:
    opened = word.Document(io.BytesIO(files["docx"]))
    page = opened.sections[0]
    assert [round(side.mm) for side in (page.left_margin, page.right_margin, page.top_margin)] == [30, 10, 20]
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header._element.xml
    assert 12 <= opened.styles["Normal"].font.size.pt <= 14


def test_names_of_tables_and_figures_are_the_document_s(files: dict[str, bytes], document: Document) -> None:
    said = [p.text for p in word.Document(io.BytesIO(files["docx"])).paragraphs]
    tables = [text for text in said if text.startswith(f"Таблица{NBSP}")]
    figures = [text for text in said if text.startswith(f"Рисунок{NBSP}")]
    assert tables == [grid.name for grid in document.grids]
    assert figures == [figure.name for figure in document.figures]


def test_the_slides_open_and_can_be_edited(files: dict[str, bytes]) -> None:
    show = slides.Presentation(io.BytesIO(files["pptx"]))
    assert round(show.slide_width / show.slide_height, 2) == 1.78
    charts = [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) >= 15
    for chart in charts:
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert book.sheetnames == ["Данные"]
    show.slides[0].shapes.title.text = "Другое название"
    show.save(io.BytesIO())


def test_the_workbook_holds_numbers_and_charts(files: dict[str, bytes], document: Document) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    assert len(book.sheetnames) == 1 + sum(1 for _ in document.grids) + sum(1 for _ in document.figures)
    charts = [name for name in parts(files["xlsx"]) if name.startswith("xl/charts/chart")]
    assert len(charts) == sum(isinstance(office_form(f), NativeChart) for f in document.figures)
    kinds = book["Таблица 1"]
    assert kinds["A4"].value == "Вид организаций"
    assert [kinds.cell(5, column).value for column in (2, 4)] == [5, 55]


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_every_part_is_well_formed_and_every_chart_follows_the_schema(
    files: dict[str, bytes], kind: str
) -> None:
    found = parts(files[kind])
    assert found["[Content_Types].xml"]
    for name, content in found.items():
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(content)
            if "/charts/chart" in name and name.endswith(".xml"):
                assert broken(root) == [], name


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_the_package_follows_the_schemas(files: dict[str, bytes], tmp_path: Path, kind: str) -> None:
    """Schema and semantics of Microsoft's Open XML SDK; the workbooks inside charts too."""
    assert faults(files[kind], tmp_path / f"made.{kind}") == []
    inside = [content for name, content in parts(files[kind]).items() if name.endswith(".xlsx")]
    assert (kind == "xlsx") != bool(inside)
    for content in inside[:2]:
        assert faults(content, tmp_path / "inside.xlsx") == []


@pytest.mark.parametrize(
    ("kind", "part", "good", "bad"),
    [
        ("docx", "word/document.xml", b"<w:jc ", b"<w:jcc "),
        ("pptx", "ppt/charts/", b"<c:varyColors", b"<c:colorsVary"),
        ("xlsx", "xl/worksheets/", b' s="1"', b' s="one"'),
        ("docx", "word/charts/", b'<c:grouping val="standard"/>', b""),
        ("docx", "word/_rels/document.xml.rels", b"charts/chart1.xml", b"charts/chart0.xml"),
    ],
)
def test_what_breaks_a_schema_is_found(
    demo_root: Path, tmp_path: Path, kind: str, part: str, good: bytes, bad: bytes
) -> None:
    asked = report.Request(2026, sections=("network",))
    small = made(prepared(demo_root, asked), kind)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name, content in parts(small).items():
            package.writestr(name, content.replace(good, bad) if name.startswith(part) else content)
    assert faults(held.getvalue(), tmp_path / f"broken.{kind}")


def faults(content: bytes, path: Path) -> list[str]:
    path.write_bytes(content)
    found = OpenXmlValidator().validate(path).errors
    return [f"{one.part_uri}: {one.description}" for one in found if one.severity is ValidationSeverity.ERROR]


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_made_again_it_is_the_same(again: Document, files: dict[str, bytes], kind: str) -> None:
    second = parts(made(again, kind))
    assert [name for name, content in parts(files[kind]).items() if second[name] != content] == []


def test_a_chart_s_cached_numbers_are_those_of_its_workbook(files: dict[str, bytes]) -> None:
    opened = word.Document(io.BytesIO(files["docx"]))
    charts = [rel.target_part for rel in opened.part.rels.values() if rel.reltype == RT.CHART]
    assert charts
    for chart in charts:
        (book,) = (rel.target_part for rel in chart.rels.values())
        sheet = openpyxl.load_workbook(io.BytesIO(book.blob))["Данные"]
        for ref in etree.fromstring(chart.blob).iter(f"{CHART}numRef"):
            address = ref.findtext(f"{CHART}f").split("!")[1].replace("$", "")
            cells = [cell.value for row in sheet[address] for cell in row] if ":" in address else []
            for point in ref.iter(f"{CHART}pt"):
                assert float(point.findtext(f"{CHART}v")) == pytest.approx(cells[int(point.get("idx"))])


CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def test_every_cell_of_the_document_is_printed(files: dict[str, bytes], document: Document) -> None:
    """What `test_numbers` holds cell by cell to ``kabinet value`` is what the file says."""
    tables = word.Document(io.BytesIO(files["docx"])).tables
    printed = {tuple(_one_line(cell.text) for cell in row.cells) for table in tables for row in table.rows}
    rows = [tuple(map(_as_printed, row.cells)) for grid in document.grids for row in grid.table.rows]
    assert len(rows) > 400
    assert [row for row in rows if row not in printed] == []


def _as_printed(cell: Cell) -> str:
    return _one_line(f"{GLYPHS[cell.tone]} {cell.text}" if cell.tone else cell.text)


def _one_line(text: str) -> str:
    """As it is read: a line break stands for the dot between a share and its counts."""
    return re.sub(rf"[ {NBSP}·\n]+", " ", text).strip()


def test_every_number_of_the_document_is_the_command_s(
    demo_root: Path, document: Document, files: dict[str, bytes]
) -> None:
    """Every percent and every «k из n» is an answer of ``kabinet value`` in some cut that the report uses."""
    known = _answers(demo_root)
    opened = word.Document(io.BytesIO(files["docx"]))
    texts = [node.text or "" for node in opened.element.body.iter(qn("w:t"))]
    said = " ".join(texts).replace(f"{NBSP}из{NBSP}", f" из{NBSP}")
    percents = set(re.findall(rf"[−\d,{NBSP}]*\d,\d{NBSP}%", said))
    counts = set(re.findall(rf"\d[\d{NBSP}]* из{NBSP}\d[\d{NBSP}]*", said))
    assert len(percents) > 150
    assert len(counts) > 150
    derived = _derived(demo_root, document)
    assert {p.strip(NBSP) for p in percents} - known <= derived
    assert {c for c in counts if c not in known} <= COUNTED | derived


COUNTED = {f"12 из{NBSP}12", f"4 из{NBSP}5", f"9 из{NBSP}12", f"11 из{NBSP}12", f"10 из{NBSP}12"}
"""What is counted of organisations and questionnaires, not of people."""
CUTS = (
    (), ("school",), ("school", "year"), ("year",), ("subject", "grade"), ("subject", "grade", "class"),
    ("subject", "grade", "task"), ("level",), ("school", "level"), ("competence",), ("school", "competence"),
    ("topic",), ("kind",), ("subject", "grade", "year"), ("level", "year"), ("topic", "year"),
)  # fmt: skip


def _derived(root: Path, document: Document) -> set[str]:
    """Figures by a formula over answers of ``kabinet value``, each cell held to its formula."""
    marts, found = open_latest(root), set()
    work: tuple[str, int] = ("", 0)
    for grid in document.grids:
        if grid.key == "tasks-table":
            subject, grade = re.match(r"(.+), (\d+) класс", grid.subject).groups()
            work = (subject, int(grade))
            found |= _areas_hold(marts, work, grid)
        elif grid.key == "groups-table":
            found |= _groups_hold(marts, work, grid)
        elif grid.key.startswith("survey-"):
            found |= _survey_holds(marts, grid)
        if any("вместе" in column.title for column in grid.table.columns):
            found |= _years_hold(grid)
    return found


def _survey_holds(marts: Marts, grid: Grid) -> set[str]:
    """Answers to questions without an indicator: people of the snapshot's rows, counted one by one."""
    sql = "select question, answer, submission_id, respondent from fct_survey_answer where school_year = 2026"
    given = marts.snapshot().rows(sql, [])
    found, asked, question = set(), set(), ""
    for name, said in ([cell.text for cell in row.cells] for row in grid.table.rows):
        if said.startswith("ответили"):
            question, asked = name, {tuple(person) for text, _, *person in given if text == name}
            assert said == f"ответили {number(len(asked))}"
        elif said:
            answer = None if name == "другой ответ" else name
            people = {tuple(person) for text, one, *person in given if (text, one) == (question, answer)}
            share = f"{len(people)} из{NBSP}{len(asked)}"
            assert share in said.replace(f"{NBSP}из{NBSP}", f" из{NBSP}")
            found |= {share, percent(100 * len(people) / len(asked))}
    return found


def _where(work: tuple[str, int]) -> dict[str, object]:
    return {"year": 2026, "subject": work[0], "grade": work[1]}


def _areas_hold(marts: Marts, work: tuple[str, int], grid: Grid) -> set[str]:
    """«Регион» and «РФ» are what ``kabinet value task_success --areas`` says of the task."""
    told = benchmarks(marts, "task_success", _where(work), ("task",)).to_dict("records")
    known = {(one["area_level"], one["task"]): percent(one["value"]) for one in told}
    heads = [column.title for column in grid.table.columns]
    found = set()
    for row in grid.table.rows:
        said = dict(zip(heads, (cell.text for cell in row.cells), strict=True))
        for head, level in (("Регион", "region"), ("РФ", "country")):
            if said.get(head, "—") != "—":
                assert said[head] == known[level, said["Задание"]], (work, said)
                found.add(said[head])
    return found


def _years_hold(grid: Grid) -> set[str]:
    """«За 3 года вместе» is the sum of what stands under the last three years of the same row."""
    heads = [column.title for column in grid.table.columns]
    years = [at for at, head in enumerate(heads) if re.fullmatch(r"20\d\d/\d\d", head)][-3:]
    (together,) = (at for at, head in enumerate(heads) if "вместе" in head)
    found = set()
    for row in grid.table.rows:
        if not (said := _out_of(row.cells[together].text)):
            continue
        summed = [
            sum(part) for part in zip(*(_out_of(row.cells[at].text) or (0, 0) for at in years), strict=True)
        ]
        assert list(said) == summed, row
        count, share = f"{said[0]} из{NBSP}{said[1]}", percent(100 * said[0] / said[1])
        assert row.cells[together].text in (count, f"{share} · {count}")
        found |= {count, share}
    return found


def _out_of(text: str) -> tuple[int, int] | None:
    found = re.search(rf"(\d+) из{NBSP}(\d+)", text)
    return (int(found[1]), int(found[2])) if found else None


def _groups_hold(marts: Marts, work: tuple[str, int], grid: Grid) -> set[str]:
    """An element of content: points of its tasks over their largest points."""
    told = {one["task"]: one for one in records(marts, "task_success", _where(work), ["task"])}
    found = set()
    for row in grid.table.rows:
        names, said = row.cells[1].text.split(", "), row.cells[2].text
        points, most = (sum(told[name][part] for name in names) for part in ("numerator", "denominator"))
        assert said == percent(100 * points / most), (work, names)
        found.add(said)
    return found


def _answers(root: Path) -> set[str]:
    marts = open_latest(root)
    found: set[str] = set()
    for name, indicator in marts.indicators.items():
        for by in CUTS:
            if set(by) <= {*indicator.by, "kind"}:
                for where in ({}, {"year": 2026}, {"year": 2025}):
                    found |= _said(records(marts, name, where, list(by)))
    return found


def _said(rows: list[dict[str, object]]) -> set[str]:
    texts: set[str] = set()
    for row in rows:
        value, k, n = row["value"], row["numerator"], row["denominator"]
        if isinstance(value, int | float):
            texts |= {percent(value), percent(value, 2), f"{number(value)}{NBSP}%"}
        if isinstance(k, int | float) and isinstance(n, int | float):
            texts.add(f"{plain(k)} из{NBSP}{plain(n)}")
    return texts


def test_own_words_are_printed_and_offered_next_year(demo_copy: Path) -> None:
    from dashboard.report import own

    own.save(demo_copy, "analysis", "gifted", 2025, "Двое призёров.\n\nПодготовлены наставниками.")
    own.save(demo_copy, "analysis", "consultations", 2026, "Дано 120 консультаций.")
    made_of = prepared(demo_copy, report.Request(2026, sections=("gifted", "consultations")))
    assert [part.name for part in made_of.parts] == [
        "1. Работа с одарёнными детьми", "2. Консультационная деятельность",
    ]  # fmt: skip
    assert made_of.parts[1].items[0].text == "Дано 120 консультаций."
    assert own.offered(demo_copy, "analysis", "gifted", 2026) == (
        "Двое призёров.\n\nПодготовлены наставниками.", 2025,
    )  # fmt: skip


def test_items_are_of_known_kinds(document: Document) -> None:
    assert any(isinstance(item, Figure) for part in document.parts for item in part.items)
    assert any(isinstance(item, Grid) for part in document.parts for item in part.items)

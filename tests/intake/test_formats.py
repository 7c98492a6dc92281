"""Files of every format are read alike, and what is unfit to be opened is refused with its reason."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from pipelines.findings import FileReport
from pipelines.intake import check
from pipelines.read import UnreadableError, kind_of, read_book, xls
from pipelines.read.xlsx import Area, used_area
from tests.intake.books import html_of, ods_of, rezipped, xls_of, xlsb_of, xlsx_of
from tests.intake.files import REGISTRY, as_csv

GRID = [list(REGISTRY.rows[0]), *[list(row.values()) for row in REGISTRY.rows]]
READ = [["" if cell is None else cell for cell in row] for row in GRID]
FORMATS = {
    "xlsx": xlsx_of(GRID), "xlsm": rezipped(xlsx_of(GRID), main="application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    "ods": ods_of(GRID), "xls": xls_of(GRID), "xlsb": xlsb_of(GRID), "html": html_of(GRID),
    "csv": as_csv([], REGISTRY.rows),
}  # fmt: skip


def _fault(content: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        read_book(content)
    assert error.value.message
    assert error.value.fix
    return error.value.fault


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_table_in_every_format(kind: str, tmp_path: Path) -> None:
    assert read_book(FORMATS[kind])[0].rows == READ
    path = tmp_path / f"реестр.{kind}"
    path.write_bytes(FORMATS[kind])
    (report,) = check([path], tmp_path / "data")
    assert (report.source, report.status, report.findings) == ("school_registry", "accepted", [])


@pytest.mark.parametrize(
    ("kind", "name"), [("xlsx", "a.xls"), ("csv", "a.xlsx"), ("html", "a.xlsx"), ("ods", "a.csv")]
)
def test_a_harmless_renamed_file_is_read_by_content(kind: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FORMATS[kind])
    (report,) = check([tmp_path / name], tmp_path / "data")
    assert [f.rule for f in report.findings] == ["file.renamed"]
    assert report.status == "accepted"
    assert kind_of(FORMATS[kind]) in (kind, "xlsx")


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_macros_are_refused(part: str) -> None:
    assert _fault(rezipped(FORMATS["xlsx"], {part: b"macro"})) == "macros"


def test_macros_of_ods_and_xls_are_refused() -> None:
    assert _fault(rezipped(FORMATS["ods"], {"Basic/Standard/Module1.xml": b"<x/>"})) == "macros"
    assert read_book(rezipped(FORMATS["ods"], {"Basic/Standard/script-lb.xml": b"<x/>"}))
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "_VBA_PROJECT_CUR".encode("utf-16-le")
    assert _fault(compound) == "macros"


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xlsb"])
def test_a_truncated_file_is_refused(kind: str) -> None:
    assert _fault(FORMATS[kind][: len(FORMATS[kind]) // 2]) == "truncated"


def test_a_locked_archive_is_refused() -> None:
    locked = bytearray(FORMATS["xlsx"])
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    assert _fault(bytes(locked)) == "password"
    manifest = b"<manifest:encryption-data/>"
    assert _fault(rezipped(FORMATS["ods"], {"META-INF/manifest.xml": manifest})) == "password"


def test_a_bomb_is_refused_whatever_its_header_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.read.archive.MOST_BYTES", 2**23)
    bomb = rezipped(FORMATS["xlsx"], {"xl/worksheets/sheet1.xml": bytes(2**23 + 1)})
    assert len(bomb) < 2**17
    assert _fault(bomb) == "bomb"
    at = bomb.rindex(b"PK\x01\x02", 0, bomb.rindex(b"xl/worksheets/sheet1.xml"))
    lying = bomb[: at + 24] + (1000).to_bytes(4, "little") + bomb[at + 28 :]
    assert _fault(lying) == "bomb"


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xlsb"])
def test_a_stray_cell_far_away_is_named(kind: str) -> None:
    make = {"xlsx": xlsx_of, "ods": ods_of, "xlsb": xlsb_of}[kind]
    with pytest.raises(UnreadableError, match="XFD1048576") as error:
        read_book(make(GRID, {(1_048_575, 16_383): "x"}))
    assert error.value.fault == "too_far"


@pytest.mark.parametrize("cells", [
    '<c r="B2" t="s"><v>0</v></c><c r="AA7"><v>1</v></c><c r="XFD9" s="1"/>',
    '<c t="s" r="B2"><v>0</v></c><c r="AA7"><v>1</v></c><c s="1" r="XFD9"/>',
    '<x:c r="B2" t="s"><x:v>0</x:v></x:c><x:c r="AA7"><x:v>1</x:v></x:c><x:c r="XFD9" s="1"/>',
])  # fmt: skip
def test_cells_reach_as_far_as_there_are_values_however_they_are_written(cells: str) -> None:
    assert used_area(f"<row>{cells}</row>".encode()) == Area(7, 27)


def test_a_million_empty_rows_cost_nothing() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/><c r="H{n}" s="0"/></row>' for n in range(5, 1_000_001))
    xml = zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"])).read("xl/worksheets/sheet1.xml").decode()
    content = rezipped(
        FORMATS["xlsx"], {"xl/worksheets/sheet1.xml": xml.replace("</sheetData>", f"{rows}</sheetData>")}
    )
    assert read_book(content)[0].rows == READ


@pytest.mark.real
def test_real_ghost_rows_and_broken_quotes(real: Path) -> None:
    ghosts = read_book((real / "awkward" / "school_workforce_2022_60schools_ghostrows.xlsx").read_bytes())
    assert len(ghosts[0].rows) == 66
    (moscow,) = read_book((real / "awkward" / "moscow_gymnasia_2013_brokenquotes.csv").read_bytes())
    assert {len(row) for row in moscow.rows} == {15}
    assert len(moscow.rows) == 170
    assert moscow.rows[1][1].endswith('№ 1505 "Московская городская педагогическая  гимназия-лаборатория"')
    assert len(read_book((real / "awkward" / "nyc_survey_dictionary.xls").read_bytes())[0].rows) == 59


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"СОШ "Луч"";1', ['СОШ "Луч"', "1"]), ('"СОШ №1" города;2', ['"СОШ №1" города', "2"]),
        ('"a""b;c";"да, ""нет"""', ['a"b;c', 'да, "нет"']), ('"незакрытая;5', ['"незакрытая', "5"]),
    ],
)  # fmt: skip
def test_broken_quotes_are_guessed_line_by_line(line: str, cells: list[str]) -> None:
    (sheet,) = read_book(f'a;b\n"х "у"";1\n{line}\nв;"два\nстроки"\n'.encode())
    assert sheet.rows == [["a", "b"], ['х "у"', "1"], cells, ["в", "два\nстроки"]]
    assert sheet.odd.broken_rows[0] == 1


def test_text_of_utf_16_without_a_mark() -> None:
    assert read_book("Код;Имя\r\n1;Озёрная".encode("utf-16-le"))[0].rows == [["Код", "Имя"], ["1", "Озёрная"]]


def test_a_web_page_with_titles_and_merged_cells() -> None:
    page = (
        "<html><head><meta charset='windows-1251'><title>x</title></head><body><h1>Итоги</h1><table><tr>"
        "<th rowspan=2>Класс</th><th colspan=2>Отметки</th></tr><tr><td>5<td>4</tr><tr><td>4&nbsp;А<td>1<td>2,5"
        "</table>подпись</body></html>"
    )
    (sheet,) = read_book(page.encode("cp1251"))
    assert sheet.rows == [
        ["Итоги"],
        ["Класс", "Отметки", ""],
        ["", "5", "4"],
        ["4 А", "1", "2,5"],
        ["подпись"],
    ]
    assert sheet.merged == [((1, 0), (2, 0)), ((1, 1), (1, 2))]


@pytest.mark.parametrize(
    "page", ["<html><body>нет таблицы</body></html>", "<?xml version='1.0'?><Workbook/>"]
)
def test_a_page_or_xml_without_a_table_is_refused(page: str) -> None:
    assert _fault(page.encode()) in ("html", "xml")


def test_formulas_are_not_computed_and_links_not_followed(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"]))
    book.active["C2"] = "=1+1"
    book.active["D3"] = "='[1]Лист'!A1"
    book.save(tmp_path / "formulas.xlsx")
    report = _checked(tmp_path / "formulas.xlsx")
    said = {f.rule: f for f in report.findings}
    assert said["file.not_computed"].cell == "C2"
    assert "D3" in said["file.not_computed"].message
    assert said["file.links"].cell == "D3"


def test_hidden_rows_columns_and_sheets_are_read_and_told(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"]))
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("Пояснения")["A1"] = "текст"
    book.active.sheet_state = "hidden"
    book.active = 1
    book.save(tmp_path / "hidden.xlsx")
    report = _checked(tmp_path / "hidden.xlsx")
    assert {f.rule for f in report.findings} == {
        "file.hidden_rows",
        "file.hidden_columns",
        "file.hidden_sheet",
    }
    assert report.status == "accepted"
    assert report.submissions[0].rows + report.submissions[-1].rows >= 2


def test_hidden_rows_of_ods_are_told(tmp_path: Path) -> None:
    (tmp_path / "hidden.ods").write_bytes(ods_of(GRID, hidden_rows={2}))
    (finding,) = _checked(tmp_path / "hidden.ods").findings
    assert (finding.rule, finding.row) == ("file.hidden_rows", 3)


@pytest.mark.parametrize(("kind", "make"), [("xls", xls_of), ("xlsb", xlsb_of)])
def test_hidden_rows_and_columns_of_binary_workbooks_are_told(
    kind: str, make: Callable[..., bytes], tmp_path: Path
) -> None:
    path = tmp_path / f"hidden.{kind}"
    path.write_bytes(make(GRID, hidden_rows={2}, hidden_columns={1}))
    report = _checked(path)
    said = {f.rule: (f.row, f.message) for f in report.findings}
    assert said["file.hidden_rows"] == (3, "Скрытые строки прочитаны наравне с видимыми: 3")
    assert said["file.hidden_columns"][1] == "Скрытые столбцы прочитаны: B"
    path.write_bytes(make(GRID))
    assert _checked(path).findings == []


def test_broken_records_of_an_old_workbook_hide_nothing() -> None:
    assert xls.looked_through(FORMATS["xls"][:700]) == {}
    assert xls.looked_through(b"no compound file") == {}
    rows = FORMATS["xls"].replace(struct.pack("<HH", 0x0208, 16), struct.pack("<HH", 0x0208, 4))
    assert xls.looked_through(rows) == {}


def _checked(path: Path) -> FileReport:
    return check([path], path.parent / "data")[0]

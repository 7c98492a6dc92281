"""Files of every kind are read by their content, and whatever cannot be read says why."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipelines.read import UnreadableError, letter, read_book
from pipelines.read.xlsx import _oddities
from tests.intake.files import REGISTRY, as_csv

ROWS = REGISTRY.rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_in_any_encoding_and_separator(encoding: str, delimiter: str) -> None:
    (sheet,) = read_book(as_csv(["Реестр"], ROWS, encoding, delimiter))
    assert sheet.name is None
    assert sheet.rows[1] == list(ROWS[0])
    assert sheet.rows[2] == [str(value) for value in ROWS[0].values()]


def _zip(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "empty"), (b" \r\n ", "empty"), (b";;\r\n;;\r\n", "empty"), (b"%PDF-1.7", "not_a_table"),
        (b"<html><table></table></html>", "html"), (b"PK\x03\x04 broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (_zip("word/document.xml"), "not_a_table"), (_zip("xl/other.xml"), "damaged"),
        (b"a;b\x00\x01\x02;c", "damaged"), (b"Rar!\x1a\x07", "not_a_table"),
    ],
)  # fmt: skip
def test_unreadable_files_say_what_to_do(content: bytes, fault: str) -> None:
    with pytest.raises(UnreadableError) as error:
        read_book(content)
    assert error.value.fault == fault
    assert error.value.message
    assert error.value.fix


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")]
)
def test_letters_of_columns(column: int, name: str) -> None:
    assert letter(column) == name


def test_hidden_rows_and_columns_are_found_however_they_are_written() -> None:
    xml = b"""<worksheet><cols><col min="2" max="3" hidden="1"/><col min="5" max="5" hidden="0"/></cols><sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>hidden="1"</t></is></c></row>
        <row r="3" spans="1:2" hidden="1"><c r="A3"><v>1</v></c></row><row hidden="true" r="4"></row>
        <row r="5" hidden="0"/><x:row r="6" hidden="1"/></sheetData></worksheet>"""
    odd = _oddities(xml)
    assert sorted(odd.hidden_rows) == [2, 3, 5]
    assert sorted(odd.hidden_columns) == [1, 2]

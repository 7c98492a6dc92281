"""The sender's own workbook comes back: nothing changed in it, every finding marked and listed with a link."""

from __future__ import annotations

import io
import shutil
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.cell import range_boundaries

from dashboard import cli
from pipelines.findings import FileReport, Finding, Submission
from pipelines.intake import Context, check, intake
from pipelines.read import Sheet, read_book
from pipelines.returned.book import converted
from pipelines.returned.earlier import compared
from pipelines.returned.give import FolderError, give_back, workbook
from pipelines.returned.letter import letter
from pipelines.returned.marks import FILLS
from pipelines.returned.remarks import Back, Comparison, causes, remarks_of
from tests.intake import files

TOP = files.QUESTIONS["top_category"][0]
HOUR = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """References taken in once."""
    return files.prepared(tmp_path_factory.mktemp("ready"))


@pytest.fixture
def root(tmp_path: Path, ready: Path) -> Path:
    return Path(shutil.copytree(ready, tmp_path / "data"))


def _book(sample: files.Sample, rows: list[files.Row]) -> openpyxl.Workbook:
    """A sample as a styled workbook: merged title, a hidden row and sheet, formula, link and comment."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Лист школы"
    for title in sample.titles:
        sheet.append([title])
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    return book


def _styled(path: Path) -> Path:
    book = _book(files.STAFF, files.STAFF.changed({"Общий стаж": "5", "Пол": "=2+2"}))
    sheet = book["Лист школы"]
    sheet["E4"].data_type = "s"
    sheet.merge_cells("A1:F1")
    sheet["A1"].font = Font(bold=True, color="FF0000FF")
    sheet["C4"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].width = 44
    sheet["M4"].comment = Comment("уточняется", "Завуч")
    beside = book.create_sheet("Служебный")
    sheet["P4"] = " "
    beside["A1"], beside["A2"], beside["A3"] = 2, "=A1*21", "=[1]Чужой!A1"
    beside.sheet_state = "hidden"
    book.save(path)
    return path


def _given(path: Path, root: Path, context: Context | None = None) -> tuple[FileReport, Path]:
    (report,) = check([path], root, context or Context())
    (written,) = give_back([path], [report], root / "back", root, lambda *_: None)
    return report, written


def _cells(sheets: list[Sheet]) -> dict[tuple[str | None, int, int], object]:
    return {(s.name, r, c): cell for s in sheets for r, row in enumerate(s.rows) for c, cell in enumerate(row)
            if str(cell).strip()}  # fmt: skip


def test_no_value_is_changed_and_styles_stay(root: Path, tmp_path: Path) -> None:
    path = _styled(tmp_path / "кадры.xlsx")
    report, written = _given(path, root)
    assert {f.rule for s in report.submissions for f in s.findings} >= {
        "teaching_over_total",
        "staff.sex.values",
    }
    before, after = openpyxl.load_workbook(path), openpyxl.load_workbook(written)
    assert after.sheetnames == ["Замечания", "Лист школы", "Служебный"]
    assert _cells(read_book(path.read_bytes())) == _cells(read_book(written.read_bytes())[1:])
    old, new = before["Лист школы"], after["Лист школы"]
    marked = {link.split("!")[1] for link in _links(after)}
    for row in old.iter_rows():
        for cell in row:
            same = new[cell.coordinate]
            assert (same.value, same.number_format) == (cell.value, cell.number_format)
            assert repr(same.font) == repr(cell.font)
            assert cell.coordinate in marked or repr(same.fill) == repr(cell.fill)
    assert [str(area) for area in new.merged_cells.ranges] == ["A1:F1"]
    assert new.row_dimensions[4].hidden
    assert new.column_dimensions["C"].width == 44
    assert after["Служебный"].sheet_state == "hidden"


def _links(book: openpyxl.Workbook) -> list[str]:
    sheet = book.worksheets[0]
    return [c.hyperlink.location for row in sheet.iter_rows() for c in row if c.hyperlink]


def test_every_finding_is_marked_listed_and_linked(root: Path, tmp_path: Path) -> None:
    report, written = _given(_styled(tmp_path / "кадры.xlsx"), root)
    findings = [f for part in report.submissions for f in part.findings] + report.findings
    book = openpyxl.load_workbook(written)
    assert len(findings) >= 2
    for finding in findings:
        assert finding.cell
        cell = book[str(finding.sheet)][finding.cell]
        assert cell.fill.fgColor.rgb == f"FF{FILLS[finding.severity]}"
        assert finding.message in cell.comment.text
        assert finding.fix in cell.comment.text
    listed = [[c.value for c in row] for row in book["Замечания"].iter_rows(min_row=7)]
    for finding in findings:
        assert any(finding.message in row and finding.fix in row for row in listed)
    links = [link.replace("'", "").split("!") for link in _links(book)]
    assert sorted(address for _, address in links) == sorted(str(f.cell) for f in findings)
    for title, address in links:
        assert book[title][address].value is not None
    assert "уточняется" in book["Лист школы"]["M4"].comment.text
    assert any("(скрыта)" in str(value) for row in listed for value in row)


def test_results_of_formulas_are_kept_and_foreign_links_dropped(root: Path, tmp_path: Path) -> None:
    path = _styled(tmp_path / "кадры.xlsx")
    content = path.read_bytes()
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name.endswith("sheet2.xml"):
                assert part.count(b"</f><v />") == 2 or part.count(b"</f><v/>") == 2 or b"</f><v></v>" in part
                part = (
                    part.replace(b"<v />", b"<v>42</v>")
                    .replace(b"<v/>", b"<v>42</v>")
                    .replace(b"<v></v>", b"<v>42</v>")
                )
            after.writestr(name, part)
    path.write_bytes(out.getvalue())
    _, written = _given(path, root)
    assert _cells(read_book(path.read_bytes())) == _cells(read_book(written.read_bytes())[1:])
    beside = openpyxl.load_workbook(written)["Служебный"]
    assert (beside["A2"].value, beside["A3"].value) == ("=A1*21", 42)


def test_a_text_file_comes_back_as_a_workbook(root: Path, tmp_path: Path) -> None:
    rows = files.QUESTIONNAIRE.changed({TOP: 21, "Название ОО": "=cmd|' /C calc'!A0"})
    path = files.QUESTIONNAIRE.write(tmp_path, rows, "анкета")
    report, written = _given(path, root)
    assert [s.status for s in report.submissions] == ["refused", "accepted"]
    assert written.name == "анкета — замечания.xlsx"
    book = openpyxl.load_workbook(written)
    sheet = book["Таблица"]
    assert [c.value for c in sheet[1]] == list(rows[0])
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=cmd|' /C calc'!A0", "s")
    assert sheet["B2"].quotePrefix
    assert sheet["AC2"].comment is not None
    assert "Может быть принято 1 из 2\u00a0организаций (1\u00a0строка); возвращается 1." in str(
        book["Замечания"]["A3"].value
    )


def test_what_a_finding_quotes_is_never_a_formula() -> None:
    finding = Finding(severity="error", rule="x.y.values", message="=1+1", fix="@SUM(A1)", value="+7", row=1)
    report = FileReport(file="a.csv", sha256="", source=None, status="refused", received_at=HOUR,
                        findings=[finding])  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(workbook(b"a;b\n1;2\n", Back("a.csv", "a", report))))
    sheet = book["Замечания"]
    dangerous = [c for row in sheet.iter_rows() for c in row if str(c.value)[:1] in "=+-@"]
    assert len(dangerous) >= 3
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in dangerous)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK\x03\x04broken", b"\x00\x01"])
def test_what_cannot_be_opened_still_gets_its_remarks(root: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "отчёт.xlsx"
    path.write_bytes(content)
    report, written = _given(path, root)
    book = openpyxl.load_workbook(written)
    assert book.sheetnames == ["Замечания"]
    assert report.findings[0].message in [c.value for row in book["Замечания"].iter_rows() for c in row]
    text = (root / "back" / "отчёт — письмо.txt").read_text(encoding="utf-8-sig")
    assert report.findings[0].message in text
    assert "до ______" in text


def test_an_unknown_workbook_comes_back_as_remarks_alone(root: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "список покупок"
    book.save(tmp_path / "x.xlsx")
    report, written = _given(tmp_path / "x.xlsx", root)
    assert report.source is None
    assert openpyxl.load_workbook(written).sheetnames == ["Замечания"]


def test_sheets_of_other_formats_keep_their_names() -> None:
    book = converted(
        [Sheet("Sheet", [["a", " "], [1.5, True]], [((0, 0), (0, 1))]), Sheet(None, [], [], True)]
    )
    assert book.sheetnames == ["Sheet", "Таблица"]
    assert [str(area) for area in book["Sheet"].merged_cells.ranges] == ["A1:B1"]
    assert (book["Sheet"]["A2"].value, book["Sheet"]["B2"].value) == (1.5, True)
    assert book["Таблица"].sheet_state == "hidden"


def test_a_returned_workbook_filled_again_is_read_and_cleaned(root: Path, tmp_path: Path) -> None:
    _, first = _given(_styled(tmp_path / "кадры.xlsx"), root)
    book = openpyxl.load_workbook(first)
    sheet = book["Лист школы"]
    headings = {c.value: c.column_letter for c in sheet[3]}
    sheet[f"{headings['Общий стаж']}4"].value = "20"
    again = tmp_path / "исправлено" / first.name
    again.parent.mkdir()
    book.save(again)
    report, second = _given(again, root)
    assert report.source == "staff_list"
    assert [f.rule for s in report.submissions for f in s.findings] == ["staff.sex.values"]
    assert second.name == "кадры — замечания.xlsx"
    last = openpyxl.load_workbook(second)
    assert last.sheetnames == ["Замечания", "Лист школы", "Служебный"]
    commented = [c.coordinate for row in last["Лист школы"].iter_rows() for c in row if c.comment]
    assert commented == ["B4", "E4", "M4"]  # the hidden row is told of at its first cell
    assert last["Лист школы"]["M4"].comment.text == "уточняется"
    filled = [c.coordinate for row in last["Лист школы"].iter_rows() for c in row if c.fill.patternType]
    assert filled == ["B4", "C4", "E4"]


def test_sent_again_it_says_what_was_put_right(root: Path, tmp_path: Path) -> None:
    both = {TOP: 21, files.QUESTIONS["internet_computers"][0]: 31}
    intake([files.QUESTIONNAIRE.write(tmp_path / "1", files.QUESTIONNAIRE.changed(both))], root)
    now = {TOP: 22, files.QUESTIONS["pension_age"][0]: 25}
    _, written = _given(files.QUESTIONNAIRE.write(tmp_path / "2", files.QUESTIONNAIRE.changed(now)), root)
    sheet = openpyxl.load_workbook(written)["Замечания"]
    assert sheet["A4"].value == "С прошлого раза: исправлено 1, осталось 2, новое 1"
    news = [row[-1].value for row in sheet.iter_rows(min_row=8)]
    assert sorted(filter(None, news)) == ["новое", "осталось", "осталось"]
    text = next((root / "back").glob("*письмо.txt")).read_text(encoding="utf-8-sig")
    assert "исправлено: 1, осталось: 2, новых замечаний: 1." in text


def test_an_unknown_file_is_compared_by_its_name() -> None:
    fault = Finding(severity="error", rule="file.unknown", message="Не узнан", fix="")
    plain = FileReport(file="x/кадры.xlsx", sha256="1", source=None, status="refused", received_at=HOUR,
                       findings=[fault])  # fmt: skip
    later = plain.model_copy(update={"file": "кадры — замечания.xlsx", "sha256": "2", "source": "staff_list",
                                     "findings": [], "received_at": HOUR.replace(hour=13)})  # fmt: skip
    assert compared(later, [plain]) == Comparison(1, 0, 0, frozenset({("", "file.unknown", "")}))
    assert compared(plain, [later]) is None
    assert compared(later, []) is None


def _report(findings: list[Finding], schools: int) -> FileReport:
    parts = [
        Submission(submission_id=str(n), source="school_questionnaire", school=str(n), school_name=f"Школа {n}",
                   period="2025/26", status="refused", rows=1, findings=findings)
        for n in range(1, schools + 1)
    ]  # fmt: skip
    return FileReport(file="a.xlsx", sha256="", source="school_questionnaire", status="refused",
                      received_at=HOUR, submissions=parts)  # fmt: skip


@pytest.mark.parametrize(
    ("schools", "words"),
    [
        (1, "Нужно исправить (1 место):\n1. Не то (B2). Исправьте.\n"),
        (2, "Нужно исправить (2 места):\n1. Не то — 2 места (Школа 1, Школа 2). Исправьте.\n"),
        (8, "(8 мест):\n1. Не то — 8 мест (Школа 1, Школа 2, Школа 3, Школа 4, Школа 5, Школа 6 и ещё 2)."),
    ],
)
def test_the_letter_counts_in_russian(tmp_path: Path, schools: int, words: str) -> None:
    finding = Finding(severity="error", rule="r", message="Не то.", fix="Исправьте", cell="B2", row=2)
    back = Back("a.xlsx", "a — замечания.xlsx", _report([finding], schools))
    text = letter(back, tmp_path).replace("\u00a0", " ")
    assert words in text
    assert text.startswith("Тема: замечания к файлу «a.xlsx»\n\nЗдравствуйте!\n")
    assert "пришлите файл целиком до ______." in text
    assert not (tmp_path / "settings.toml").exists()


def test_causes_are_said_without_the_numbers_of_one_row() -> None:
    def fault(message: str, cell: str) -> Finding:
        return Finding(severity="error", rule="teaching_over_total", message=message, fix="", cell=cell)

    report = _report([fault("Педагогический стаж 3 больше общего 2", "B2"),
                      fault("Педагогический стаж 9 больше общего 1", "B3")], 2)  # fmt: skip
    (cause,) = causes(remarks_of(Back("a", "a", report)))
    assert cause.title == "Педагогический стаж … больше общего …"
    assert (len(cause.remarks), cause.schools) == (4, ["Школа 1", "Школа 2"])


def test_a_file_given_to_us_is_never_overwritten(root: Path) -> None:
    folder = root / "back"
    path = files.COURSES.write(folder, name="курсы")
    book = _book(files.COURSES, files.COURSES.rows)
    taken = folder / "курсы — замечания.xlsx"
    book.save(taken)
    content = taken.read_bytes()
    reports = check([path, taken], root)
    written = give_back([path, taken], reports, folder, root, lambda *_: None)
    assert taken.read_bytes() == content
    assert [p.name for p in written] == ["курсы (2) — замечания.xlsx", "курсы (3) — замечания.xlsx"]


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "занято").write_text("")
    for folder in (tmp_path / "занято", tmp_path / "занято" / "ниже"):
        with pytest.raises(FolderError, match="это файл, а нужна папка"):
            give_back([], [], folder, tmp_path, lambda *_: None)


def test_the_command_writes_says_where_and_keeps_its_exit_code(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = files.QUESTIONNAIRE.write(tmp_path, files.QUESTIONNAIRE.changed({TOP: 21}))
    with pytest.raises(SystemExit) as ended:
        cli.main(["check", str(path), "--return", str(tmp_path / "возврат"), "--json", "--data", str(root)])
    said = capsys.readouterr()
    assert ended.value.code == 1
    assert said.out.startswith("[")
    assert "1\u00a0файл с отметками" in said.err
    assert len(list((tmp_path / "возврат").iterdir())) == 2
    with pytest.raises(SystemExit) as ended:
        cli.main(["check", str(path), "--return", str(path), "--data", str(root)])
    assert ended.value.code == 2
    assert "это файл, а нужна папка" in capsys.readouterr().err


def test_the_remarks_open_first_and_alone(root: Path, tmp_path: Path) -> None:
    _, written = _given(_styled(tmp_path / "кадры.xlsx"), root)
    book = openpyxl.load_workbook(written)
    assert book.active is book["Замечания"]
    assert [s.sheet_view.tabSelected for s in book.worksheets] == [True, False, False]
    assert book["Замечания"].freeze_panes == "A7"
    assert range_boundaries(book["Замечания"].dimensions)[2] == 9

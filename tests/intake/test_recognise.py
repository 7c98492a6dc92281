"""A table is found wherever it stands, and told by its headings alone."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from pipelines.cut import raw_rows
from pipelines.intake import check
from pipelines.read import read_book
from pipelines.recognise import Match, Recogniser
from pipelines.sources import sources
from tests.intake import files
from tests.intake.files import SAMPLES, STAFF, VPR, as_csv


def _match(content: bytes) -> Match:
    match = Recogniser(sources()).best(read_book(content))
    assert match is not None
    return match


def workbook(rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> bytes:
    """A workbook of one sheet «Лист» with merged areas."""
    book, content = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Лист"
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    book.save(content)
    return content.getvalue()


def test_every_sample_is_recognised_as_its_source() -> None:
    for name, sample in SAMPLES.items():
        match = _match(sample.content())
        assert (match.source.id, match.missing) == (name, [])


def test_header_of_two_merged_rows_with_a_spacer_and_titles() -> None:
    rows: list[list[object]] = [
        ["Банк данных педагогических кадров"], ["на 20.09.2025"], [],
        ["№ п/п", "Организация", None, "ФИО", "Должность", "Стаж работы", None],
        [None, None, None, None, None, "общий", "педагогический"],
        [1, 2, None, 3, 4, 5, 6],
        [1, "Озёрная СШ", None, "Иванова А. П.", "Учитель", 20, 18],
    ]  # fmt: skip
    match = _match(workbook(rows, ["A4:A5", "B4:B5", "D4:D5", "E4:E5", "F4:G4"]))
    assert match.source.id == "staff_list"
    assert (match.top, match.below) == (3, 5)
    assert match.titles == ["Банк данных педагогических кадров", "на 20.09.2025"]
    raw, left = raw_rows(match)
    assert raw.rows.tolist() == [7]
    assert raw.cells["person"].tolist() == ["Иванова А. П."]
    assert raw.places["person"].index == 3
    assert left == []


def test_group_words_and_own_words_make_one_heading() -> None:
    rows: list[list[object]] = [["ФИО", "Должность", "Стаж", None], [None, None, "Общий", "Педагогический"],
                                ["Иванова А. П.", "Учитель", 20, 18]]  # fmt: skip
    match = _match(workbook(rows, ["A1:A2", "B1:B2", "C1:D1"]))
    assert {name: match.places[name].index for name in ("total_years", "teaching_years")} == {
        "total_years": 2,
        "teaching_years": 3,
    }
    assert match.source.id == "staff_list"


def test_sums_notes_and_empty_rows_are_not_data() -> None:
    rows = [
        list(VPR.rows[0]),
        *(list(row.values()) for row in VPR.rows),
        [],
        ["Итого", "", "", "", "", "", "", "", 12],
    ]
    rows += [[], ["Исполнитель: Иванова"]]
    raw, left = raw_rows(_match(workbook([["ВПР 2026 Математика 4 класс"], *rows])))
    assert raw.rows.tolist() == [3, 4, 5]
    assert [(f.rule, f.severity) for f in left] == [("file.totals", "info"), ("file.notes", "info")]


def test_a_nearly_empty_row_between_others_is_named_not_dropped_in_silence() -> None:
    rows = [list(VPR.rows[0]), list(VPR.rows[0].values()), ["edu980101"], list(VPR.rows[1].values())]
    left = raw_rows(_match(workbook(rows)))[1]
    assert [(f.rule, f.severity, f.row) for f in left] == [("file.notes", "warning", 3)]


def test_a_cell_merged_over_rows_speaks_for_each_of_them() -> None:
    rows: list[list[object]] = [["Организация", "ФИО", "Должность"], ["Озёрная СШ", "Иванова А. П.", "Учитель"],
                                [None, "Петрова И. Л.", "Учитель"]]  # fmt: skip
    raw, _ = raw_rows(_match(workbook(rows, ["A2:A3"])))
    assert raw.cells["organisation"].tolist() == ["Озёрная СШ", "Озёрная СШ"]


def _book(**sheets: tuple[str, list[files.Row]]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for name, (state, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
            sheet.append(row)
    book.save(content)
    return content.getvalue()


def test_a_hidden_copy_is_passed_over_and_two_visible_tables_come_back(tmp_path: Path) -> None:
    rows = files.REGISTRY.rows
    copy, twice = tmp_path / "copy.xlsx", tmp_path / "twice.xlsx"
    copy.write_bytes(_book(Старый=("hidden", rows[:1]), Новый=("visible", rows)))
    twice.write_bytes(_book(Один=("visible", rows[:1]), Два=("visible", rows)))
    taken, refused = check([copy, twice], tmp_path)
    assert [s.rows for s in taken.submissions] == [1, 1]
    assert [f.rule for f in refused.findings] == ["file.several_sheets"]
    assert "«Один», «Два»" in refused.findings[0].message


def test_headings_differ_in_case_spaces_quotes_and_yo(tmp_path: Path) -> None:
    loud = [{key.upper().replace(" ", "  "): value for key, value in row.items()} for row in STAFF.rows]
    assert _match(as_csv(STAFF.titles, loud)).missing == []


def test_the_nearest_source_is_named_with_what_is_missing() -> None:
    rows = [{k: v for k, v in row.items() if k != "всего баллов"} for row in VPR.rows]
    match = _match(as_csv([], rows))
    assert (match.source.id, match.missing) == ("vpr_pupils_2021", ["total_points"])

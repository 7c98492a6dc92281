"""Federal forms are read by codes of rows and columns, wherever they stand, and held to their own sums."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from pipelines.demo.form_sheets import form_sheets
from pipelines.demo.sheet import Workbook
from pipelines.demo.xlsx import write_xlsx
from pipelines.findings import FileReport
from pipelines.intake import check, intake
from pipelines.source import Form
from pipelines.sources import sources
from tests.intake.files import prepared
from tests.intake.staged import staged

FORMS = {name: source.form for name, source in sources().items() if source.form}
SAID = {
    "oo_1": "на начало 2025/2026 учебного года", "oo_2": "за 2025 год", "form_85k": "за 2025 год",
    "form_1dop": "за 2025 год",
}  # fmt: skip
WHOSE = "Наименование отчитывающейся организации: МКОУ «Озёрная СШ»"
HEADINGS = {
    "oo_2": {"2.1": "Персональные компьютеры", "2.2": "Максимальная скорость доступа"},
    "form_85k": {"5": "Распределение воспитанников", "15": "Образование персонала", "16": "Стаж персонала",
                 "17": "Возраст персонала", "20": "Электронные ресурсы"},
    "form_1dop": {"3": "Дети по направленностям программ", "6.1": "Образование персонала", "6.2": "Стаж персонала",
                  "6.3": "Возраст персонала"},
}  # fmt: skip


def _numbers(form: Form) -> dict[str, dict[tuple[str, str], Any]]:
    """Sevens in the last row and column and in all that they are a part of, noughts elsewhere: sums agree."""
    found: dict[str, dict[tuple[str, str], Any]] = {}
    for name, section in form.sections.items():
        table = {(row, column): 0 for row in section.rows for column in section.columns}
        rows = _with_wholes(list(section.rows)[-1], section.row_sums, section.row_parts)
        columns = _with_wholes(list(section.columns)[-1], section.sums, section.parts)
        found[name] = table | {(row, column): 7 for row in rows for column in columns}
    return found


def _with_wholes(last: str, sums: dict[str, tuple[str, ...]], parts: dict[str, tuple[str, ...]]) -> set[str]:
    """With every whole of a known part, and one term of every known sum."""
    known, wholes, size = {last}, [*sums.items(), *parts.items()], 0
    while len(known) > size:
        size = len(known)
        known |= {whole for whole, terms in wholes if known & {*terms}}
        known |= {terms[-1] for whole, terms in sums.items() if whole in known and not known & {*terms}}
    return known


def _file(tmp_path: Path, source: str, numbers: dict[str, dict[tuple[str, str], Any]]) -> Path:
    form = FORMS[source]
    assert form
    sheets = list(form_sheets(form, (WHOSE, SAID[source]), numbers, HEADINGS.get(source) or _names()))
    path = tmp_path / "отчёт.xlsx"
    write_xlsx(Workbook(path, sheets, "отчёт"))
    return path


def _names() -> dict[str, str]:
    from pipelines.demo.form_sheets import NAMES

    return NAMES


def _staged(root: Path, path: Path) -> tuple[FileReport, pd.DataFrame]:
    (report,) = intake([path], root)
    return report, staged(root, report, "federal_form")


@pytest.mark.parametrize("source", list(FORMS))
def test_every_number_comes_out_by_its_codes(tmp_path: Path, source: str) -> None:
    root = prepared(tmp_path)
    form = FORMS[source]
    assert form
    numbers = _numbers(form)
    report, rows = _staged(root, _file(tmp_path, source, numbers))
    assert (report.source, report.status) == (source, "accepted"), report
    found = {(r.section, r.row_code, r.column_code): r.value for r in rows.itertuples()}
    assert found == {(s, *code): float(v) for s, table in numbers.items() for code, v in table.items()}
    assert set(rows["school_year"]) == {2026}
    assert set(rows["row_key"]) == {key for s in form.sections.values() for key, _ in s.rows.values()}
    assert rows["column_key"].notna().all()


def test_moved_columns_lost_zeros_and_spacers_change_nothing(tmp_path: Path) -> None:
    root = prepared(tmp_path)
    form = FORMS["oo_1"]
    assert form
    path = _file(tmp_path, "oo_1", {"3.3": _numbers(form)["3.3"]})
    before = {f.rule: f for f in check([path], root)[0].findings}
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_cols(1, 2)
    sheet.insert_rows(1, 3)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.column == 4 and str(cell.value).isdigit() and len(str(cell.value)) == 2:
                cell.value = int(cell.value)  # «01» kept as a number
    moved = tmp_path / "сдвинут.xlsx"
    book.save(moved)
    one, first = _staged(root, path)
    two, second = _staged(root, moved)
    assert not before
    assert one.status == two.status == "accepted"
    key = ["section", "row_code", "column_code", "value"]
    pd.testing.assert_frame_equal(first[key].astype(object), second[key].astype(object))


def test_codes_printed_after_the_number_of_the_section_are_the_same(tmp_path: Path) -> None:
    root = prepared(tmp_path)
    form = FORMS["form_85k"]
    assert form
    numbers = _numbers(form)["15"]
    path = _file(tmp_path, "form_85k", {"15": numbers})
    book = openpyxl.load_workbook(path)
    for cell in (cell for row in book.active.iter_rows(min_col=2, max_col=2) for cell in row):
        if str(cell.value) in form.sections["15"].rows:
            cell.value = f"15{cell.value}"
    book.save(path)
    report, rows = _staged(root, path)
    assert report.status == "accepted"
    assert {(r.row_code, r.column_code): r.value for r in rows.itertuples()} == numbers


@pytest.mark.parametrize(
    ("code", "value", "rule", "said"),
    [
        (("06", "3"), 9, "form.sum_differs", "стоит 9, а части в сумме дают 0"),
        (("06", "5"), 3, "form.part_over_whole", "моложе 25, женщины»: 3 больше, чем графа 4"),
        (("07", "3"), 2, "form.part_over_whole", "строка 07"),
    ],
)
def test_a_form_is_held_to_its_own_sums(
    tmp_path: Path, code: tuple[str, str], value: int, rule: str, said: str
) -> None:
    root = prepared(tmp_path)
    form = FORMS["oo_1"]
    assert form
    table = dict.fromkeys(_numbers(form)["3.3"], 0) | {code: value}
    (report,) = check([_file(tmp_path, "oo_1", {"3.3": table})], root)
    findings = [f for s in report.submissions for f in s.findings if f.rule == rule and said in f.message]
    assert findings, report
    assert findings[0].cell
    assert findings[0].column == f"раздел 3.3, строка {code[0]}, графа {code[1]}"


def test_a_word_for_a_number_is_named(tmp_path: Path) -> None:
    root = prepared(tmp_path)
    form = FORMS["oo_1"]
    assert form
    table = _numbers(form)["3.3"] | {("06", "3"): "много"}
    (report,) = check([_file(tmp_path, "oo_1", {"3.3": table})], root)
    rules = [f.rule for s in report.submissions for f in s.findings]
    assert report.status == "refused"
    assert "federal_form.value.type" in rules


def test_an_empty_form_is_sent_back(tmp_path: Path) -> None:
    root = prepared(tmp_path)
    (report,) = check([_file(tmp_path, "oo_1", {"3.3": {}})], root)
    assert report.status == "refused"
    assert "пустой бланк" in report.findings[0].message


def _printed(path: Path, words: dict[str, str]) -> Path:
    """The same form whose blank says other words beside these codes."""
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows():
        if str(row[1].value) in words:
            row[0].value = words[str(row[1].value)]
    book.save(path)
    return path


OFFICIAL = {
    "01": "Численность работников - всего\n(сумма строк 02, 06, 40, 41)",
    "02": "в том числе:\nруководящие работники - всего", "03": "из них:\nдиректор",
    "06": "педагогические работники - всего\n(сумма строк 07, 28, 29, 33 - 39)",
    "07": "в том числе:\nучителя - всего (сумма строк 08 - 18, 22 - 27)",
    "08": "в том числе:\nучителя, осуществляющие деятель-\nность по реализации программ начального общего образования",
    "27": "прочих предметов", "39": "другие", "41": "иной персонал",
}  # fmt: skip
"""As the form itself puts it, where the description is shorter."""


def test_the_words_of_the_official_blank_are_no_other_words(tmp_path: Path) -> None:
    root = prepared(tmp_path)
    form = FORMS["oo_1"]
    assert form
    path = _printed(_file(tmp_path, "oo_1", {"3.1": _numbers(form)["3.1"]}), OFFICIAL)
    report, rows = _staged(root, path)
    assert report.status == "accepted", report
    assert rows["row_key"].notna().all()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"05": "педагогические работники - всего"}, "строка 05 здесь «педагогические работники - всего»"),
        ({f"{n:02}": f"показатель {n}" for n in range(1, 45)}, "строка 01 здесь «показатель 1»"),
    ],
)
def test_a_section_printed_otherwise_is_kept_and_not_counted(
    tmp_path: Path, words: dict[str, str], said: str
) -> None:
    root = prepared(tmp_path)
    form = FORMS["oo_1"]
    assert form
    numbers = {name: _numbers(form)[name] for name in ("3.1", "3.3")}
    path = _printed(_file(tmp_path, "oo_1", numbers), words)
    report, rows = _staged(root, path)
    (finding,) = (f for s in report.submissions for f in s.findings)
    assert report.status == "accepted_with_warnings"
    assert (finding.rule, finding.sheet) == ("form.other_blank", "Раздел 3.1")
    assert said in finding.message
    assert "oo_1.toml" in finding.fix
    other, same = (rows[rows["section"] == name] for name in ("3.1", "3.3"))
    assert len(other) == len(numbers["3.1"])
    assert other["row_key"].isna().all()
    assert other["column_key"].isna().all()
    assert same["row_key"].notna().all()


def test_a_graph_more_on_a_later_blank_is_seen_by_its_head(tmp_path: Path) -> None:
    """A degree more before the titles: whoever reads by the old numbers takes the first category for the highest."""
    root = prepared(tmp_path)
    form = FORMS["oo_1"]
    assert form
    path = _file(tmp_path, "oo_1", {"3.1": _numbers(form)["3.1"]})
    book = openpyxl.load_workbook(path)
    sheet = book.active
    numbering = next(row for row in sheet.iter_rows() if [cell.value for cell in row[:3]] == [1, 2, 3])
    head = sheet[numbering[0].row - 1]
    titles = [cell.value for cell in head]
    for cell, title in zip(head[8:], ["PhD", *titles[7:]], strict=False):
        cell.value = title
    book.save(path)
    report, rows = _staged(root, path)
    (finding,) = (f for s in report.submissions for f in s.findings)
    assert finding.rule == "form.other_blank"
    assert "графа" in finding.message
    assert rows["column_key"].isna().all()

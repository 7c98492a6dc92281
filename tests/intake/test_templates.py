"""A form filled as its own drop-downs and limits allow is taken without a single remark."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from dashboard import cli
from pipelines.contract import DeclarationError, declarations
from pipelines.findings import FileReport
from pipelines.intake import check
from pipelines.schools import valid_inn
from pipelines.sources import sources
from pipelines.templates.declared import Entry, load_templates, templates
from pipelines.templates.write import TemplateError, form_of, write
from tests.intake import files

YEAR = 2026
WHOSE = [(source, None) for source in templates()]
WHOSE += [(source, "edu980101") for source, one in templates().items() if one.school]
CALM = settings(
    max_examples=2, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
PEOPLE = ["Азбукина Анна", "Глобусова Галина", "Дробинкина Дарья", "Задачкина Зоя", "Линейкина Лидия"]
"""Of different given names: who differs by surname only is asked about."""
WORDS = st.text("абвгдежзикл ", min_size=1, max_size=12).map(str.strip).filter(bool)
TEXTS: dict[str, Callable[[int], st.SearchStrategy[Any]]] = {
    "person": lambda n: st.just(f"{PEOPLE[n]} Петровна"),
    "login": lambda n: st.just(f"edu98077{n}"),
    "parent_id": lambda n: st.sampled_from(["", "edu980101"]),
    "inn": lambda n: st.from_regex(r"\A37[0-9]{7}\Z").map(with_control),
    "task": lambda n: st.just(str(n + 1)),
    "snils": lambda n: st.sampled_from(["", f"112-233-445 9{n}"]),
    "subjects": lambda n: st.lists(st.sampled_from(["Физика", "Химия"]), unique=True).map("; ".join),
}
Row = dict[str, Any]


def with_control(nine: str) -> str:
    """An ИНН of these nine digits."""
    return next(f"{nine}{last}" for last in range(10) if valid_inn(f"{nine}{last}"))


PARTS = (
    "top_category", "first_category", "higher_education", "teachers_to_30", "pension_age", "courses_to_36",
    "courses_37_72", "courses_over_72",
)  # fmt: skip
"""Columns of the questionnaire that count some of the teachers."""
TOGETHER = 4
"""Filled forms that are checked in one run: a run costs more than a file."""


def _staff(row: Row, n: int) -> None:
    born = row["birth"].year % 30 + 1955
    row["birth"] = date(born, 3, 5)
    row["teaching_years"] = row["teaching_years"] % 15
    row["total_years"] = row["teaching_years"] + row["total_years"] % 5
    row["category_date"] = date(2010 + born % 15, 4, 15)


def _course(row: Row, n: int) -> None:
    row["end_date"] = row["start_date"] + timedelta(days=n)


def _bank(row: Row, n: int) -> None:
    row["category_date"], row["wanted_category"] = date(2015, 4, 15), "высшая"
    row["applied_on"], row["planned_on"] = date(2025, 9, 1), date(2025, 10, 1)


def _scale(row: Row, n: int) -> None:
    row["grade"], low = n + 4, row["min_3"] % 5
    row |= {"min_3": low, "min_4": low + 2, "min_5": low + 5, "max_total": low + 5 + n}


def _task(row: Row, n: int) -> None:
    row |= {"year": 2025, "subject": "Физика", "grade": 7}


def _threshold(row: Row, n: int) -> None:
    row["year"], row["university_score"] = 2020 + n, min(row["min_score"] + n, 100)


TARGETS = ["Качество знаний", "Доля компьютеров с интернетом", "Доля устаревших компьютеров", "quality_share"]


def _target(row: Row, n: int) -> None:
    row["title"], row["planned"], row["reported"] = TARGETS[n], row["planned"] % 100, row["reported"] % 100


def _textbook(row: Row, n: int) -> None:
    row |= {"number": f"1.1.{n + 1}", "grade": ["4", "10–11", "5-6", "2 класс"][n]}


def _questionnaire(row: Row, n: int) -> None:
    row["pupils"] = sum(value for name, value in row.items() if name.startswith("pupils_"))
    row["teachers"] = 1 + sum(row[name] for name in PARTS)
    row["rooms"] = row["rooms_with_computer"] + row["rooms_with_projector"]
    row["computers"] = row["obsolete_computers"] + row["internet_computers"]
    if "login" in row:
        row["login"] = ["edu980101", "edu980102"][n]


def _needs(row: Row, n: int) -> None:
    row["timestamp"] = date(2026, 4, 1 + n)
    row["topics"] = ";".join(dict.fromkeys([row["topics"], row["first"]]))


def _ict(row: Row, n: int) -> None:
    row["timestamp"] = date(2025, 11, 1 + n)


def _class(row: Row, n: int) -> None:
    row["class"] = f"{5 + n}А"
    row["departed"] = min(row["departed"], row["pupils_start"])
    row["pupils_end"] = row["pupils_start"] + row["arrived"] - row["departed"]
    if row["pupils_end"] > 60:
        row["departed"], row["arrived"], row["pupils_end"] = 0, 0, row["pupils_start"]
    row["certified"] = row["pupils_end"] // 2
    row["not_certified_illness"] = row["pupils_end"] - row["certified"]
    row["not_certified_truancy"] = 0
    row["fives"], row["fours"], row["one_four"], row["one_three"] = row["certified"] // 2, 0, 0, 0
    row["failing"], row["failing_one"], row["failing_two"], row["failing_more"] = 0, 0, 0, 0


def _deed(row: Row, n: int) -> None:
    row["held_on"], row["answered_on"] = date(2025, 11, 1 + n), date(2025, 11, 2 + n)


def _facts(row: Row, n: int) -> None:
    row["graduates_9"] = row["no_certificate_9"] + row["honours_9"]
    row["graduates_11"] = row["no_certificate_11"] + row["honours_11"] + row["medals"]
    taught = ("contest_pupils", "contest_winners", "advanced", "profile", "remote", "network", "broadband")
    row["pupils"] = sum(row[name] for name in taught)
    row["study_computers"] += row["russian_os"]
    row["teachers"] += row["my_school"]
    row["deficits"] += row["routes"]
    if "login" in row:
        row["login"] = ["МКОУ «Озёрная СШ»", "МКОУ «Лесная ОШ»"][n]


AGREE: dict[str, Callable[[Row, int], None]] = {
    "staff_list": _staff, "training_course_register": _course, "mark_scale": _scale, "task_specification": _task,
    "school_questionnaire": _questionnaire, "training_needs": _needs, "ict_diagnostics": _ict,
    "class_marks": _class, "certification_plan": _bank, "exam_threshold": _threshold,
    "programme_target": _target, "textbook_list": _textbook,
    "methodical_work": _deed, "organisation_facts": _facts,
}  # fmt: skip
"""What columns say of one another, which no drop-down can."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root with the references of the samples."""
    return files.prepared(tmp_path_factory.mktemp("templates"))


@pytest.fixture(scope="module")
def blanks(root: Path) -> dict[tuple[str, str | None], Path]:
    """Every form, for any organisation and for one."""
    return {(source, whose): write(source, root / "blank", root, whose, YEAR) for source, whose in WHOSE}


def _top(sheet: Worksheet) -> int:
    """The row of the headings."""
    return int(str(sheet.freeze_panes)[1:]) - 1


def _rule(sheet: Worksheet, column: int) -> DataValidation:
    letter = get_column_letter(column)
    (rule,) = [
        r
        for r in sheet.data_validations.dataValidation
        if str(r.sqref).startswith(f"{letter}{_top(sheet) + 1}:")
    ]
    return rule


def _allowed(book: openpyxl.Workbook, column: int, entry: Entry, n: int) -> st.SearchStrategy[Any]:
    """What the workbook itself lets a person enter in a column."""
    rule = _rule(book["Бланк"], column)
    if rule.type == "list":
        left, low, right, high = range_boundaries(str(rule.formula1).split("!")[1].replace("$", ""))
        values = [
            book["Списки"].cell(row, int(left or 0)).value for row in range(int(low or 0), int(high or 0) + 1)
        ]
        assert left == right
        return st.sampled_from(values)
    if rule.type == "textLength":
        return TEXTS.get(entry.name, lambda n: WORDS)(n)
    low, high = float(str(rule.formula1)), float(str(rule.formula2))
    if rule.type == "date":
        return st.integers(int(low), int(high)).map(lambda day: date(1899, 12, 30) + timedelta(days=day))
    low = max(low, 0)
    whole = st.integers(int(low), int(min(high, low + 60)))
    return whole if rule.type == "whole" else whole.map(lambda value: value if value == low else value - 0.5)


def _fill(
    data: st.DataObject, blank: Path, target: Path, entries: list[Entry], source: str, count: int
) -> Path:
    book = openpyxl.load_workbook(blank)
    sheet = book["Бланк"]
    first = _top(sheet) + 1
    while sheet.cell(first, 1).value is not None:
        first += 1
    for n in range(count):
        row = {
            e.heading: data.draw(_allowed(book, c, e, n), label=e.heading) for c, e in enumerate(entries, 1)
        }
        named = {entry.name: row[entry.heading] for entry in entries}
        AGREE.get(source, lambda row, n: None)(named, n)
        for column, entry in enumerate(entries, 1):
            value = row[entry.heading] if entry.name == "question" else named[entry.name]
            sheet.cell(first + n, column).value = value or (0 if value == 0 else None)
    book.save(target)
    return target


def _said(report: FileReport) -> list[str]:
    return [f"{f.rule} {f.cell} {f.message}" for f in
            [*report.findings, *(f for part in report.submissions for f in part.findings)]]  # fmt: skip


@pytest.mark.parametrize(("source", "whose"), WHOSE)
@CALM
@given(data=st.data())
def test_a_filled_form_is_taken_without_a_word(
    root: Path,
    blanks: dict[tuple[str, str | None], Path],
    source: str,
    whose: str | None,
    data: st.DataObject,
) -> None:
    entries = form_of(source, root, whose, YEAR).entries
    alone = source in ("school_questionnaire", "organisation_facts")
    most = 1 if alone and whose else 2 if alone else 4
    counts = data.draw(st.lists(st.integers(1, most), min_size=TOGETHER, max_size=TOGETHER))
    paths = [
        _fill(data, blanks[source, whose], root / f"{source}-{at}.xlsx", entries, source, count)
        for at, count in enumerate(counts)
    ]
    known = 2 if source == "school_registry" else 0
    for report, count in zip(check(paths, root), counts, strict=True):
        assert (report.source, report.status, _said(report)) == (source, "accepted", [])
        assert sum(part.rows for part in report.submissions) >= count + known
        if whose:
            assert {part.school for part in report.submissions} == {"980101"}


@pytest.mark.parametrize("source", templates())
def test_the_example_itself_is_taken(
    root: Path, blanks: dict[tuple[str, str | None], Path], source: str
) -> None:
    book = openpyxl.load_workbook(blanks[source, None])
    shown = {row[0].value: row[1].value for row in book["Пример"].iter_rows()}
    sheet = book["Бланк"]
    row = max(sheet.max_row + 1, _top(sheet) + 1)
    for cell in sheet[_top(sheet)]:
        sheet.cell(row, cell.column).value = shown[cell.value]
    if source == "school_registry":
        sheet.delete_rows(_top(sheet) + 1, 2)
        sheet.cell(row - 2, 5).value = None
    path = root / "example.xlsx"
    book.save(path)
    (report,) = check([path], root)
    assert (report.source, report.status, _said(report)) == (source, "accepted", [])


@pytest.mark.parametrize(("source", "whose"), WHOSE)
def test_headings_are_locked_and_cells_are_open(
    blanks: dict[tuple[str, str | None], Path], source: str, whose: str | None
) -> None:
    book = openpyxl.load_workbook(blanks[source, whose])
    sheet = book["Бланк"]
    assert book.sheetnames == ["Бланк", "Пример", "Списки"]
    assert book["Списки"].sheet_state == "veryHidden"
    assert sheet.protection.sheet
    top = _top(sheet)
    for column, cell in enumerate(sheet[top], 1):
        assert cell.protection.locked
        assert cell.comment.text.count("Можно: ") == 1
        assert not sheet.column_dimensions[get_column_letter(column)].protection.locked
        assert 12 <= sheet.column_dimensions[get_column_letter(column)].width <= 44
        assert len(str(_rule(sheet, column).prompt)) <= 255
    titles = [row[0] for row in sheet.iter_rows(max_row=top - 1)]
    assert [c.value for c in titles if not c.protection.locked] == [
        c.value for c in titles if any(map(str.isdigit, c.value)) and not c.value.startswith("Организация")
    ]
    if whose:
        assert titles[-1].value == "Организация: МКОУ «Озёрная СШ» (edu980101)"
        assert titles[-1].protection.locked


def test_a_form_that_nobody_filled_is_sent_back(
    root: Path, blanks: dict[tuple[str, str | None], Path]
) -> None:
    for key, path in blanks.items():
        (report,) = check([path], root)
        if key[0] != "school_registry":
            assert [f.rule for f in report.findings] == ["file.no_rows"], key


def test_what_is_known_is_written_in(root: Path, blanks: dict[tuple[str, str | None], Path]) -> None:
    sheet = openpyxl.load_workbook(blanks["school_registry", None])["Бланк"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=_top(sheet) + 1)]
    assert [row[:2] for row in rows] == [
        ["edu980102", "МКОУ «Лесная ОШ»"],
        ["edu980101", "МКОУ «Озёрная СШ»"],
    ]
    assert rows[0][4] == "edu980101"
    book = openpyxl.load_workbook(blanks["staff_list", None])
    assert book["Списки"]["A1"].value == "МКОУ «Лесная ОШ»"
    assert "на 20.09.2025" in [row[0].value for row in book["Бланк"].iter_rows(max_row=3)]
    assert any(
        "фамилии в системе не хранятся" in str(row[0].value) for row in book["Пример"].iter_rows(max_row=6)
    )


def test_without_a_registry_the_code_is_enough(tmp_path: Path) -> None:
    form = form_of("staff_list", tmp_path, "edu980101", YEAR)
    assert form.school == "edu980101"
    assert "organisation" not in {entry.name for entry in form.entries}
    assert {
        e.kind for e in form_of("staff_list", tmp_path, None, YEAR).entries if e.name == "organisation"
    } == {"text"}


@pytest.mark.parametrize(
    ("source", "school", "words"),
    [
        ("nothing", None, "Бланка «nothing» нет. Есть: .*ict_diagnostics"),
        ("vpr_pupils_2021", None, "не заполняют, а выгружают"),
        ("mark_scale", "edu980101", "один на район"),
        ("staff_list", "Озёрня СШ", "нет в реестре. Похоже на: МКОУ «Озёрная СШ»"),
        ("staff_list", "edu111111", "нет в реестре"),
    ],
)
def test_what_cannot_be_made_is_said(root: Path, source: str, school: str | None, words: str) -> None:
    with pytest.raises(TemplateError, match=words):
        form_of(source, root, school)


def test_a_form_on_disk_is_never_overwritten(root: Path, tmp_path: Path) -> None:
    names = [write("mark_scale", tmp_path, root, year=YEAR).name for _ in range(2)]
    assert names == [f"Шкалы перевода баллов в отметки — бланк{end}.xlsx" for end in ("", " (2)")]


def test_the_command_lists_writes_and_refuses(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*args: str) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main(["template", *args, "--data", str(root)])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    code, out, _ = run()
    assert code == 0
    assert all(source in out for source in templates())
    code, out, _ = run("training_needs", "--school", "Озёрная СШ", "--out", str(tmp_path))
    (path,) = tmp_path.iterdir()
    assert code == 0
    assert path.name in out.replace("\n", "")
    assert "Озёрная СШ" in path.name
    code, _, err = run("training_needs", "--out", str(path))
    assert code == 2
    assert "это файл, а нужна папка" in err
    assert run("x")[0] == 2


def test_a_heading_that_would_not_be_read_is_a_wrong_declaration(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(Path(__file__).parents[2] / "expectations" / "templates", folder)
    path = folder / "mark_scale.toml"
    written = path.read_text(encoding="utf-8")
    for old, new, words in (
        ('heading = "Год"', 'heading = "Гот"', "по заголовку «Гот»"),
        ("[columns.year]", "[columns.jear]", "столбца «jear»"),
    ):
        path.write_text(written.replace(old, new), encoding="utf-8")
        with pytest.raises(DeclarationError, match=words):
            load_templates(declarations(), sources(), tmp_path)
    path.rename(folder / "nothing.toml")
    with pytest.raises(DeclarationError, match="источника «nothing» нет"):
        load_templates(declarations(), sources(), tmp_path)


def test_dates_of_the_examples_are_dates() -> None:
    for template in templates().values():
        for column in template.columns.values():
            assert not isinstance(column.example, datetime)
            assert isinstance(column.example, date) is (column.type == "date" or "дд.мм.гггг" in column.hint)

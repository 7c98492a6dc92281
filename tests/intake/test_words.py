"""What the sender hears about schools, periods, questions and files that are not known."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.findings import FileReport, Finding
from pipelines.intake import Context, check, intake
from tests.intake import files
from tests.intake.staged import staged


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root with the references of the samples."""
    return files.prepared(tmp_path_factory.mktemp("words"))


def _check(root: Path, content: bytes, name: str = "файл.csv", context: Context | None = None) -> FileReport:
    path = root / name
    path.write_bytes(content)
    return check([path], root, context or Context())[0]


def _said(report: FileReport) -> list[Finding]:
    return [*report.findings, *(f for s in report.submissions for f in s.findings)]


def test_a_code_that_the_registry_does_not_know_is_a_warning_with_a_suggestion(root: Path) -> None:
    report = _check(root, files.VPR.content([files.pupil("edu980108", 1)]))
    (finding,) = _said(report)
    assert (finding.rule, finding.severity, finding.cell) == ("school.unknown_code", "warning", "A3")
    assert "Похоже на: МКОУ «Озёрная СШ» (980101)" in finding.message
    assert report.status == "accepted_with_warnings"


def test_a_code_is_no_trouble_without_any_registry(tmp_path: Path) -> None:
    assert _said(_check(tmp_path, files.VPR.content())) == []


@pytest.mark.parametrize(
    ("name", "rule", "said"),
    [
        ("Озерная школа", None, ""),
        ("Озёрная СШ №2", "school.unknown_name", "Похоже на: МКОУ «Озёрная СШ» (980101)"),
        ("", "school.missing", "Не указана организация"),
    ],
)
def test_organisations_typed_by_hand(root: Path, name: str, rule: str | None, said: str) -> None:
    rows = [files.teacher(name, "Иванова Анна Петровна"), files.STAFF.rows[2]]
    report = _check(root, files.STAFF.content(rows))
    assert [f.rule for f in _said(report)] == ([rule] if rule else [])
    assert all(said in f.message and f.cell == "B4" for f in _said(report))
    assert [s.status for s in report.submissions if s.school == "980102"] == ["accepted"]


def test_a_name_of_two_organisations_asks_for_the_code(root: Path, tmp_path: Path) -> None:
    twins = files.REGISTRY.changed({"Наименование": "МБОУ «Озёрная СШ»"}, at=1)
    intake([files.REGISTRY.write(tmp_path, twins)], tmp_path)
    report = _check(tmp_path, files.STAFF.content(files.STAFF.rows[:1]))
    assert [f.rule for f in _said(report)] == ["school.ambiguous"]


def test_a_list_without_its_date_is_told_how_to_say_it(root: Path) -> None:
    (finding,) = _said(_check(root, files.as_csv(["Банк данных"], files.STAFF.rows)))
    assert finding.message == "В файле не сказано: дата списка"
    assert "на 20.09.2025" in finding.fix


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"Класс": "пятый"}, "file.no_grade"),
        ({"Предмет": "Волшебство"}, "file.no_subject"),
        ({"Год": "давно"}, "file.no_year"),
    ],
)
def test_a_work_that_is_not_understood_comes_back_alone(root: Path, changes: files.Row, rule: str) -> None:
    report = _check(root, files.SCALE.content(files.SCALE.changed(changes)))
    assert [f.rule for f in _said(report)] == [rule]
    assert sorted(s.status for s in report.submissions) == ["accepted", "refused"]


def test_an_answer_without_its_time_has_no_year(root: Path) -> None:
    rows = files.NEEDS.changed({"Отметка времени": "когда-то"})
    report = _check(root, files.NEEDS.content(rows))
    assert [(f.rule, f.cell) for f in _said(report)] == [("file.no_year", "A2")]


def test_a_question_that_is_not_in_the_dictionary_is_named(root: Path) -> None:
    rows = [{**row, "Я использую счёты": "Делаю иногда"} for row in files.ICT.rows]
    assert [(f.rule, f.severity) for f in _said(_check(root, files.ICT.content(rows)))] == [
        ("file.unknown_question", "warning")
    ]


def test_columns_not_read_are_named(root: Path) -> None:
    rows = [{**row, "Любимый цвет": "синий", "": "7"} for row in files.COURSES.rows]
    assert [(f.rule, f.message) for f in _said(_check(root, files.COURSES.content(rows)))] == [
        ("file.unknown_columns", "Столбцы не известны и не читались: «Любимый цвет»"),
        ("file.nameless_columns", "Столбцы без заголовка не читались: N"),
    ]


@pytest.mark.parametrize("content", ["яблоки;груши\r\n1;2\r\n".encode(), "просто текст".encode()])
def test_a_file_like_nothing_known_is_just_not_known(root: Path, content: bytes) -> None:
    assert [f.message for f in _said(_check(root, content))] == ["Такой вид файла не известен"]


def test_a_collection_form_is_advised_about(root: Path) -> None:
    content = "Код участника;Вариант;1 (1б);Порядковый номер класса;Итого баллов\r\n;;;;0\r\n".encode()
    report = _check(root, content)
    assert report.source == "vpr_collection_form"
    assert "Скачайте" in report.findings[0].fix


def test_largest_points_of_a_large_file_are_those_that_enough_schools_reached(tmp_path: Path) -> None:
    rows = [files.pupil(f"edu98{n // 20:04}", n, (n % 2, n % 3, 1), n % 2 + n % 3 + 1) for n in range(1100)]
    rows[5] |= {"балл за 1": 12, "всего баллов": 15}
    (report,) = intake([files.VPR.write(tmp_path / "sent", rows)], tmp_path)
    assert {(s.school, f.rule) for s in report.submissions for f in s.findings if f.severity == "error"} == {
        ("980000", "points_over_max"),
        ("980000", "total_over_max"),
    }
    scores = staged(tmp_path, report, "vpr_task_score")
    known = scores.groupby("task")[["max_points", "max_source"]].first()
    assert known.to_numpy().tolist() == [[1, "results"], [2, "results"], [1, "results"]]


def test_a_small_file_without_a_specification_has_no_largest_points(tmp_path: Path) -> None:
    (report,) = intake([files.VPR.write(tmp_path / "sent")], tmp_path)
    scores = staged(tmp_path, report, "vpr_task_score")
    assert scores["max_points"].isna().all()
    assert scores["max_source"].isna().all()


def test_organisations_without_a_municipality_are_one_part_of_the_registry(tmp_path: Path) -> None:
    report = _check(tmp_path, files.REGISTRY.content(files.REGISTRY.changed({"Муниципалитет": ""})))
    assert sorted(s.period for s in report.submissions) == ["Лесной район", "действующий"]


def test_a_task_that_the_specification_does_not_know_is_named(root: Path) -> None:
    report = _check(root, files.VPR.content([files.pupil("edu980101", 1, (1, 2, 1, 0))]))
    assert [(f.rule, f.message) for f in _said(report)] == [
        ("file.task_not_in_specification", "В спецификации этой работы нет заданий: 4")
    ]
    assert report.status == "accepted_with_warnings"

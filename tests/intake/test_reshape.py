"""What people put into cells becomes facts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipelines.cast import by_dictionary
from pipelines.contract import declarations
from pipelines.findings import FileReport
from pipelines.intake import intake
from pipelines.reshape.staff_cells import years
from pipelines.reshape.training_needs import chosen_topics
from pipelines.reshape.vpr_classes import class_name
from tests.intake import files
from tests.intake.staged import staged


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("4А", "4А"), ("4 а", "4А"), ("4«А»", "4А"), ("4-а", "4А"), ("4a", "4А"), ("04А", "4А"), ("А", "4А"),
        ("нет", "4"), ("НЕТ", "4"), ("4", "4"), ("4 класс", "4"), ("4А класс", "4А"), ("1", "4/1"), ("2-4", "2-4"),
        ("", None), ("Чек", "4Чек"),
    ],
)  # fmt: skip
def test_names_of_classes(said: str, name: str | None) -> None:
    assert class_name(said, 4) == name


@pytest.mark.parametrize(
    ("said", "length"),
    [("12 л. 3 м.", 12.25), ("12 лет", 12), ("1 год", 1), ("12,3", 12.3), ("8 мес.", 0.67), ("3 г. 6 мес", 3.5),
     ("0", 0), ("долго", None), ("с 1998", None)],
)  # fmt: skip
def test_lengths_of_service(said: str, length: float | None) -> None:
    assert years(said) == length


@pytest.mark.parametrize(
    ("said", "topics"),
    [
        ("Подготовка к ГИА и ВПР;Другое;", ["Подготовка к ГИА и ВПР", "Другое"]),
        ("Дети с ОВЗ, инклюзия", ["Дети с ОВЗ, инклюзия"]),
        ("ИКТ в обучении, Подготовка к ГИА и ВПР", ["Цифровые инструменты и ИИ в обучении", "Подготовка к ГИА и ВПР"]),
        ("рисование", ["Другое"]), ("", []),
        ("рисование;ИКТ в обучении", ["Другое", "Цифровые инструменты и ИИ в обучении"]),
    ],
)  # fmt: skip
def test_topics_glued_into_one_cell(said: str, topics: list[str]) -> None:
    words = by_dictionary(declarations().dictionaries["training_topic"])
    assert chosen_topics(said, words) == topics


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root with the references of the samples."""
    return files.prepared(tmp_path_factory.mktemp("reshape"))


def _taken(
    root: Path, sample: files.Sample, rows: list[files.Row], name: str
) -> tuple[FileReport, pd.DataFrame]:
    (report,) = intake([sample.write(root / "sent", rows, name)], root)
    table = sample.source and next(iter(report.tables))
    return report, staged(root, report, table)


def test_a_post_with_its_category_in_one_cell(root: Path) -> None:
    teacher = files.teacher("Озёрная СШ", "Иванова Анна Петровна")
    rows = [{**teacher, "Должность": "учитель физики, первая категория", "Категория": ""}]
    _, staff = _taken(root, files.STAFF, rows, "two facts")
    assert staff[["post", "post_group", "category"]].iloc[0].tolist() == [
        "учитель физики",
        "учитель",
        "первая",
    ]


def test_staff_facts_are_plain(root: Path) -> None:
    rows = [{**files.teacher("Озёрная СШ", "Иванова Анна Петровна"), "Предмет": "Математика, физ.", "Пол": "жен.",
             "Общий стаж": "с 2000 г.", "Совместитель": "внешний"}]  # fmt: skip
    _, staff = _taken(root, files.STAFF, rows, "plain facts")
    row = staff.iloc[0]
    assert (row["subjects"], row["sex"], row["total_years"], row["birth_year"]) == (
        "Математика;Физика",
        "ж",
        25,
        1980,
    )
    assert bool(row["is_external"]) is True
    assert (row["school_id"], row["school_year"], str(row["as_of"])) == ("980101", 2026, "2025-09-20")


def test_two_posts_of_one_person_are_one_row_and_a_warning(root: Path) -> None:
    one = files.teacher("Озёрная СШ", "Иванова Анна Петровна")
    report, staff = _taken(
        root, files.STAFF, [one, {**one, "Должность": "Логопед", "Нагрузка, ч": 9}], "two posts"
    )
    assert staff[["post", "load_hours"]].to_numpy().tolist() == [["Учитель; Логопед", 27]]
    assert [f.rule for f in report.submissions[0].findings] == ["staff.two_posts"]


def test_a_school_named_in_the_title_owns_the_list(root: Path) -> None:
    rows = [{k: v for k, v in row.items() if k != "Организация"} for row in files.STAFF.rows[:2]]
    titles = ["Список педагогических работников МКОУ «Озёрная СШ»", "на 20.09.2024"]
    path = root / "sent" / "own.csv"
    path.write_bytes(files.as_csv(titles, rows))
    (report,) = intake([path], root)
    assert [(s.school, s.period, s.status) for s in report.submissions] == [
        ("980101", "на 20.09.2024", "accepted")
    ]


def test_the_latest_of_repeated_answers_counts(root: Path) -> None:
    who = ("Озёрная СШ", "Иванова Анна Петровна")
    rows = [
        files.diagnosed(*who, "06.11.2025 10:00:00", "Учу этому других"),
        files.diagnosed(*who, "05.11.2025 23:59:59", "Не владею"),
    ]
    report, answers = _taken(root, files.ICT, rows, "twice")
    assert answers.loc[answers["question"] == "П1", "points"].tolist() == [4]
    assert [f.rule for f in report.findings] == ["file.answered_again"]
    assert report.findings[0].row == 3


def test_unanswered_questions_give_no_rows(root: Path) -> None:
    rows = [files.diagnosed("Озёрная СШ", "Петрова Инна Львовна", answer="")]
    _, answers = _taken(root, files.ICT, rows, "unanswered")
    assert answers["question"].tolist() == ["П3"]


def test_needs_give_a_row_a_topic_of_the_list(root: Path) -> None:
    _, needs = _taken(root, files.NEEDS, [files.asked("Озёрная СШ", "Иванова Анна Петровна")], "needs")
    assert len(needs) == len(declarations().dictionaries["training_topic"].terms)
    assert needs.loc[needs["is_chosen"], "topic"].tolist() == ["Подготовка к ГИА и ВПР", "Другое"]
    assert needs.loc[needs["is_first"], "topic"].tolist() == ["Другое"]
    assert needs["school_year"].unique().tolist() == [2026]


def test_courses_without_kind_and_topic_are_told_by_title_and_hours(root: Path) -> None:
    rows = [
        {k: v for k, v in row.items() if k not in ("Вид (ПК/ПП)", "Направление")}
        for row in files.COURSES.rows
    ]
    rows[0] |= {"Количество часов": "256 ч."}
    _, courses = _taken(root, files.COURSES, rows, "no kind")
    assert courses["kind"].tolist() == ["ПП", "ПК"]
    assert courses["topic"].unique().tolist() == ["Цифровые инструменты и ИИ в обучении"]
    assert courses["hours"].tolist() == [256, 72]


def test_rows_of_one_task_become_one_with_its_codes_joined(root: Path) -> None:
    one = {**files.SPECIFICATION.rows[0], "Класс": 6}
    rows = [
        {**one, "КЭС": "1.1", "Умение": "арифмети- ческие действия"},
        {**one, "КЭС": "2", "№ задания": ""},
    ]
    _, tasks = _taken(root, files.SPECIFICATION, rows, "codes")
    assert tasks[["task", "kes", "skill"]].to_numpy().tolist() == [["1", "1.1;2", "арифметические действия"]]


def test_a_task_with_two_maxima_comes_back(root: Path) -> None:
    one = {**files.SPECIFICATION.rows[0], "Класс": 7}
    (report,) = intake(
        [files.SPECIFICATION.write(root / "sent", [one, {**one, "Максимальный балл": 2}], "two")], root
    )
    assert report.status == "refused"
    assert [f.rule for f in report.submissions[0].findings] == ["task_specification.max_differs"]


def test_states_of_tasks(root: Path) -> None:
    rows = [
        files.pupil("edu980101", 1, ("X", "не пройд.", ""), 0),
        files.pupil("edu980101", 2, ("х", 2, 1), 3),
    ]
    (report,) = intake([files.VPR.write(root / "sent", rows, "states")], root)
    scores = staged(root, report, "vpr_task_score").sort_values(["pupil_code", "task"])
    assert scores["state"].tolist() == [
        "not_attempted",
        "not_taught",
        "missing",
        "not_attempted",
        "scored",
        "scored",
    ]
    assert scores["points"].fillna(-1).tolist() == [0, -1, -1, 0, 2, 1]
    assert scores["max_points"].tolist() == [1, 2, 2] * 2
    assert scores["max_source"].unique().tolist() == ["specification"]


def test_absent_pupils_have_no_task_scores(root: Path) -> None:
    absent = {**files.pupil("edu980101", 2, ("", "", ""), ""), "вариант": "Отсутствовал", "класс": ""}
    (report,) = intake(
        [files.VPR.write(root / "sent", [files.pupil("edu980101", 1), absent], "absent")], root
    )
    results = staged(root, report, "vpr_result")
    assert results["is_absent"].tolist() == [False, True]
    scores = staged(root, report, "vpr_task_score")
    assert scores["pupil_code"].unique().tolist() == [40001]

"""Answers of people, however a form tool exports them: whose framework, which question, which choices."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from pipelines.build import build
from pipelines.contract import declarations
from pipelines.findings import FileReport
from pipelines.intake import check, intake
from pipelines.questions import near_question
from pipelines.reshape.training_needs import _choice
from tests.intake.books import xlsx_of
from tests.intake.files import FIRST, ICT_QUESTION, TOPICS, prepared

QUESTIONS = {
    name: [(key, t.title) for key, t in declarations().dictionaries["ict_question"].terms.items()
           if t.facts["framework"] == name]
    for name in ("Профстандарт", "ICT-CFT", "DigCompEdu")
}  # fmt: skip
SIZES = {"Профстандарт": 12, "ICT-CFT": 18, "DigCompEdu": 22}
PEOPLE = ["Иванова Анна Петровна", "Петрова Инна Львовна"]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root that knows two organisations."""
    return prepared(tmp_path_factory.mktemp("forms"))


def _google(questions: list[str], answers: list[list[object]], school: str = "Озёрная СШ") -> bytes:
    head = ["Отметка времени", "ФИО", "Организация", *questions]
    rows = [["05.11.2025 10:15:00", name, school, *own] for name, own in zip(PEOPLE, answers, strict=False)]
    return xlsx_of([head, *rows])


def _yandex(questions: list[str], answers: list[list[object]]) -> bytes:
    head = ["ID", "Время создания", "ФИО", "Организация", *questions]
    rows = [[n, "2025-11-05 10:15:00", name, "Озёрная СШ", *own]
            for n, (name, own) in enumerate(zip(PEOPLE, answers, strict=False))]  # fmt: skip
    return _csv([head, *rows], ",")


def _microsoft(questions: list[str], answers: list[list[object]]) -> bytes:
    head = [
        "ИД",
        "Время начала",
        "Время завершения",
        "Электронная почта",
        "Имя",
        "ФИО",
        "Организация",
        *questions,
    ]
    rows = [[n, "05.11.2025 10:00:00", "05.11.2025 10:15:00", "anonymous", "", name, "Озёрная СШ", *own]
            for n, (name, own) in enumerate(zip(PEOPLE, answers, strict=False))]  # fmt: skip
    return xlsx_of([head, *rows])


def _qualtrics(questions: list[str], answers: list[list[object]]) -> bytes:
    texts = ["Start Date", "Recorded Date", "IP Address", "Response ID", "ФИО", "Организация", *questions]
    codes = [f"Q{n}" for n in range(len(texts))]
    imports = [f'{{"ImportId":"QID{n}"}}' for n in range(len(texts))]
    rows = [["2025-11-05 10:00:00", "2025-11-05 10:15:00", "", f"R_{n}", name, "Озёрная СШ", *own]
            for n, (name, own) in enumerate(zip(PEOPLE, answers, strict=False))]  # fmt: skip
    return _csv([codes, texts, imports, *rows], ",")


def _csv(rows: list[list[Any]], delimiter: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


TOOLS = {"google": _google, "yandex": _yandex, "microsoft": _microsoft, "qualtrics": _qualtrics}


def _taken(root: Path, content: bytes, name: str) -> tuple[FileReport, dict[str, pd.DataFrame]]:
    path = root / "sent" / name
    path.write_bytes(content)
    kept: dict[str, pd.DataFrame] = {}
    (report,) = check(
        [path], root, stage=lambda _report, tables: kept.update({n: t.to_pandas() for n, t in tables.items()})
    )
    return report, kept


@pytest.mark.parametrize("tool", TOOLS)
def test_exports_of_every_tool_say_the_same(root: Path, tool: str) -> None:
    titles = [title for _, title in QUESTIONS["Профстандарт"]]
    content = TOOLS[tool](titles, [["Делаю иногда"] * 12, ["Учу этому других"] * 12])
    report, kept = _taken(root, content, f"{tool}.{'csv' if tool in ('yandex', 'qualtrics') else 'xlsx'}")
    assert (report.source, report.status) == ("ict_diagnostics", "accepted")
    assert {f.rule for f in report.findings} <= {"file.framework", "file.personal"}
    answers = kept["ict_answer"]
    assert (len(answers), answers["points"].sum()) == (24, 12 * 2 + 12 * 4)
    assert answers["school_year"].unique().tolist() == [2026]


@pytest.mark.parametrize("framework", SIZES)
def test_each_framework_is_known_by_its_questions(root: Path, framework: str) -> None:
    asked = QUESTIONS[framework]
    assert len(asked) == SIZES[framework]
    report, kept = _taken(root, _google([t for _, t in asked], [[3] * len(asked)]), f"{framework}.xlsx")
    said = [f.message for f in report.findings if f.rule == "file.framework"]
    assert len(said) == (framework != "Профстандарт")  # of the usual one there is nothing to tell
    assert all(f"вопросов {len(asked)} из {len(asked)}" in message for message in said)
    assert set(kept["ict_answer"]["question"]) == {name for name, _ in asked}


@pytest.mark.parametrize(
    ("points", "level"),
    [(19, "A1 новичок"), (20, "A2 исследователь"), (33, "A2 исследователь"), (34, "B1 практик"), (49, "B1 практик"),
     (50, "B2 эксперт"), (65, "B2 эксперт"), (66, "C1 лидер"), (80, "C1 лидер"), (81, "C2 первопроходец")],
)  # fmt: skip
def test_levels_of_digcompedu_begin_where_it_says(points: int, level: str) -> None:
    levels = declarations().dictionaries["ict_level"].terms
    own = {name: t.facts for name, t in levels.items() if t.facts["framework"] == "DigCompEdu"}
    by_points = [name for name, facts in own.items() if points >= facts["from_points"]][-1]
    by_percent = [name for name, facts in own.items() if 100.0 * points / 88 >= facts["from_percent"]][-1]
    assert by_points == by_percent == level


def test_levels_stand_apart_by_framework_in_the_snapshot(tmp_path: Path) -> None:
    root = prepared(tmp_path / "data")
    asked = [title for _, title in QUESTIONS["DigCompEdu"]]
    points = [4] * 12 + [2] + [0] * 9  # 50 of 88
    files = {
        "dig.xlsx": _google(asked, [points]),
        "own.xlsx": _google([ICT_QUESTION], [[0], [4]], "Лесная ОШ"),
    }
    for name, content in files.items():
        (root / "sent" / name).write_bytes(content)
        (report,) = intake([root / "sent" / name], root)
        assert report.status == "accepted"
    with duckdb.connect(build(root).path, read_only=True) as snapshot:
        reached = snapshot.execute(
            "select framework, level, count(*) from fct_ict_level where is_at_level group by 1, 2 order by 1, 2"
        ).fetchall()
    assert reached == [
        ("DigCompEdu", "B2 эксперт", 1), ("Профстандарт", "базовый", 1), ("Профстандарт", "продвинутый", 1),
    ]  # fmt: skip


def test_two_frameworks_of_one_school_and_year_live_side_by_side(tmp_path: Path) -> None:
    root = prepared(tmp_path / "data")
    asked = [title for _, title in QUESTIONS["DigCompEdu"]]
    sent = [
        ("own.xlsx", _google([ICT_QUESTION], [[1], [2]]), "2025/26"),
        ("dig.xlsx", _google(asked, [[4] * 22, [0] * 22]), "2025/26, DigCompEdu"),
        ("own again.xlsx", _google([ICT_QUESTION], [[4], [4]]), "2025/26"),
    ]
    for name, content, period in sent:
        (root / "sent" / name).write_bytes(content)
        (report,) = intake([root / "sent" / name], root)
        assert [part.period for part in report.submissions] == [period]
    with duckdb.connect(build(root).path, read_only=True) as snapshot:
        counted = snapshot.execute(
            "select framework, sum(points), count(distinct name_id) from fct_ict_level join fct_ict using"
            " (school_id, school_year, name_id, submission_id) where is_at_level group by 1 order by 1"
        ).fetchall()
        current = snapshot.execute(
            "select period from submission where source = 'ict_diagnostics' and is_current"
        )
        assert sorted(current.fetchall()) == [("2025/26",), ("2025/26, DigCompEdu",)]
    assert counted == [("DigCompEdu", 88, 2), ("Профстандарт", 8, 2)]


def test_a_drifted_wording_is_suggested_and_never_read(root: Path) -> None:
    drifted = "Нахожу материалы в интернете, проверяю достоверность их"
    asked = [
        "Я нахожу в интернете материалы и проверяю их достоверность",
        "Я готовлю себе планы занятий заранее",
    ]
    report, kept = _taken(root, _google([*asked, drifted, "Любимый цвет"], [[2, 2, 2, 2]]), "drift.xlsx")
    said = [f for f in report.findings if f.rule == "file.unknown_question"]
    assert any("Я готовлю себе планы" in f.message for f in said)
    assert any("Похоже на О2" in f.message for f in said)
    assert "Любимый цвет" in next(f.message for f in report.findings if f.rule == "file.undeclared_questions")
    assert set(kept["survey_answer"]["question"]) == {asked[1], drifted, "Любимый цвет"}
    assert set(kept["ict_answer"]["question"]) <= {"О2", "П1"}
    questions = declarations().dictionaries["ict_question"]
    assert near_question("Нахожу материалы в интернете, проверяю достоверность их", questions) == "О2"
    assert near_question("Любимый цвет", questions) is None


def test_a_title_of_another_framework_is_doubted(root: Path) -> None:
    head = ["Отметка времени", "ФИО", "Организация", ICT_QUESTION]
    content = xlsx_of([["Анкета DigCompEdu"], head, ["05.11.2025", PEOPLE[0], "Озёрная СШ", 3]])
    report, _ = _taken(root, content, "other.xlsx")
    assert "file.other_framework" in {f.rule for f in report.findings}
    assert report.status == "accepted_with_warnings"


CHOSEN = {"Подготовка к ГИА и ВПР", "Другое"}
OFFERED = ("Подготовка к ГИА и ВПР", "Дошкольное развитие", "Другое")


@pytest.mark.parametrize(
    ("questions", "answers"),
    [
        ([TOPICS], ["Подготовка к ГИА и ВПР;Резьба по дереву;"]),
        ([TOPICS], ["Подготовка к ГИА и ВПР, Другое"]),
        ([f"{TOPICS} [{one}]" for one in OFFERED], ["Да", "Нет", "Да"]),
        ([f"{TOPICS} / {one}" for one in OFFERED], ["1", "0", "1"]),
        ([f"{TOPICS} - Подготовка к ГИА и ВПР", f"{TOPICS} - Дошкольное развитие", f"{TOPICS} - Другое - Текст"],
         ["Подготовка к ГИА и ВПР", "", "резьба по дереву"]),
    ],
)  # fmt: skip
def test_choices_glued_or_a_column_each(root: Path, questions: list[str], answers: list[object]) -> None:
    report, kept = _taken(root, _google([*questions, FIRST], [[*answers, "Другое"]]), "needs.xlsx")
    assert (report.source, report.status) == ("training_needs", "accepted")
    needs = kept["training_need"]
    assert set(needs[needs["is_chosen"]]["topic"]) == CHOSEN
    assert set(needs[needs["is_first"]]["topic"]) == {"Другое"}


def test_the_choice_of_a_column_is_its_last_part() -> None:
    assert _choice("Вопрос? - Selected Choice - Дети с ОВЗ, инклюзия") == "Дети с ОВЗ, инклюзия"
    assert _choice("Вопрос? [Другое]") == "Другое"
    assert _choice("Вопрос без выбора") == ""

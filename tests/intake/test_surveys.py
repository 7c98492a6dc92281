"""Questions that no dictionary declares: their answers are kept, what may name somebody is only counted."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipelines.build import build
from pipelines.findings import FileReport
from pipelines.intake import check, intake
from tests.intake.books import xlsx_of
from tests.intake.files import FIRST, ICT_QUESTION, TOPICS, prepared
from tests.intake.staged import staged

Answers = dict[str, dict[str | None, int]]
PEOPLE = ["Иванова Анна Петровна", "Петрова Инна Львовна", "Орлов Олег Ильич", "Сидорова Вера Павловна"]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root that knows two organisations."""
    return prepared(tmp_path_factory.mktemp("surveys"))


def form(columns: dict[str, list[object]], school: str = "Озёрная СШ", day: str = "05.11.2025") -> bytes:
    """An export of a form: four people of one organisation and these columns."""
    head = ["Отметка времени", "ФИО", "Организация", *columns]
    rows = [[f"{day} 10:15:00", name, school, *own]
            for name, *own in zip(PEOPLE, *columns.values(), strict=True)]  # fmt: skip
    return xlsx_of([head, *rows])


def taken(root: Path, content: bytes, name: str) -> tuple[FileReport, Answers]:
    """The report, and of each undeclared question its answers with the number of people."""
    (root / "sent" / name).write_bytes(content)
    kept: dict[str, pd.DataFrame] = {}
    (report,) = check(
        [root / "sent" / name], root, stage=lambda _, tables: kept.update({n: t.to_pandas() for n, t in tables.items()})
    )  # fmt: skip
    return report, answers(kept["survey_answer"]) if "survey_answer" in kept else {}


def answers(rows: pd.DataFrame) -> Answers:
    found: Answers = {}
    for question, answer in zip(rows["question"], rows["answer"], strict=True):
        own = found.setdefault(question, {})
        key = None if pd.isna(answer) else str(answer)
        own[key] = own.get(key, 0) + 1
    return found


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["Утром", "Утром", "Вечером", ""], {"Утром": 2, None: 1}),
        (["Да", "Нет", "Нет", "Нет"], {"Да": 1, "Нет": 3}),
        ([5, 4, 5, 3], {"5": 2, "4": 1, "3": 1}),
        (["Очно;Заочно;", "Очно;", "Заочно;Очно", "в чате"], {"Очно": 3, "Заочно": 2, None: 1}),
        (["Очно, Заочно", "Заочно, Очно", "Очно", "Заочно"], {"Очно": 3, "Заочно": 3}),
        (["Всё понравилось", "Мало времени", "Спасибо", "Не хватило практики"], {None: 4}),
        (["Иванова А. П.", "Иванова А. П.", "Иванова А. П.", "Орлов"], {None: 4}),
        (["Анна Петровна", "Анна Петровна", "Анна Петровна", "Анна Петровна"], {None: 4}),
        (["a@school.ru", "a@school.ru", "8 915 000-00-00", "8 915 000-00-00"], {None: 4}),
        (["", "", "", ""], None),
    ],
)  # fmt: skip
def test_choices_are_kept_and_words_of_people_counted(root: Path, given: list[object], kept: object) -> None:
    report, found = taken(root, form({ICT_QUESTION: [1, 2, 3, 4], "Когда Вам удобно?": given}), "ict.xlsx")
    assert (report.source, report.status) == ("ict_diagnostics", "accepted")
    assert found.get("Когда Вам удобно?") == kept
    (said,) = [f for f in report.findings if f.rule == "file.undeclared_questions"]
    assert (said.severity, "«Когда Вам удобно?»" in said.message) == ("info", True)


def test_a_question_about_people_keeps_no_answer(root: Path) -> None:
    columns: dict[str, list[object]] = {"Кто Ваш наставник?": ["Ольга"] * 4, "Телефон": ["1"] * 4}
    report, found = taken(root, form({ICT_QUESTION: [1, 2, 3, 4], **columns}), "people.xlsx")
    assert found == {"Кто Ваш наставник?": {None: 4}}
    assert "file.personal" in {f.rule for f in report.findings}


def test_a_declared_wording_of_a_question_is_kept_without_a_word(root: Path) -> None:
    columns: dict[str, list[object]] = {
        TOPICS: ["Другое"] * 4, FIRST: ["Другое"] * 4, "Удобная форма обучения": ["Очно", "Очно", "Очно", "Заочно"],
    }  # fmt: skip
    report, found = taken(root, form(columns), "needs.xlsx")
    assert found == {"Удобная форма обучения": {"Очно": 3, None: 1}}
    assert report.findings == []


def test_a_diagnostics_without_names_is_not_taken_for_just_any_form(root: Path) -> None:
    head = ["Отметка времени", "Организация", ICT_QUESTION]
    report, _ = taken(root, xlsx_of([head, ["05.11.2025", "Озёрная СШ", 3]]), "nameless.xlsx")
    assert (report.source, report.status) == (None, "refused")
    assert "ИКТ-диагностика" in report.findings[0].message
    assert "ФИО" in report.findings[0].message or "Фамилия" in report.findings[0].message


def test_forms_of_other_questions_live_side_by_side_and_a_later_one_replaces_its_own(tmp_path: Path) -> None:
    root = prepared(tmp_path / "data")
    sent = {
        "food.xlsx": form({"Где Вы обедаете?": ["В школе", "В школе", "Дома", "Дома"]}),
        "road.xlsx": form({"Как Вы добираетесь?": ["Пешком", "Пешком", "Пешком", ""]}),
        "food again.xlsx": form({"Где Вы обедаете?": ["В школе"] * 4}),
        "district.xlsx": xlsx_of([["Отметка времени", "Нужен ли семинар?"], *[["05.11.2025", "Да"]] * 3]),
        "road of others.xlsx": form({"Как Вы добираетесь?": ["На велосипеде"] * 4}, "Лесная ОШ"),
    }
    for name, content in sent.items():
        (root / "sent" / name).write_bytes(content)
        (report,) = intake([root / "sent" / name], root)
        assert (report.source, report.status) == ("form_export", "accepted"), report.findings
    with duckdb.connect(build(root).path, read_only=True) as snapshot:
        rows = snapshot.execute(
            """select question, short_name, answer, count(*) from fct_survey_answer
            left join dim_school using (school_id) group by all order by all"""
        ).fetchall()
    assert rows == [
        ("Где Вы обедаете?", "Озёрная СШ", "В школе", 4),
        ("Как Вы добираетесь?", "Лесная ОШ", "На велосипеде", 4),
        ("Как Вы добираетесь?", "Озёрная СШ", "Пешком", 3),
        ("Нужен ли семинар?", None, "Да", 3),
    ]


def test_nothing_that_was_left_out_reaches_the_store(tmp_path: Path) -> None:
    root = prepared(tmp_path / "data")
    path = root / "sent" / "secret.xlsx"
    path.write_bytes(form({"Ваше мнение?": ["Тайна одного", "Секрет второго", "Ничего", "Пусто"]}))
    intake([path], root)
    staged = b"".join(file.read_bytes() for file in (root / "staged").rglob("*") if file.is_file())
    for text in (*PEOPLE, "Тайна одного", "Секрет второго"):
        assert text.encode() not in staged


@pytest.mark.real
@pytest.mark.parametrize("name", ["ms_forms_export.xlsx", "qualtrics_three_header_rows.csv"])
def test_real_forms_equal_a_plain_reading(real: Path, tmp_path: Path, name: str) -> None:
    (report,) = intake([real / "forms" / name], tmp_path)
    assert (report.source, report.status) == ("form_export", "accepted")
    ours = staged(tmp_path, report, "survey_answer")
    path = real / "forms" / name
    plain = (
        pd.read_excel(path, sheet_name="Raw", dtype=str, engine="calamine")
        if path.suffix == ".xlsx"
        else pd.read_csv(path, skiprows=[0, 2], dtype=str)
    )
    single = {q: own for q, own in ours.groupby("question", observed=True) if not _is_glued(plain, str(q))}
    assert len(single) >= 2
    for question, own in single.items():
        cells = plain[str(question)].dropna().str.split().str.join(" ")
        counted = own["answer"].dropna().value_counts()
        assert own["respondent"].nunique() == len(cells), question
        assert all(counted[answer] == (cells == answer).sum() for answer in counted[counted > 0].index), (
            question
        )


def _is_glued(plain: pd.DataFrame, question: str) -> bool:
    """Whether a cell may hold several answers, or the reading names its column otherwise."""
    return question not in plain or plain[question].str.contains("[;,]").any()

"""Questions that no dictionary declares, as the page of needs shows them."""

from __future__ import annotations

from pathlib import Path

from dashboard.audience import Viewer
from dashboard.blocks import Details, Table
from dashboard.marts import open_latest
from dashboard.queries import Queries
from dashboard.queries.surveys import survey_years
from dashboard.selection import Selection
from dashboard.surveys import other_questions
from pipelines.demo.model import YEARS
from tests.marts.rows import District

YEAR = YEARS[-1]


def test_answers_stand_under_their_question_with_how_many_gave_them(demo: Queries) -> None:
    *_, details = other_questions(demo, YEAR, Selection(year=YEAR))
    assert isinstance(details, Details)
    assert details.title.startswith("Анкета запросов на обучение · ")
    (table,) = details.blocks
    assert isinstance(table, Table)
    head, *answers = table.rows
    assert head.cells[0].text == "Удобная форма обучения"
    respondents = demo.rows(
        "select count(distinct (school_id, name_id)) from fct_need where school_year = ?", [YEAR]
    )
    assert head.cells[1].value == respondents[0][0]
    counted = demo.rows(
        "select answer, count(*) from fct_survey_answer where school_year = ? group by 1 order by 2 desc, 1",
        [YEAR],
    )
    assert [row.cells[0].text for row in answers] == [answer for answer, _ in counted]
    assert all(
        f"{n} из" in row.cells[1].text.replace("\xa0", " ")
        for row, (_, n) in zip(answers, counted, strict=True)
    )


def test_few_people_are_shown_as_counts(tmp_path: Path) -> None:
    district = District(tmp_path)
    district.file("school_registry", school=[{"kind": "школа"}])
    district.file(
        "form_export",
        survey_answer=[
            {"respondent": n, "answer": answer} for n, answer in enumerate(["Очно"] * 3 + ["Заочно"], 1)
        ],
    )
    district.marts()
    q = Queries(open_latest(district.root))
    (year,) = survey_years(q)
    *_, details = other_questions(q, year, Selection(year=year))
    assert isinstance(details, Details)
    (table,) = details.blocks
    assert isinstance(table, Table)
    said = [row.cells[1] for row in table.rows[1:]]
    assert [cell.text.replace("\xa0", " ") for cell in said] == ["3 из 4", "1 из 4"]
    assert [cell.value for cell in said] == [None, None]


def test_they_are_for_the_department_alone(demo_root: Path) -> None:
    for viewer in (Viewer("school", "980101"), Viewer("public")):
        q = Queries(open_latest(demo_root), viewer=viewer)
        assert survey_years(q) == []
        assert other_questions(q, YEAR, Selection(year=YEAR)) == ()

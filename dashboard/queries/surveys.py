"""Answers to questions that no dictionary declares."""

from __future__ import annotations

from itertools import groupby
from typing import Any, NamedTuple

from dashboard.display import Measure
from dashboard.intervals import wilson
from dashboard.queries.core import Queries

_TABLE = "fct_survey_answer"


class Answer(NamedTuple):
    """One answer to a question, and how many of those who answered it gave it."""

    text: str | None
    """None: free or given by one person, so that only the number of people is kept."""
    measure: Measure


class Question(NamedTuple):
    """A question as it is written, with its answers, the most frequent first."""

    text: str
    answers: list[Answer]


def survey_years(q: Queries) -> list[int]:
    """School years with such answers; they are for the department alone."""
    if q.viewer.audience != "internal" or not q.has(_TABLE):
        return []
    return [year for (year,) in q.rows(f"select distinct school_year from {_TABLE} order by 1")]


def surveys(q: Queries, year: int, kind: str | None, place: str | None) -> dict[str, list[Question]]:
    """Questionnaire → its questions in their order; answers of the whole district count where no part is chosen."""
    if year not in survey_years(q):
        return {}
    sql = f"""with given as (
            select survey, position, question, answer, (submission_id, respondent) as person
            from {_TABLE} as fact left join dim_school using (school_id)
            where fact.school_year = ? and (? is null or dim_school.kind = ?)
                and (? is null or dim_school.municipality = ?)
        ), asked as (
            select survey, question, min(position) as position, count(distinct person) as people
            from given group by survey, question
        )
        select survey, question, answer, count(distinct person), any_value(people)
        from given inner join asked using (survey, question)
        group by survey, question, answer
        order by survey collate ru, any_value(asked.position), question, answer is null, 4 desc, answer collate ru"""
    rows = q.rows(sql, [year, kind, kind, place, place])
    return {
        survey: [_question(str(text), list(own)) for text, own in groupby(parts, key=lambda row: row[1])]
        for survey, parts in groupby(rows, key=lambda row: row[0])
    }


def _question(text: str, rows: list[tuple[Any, ...]]) -> Question:
    return Question(text, [Answer(answer, _measure(people, asked)) for *_, answer, people, asked in rows])


def _measure(people: int, asked: int) -> Measure:
    low, high = wilson(people, asked)
    return Measure(people, asked, asked, 100 * people / asked, 100 * low, 100 * high)

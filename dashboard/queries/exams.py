"""Questions of the state exams' screens: which exams there are, how results spread, what they are compared with."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.queries.core import Queries

PROCEDURES = {"vpr": "ВПР", "oge": "ОГЭ", "ege": "ЕГЭ", "gve": "ГВЭ"}
"""Assessments that the results' pages show, in the order of their choice."""


@dataclass(frozen=True)
class Exam:
    """One subject of an exam in a year, and what its results are held to."""

    procedure: str
    year: int
    subject: str
    min_score: float | None
    region_mean: float | None

    @property
    def has_score(self) -> bool:
        """A score of a hundred, not a mark."""
        return self.procedure == "ege" and self.subject != "Математика (базовая)"


def exams(q: Queries) -> list[Exam]:
    """Every exam, by year and subject; none in a snapshot from before exams were counted."""
    if "exam_participants" not in q.indicators:
        return []
    sql = """select procedure, school_year, subject, min_score, region_mean from dim_exam_subject
        order by school_year, subject collate ru"""
    return [Exam(p, int(y), s, least, mean) for p, y, s, least, mean in q.rows(sql)]


def procedures(q: Queries) -> list[str]:
    """Assessments of which there are any results."""
    there = {exam.procedure for exam in exams(q)}
    if q.rows("select 1 from dim_work limit 1"):
        there.add("vpr")
    return [name for name in PROCEDURES if name in there]


GROUPS = {
    True: ("ниже минимума", "до 60", "61–80", "81–100"),
    False: ("«2»", "«3»", "«4»", "«5»"),
}
"""Groups of results by whether a score is given, from low to high."""
_GROUP = """case
    when score is null then '«' || mark || '»'
    when score < min_score then 'ниже минимума'
    when score <= 60 then 'до 60'
    when score <= 80 then '61–80'
    else '81–100'
end"""


def groups(q: Queries, exam: Exam, by: str, school: str | None = None) -> dict[str, dict[str, int]]:
    """How many participants of each school (or class) are in each group, by the first result of the main period."""
    column = {"school": "school_id", "class": "class"}[by]
    sql = f"""select {column}, {_GROUP}, count(*) from fct_exam
        where procedure = ? and school_year = ? and subject = ? and is_graduate and is_first
            and (? is null or school_id = ?)
        group by all order by 1"""
    found: dict[str, dict[str, int]] = {}
    for place, group, count in q.rows(sql, [exam.procedure, exam.year, exam.subject, school, school]):
        found.setdefault(place or "", {})[group] = count
    return found


def tasks(q: Queries, exam: Exam) -> dict[str, str]:
    """Tasks of an exam in their order, and what kind of answer each asks for."""
    sql = """select task, any_value(task_kind) from fct_exam_item
        where procedure = ? and school_year = ? and subject = ? group by task order by min(task_order)"""
    return dict(q.rows(sql, [exam.procedure, exam.year, exam.subject]))


def classes(q: Queries, exam: Exam, school: str) -> list[str]:
    """Classes of a school that sat an exam."""
    sql = """select distinct class from fct_exam
        where procedure = ? and school_year = ? and subject = ? and school_id = ? and class <> '' order by 1"""
    return [name for (name,) in q.rows(sql, [exam.procedure, exam.year, exam.subject, school])]

"""Questions of the results page: works, tasks, scores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.queries.core import Queries


@dataclass(frozen=True)
class Work:
    """One work: a subject in a grade in a year."""

    year: int
    subject: str
    grade: int
    max_total: float | None
    marks: tuple[int | None, int | None, int | None]
    """First score of «3», «4», «5»."""
    participants: int

    @property
    def label(self) -> str:
        """«Математика, 4 класс»."""
        return f"{self.subject}, {self.grade} класс"


@dataclass(frozen=True)
class Task:
    """One task of a work as its specification says it."""

    task: str
    code: str | None
    skill: str | None
    level: str | None
    max_points: float | None
    kes: str | None = None
    """Codes of the content elements it checks, as the specification writes them."""


def works(q: Queries, year: int | None = None) -> list[Work]:
    """Works by grade and subject; of every year when none is given."""
    sql = """select school_year, subject, grade, max_total, min_3, min_4, min_5, participants from dim_work
        where participants > 0 and (? is null or school_year = ?) order by school_year, grade, subject collate ru"""
    return [
        Work(int(y), subject, int(grade), top, (m3, m4, m5), int(n))
        for y, subject, grade, top, m3, m4, m5, n in q.rows(sql, [year, year])
    ]


def tasks_of_year(q: Queries, year: int) -> dict[tuple[str, int], dict[str, Task]]:
    """Tasks of every work of a year in their order, by subject and grade."""
    sql = """select subject, grade, task, task_code, skill, level, max_points, kes from dim_task
        where school_year = ? order by subject, grade, task_order, task"""
    found: dict[tuple[str, int], dict[str, Task]] = {}
    for subject, grade, *task in q.rows(sql, [year]):
        found.setdefault((subject, int(grade)), {})[task[0]] = Task(*task)
    return found


def tasks(q: Queries, work: Work) -> dict[str, Task]:
    """Tasks of a work in their order."""
    return tasks_of_year(q, work.year).get((work.subject, work.grade), {})


def scores(q: Queries, work: Work, school: str | None = None, class_: str | None = None) -> dict[int, int]:
    """How many pupils got each primary score."""
    sql = """select cast(round(total_points) as integer), count(*) from fct_vpr
        where school_year = ? and subject = ? and grade = ? and total_points is not null
            and (? is null or school_id = ?) and (? is null or class = ?)
        group by 1 order by 1"""
    return dict(q.rows(sql, [work.year, work.subject, work.grade, school, school, class_, class_]))


def task_points(q: Queries, work: Work, task: str, school: str | None = None) -> dict[int, int]:
    """How many pupils got each point of one task."""
    sql = """select cast(round(points) as integer), count(*) from fct_vpr_task
        where school_year = ? and subject = ? and grade = ? and task = ? and is_counted
            and not is_grouped and points is not null and (? is null or school_id = ?)
        group by 1 order by 1"""
    return dict(q.rows(sql, [work.year, work.subject, work.grade, task, school, school]))


def classes(q: Queries, work: Work, school: str) -> list[str]:
    """Classes of a school that wrote a work."""
    sql = """select distinct class from fct_vpr
        where school_year = ? and subject = ? and grade = ? and school_id = ? and class <> '' order by 1"""
    return [name for (name,) in q.rows(sql, [work.year, work.subject, work.grade, school])]


def by_mark(
    q: Queries, work: Work, school: str | None, class_: str | None, place: str | None
) -> dict[str, dict[int, tuple[float, float, int]]]:
    """Points, possible points and pupils of every task by the mark for the whole work."""
    sql = """select task.task, pupil.mark, sum(task.points), sum(task.max_points), count(*)
        from fct_vpr_task as task
        inner join fct_vpr as pupil using (school_id, school_year, subject, grade, pupil_code)
        inner join dim_school using (school_id)
        where school_year = ? and subject = ? and grade = ? and is_counted and pupil.mark is not null
            and (? is null or school_id = ?) and (? is null or pupil.class = ?) and (? is null or municipality = ?)
        group by 1, 2"""
    found: dict[str, dict[int, tuple[float, float, int]]] = {}
    given = [work.year, work.subject, work.grade, school, school, class_, class_, place, place]
    for task, mark, points, top, n in q.rows(sql, given):
        found.setdefault(task, {})[int(mark)] = (float(points), float(top), int(n))
    return found


@dataclass(frozen=True)
class Book:
    """A textbook as schools name it, and what the list says of it."""

    title: str
    schools: int
    pupils: int
    number: str | None
    valid_until: date | None
    is_permitted: bool | None
    """None where no list is loaded."""


def textbooks(q: Queries, work: Work, school: str | None, place: str | None) -> list[Book]:
    """Textbooks of a work, the most used first; none in a snapshot from before they were kept."""
    if not q.has("fct_textbook"):
        return []
    sql = """select textbook, count(distinct fact.school_id), cast(sum(pupils) as bigint), any_value(number),
            any_value(valid_until), bool_and(is_permitted)
        from fct_textbook as fact left join dim_school using (school_id)
        where school_year = ? and subject = ? and grade = ? and (? is null or fact.school_id = ?)
            and (? is null or municipality = ?)
        group by textbook order by 3 desc, 1"""
    where = [work.year, work.subject, work.grade, school, school, place, place]
    return [Book(*row) for row in q.rows(sql, where)]

"""Counts of people and requests that no indicator says, counted anew in plain Python from rows of the snapshot."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from dashboard.marts import Marts
from dashboard.queries import Queries

MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
PRIMARY, FIRST_GRADES = "Начальные классы", 4
Rows = list[dict[str, Any]]


class Counts:
    """Rows of one year, read once; every answer is a loop over them."""

    def __init__(self, marts: Marts, year: int) -> None:
        self._q, self._year = Queries(marts), year

    def _rows(self, table: str) -> Rows:
        names = [name for (name,) in self._q.rows(f"select column_name from (describe {table})", [])]
        return [dict(zip(names, row, strict=True)) for row in self._q.rows(f"select * from {table}", [])]

    def _of_year(self, table: str) -> Rows:
        return [row for row in self._rows(table) if row["school_year"] == self._year]

    @cached_property
    def _courses(self) -> Rows:
        return [row for row in self._rows("fct_course") if row["is_counted"]]

    @cached_property
    def _requests(self) -> Rows:
        return self._of_year("fct_request")

    @cached_property
    def _teachers(self) -> Rows:
        return [row for row in self._of_year("fct_staff") if row["is_latest"] and row["is_teacher"]]

    @cached_property
    def _subjects(self) -> Rows:
        return self._of_year("fct_subject_staff")

    @cached_property
    def _certified(self) -> Rows:
        return self._of_year("fct_certification")

    @cached_property
    def _profiles(self) -> set[tuple[Any, ...]]:
        return {_person(row) for row in self._of_year("fct_course_profile") if row["is_profile"]}

    def took(self, topic: str) -> float:
        """People who took a course on the topic in three school years."""
        recent = range(self._year - 2, self._year + 1)
        return len({_person(r) for r in self._courses if r["topic"] == topic and r["school_year"] in recent})

    def requested(self, topic: str) -> dict[str, float]:
        """Who asks for a course on the topic."""
        found = [row for row in self._requests if row["topic"] == topic]
        return {"Человек": len(set(map(_person, found))), "Организаций": len({r["school_id"] for r in found})}

    def subject(self, school: str, subject: str) -> dict[str, float]:
        """Vacant posts of a subject and who teaches it."""
        (row,) = [r for r in self._subjects if (r["school_id"], r["subject"] or "—") == (school, subject)]
        return {"Вакантно, ставок": row["vacant_rates"] or 0, "Ведут предмет, чел.": row["teachers"] or 0}

    def month(self, words: str) -> dict[str, float]:
        """Applications of a month."""
        name, year = words.split()
        at = (int(year), MONTHS.index(name) + 1)
        found = [r for r in self._certified if (r["planned_on"].year, r["planned_on"].month) == at]
        return {
            "Заявлений": len(found), "Решений": _sum(found, "is_decided"), "Успешно": _sum(found, "is_successful"),
        }  # fmt: skip

    def ends(self, year: str, category: str) -> float:
        """Categories of teachers that end in a calendar year."""
        dated = [r for r in self._teachers if r["category_expires"] and r["category_expires"] >= r["as_of"]]
        return sum((str(r["category_expires"].year), r["category"]) == (year, category) for r in dated)

    def course(self, school: str, title: str, topic: str, hours: str) -> dict[str, float]:
        """Hours of a course and how many of a school took it."""
        found = [
            r for r in self._courses
            if (r["school_id"], r["title"], r["topic"] or "", f"{r['hours']:g}") == (school, title, topic, hours)
        ]  # fmt: skip
        return {"Часов": found[0]["hours"], "Человек": len({row["name_id"] for row in found})}

    def teachers(self, subject: str, school: str | None) -> dict[str, list[float]]:
        """Who teaches a subject, how many of them took a course, and how many one of the subject."""
        there = [
            row for row in self._teachers
            if subject in (row["subjects"] or "").split(";") and school in (None, row["school_id"])
        ]  # fmt: skip
        known = [row for row in there if row["has_course_3y"] is not None]
        trained = [row for row in known if row["has_course_3y"]]
        own = [row for row in there if _person(row) in self._profiles]
        return {
            "Учителей": [len(there)], "Курсы за 3 года": [len(trained), len(known)],
            "Из них по предмету": [len(own), len(trained)],
        }  # fmt: skip


def taught(work: str) -> str:
    """Whoever teaches what a work is about: up to the fourth grade the one teacher of the class."""
    subject, _, grade = work.rpartition(", ")
    return PRIMARY if int(grade.split()[0]) <= FIRST_GRADES else subject


def _person(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["school_id"], row["name_id"]


def _sum(rows: Iterable[dict[str, Any]], flag: str) -> int:
    return sum(bool(row[flag]) for row in rows)

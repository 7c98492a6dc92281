"""Questions about staff, diagnostics, requests and courses: counts of people in groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.queries.core import Queries

AGES = (
    "до 25", "25–29", "30–34", "35–39", "40–44", "45–49", "50–54", "55–59", "60–64", "65 и старше",
)  # fmt: skip
"""The bands of ОО-1, section 3.3, so that the numbers can be laid beside it; below those of section 3.2."""
SERVICE = ("до 3 лет", "3–4 года", "5–9 лет", "10–14 лет", "15–19 лет", "20 лет и больше")
CATEGORIES = ("высшая", "первая", "соответствие", "нет")

_AGE_GROUP = "case when age is not null then greatest(0, least(9, (age - 20) // 5)) end"
_SERVICE_GROUP = """case when teaching_years < 3 then 0 when teaching_years < 5 then 1 when teaching_years < 10 then 2
    when teaching_years < 15 then 3 when teaching_years < 20 then 4 when teaching_years is not null then 5 end"""


def _grouped(q: Queries, group: str, year: int, kind: str | None, school: str | None) -> dict[Any, int]:
    sql = f"""select {group} as part, count(*) from fct_staff
        inner join dim_school using (school_id)
        where school_year = ? and is_latest and is_teacher and (? is null or dim_school.kind = ?)
            and (? is null or fct_staff.school_id = ?)
        group by 1 having part is not null"""
    return dict(q.rows(sql, [year, kind, kind, school, school]))


def ages(q: Queries, year: int, kind: str | None = None, school: str | None = None) -> list[int]:
    """Teachers in each group of `AGES`."""
    found = _grouped(q, _AGE_GROUP, year, kind, school)
    return [found.get(i, 0) for i in range(len(AGES))]


def ages_by_sex(q: Queries, year: int, **where: Any) -> dict[str, list[int]]:
    """Teachers in each group of `AGES` by sex, of the organisations that ``where`` keeps; empty where none is known."""
    fixed = {name: where.get(name) for name in ("kind", "municipality", "school_id")}
    sql = f"""select sex, {_AGE_GROUP} as part, count(*) from fct_staff
        inner join dim_school using (school_id)
        where school_year = ? and is_latest and is_teacher and sex is not null and age is not null
            {"".join(f" and dim_school.{name} = ?" for name, value in fixed.items() if value is not None)}
        group by 1, 2"""
    found: dict[str, list[int]] = {}
    for sex, part, count in q.rows(sql, [year, *(value for value in fixed.values() if value is not None)]):
        found.setdefault(sex, [0] * len(AGES))[part] = count
    return found


def service(q: Queries, year: int, kind: str | None = None, school: str | None = None) -> list[int]:
    """Teachers in each group of `SERVICE`."""
    found = _grouped(q, _SERVICE_GROUP, year, kind, school)
    return [found.get(i, 0) for i in range(len(SERVICE))]


def categories(q: Queries, year: int, kind: str | None = None) -> dict[str, tuple[int, ...]]:
    """Teachers of each organisation by category in force, in the order of `CATEGORIES`."""
    sql = """select school_id, coalesce(category_in_force, 'нет'), count(*) from fct_staff
        inner join dim_school using (school_id)
        where school_year = ? and is_latest and is_teacher and (? is null or dim_school.kind = ?) group by 1, 2"""
    return _by_school(q, q.rows(sql, [year, kind, kind]), CATEGORIES, "top_category_share", year)


def level_names(q: Queries, year: int) -> tuple[str, ...]:
    """Levels of the frameworks that the year's diagnostics followed, lowest first."""
    sql = """select term from dim_ict_level
        where framework in (select framework from fct_ict_level where school_year = ?) order by term_order"""
    return tuple(term for (term,) in q.rows(sql, [year]))


def ict_levels(q: Queries, year: int, kind: str | None = None) -> dict[str, tuple[int, ...]]:
    """People of each organisation at each level."""
    sql = """select school_id, level, count(*) filter (where is_at_level) from fct_ict_level
        inner join dim_school using (school_id)
        where school_year = ? and (? is null or dim_school.kind = ?) group by 1, 2"""
    return _by_school(q, q.rows(sql, [year, kind, kind]), level_names(q, year), "ict_level_share", year)


def _by_school(
    q: Queries, rows: list[tuple[Any, ...]], order: tuple[str, ...], like: str, year: int
) -> dict[str, tuple[int, ...]]:
    """Parts of each organisation; those whose indicator ``like`` is withheld are left out."""
    hidden = {c.keys["school"] for c in q.cuts(like, ("school",), year=year) if c.measure.is_hidden}
    found: dict[str, dict[str, int]] = {}
    for school, part, count in rows:
        found.setdefault(school, {})[part] = count
    return {s: tuple(parts.get(name, 0) for name in order) for s, parts in found.items() if s not in hidden}


def courses_by_topic(q: Queries, year: int, kind: str | None = None) -> dict[str, int]:
    """People who took a course on each topic within three school years up to this one."""
    sql = """select topic, count(distinct (school_id, name_id)) from fct_course
        inner join dim_school using (school_id)
        where is_counted and topic is not null and school_year between ? - 2 and ?
            and (? is null or dim_school.kind = ?)
        group by 1"""
    return dict(q.rows(sql, [year, year, kind, kind]))


def without_course(q: Queries, year: int) -> tuple[int, int]:
    """Teachers without a course in three years, and all whose training is known."""
    sql = """select count(*) filter (where not has_course_3y), count(has_course_3y) from fct_staff
        where school_year = ? and is_latest and is_teacher"""
    missing, known = q.rows(sql, [year])[0]
    return missing, known


@dataclass(frozen=True)
class SubjectTeachers:
    """Teachers of one subject in one organisation."""

    school: str
    teachers: int
    known: int
    """Those of whom it is known whether they took a course."""
    with_course: int
    with_subject_course: int
    """In three years; the course's title names the subject."""

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Everything that can be added up over organisations."""
        return self.teachers, self.known, self.with_course, self.with_subject_course


def subject_teachers(
    q: Queries, year: int, subject: str, school: str | None = None, municipality: str | None = None
) -> list[SubjectTeachers]:
    """Who teaches a subject by the latest staff list of the year, by organisation."""
    sql = """select staff.school_id, count(*), count(has_course_3y), count(*) filter (where has_course_3y),
            count(*) filter (where is_profile)
        from fct_staff as staff
        inner join dim_school using (school_id)
        left join fct_course_profile as profile
            on profile.school_id = staff.school_id and profile.name_id = staff.name_id and profile.as_of = staff.as_of
        where staff.school_year = ? and is_latest and is_teacher and list_contains(string_split(subjects, ';'), ?)
            and (? is null or staff.school_id = ?) and (? is null or dim_school.municipality = ?)
        group by 1"""
    return [
        SubjectTeachers(*row)
        for row in q.rows(sql, [year, subject, school, school, municipality, municipality])
    ]


def courses_of(q: Queries, school: str, most: int = 12) -> list[tuple[Any, ...]]:
    """The latest courses of an organisation: topic, title, hours, people, end."""
    sql = """select title, coalesce(topic, ''), hours, count(distinct name_id), max(end_date) from fct_course
        where school_id = ? and is_counted group by 1, 2, 3 order by 5 desc, 1 limit ?"""
    return q.rows(sql, [school, most])

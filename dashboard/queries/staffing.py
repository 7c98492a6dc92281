"""Questions about hours, vacancies, single teachers, the federal forms, attestation and requests."""

from __future__ import annotations

from typing import Any

from dashboard.queries.core import Queries

_PLACE = "(? is null or dim_school.kind = ?) and (? is null or dim_school.municipality = ?)"


def _asked(
    q: Queries, table: str, sql: str, year: int, kind: str | None, place: str | None
) -> list[tuple[Any, ...]]:
    """Rows of single organisations and of few people: for the department alone."""
    if q.viewer.audience != "internal" or not q.has(table):
        return []
    return q.rows(sql, [year, kind, kind, place, place])


def vacancies(q: Queries, year: int, kind: str | None, place: str | None) -> list[tuple[Any, ...]]:
    """Organisation, subject, vacant hours and posts, and how many teach the subject."""
    sql = f"""select fact.school_id, subject, vacant_hours, vacant_rates, teachers
        from fct_subject_staff as fact inner join dim_school using (school_id)
        where fact.school_year = ? and {_PLACE} and (vacant_hours > 0 or vacant_rates > 0)
        order by short_name collate ru, vacant_hours desc nulls last, subject"""
    return _asked(q, "fct_subject_staff", sql, year, kind, place)


def single_teachers(q: Queries, year: int, kind: str | None, place: str | None) -> list[tuple[Any, ...]]:
    """Organisation, subjects taught, those with one teacher, and which of them."""
    sql = f"""select fact.school_id, count(*) filter (where teachers > 0), count(*) filter (where teachers = 1),
            list(subject order by subject) filter (where teachers = 1)
        from fct_subject_staff as fact inner join dim_school using (school_id)
        where fact.school_year = ? and {_PLACE} and dim_school.kind = 'школа' and is_subject
        group by fact.school_id, short_name order by short_name collate ru"""
    return _asked(q, "fct_subject_staff", sql, year, kind, place)


def differences(q: Queries, year: int, kind: str | None, place: str | None) -> list[tuple[Any, ...]]:
    """Organisation, form, its graphs, their meaning, number of the form and of the list, where they differ."""
    sql = f"""select fact.school_id, form,
            string_agg(section || ' (стр. ' || row_code || ', гр. ' || column_code || ')', '; ' order by section),
            column_key, reported, listed
        from fct_staff_reconciled as fact inner join dim_school using (school_id)
        where fact.school_year = ? and {_PLACE} and not is_same
        group by fact.school_id, short_name, form, column_key, reported, listed
        order by short_name collate ru, min(section), min(try_cast(column_code as integer))"""
    return _asked(q, "fct_staff_reconciled", sql, year, kind, place)


def compared_forms(q: Queries, year: int) -> set[str]:
    """Organisations whose form and list could be compared."""
    if not q.has("fct_staff_reconciled"):
        return set()
    found = q.rows("select distinct school_id from fct_staff_reconciled where school_year = ?", [year])
    return {school for (school,) in found}


def due(q: Queries, year: int, kind: str | None, place: str | None) -> list[tuple[Any, ...]]:
    """Organisation, people with known training, overdue, due within a year."""
    sql = f"""select fact.school_id, course_known, course_overdue, course_due_soon
        from fct_staff_detail as fact inner join dim_school using (school_id)
        where fact.school_year = ? and {_PLACE} and course_known > 0 order by short_name collate ru"""
    return _asked(q, "fct_staff_detail", sql, year, kind, place)


def requests(q: Queries, year: int, kind: str | None, place: str | None) -> list[tuple[Any, ...]]:
    """Topic, requests, people, organisations, those met by a course."""
    sql = f"""select topic, count(*), count(distinct (fact.school_id, name_id)), count(distinct fact.school_id),
            count(*) filter (where is_met)
        from fct_request as fact inner join dim_school using (school_id)
        where fact.school_year = ? and {_PLACE} group by topic order by 2 desc, topic"""
    return _asked(q, "fct_request", sql, year, kind, place)


def attestation(q: Queries, year: int, kind: str | None, place: str | None) -> list[tuple[Any, ...]]:
    """Month, applications, decided, successful."""
    sql = f"""select date_trunc('month', planned_on)::date, count(*), count(*) filter (where is_decided),
            count(*) filter (where is_successful)
        from fct_certification as fact inner join dim_school using (school_id)
        where fact.school_year = ? and {_PLACE} group by 1 order by 1"""
    return _asked(q, "fct_certification", sql, year, kind, place)


def expiries(q: Queries, year: int, kind: str | None, place: str | None) -> list[tuple[Any, ...]]:
    """Calendar year and category: how many categories of teachers end in it."""
    sql = f"""select year(category_expires), category, count(*)
        from fct_staff as fact inner join dim_school using (school_id)
        where fact.school_year = ? and {_PLACE} and is_latest and is_teacher and category_expires >= as_of
        group by 1, 2 order by 1, 2"""
    has = q.rows(
        "select 1 from column_dictionary where table_name = 'fct_staff' and column_name = 'category_expires'"
    )
    return _asked(q, "fct_staff", sql, year, kind, place) if has else []


def forecast(
    q: Queries, year: int, kind: str | None, place: str | None
) -> dict[tuple[str, int], tuple[int, float, float]]:
    """Scenario and years ahead → teachers, expected leavers and the variance of their number."""
    sql = f"""select scenario, horizon, sum(teachers), sum(expected), sum(variance)
        from fct_staff_forecast as fact inner join dim_school using (school_id)
        where fact.school_year = ? and {_PLACE} and subject = '' group by 1, 2"""
    rows = _asked(q, "fct_staff_forecast", sql, year, kind, place)
    return {
        (scenario, horizon): (int(people), expected, variance)
        for scenario, horizon, people, expected, variance in rows
    }


def hours_at_risk(q: Queries, year: int, kind: str | None, place: str | None) -> list[tuple[Any, ...]]:
    """Organisation, subject, teachers, and the hours expected to be without one in 1, 3 and 5 years."""
    at = ", ".join(f"max(hours_at_risk) filter (where horizon = {years})" for years in (1, 3, 5))
    sql = f"""select fact.school_id, subject, max(teachers), {at}
        from fct_staff_forecast as fact inner join dim_school using (school_id)
        where fact.school_year = ? and {_PLACE} and subject <> '' and scenario = 'base' and hours_at_risk is not null
        group by fact.school_id, subject order by 6 desc nulls last, 1, 2"""
    return _asked(q, "fct_staff_forecast", sql, year, kind, place)

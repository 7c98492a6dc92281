"""The oracle's staff in detail, hours, requests and attestation, beside the counts of `oracle_teachers`."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tests.marts.oracle_cells import Cells, Row, grouped, share

UNLIMITED_FROM = date(2023, 9, 1)


def staffing(tables: dict[str, list[Row]], kinds: dict[str, str]) -> Cells:
    """Indicators by organisation and year, and those of hours by subject."""
    cells: Cells = {}
    pedagogues: dict[tuple[Any, ...], list[Row]] = {}
    for cell, rows in grouped(tables["staff"], "school_id", "school_year").items():
        last = max(row["as_of"] for row in rows)
        school = kinds.get(cell[0]) == "школа"
        pedagogues[cell] = [
            row for row in rows
            if row["as_of"] == last
            and (row["post_group"] == "учитель" if school else row["post_group"] != "руководитель")
        ]  # fmt: skip
        if pedagogues[cell]:
            cells |= _people(cell, pedagogues[cell], tables["training_course"])
            row_key = "teachers" if school else "pedagogues"
            cells |= _reconciled(cell, pedagogues[cell], tables["federal_form"], row_key)
    cells |= _left(tables["staff"], pedagogues)
    cells |= _computers(tables["federal_form"]) | _hours(tables["teaching_load"])
    cells |= _subjects(tables["teaching_load"], pedagogues)
    return cells | _certification(tables["certification_plan"]) | _requests(tables)


def _left(staff: list[Row], pedagogues: dict[tuple[Any, ...], list[Row]]) -> Cells:
    """Teachers of the year before who are in no row of this year's latest list of their organisation."""
    cells: Cells = {}
    for (school, year), rows in grouped(staff, "school_id", "school_year").items():
        before = [row for row in pedagogues.get((school, year - 1), []) if not row.get("is_external")]
        last = max(row["as_of"] for row in rows)
        there = {row["person_id"] for row in rows if row["as_of"] == last}
        gone = sum(row["person_id"] not in there for row in before)
        cells["staff_left_share", (school, year)] = share(gone, len(before))
    return cells


def _people(cell: tuple[Any, ...], everyone: list[Row], courses: list[Row]) -> Cells:
    own = [row for row in everyone if not row.get("is_external")]
    as_of: date = everyone[0]["as_of"]
    ages = [as_of.year - row["birth_year"] for row in own if row.get("birth_year")]
    service = [row["teaching_years"] for row in own if row.get("teaching_years") is not None]
    both = [r for r in own if r.get("birth_year") and r.get("total_years") is not None]
    starting = [r for r in both if as_of.year - r["birth_year"] <= 35 and r["total_years"] <= 3]
    named = [r for r in own if r.get("subjects") and r["post_group"] == "учитель"]
    cells: Cells = {
        ("external_share", cell): share(len(everyone) - len(own), len(everyone)),
        ("young_specialist_489_share", cell): share(len(starting), len(both)),
        ("service_to_3_share", cell): share(sum(y <= 3 for y in service), len(service)),
        ("service_to_5_share", cell): share(sum(y < 5 for y in service), len(service)),
        ("service_over_30_share", cell): share(sum(y > 30 for y in service), len(service)),
        ("under_30_share", cell): share(sum(age < 30 for age in ages), len(ages)),
        ("age_60_share", cell): share(sum(age >= 60 for age in ages), len(ages)),
        ("vocational_education_share", cell): share(
            sum(r.get("education") == "среднее профессиональное" for r in own),
            sum(r.get("education") is not None for r in own),
        ),
        ("several_subjects_share", cell): share(sum(";" in r["subjects"] for r in named), len(named)),
    }
    if any(row.get("category") for row in everyone):
        cells |= _categories(cell, own, as_of)
    return cells | _courses(cell, own, as_of, courses)


def _categories(cell: tuple[Any, ...], own: list[Row], as_of: date) -> Cells:
    expires = [_expires(row) for row in own]
    valid = [
        "нет" if end and end < as_of else row.get("category") or "нет"
        for row, end in zip(own, expires, strict=True)
    ]
    year_later = as_of.replace(year=as_of.year + 1)
    due = 0
    for row, category in zip(own, valid, strict=True):
        given = row.get("category_date")
        if category == "соответствие" and given:
            due += given.replace(year=given.year + 5) < year_later
        elif category == "нет":
            due += (row.get("teaching_years") or 0) >= 2
    return {
        ("certified_only_share", cell): share(valid.count("соответствие"), len(own)),
        ("no_category_share", cell): share(valid.count("нет"), len(own)),
        ("categories_expiring", cell): (sum(e is not None and as_of <= e < year_later for e in expires), 0, len(own)),
        ("certification_due", cell): (due, 0, len(own)),
    }  # fmt: skip


COMPARED = re.compile(r"all|women|higher|vocational|top_category|first_category|(age|total|teaching)_[0-9_]+")
"""Graphs of a form that a list of staff can answer."""
AGES, SERVICE = (25, 30, 35, 40, 45, 50, 55, 60, 65), (3, 5, 10, 15, 20)


def _band(value: float, edges: tuple[int, ...]) -> str:
    """«age_25_29» without its name: the band between two edges, open at both ends."""
    below = [edge for edge in edges if edge <= value]
    above = [edge for edge in edges if edge > value]
    return "_".join(map(str, [below[-1] if below else 0, *([above[0] - 1] if above else [])]))


def _reconciled(cell: tuple[Any, ...], everyone: list[Row], forms: list[Row], row_key: str) -> Cells:
    own = [row for row in everyone if not row.get("is_external")]
    facts = [_facts(row, cell[1]) for row in own]
    said = [r for r in forms if (r["school_id"], r["school_year"]) == cell and r["row_key"] == row_key]
    same = compared = 0
    for row in said:
        key = row["column_key"]
        about = next(
            (a for a in ("age", "total", "teaching", "women", "education") if key.startswith(a)), key
        )
        about = "education" if key in ("higher", "vocational") else about
        if not own or not COMPARED.fullmatch(key):
            continue
        if about in FACTS and any(about not in fact for fact in facts):
            continue
        compared += 1
        same += row["value"] == sum(key in fact.values() for fact in facts)
    return {("form_match_share", cell): share(same, compared)}


FACTS = ("age", "total", "teaching", "women", "education")


def _facts(row: Row, year: int) -> dict[str, str]:
    """The graphs of a form in which a person is counted, by what they are about; without what is unknown."""
    ends = _expires(row)
    category = None if ends and ends < row["as_of"] else row.get("category")
    found = {"everybody": "all"}
    if row.get("birth_year"):
        found["age"] = "age_" + _band(year - 1 - row["birth_year"], AGES)
    for name in ("total", "teaching"):
        if row.get(f"{name}_years") is not None:
            found[name] = f"{name}_" + _band(row[f"{name}_years"], SERVICE)
    if row.get("sex"):
        found["women"] = "women" if row["sex"] == "ж" else "men"
    if row.get("education"):
        found["education"] = {"высшее": "higher", "среднее профессиональное": "vocational"}[row["education"]]
    found["category"] = {"высшая": "top_category", "первая": "first_category"}.get(category or "", "")
    return found


def _computers(forms: list[Row]) -> Cells:
    cells: Cells = {}
    for cell, rows in grouped(
        [r for r in forms if r["form"] == "ОО-2" and r["row_key"] == "computers"], "school_id", "school_year"
    ).items():
        known = {row["column_key"]: row["value"] for row in rows}
        cells["study_computers", cell] = (known["for_study"], 0, known["for_study"])
        cells["study_computers_share", cell] = share(known["for_study"], known["all"])
    return cells


def _expires(row: Row) -> date | None:
    given: date | None = row.get("category_date")
    if row.get("category") not in ("высшая", "первая"):
        return None
    if row.get("category_until"):
        until: date = row["category_until"]
        return until
    return given.replace(year=given.year + 5) if given and given < UNLIMITED_FROM else None


def _courses(cell: tuple[Any, ...], own: list[Row], as_of: date, courses: list[Row]) -> Cells:
    edge = as_of.replace(year=as_of.year - 3)
    if not any(edge <= course["end_date"] <= as_of for course in courses):
        return {}
    overdue = soon = 0
    for row in own:
        ends = [
            c["end_date"] for c in courses
            if (c["school_id"], c["name_id"]) == (cell[0], row["name_id"]) and c["end_date"] <= as_of
            and (c["kind"] == "ПП" or c["hours"] >= 16)
        ]  # fmt: skip
        last = max(ends, default=None)
        if last is None or last < edge:
            overdue += 1
        elif last < edge.replace(year=edge.year + 1):
            soon += 1
    return {
        ("course_overdue_share", cell): share(overdue, len(own)),
        ("course_due_soon_share", cell): share(soon, len(own)),
    }


def _latest(rows: list[Row]) -> list[Row]:
    last: dict[tuple[Any, ...], date] = {}
    for row in rows:
        cell = (row["school_id"], row["school_year"])
        last[cell] = max(row["as_of"], last.get(cell, row["as_of"]))
    return [row for row in rows if row["as_of"] == last[row["school_id"], row["school_year"]]]


def _hours(load: list[Row]) -> Cells:
    cells: Cells = {}
    for cell, rows in grouped(_latest(load), "school_id", "school_year").items():
        people = grouped([r for r in rows if not r.get("is_vacancy")], "name_id").values()
        given = [[r["hours"] for r in own if r.get("hours") is not None] for own in people]
        hours = [sum(own) for own in given if own]
        cells["mean_load", cell] = (sum(hours), len(hours), len(hours))
        rates = [r for r in rows if r.get("rate") is not None]
        if rates:
            whole = sum(r["rate"] for r in rates)
            vacant = sum(r["rate"] for r in rates if r.get("is_vacancy"))
            cells["staffing_share", cell] = (whole - vacant, whole, whole)
            cells["vacant_rates", cell] = (vacant, 0, whole)
    return cells


def _subjects(load: list[Row], pedagogues: dict[tuple[Any, ...], list[Row]]) -> Cells:
    cells: Cells = {}
    loaded = set()
    named = [row | {"about": row.get("subject") or row["post"]} for row in _latest(load)]
    for cell, rows in grouped(named, "school_id", "school_year", "about").items():
        loaded.add(cell[:2])
        people = {r["name_id"] for r in rows if not r.get("is_vacancy")}
        hours = [r for r in rows if r.get("hours") is not None]
        if hours:
            whole = sum(r["hours"] for r in hours)
            vacant = sum(r["hours"] for r in hours if r.get("is_vacancy"))
            cells["vacant_hours", cell] = (vacant, 0, whole)
            cells["vacant_hours_share", cell] = (vacant, whole, whole)
        if people and rows[0].get("subject"):
            cells["single_teacher_share", cell] = share(int(len(people) == 1), 1)
    for listed, everyone in pedagogues.items():
        if listed not in loaded:
            cells |= _named(listed, everyone)
    return cells


def _named(cell: tuple[Any, ...], everyone: list[Row]) -> Cells:
    taught: dict[str, set[str]] = {}
    for row in everyone:
        if row.get("subjects") and row["post_group"] == "учитель":
            for subject in row["subjects"].split(";"):
                taught.setdefault(subject, set()).add(row["name_id"])
    return {("single_teacher_share", (*cell, s)): share(int(len(p) == 1), 1) for s, p in taught.items()}


def _certification(plan: list[Row]) -> Cells:
    cells: Cells = {}
    kept = [row for row in plan if row.get("result") != "отозвано"]
    for cell, rows in grouped(kept, "school_id", "school_year").items():
        decided = [r["result"] for r in rows if r.get("result")]
        cells["certification_decided_share", cell] = share(len(decided), len(rows))
        cells["certification_success_share", cell] = share(decided.count("успешно"), len(decided))
    return cells


def _requests(tables: dict[str, list[Row]]) -> Cells:
    cells: Cells = {}
    for cell, rows in grouped(tables["course_request"], "school_id", "school_year", "topic").items():
        met = sum(any(_meets(c, row) for c in tables["training_course"]) for row in rows)
        cells["course_requests", cell] = (len(rows), 0, len(rows))
        cells["request_met_share", cell] = share(met, len(rows))
    return cells


def _meets(course: Row, row: Row) -> bool:
    year = course["end_date"].year + (course["end_date"].month >= 9)
    same = all(course.get(name) == row[name] for name in ("school_id", "name_id", "topic"))
    return same and (course["kind"] == "ПП" or course["hours"] >= 16) and year >= row["school_year"]

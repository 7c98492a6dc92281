"""The oracle's teachers: from the staff list of a year, else from the questionnaire."""

from __future__ import annotations

from typing import Any

from tests.marts.oracle_cells import Cells, Row, grouped, share


def teachers(tables: dict[str, list[Row]], kinds: dict[str, str]) -> Cells:
    cells: Cells = {}
    listed = set()
    for cell, rows in grouped(tables["staff"], "school_id", "school_year").items():
        last = max(row["as_of"] for row in rows)
        people = [
            row for row in rows if row["as_of"] == last and _is_teacher(row, kinds.get(row["school_id"]))
        ]
        if people:
            listed.add(cell)
            cells |= _listed(cell, people, tables)
    for row in tables["school_questionnaire"]:
        cell = (row["school_id"], row["school_year"])
        if cell not in listed and row.get("teachers") is not None:
            cells |= _asked(cell, row)
    return cells


def _is_teacher(row: Row, kind: str | None) -> bool:
    if row.get("is_external"):
        return False
    return row["post_group"] == "учитель" if kind == "школа" else row["post_group"] != "руководитель"


def _listed(cell: tuple[Any, ...], people: list[Row], tables: dict[str, list[Row]]) -> Cells:
    as_of = people[0]["as_of"]
    ages = [as_of.year - row["birth_year"] for row in people if row.get("birth_year")]
    retired = [_is_retired(row, as_of.year) for row in people if row.get("birth_year") and row.get("sex")]
    educated = [row["education"] for row in people if row.get("education")]
    old = sum(age >= 55 for age in ages)
    cells: Cells = {
        ("teachers", cell): (len(people), 0, len(people)),
        ("young_teacher_share", cell): share(sum(age < 35 for age in ages), len(ages)),
        ("teacher_to_30_share", cell): share(sum(age < 31 for age in ages), len(ages)),
        ("age_55_share", cell): share(old, len(ages)),
        ("mean_age", cell): (sum(ages), len(ages), len(ages)),
        ("replacement_ratio", cell): (sum(age < 35 for age in ages), old, len(ages)),
        ("pension_age_share", cell): share(sum(retired), len(retired)),
        ("higher_education_share", cell): share(educated.count("высшее"), len(educated)),
    }
    if any(row.get("category") for row in people):
        valid = [_category(row) for row in people]
        top, first = valid.count("высшая"), valid.count("первая")
        cells["top_category_share", cell] = share(top, len(people))
        cells["first_category_share", cell] = share(first, len(people))
        cells["any_category_share", cell] = share(top + first, len(people))
    recent = [row for row in tables["training_course"] if _months(row["end_date"], as_of)]
    if recent:
        trained = {
            r["name_id"]
            for r in recent
            if r["school_id"] == cell[0] and (r["kind"] == "ПП" or r["hours"] >= 16)
        }
        cells["course_3y_share", cell] = share(sum(row["name_id"] in trained for row in people), len(people))
    answers = [row for row in tables["ict_answer"] if row["school_year"] == cell[1]]
    if answers:
        tested = {row["name_id"] for row in answers if row["school_id"] == cell[0]}
        cells["ict_coverage_share", cell] = share(
            sum(row["name_id"] in tested for row in people), len(people)
        )
    return cells


def _months(end: Any, as_of: Any) -> bool:
    """Ended on the list's date or up to three years before it."""
    return end <= as_of and (end.year + 3, end.month, end.day) >= (as_of.year, as_of.month, as_of.day)


def _category(row: Row) -> str | None:
    given, as_of = row.get("category_date"), row["as_of"]
    if row.get("category_until"):
        return None if row["category_until"] < as_of else row.get("category")
    limited = given is not None and (given.year, given.month) < (2023, 9)
    if limited and (given.year + 5, given.month, given.day) < (as_of.year, as_of.month, as_of.day):
        return None
    return row.get("category")


def _is_retired(row: Row, year: int) -> bool:
    """The reform of 2018 postpones the age of 55 or 60 by up to five years, by the year of birth."""
    born, base, first = (row["birth_year"], 55, 1964) if row["sex"] == "ж" else (row["birth_year"], 60, 1959)
    postponed = 0 if born < first else [0.5, 1.5, 3, 4, 5][min(born - first, 4)]
    return year >= born + base + postponed


def _asked(cell: tuple[Any, ...], row: Row) -> Cells:
    teachers = row["teachers"]
    cells: Cells = {("teachers", cell): (teachers, 0, teachers)}
    for indicator, name in (
        ("top_category_share", "top_category"),
        ("first_category_share", "first_category"),
        ("teacher_to_30_share", "teachers_to_30"),
        ("pension_age_share", "pension_age"),
        ("higher_education_share", "higher_education"),
    ):
        if row.get(name) is not None and row[name] <= teachers:
            cells[indicator, cell] = share(row[name], teachers)
    top, first = row.get("top_category"), row.get("first_category")
    if top is not None and first is not None and top + first <= teachers:
        cells["any_category_share", cell] = share(top + first, teachers)
    return cells

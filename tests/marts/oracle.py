"""A boring second implementation of every indicator: plain loops over staged rows, no SQL shared.

Each function fills ``{(indicator, cell): (numerator, denominator, n)}``, where a cell is the tuple of the
values of the indicator's dimensions in their declared order. Cells of 0 people are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]
Cells = dict[tuple[str, tuple[Any, ...]], tuple[float, float, float]]
_WORK = ("school_year", "subject", "grade")


def expected(tables: dict[str, list[Row]], kinds: dict[str, str], levels: Row, topics: list[str]) -> Cells:
    """Every indicator of a district of these staged rows."""
    cells = _results(tables) | _tasks(tables)
    cells |= _teachers(tables, kinds) | _resources(tables) | _ict(tables, levels) | _needs(tables, topics)
    return {key: parts for key, parts in cells.items() if parts[2]}


def _grouped(rows: Iterable[Row], *names: str) -> dict[tuple[Any, ...], list[Row]]:
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row.get(name) for name in names)].append(row)
    return groups


def _share(part: int, whole: int) -> tuple[float, float, float]:
    return part, whole, whole


def _results(tables: dict[str, list[Row]]) -> Cells:
    scales = {tuple(row[name] for name in _WORK): row for row in tables["mark_scale"]}
    cells: Cells = {}
    for key, rows in _grouped(tables["vpr_result"], "school_id", *_WORK, "class").items():
        school, year, subject, grade, label = key
        cell = (school, year, "vpr", subject, grade, label)
        present = [row for row in rows if not row["is_absent"]]
        totals = [row["total_points"] for row in present if row["total_points"] is not None]
        cells["participants", cell] = (len(present), 0, len(present))
        cells["participation_share", cell] = _share(len(present), len(rows))
        cells["mean_primary_score", cell] = (sum(totals), len(totals), len(totals))
        scale = scales.get((year, subject, grade))
        if scale:
            cells |= _marks(cell, present, [scale["min_3"], scale["min_4"], scale["min_5"]])
    return cells


def _marks(cell: tuple[Any, ...], present: list[Row], steps: list[int]) -> Cells:
    written = [row for row in present if row["total_points"] is not None]
    marks = [2 + sum(row["total_points"] >= step for step in steps) for row in written]
    journal = [row.get("journal_mark") for row in written]
    shifts = [mark - known for mark, known in zip(marks, journal, strict=True) if known is not None]
    return {
        ("quality_share", cell): _share(sum(mark in (4, 5) for mark in marks), len(marks)),
        ("pass_share", cell): _share(sum(mark != 2 for mark in marks), len(marks)),
        ("low_mark_share", cell): _share(sum(mark == 2 for mark in marks), len(marks)),
        ("mean_mark", cell): (sum(marks), len(marks), len(marks)),
        ("journal_confirmed_share", cell): _share(sum(shift == 0 for shift in shifts), len(shifts)),
        ("journal_lowered_share", cell): _share(sum(shift < 0 for shift in shifts), len(shifts)),
        ("journal_raised_share", cell): _share(sum(shift > 0 for shift in shifts), len(shifts)),
        ("journal_gap_share", cell): _share(sum(shift not in (-1, 0, 1) for shift in shifts), len(shifts)),
    }


def _tasks(tables: dict[str, list[Row]]) -> Cells:
    classes = {
        (row["school_id"], *(row[n] for n in _WORK), row["pupil_code"]): row["class"]
        for row in tables["vpr_result"]
        if not row["is_absent"]
    }
    specified = {(*(row[n] for n in _WORK), row["task"]): row for row in tables["task_specification"]}
    sums: dict[tuple[Any, ...], list[float]] = defaultdict(lambda: [0, 0, 0])
    for row in tables["vpr_task_score"]:
        work = tuple(row[name] for name in _WORK)
        pupil = (row["school_id"], *work, row["pupil_code"])
        task = specified.get((*work, row["task"]))
        if pupil not in classes or task is None or row["state"] not in ("scored", "not_attempted"):
            continue
        year, subject, grade = work
        cell = (row["school_id"], year, "vpr", subject, grade, classes[pupil], row["task"], task["level"])
        parts = sums[cell]
        parts[0] += row["points"] if row["state"] == "scored" else 0
        parts[1] += task["max_points"]
        parts[2] += 1
    return {("task_success", cell): (parts[0], parts[1], parts[2]) for cell, parts in sums.items()}


def _teachers(tables: dict[str, list[Row]], kinds: dict[str, str]) -> Cells:
    cells: Cells = {}
    listed = set()
    for cell, rows in _grouped(tables["staff"], "school_id", "school_year").items():
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
        ("young_teacher_share", cell): _share(sum(age < 35 for age in ages), len(ages)),
        ("teacher_to_30_share", cell): _share(sum(age < 31 for age in ages), len(ages)),
        ("age_55_share", cell): _share(old, len(ages)),
        ("mean_age", cell): (sum(ages), len(ages), len(ages)),
        ("replacement_ratio", cell): (sum(age < 35 for age in ages), old, len(ages)),
        ("pension_age_share", cell): _share(sum(retired), len(retired)),
        ("higher_education_share", cell): _share(educated.count("высшее"), len(educated)),
    }
    if any(row.get("category") for row in people):
        valid = [_category(row) for row in people]
        top, first = valid.count("высшая"), valid.count("первая")
        cells["top_category_share", cell] = _share(top, len(people))
        cells["first_category_share", cell] = _share(first, len(people))
        cells["any_category_share", cell] = _share(top + first, len(people))
    recent = [row for row in tables["training_course"] if _months(row["end_date"], as_of)]
    if recent:
        trained = {
            r["name_id"]
            for r in recent
            if r["school_id"] == cell[0] and (r["kind"] == "ПП" or r["hours"] >= 16)
        }
        cells["course_3y_share", cell] = _share(sum(row["name_id"] in trained for row in people), len(people))
    answers = [row for row in tables["ict_answer"] if row["school_year"] == cell[1]]
    if answers:
        tested = {row["name_id"] for row in answers if row["school_id"] == cell[0]}
        cells["ict_coverage_share", cell] = _share(
            sum(row["name_id"] in tested for row in people), len(people)
        )
    return cells


def _months(end: Any, as_of: Any) -> bool:
    """Ended on the list's date or up to three years before it."""
    return end <= as_of and (end.year + 3, end.month, end.day) >= (as_of.year, as_of.month, as_of.day)


def _category(row: Row) -> str | None:
    given, as_of = row.get("category_date"), row["as_of"]
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
            cells[indicator, cell] = _share(row[name], teachers)
    top, first = row.get("top_category"), row.get("first_category")
    if top is not None and first is not None and top + first <= teachers:
        cells["any_category_share", cell] = _share(top + first, teachers)
    return cells


def _resources(tables: dict[str, list[Row]]) -> Cells:
    cells: Cells = {}
    for row in tables["school_questionnaire"]:
        cell = (row["school_id"], row["school_year"])
        if row.get("pupils") is not None:
            cells["pupils", cell] = (row["pupils"], 0, row["pupils"])
        for indicator, part, whole, limited in (
            ("computers_per_100", "computers", "pupils", False),
            ("internet_computers_share", "internet_computers", "computers", True),
            ("obsolete_computers_share", "obsolete_computers", "computers", True),
            ("rooms_with_computer_share", "rooms_with_computer", "rooms", True),
            ("rooms_with_projector_share", "rooms_with_projector", "rooms", True),
            ("courses_to_36_per_100", "courses_to_36", "teachers", False),
            ("courses_37_72_per_100", "courses_37_72", "teachers", False),
            ("courses_over_72_per_100", "courses_over_72", "teachers", False),
        ):
            k, n = row.get(part), row.get(whole)
            if k is not None and n is not None and not (limited and k > n):
                cells[indicator, cell] = (k, n, n)
    return cells


def _ict(tables: dict[str, list[Row]], levels: Row) -> Cells:
    cells: Cells = {}
    for (school, year), rows in _grouped(tables["ict_answer"], "school_id", "school_year").items():
        reached = []
        for answers in _grouped(rows, "name_id").values():
            percent = 100 * sum(a["points"] for a in answers) / sum(a["max_points"] for a in answers)
            reached.append([level for level, start in levels.items() if percent >= start][-1])
        for level in levels:
            cells["ict_level_share", (school, year, level)] = _share(reached.count(level), len(reached))
        for (competence,), given in _grouped(rows, "competence").items():
            people = _grouped(given, "name_id").values()
            shares = [sum(a["points"] for a in own) / sum(a["max_points"] for a in own) for own in people]
            cells["ict_competence_mean", (school, year, competence)] = (sum(shares), len(shares), len(shares))
    return cells


def _needs(tables: dict[str, list[Row]], topics: list[str]) -> Cells:
    cells: Cells = {}
    for (school, year), rows in _grouped(tables["training_need"], "school_id", "school_year").items():
        people = {row["name_id"] for row in rows}
        for topic in topics:
            own = [row for row in rows if row["topic"] == topic]
            for indicator, name in (
                ("training_need_share", "is_chosen"),
                ("training_need_first_share", "is_first"),
            ):
                chosen = {row["name_id"] for row in own if row[name]}
                cells[indicator, (school, year, topic)] = _share(len(chosen), len(people))
    return cells

"""A boring second implementation of every indicator: plain loops over staged rows, no SQL shared.

Each function fills ``{(indicator, cell): (numerator, denominator, n)}``, where a cell is the tuple of the
values of the indicator's dimensions in their declared order. Cells of 0 people are left out.
"""

from __future__ import annotations

from typing import Any

from tests.marts.oracle_cells import Cells, Row, grouped, share
from tests.marts.oracle_cohort import cohorts
from tests.marts.oracle_exams import exams
from tests.marts.oracle_forms import forms
from tests.marts.oracle_groups import groups
from tests.marts.oracle_ict import ict
from tests.marts.oracle_marks import marks
from tests.marts.oracle_methodical import methodical
from tests.marts.oracle_results import results, tasks
from tests.marts.oracle_staffing import staffing
from tests.marts.oracle_teachers import teachers
from tests.marts.oracle_training import training


def expected(tables: dict[str, list[Row]], kinds: dict[str, str], levels: Row, topics: list[str]) -> Cells:
    """Every indicator of a district of these staged rows."""
    cells = results(tables) | tasks(tables) | marks(tables) | exams(tables)
    cells |= staffing(tables, kinds) | teachers(tables, kinds)
    cells |= _resources(tables) | ict(tables, levels) | _needs(tables, topics)
    cells |= groups(tables)
    cells |= cohorts(tables) | forms(tables) | training(tables, kinds) | methodical(tables, kinds)
    return {key: parts for key, parts in cells.items() if parts[2]}


def _resources(tables: dict[str, list[Row]]) -> Cells:
    cells: Cells = {}
    for row in tables["school_questionnaire"]:
        cell = (row["school_id"], row["school_year"])
        if row.get("pupils") is not None:
            cells["pupils", cell] = (row["pupils"], 0, row["pupils"])
        cells |= _classes(cell, row)
        for indicator, part, whole, limited in (
            ("computers_per_100", "computers", "pupils", False),
            ("internet_computers_per_100", "internet_computers", "pupils", False),
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


def _classes(cell: tuple[Any, ...], row: Row) -> Cells:
    """Pupils by stage, and how many there are in a class, from the table of classes."""
    cells: Cells = {}
    pupils = {grade: row.get(f"pupils_{grade}") for grade in range(1, 13)}
    for name, grades in (("primary", range(1, 5)), ("basic", range(5, 10)), ("senior", range(10, 13))):
        known = [pupils[grade] for grade in grades if pupils[grade] is not None]
        if known:
            cells[f"pupils_{name}", cell] = (sum(known), 0, sum(known))
    every = [n for n in pupils.values() if n is not None]
    classes = sum(row.get(f"classes_{grade}") or 0 for grade in range(1, 13))
    if every and classes:
        cells["class_size", cell] = (sum(every), classes, classes)
    return cells


def _needs(tables: dict[str, list[Row]], topics: list[str]) -> Cells:
    cells: Cells = {}
    for (school, year), rows in grouped(tables["training_need"], "school_id", "school_year").items():
        people = {row["name_id"] for row in rows}
        for topic in topics:
            own = [row for row in rows if row["topic"] == topic]
            for indicator, name in (
                ("training_need_share", "is_chosen"),
                ("training_need_first_share", "is_first"),
            ):
                chosen = {row["name_id"] for row in own if row[name]}
                cells[indicator, (school, year, topic)] = share(len(chosen), len(people))
    return cells

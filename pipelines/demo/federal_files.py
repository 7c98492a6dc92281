"""ОО-1 of every school for the last two years, from the same people as the staff lists; one has a slip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipelines.demo.form_sheets import form_sheets
from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import Organisation, Region
from pipelines.demo.people import Person, list_date, staff_of
from pipelines.demo.sheet import Cell, Workbook
from pipelines.demo.vocabulary import NOTICE
from pipelines.source import Form
from pipelines.sources import sources

SOURCE = "oo_1"
SECTIONS = ("3.1", "3.2", "3.3")
AGES = (25, 30, 35, 40, 45, 50, 55, 60, 65)
SERVICE = (3, 5, 10, 15, 20)
OTHERS = {
    "Педагог-психолог": "psychologists", "Социальный педагог": "social", "Учитель-логопед": "speech_therapists",
}  # fmt: skip
"""Posts beside teachers that have a row of their own in § 3.1."""
MOST = 5
"""Schools of a region whose form is at hand: it is a file of its own for each."""
SLIP = ("980102", YEARS[-1])
"""The school that forgot in its form whom the list has, so that the comparison has something to show."""


def federal_files(raw: Path, region: Region, model: Model) -> Iterator[Workbook]:
    """A workbook of three sections for each school and year."""
    form = sources()[SOURCE].form
    assert form is not None  # declared as a form
    for year in YEARS[-2:]:
        for one in region.schools[:MOST]:
            name = f"ОО-1 {year - 1} {one.settlement}"
            lines = (
                f"Наименование отчитывающейся организации: {one.name}",
                f"на начало {year - 1}/{year} учебного года", NOTICE,
            )  # fmt: skip
            numbers = _numbers(form, one, year, model)
            yield Workbook(raw / SOURCE / f"{name}.xlsx", list(form_sheets(form, lines, numbers)), name)


def _numbers(
    form: Form, one: Organisation, year: int, model: Model
) -> dict[str, dict[tuple[str, str], Cell]]:
    people = [person for person in staff_of(one, year, model) if not person.is_external]
    if (one.code, year) == SLIP:
        people = people[:-1]
    groups = _groups(people)
    found: dict[str, dict[tuple[str, str], Cell]] = {}
    for name in SECTIONS:
        section, table = form.sections[name], dict[tuple[str, str], Cell]()
        for row, (whose, _) in section.rows.items():
            if whose in groups:
                counts = Counter(key for person in groups[whose] for key in graphs(person, year))
                table |= {(row, code): counts[key] for code, (key, _) in section.columns.items()}
        found[name] = table
    return found


def _groups(people: list[Person]) -> dict[str, list[Person]]:
    """Rows of the sections by their keys: all, heads, pedagogues, teachers and whoever else teaches or brings up."""
    found: dict[str, list[Person]] = {"all_staff": people, "heads": [], "pedagogues": [], "teachers": []}
    for person in people:
        if person.post.hours is None:
            found["heads"].append(person)
            continue
        found["pedagogues"].append(person)
        row = "teachers" if person.is_teacher else OTHERS.get(person.post.title, "other_pedagogues")
        found.setdefault(row, []).append(person)
    return found


def graphs(person: Person, year: int) -> Iterator[str]:
    """The graphs of forms about staff in which a person is counted."""
    day = list_date(year)
    yield "all"
    yield "higher" if person.has_degree else "vocational"
    yield from ("higher_pedagogical",) if person.has_degree else ("vocational_pedagogical",)
    level, _ = person.category_at(year)
    yield {"высшая": "top_category", "первая": "first_category"}.get(level, "")
    if person.female:
        yield "women"
    yield "full_time"
    age = "age_" + _band(year - 1 - person.born.year, AGES)
    yield age
    if person.female:
        yield f"{age}_women"
    for name, since in (("total", person.worked_from), ("teaching", person.taught_from)):
        months = (day.year - since.year) * 12 + day.month - since.month
        yield f"{name}_{_band(months // 12, SERVICE)}"
    yield "with_teaching"


def _band(value: int, edges: tuple[int, ...]) -> str:
    start = max((edge for edge in edges if edge <= value), default=0)
    end = min((edge for edge in edges if edge > value), default=None)
    return f"{start}_{end - 1}" if end else str(start)

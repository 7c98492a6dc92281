"""Registers of finished courses, one for every school year; one of them was saved as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.demo.courses import EARLIER, Course, taken
from pipelines.demo.faults import spoiled
from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import Organisation, Region
from pipelines.demo.sheet import Row, Sheet, Workbook
from pipelines.demo.staff_files import numbered
from pipelines.demo.vocabulary import NOTICE

SOURCE = "training_course_register"
REGISTER = (
    "№", "Организация", "ФИО", "Тема курса", "Вид (ПК/ПП)", "Направление", "Количество часов", "Форма",
    "Организация, проводившая обучение", "Дата начала", "Дата окончания", "№ удостоверения",
)  # fmt: skip
CSV_YEAR = 2024
"""The year in which the register was saved as «;»-separated text."""


def course_files(raw: Path, region: Region, model: Model) -> Iterator[Workbook]:
    """The register of every school year; the first also holds what was finished before."""
    for year in YEARS:
        name = " ".join(filter(None, (f"Реестр КПК {year - 1}-{year % 100:02d}", region.folder)))
        suffix = "csv" if year == CSV_YEAR else "xlsx"
        title = f"Реестр повышения квалификации за {year - 1}/{year % 100:02d} учебный год"
        rows = numbered(_rows(region, year, model))
        yield Workbook(
            raw / SOURCE / f"{name}.{suffix}", [Sheet("Реестр", [REGISTER], rows, (title, NOTICE))], title
        )


def _rows(region: Region, year: int, model: Model) -> Iterator[Row]:
    years = range(year - EARLIER, year + 1) if year == YEARS[0] else (year,)
    for one in region.organisations:
        yield from _of_organisation(one, year, years, model)


def _of_organisation(one: Organisation, period: int, years: Sequence[int], model: Model) -> list[Row]:
    rows = [_row(one, course) for year in years for course in taken(one, year, model)]
    return spoiled(SOURCE, str(period), one.code, REGISTER, rows)


def _row(one: Organisation, course: Course) -> Row:
    about = [None, one.aliases[0], course.person.name, course.title, course.kind, course.topic, course.hours]
    return [*about, course.form, course.provider, course.start, course.end, course.certificate]

"""Staff lists of every September and registers of finished courses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from pipelines.demo.courses import EARLIER, Course, taken
from pipelines.demo.faults import spoiled
from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import Organisation, Region
from pipelines.demo.people import Person, list_date, staff_of
from pipelines.demo.sheet import Cell, Row, Sheet, Workbook
from pipelines.demo.vocabulary import CATEGORY_SPELLINGS, EDUCATION_SPELLINGS, NOTICE

SOURCE, COURSES = "staff_list", "training_course_register"
STAFF = (
    "№ п/п", "Организация", "ФИО", "Дата рождения", "Пол", "СНИЛС", "Должность", "Предмет", "Образование", "Категория",
    "Дата присвоения категории", "Общий стаж", "Педагогический стаж", "Нагрузка, ч", "Совместитель",
)  # fmt: skip
OWN_LIST = (
    "№ п/п", "Ф.И.О. (полностью)", "Дата рождения", "СНИЛС", "Должность", "Преподаваемые дисциплины",
    "Образование (квалификация)", "Кв. категория", "Дата присвоения", "Общий стаж работы", "Педагогический стаж",
    "Нагрузка (ч)",
)  # fmt: skip
OWN_FROM = (0, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13)
"""Which columns of `STAFF` stand in a school's own list."""
REGISTER = (
    "№", "Организация", "ФИО", "Тема курса", "Вид (ПК/ПП)", "Направление", "Количество часов", "Форма",
    "Организация, проводившая обучение", "Дата начала", "Дата окончания", "№ удостоверения",
)  # fmt: skip
CSV_YEAR = 2024
"""The year in which the register was saved as «;»-separated text."""


def staff_files(raw: Path, region: Region, seed: int, model: Model) -> Iterator[Workbook]:
    """The district's list of every autumn, and the list of a school that sends its own."""
    for year in YEARS:
        name = " ".join(filter(None, (f"Педкадры на {list_date(year):%d.%m.%Y}", region.folder)))
        yield Workbook(raw / SOURCE / f"{name}.xlsx", [_list(region, year, seed, model)], name)
        for one in region.organisations:
            if one.sends_own_staff_list:
                title = f"Список педагогов {one.settlement} {list_date(year):%Y}"
                yield Workbook(raw / SOURCE / f"{title}.xlsx", [_own_list(one, year, seed, model)], title)


def _list(region: Region, year: int, seed: int, model: Model) -> Sheet:
    top: list[Cell] = list(STAFF)
    top[8:11], top[11:13] = ["Квалификация", None, None], ["Стаж работы", None]
    below: list[Cell] = [heading if 8 <= at <= 12 else None for at, heading in enumerate(STAFF)]
    alone = [f"{letter}1:{letter}2" for letter in "ABCDEFGHNO"]
    titles = ("Банк данных педагогических кадров", f"на {list_date(year):%d.%m.%Y}", NOTICE)
    rows = _numbered(_rows(region, year, seed, model))
    return Sheet("Педкадры", [top, below], rows, titles=titles, merges=[*alone, "I1:K1", "L1:M1"])


def _own_list(one: Organisation, year: int, seed: int, model: Model) -> Sheet:
    titles = (f"Список педагогических работников {one.name}", f"на {list_date(year):%d.%m.%Y}", NOTICE)
    rows = _numbered(_staff_rows(one, year, seed, model))
    return Sheet("Лист1", [OWN_LIST], ([row[at] for at in OWN_FROM] for row in rows), titles=titles)


def _rows(region: Region, year: int, seed: int, model: Model) -> Iterator[Row]:
    for one in region.organisations:
        if not one.sends_own_staff_list:
            yield from _staff_rows(one, year, seed, model)


def _numbered(rows: Iterable[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        yield [number, *row[1:]]


def _staff_rows(one: Organisation, year: int, seed: int, model: Model) -> list[Row]:
    rows = [_staff_row(one, person, year) for person in staff_of(one, year, seed, model)]
    return spoiled(SOURCE, str(year), one.code, STAFF, rows)


def _staff_row(one: Organisation, person: Person, year: int) -> Row:
    category, given = person.category_at(year)
    degree = EDUCATION_SPELLINGS["высшее" if person.has_degree else "спо"]
    as_of = list_date(year)
    return [
        None, one.aliases[0] if one.style % 2 else one.name, person.name, person.born, "ж" if person.female else "м",
        person.snils, person.post.title, person.post.subjects or None, degree[one.style % len(degree)],
        CATEGORY_SPELLINGS[category][one.style % 4], given, service(person.worked_from, as_of, one.style),
        service(person.taught_from, as_of, one.style), person.post.hours, "внешний" if person.is_external else None,
    ]  # fmt: skip


def service(since: date, until: date, style: int) -> str | int:
    """Years of service as one of the offices writes them: «12 л. 3 м.», «12,3», «12»."""
    months = (until.year - since.year) * 12 + until.month - since.month
    years, rest = divmod(months, 12)
    if style % 3 == 0:
        unit = "г." if years % 10 in (1, 2, 3, 4) and years // 10 != 1 else "л."
        return f"{years} {unit} {rest} м."
    return f"{years},{rest * 10 // 12}" if style % 3 == 1 else years


def course_sheets(region: Region, seed: int, model: Model) -> Iterator[tuple[int, Sheet]]:
    """The register of every school year; the first also holds what was finished before."""
    for year in YEARS:
        years = range(year - EARLIER, year + 1) if year == YEARS[0] else (year,)
        found = (row for one in region.organisations for row in _course_rows(one, year, years, seed, model))
        titles = (f"Реестр повышения квалификации за {year - 1}/{year % 100:02d} учебный год", NOTICE)
        yield year, Sheet("Реестр", [REGISTER], _numbered(found), titles=titles)


def course_name(year: int, region: Region) -> str:
    return " ".join(filter(None, (f"Реестр КПК {year - 1}-{year % 100:02d}", region.folder)))


def _course_rows(
    one: Organisation, period: int, years: range | tuple[int, ...], seed: int, model: Model
) -> list[Row]:
    rows = [_course_row(one, course) for year in years for course in taken(one, year, seed, model)]
    return spoiled(COURSES, str(period), one.code, REGISTER, rows)


def _course_row(one: Organisation, course: Course) -> Row:
    about = [None, one.aliases[0], course.person.name, course.title, course.kind, course.topic, course.hours]
    return [*about, course.form, course.provider, course.start, course.end, course.certificate]

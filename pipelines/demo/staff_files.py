"""Staff lists: the district's of every September, and one that a school makes in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from pipelines.demo.faults import spoiled
from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import Organisation, Region
from pipelines.demo.people import Person, list_date, staff_of
from pipelines.demo.sheet import Cell, Row, Sheet, Workbook
from pipelines.demo.vocabulary import CATEGORY_SPELLINGS, EDUCATION_SPELLINGS, NOTICE

SOURCE = "staff_list"
STAFF = (
    "№ п/п", "Организация", "ФИО", "Дата рождения", "Пол", "СНИЛС", "Должность", "Предмет", "Образование",
    "Категория", "Дата присвоения категории", "Общий стаж", "Педагогический стаж",
    "Нагрузка, ч", "Совместитель",
)  # fmt: skip
OWN_LIST = (
    "№ п/п", "Ф.И.О. (полностью)", "Дата рождения", "СНИЛС", "Должность", "Преподаваемые дисциплины",
    "Образование (квалификация)", "Кв. категория", "Дата присвоения", "Общий стаж работы",
    "Педагогический стаж", "Нагрузка (ч)",
)  # fmt: skip
OWN_FROM = (0, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13)
"""Which columns of `STAFF` stand in a school's own list."""


def staff_files(raw: Path, region: Region, model: Model) -> Iterator[Workbook]:
    """The district's list of every autumn, and the list of a school that sends its own."""
    for year in YEARS:
        name = " ".join(filter(None, (f"Педкадры на {list_date(year):%d.%m.%Y}", region.folder)))
        yield Workbook(raw / SOURCE / f"{name}.xlsx", [_list(region, year, model)], name)
        for one in region.organisations:
            if one.sends_own_staff_list:
                title = f"Список педагогов {one.settlement} {list_date(year):%Y}"
                yield Workbook(raw / SOURCE / f"{title}.xlsx", [_own_list(one, year, model)], title)


def _list(region: Region, year: int, model: Model) -> Sheet:
    top: list[Cell] = list(STAFF)
    top[8:11], top[11:13] = ["Квалификация", None, None], ["Стаж работы", None]
    below: list[Cell] = [heading if 8 <= at <= 12 else None for at, heading in enumerate(STAFF)]
    alone = [(0, 1, at, at) for at, heading in enumerate(below) if heading is None]
    titles = ("Банк данных педагогических кадров", f"на {list_date(year):%d.%m.%Y}", NOTICE)
    rows = numbered(_rows(region, year, model))
    return Sheet(
        "Педкадры", [top, below], rows, titles=titles, merges=[*alone, (0, 0, 8, 10), (0, 0, 11, 12)]
    )


def _own_list(one: Organisation, year: int, model: Model) -> Sheet:
    titles = (f"Список педагогических работников {one.name}", f"на {list_date(year):%d.%m.%Y}", NOTICE)
    rows = numbered(_staff_rows(one, year, model))
    return Sheet("Лист1", [OWN_LIST], ([row[at] for at in OWN_FROM] for row in rows), titles=titles)


def _rows(region: Region, year: int, model: Model) -> Iterator[Row]:
    for one in region.organisations:
        if not one.sends_own_staff_list:
            yield from _staff_rows(one, year, model)


def numbered(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows with their running number in the first column."""
    for number, row in enumerate(rows, 1):
        yield [number, *row[1:]]


def _staff_rows(one: Organisation, year: int, model: Model) -> list[Row]:
    rows = [_staff_row(one, person, year) for person in staff_of(one, year, model)]
    return spoiled(SOURCE, str(year), one.code, STAFF, rows)


def _staff_row(one: Organisation, person: Person, year: int) -> Row:
    category, given = person.category_at(year)
    degree = EDUCATION_SPELLINGS["высшее" if person.has_degree else "спо"][one.style % 4]
    name = one.aliases[0] if one.style % 2 else one.name
    years = (service(since, list_date(year), one.style) for since in (person.worked_from, person.taught_from))
    about = [None, name, person.name, person.born, "ж" if person.female else "м", person.snils]
    post = [
        person.post.title,
        person.post.subjects or None,
        degree,
        CATEGORY_SPELLINGS[category][one.style % 4],
    ]
    return [*about, *post, given, *years, person.post.hours, "внешний" if person.is_external else None]


def service(since: date, until: date, style: int) -> str | int:
    """Years of service as one of the offices writes them: «12 л. 3 м.», «12,3», «12»."""
    months = (until.year - since.year) * 12 + until.month - since.month
    years, rest = divmod(months, 12)
    if style % 3 == 0:
        unit = "г." if years % 10 in (1, 2, 3, 4) and years // 10 != 1 else "л."
        return f"{years} {unit} {rest} м."
    return f"{years},{rest * 10 // 12}" if style % 3 == 1 else years

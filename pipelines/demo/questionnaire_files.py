"""The yearly questionnaire of ФИС ОКО: one row per school, headings as the real one has them."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from pathlib import Path

from pipelines.demo.courses import taken
from pipelines.demo.faults import spoiled
from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import Organisation, Region
from pipelines.demo.people import list_date, staff_of
from pipelines.demo.pupils import cohort
from pipelines.demo.sheet import Cell, Row, Sheet, Workbook
from pipelines.demo.vocabulary import NOTICE, SPEEDS

SOURCE = "school_questionnaire"
GRADES = range(1, 13)
VILLAGE = "4. Населенный пункт сельского типа (село, хутор, деревня и пр.)"


def headings(year: int) -> list[str]:
    """The headings of one year: only the school year inside one of them changes."""
    staff = "(работающих не менее чем на 0,5 ставки)"
    return [
        "логин", "Код региона", "Название ОО", "Где расположена Ваша образовательная организация?",
        "Укажите наименование населенного пункта, где расположена Ваша образовательная организация "
        '(пожалуйста, укажите только название населенного пункта без обозначений "город", "пгт", '
        '"деревня" и т.д.)',
        f"Укажите количество обучающихся в ОО в {year - 1}/{year} учебном году (в сумме по всем классам)",
        *(f"{grade} класс {what}" for grade in GRADES for what in ("Классов/групп", "Обучающихся")),
        f"Сколько всего в школе учителей {staff}?",
        f"Сколько в школе  учителей высшей категории {staff}?",
        f"Сколько в школе учителей первой категории {staff}?",
        f"Сколько в школе учителей с высшим образованием {staff}?",
        f"Сколько в школе учителей {staff} не старше 30 лет?",
        f"Сколько в школе учителей {staff}, достигших пенсионного возраста (имеющих право на пенсию "
        "по возрасту, а не по педагогическому стажу)?",
        "Длительностью не более 36 часов", "Длительностью более 36 часов и не более 72 часов",
        "Длительностью более 72 часов",
        "Сколько в школе учебных классов (кабинетов), в которых проходят занятия?",
        "В скольких из них рабочее место учителя оборудовано компьютером?",
        "В скольких учебных классах, кабинетах есть проектор и/или интерактивная доска?",
        "Сколько компьютеров обучающиеся могут использовать в процессе обучения (включая компьютеры в "
        "компьютерном классе, других учебных классах, библиотеке)?",
        "Сколько из этих компьютеров являются маломощными, устаревшими, требующими замены или переоснащения?",
        "Сколько из этих компьютеров имеют доступ к сети Интернет (вне зависимости от того, проводной "
        "интернет или Wi-Fi)?",
        '"Скорость Интернета, заявленная Интернет-провайдером (указанная в договоре с Интернет-провайдером)? '
        'Выберите вариант из выпадающего списка"',
    ]  # fmt: skip


def questionnaire_files(raw: Path, region: Region, model: Model) -> Iterator[Workbook]:
    """One file a year."""
    for year in YEARS:
        header = headings(year)
        title = f"Сбор контекстных данных об ОО {year}"
        rows = (row for school in region.schools for row in _rows(school, year, header, model))
        sheet = Sheet("Сбор контекстных данных об ОО", [header], rows)
        name = " ".join(filter(None, (title, region.folder)))
        yield Workbook(
            raw / SOURCE / f"{name}.xlsx", [sheet, Sheet("О файле", [], [[title], [NOTICE]])], title
        )


def _rows(school: Organisation, year: int, header: list[str], model: Model) -> list[Row]:
    grades = _grades(school, year, model)
    pupils = sum(grades[1::2])
    row: list[Cell] = [school.login, 98, school.name, VILLAGE, school.settlement, pupils, *grades]
    row += [*_teachers(school, year, model), *_rooms(school, year, model)]
    return spoiled(SOURCE, str(year), school.code, header, [row])


def _grades(school: Organisation, year: int, model: Model) -> list[int]:
    """Classes and pupils of every grade, one after another."""
    found: list[int] = []
    for grade in GRADES:
        taught = grade <= school.last_grade
        size = len(cohort(school, year - grade, model)) if taught else 0
        found += [ceil(size / school.class_limit), size]
    return found


def _teachers(school: Organisation, year: int, model: Model) -> list[int]:
    teachers = [p for p in staff_of(school, year, model) if p.is_teacher and not p.is_external]
    levels = [person.category_at(year)[0] for person in teachers]
    ages = [person.age_at(list_date(year)) for person in teachers]
    degrees = sum(person.has_degree for person in teachers)
    pension = sum(age >= (59 if person.female else 64) for age, person in zip(ages, teachers, strict=True))
    hours = [course.hours for course in taken(school, year, model) if course.person in teachers]
    return [
        len(teachers), levels.count("высшая"), levels.count("первая"), degrees,
        sum(age <= 30 for age in ages), pension,
        sum(h <= 36 for h in hours), sum(36 < h <= 72 for h in hours), sum(h > 72 for h in hours),
    ]  # fmt: skip


def _rooms(school: Organisation, year: int, model: Model) -> list[Cell]:
    """Rooms and computers: every year more of them are old, until somebody renews them."""
    chance, equipment = school.random(model.seed, "rooms"), model.equipment
    rooms = max(6, round(school.cohort * 0.5) + school.last_grade)
    age = year - YEARS[0]
    computers = equipment.base + round(equipment.per_pupil * school.cohort * school.last_grade) + age
    aged = equipment.obsolete_start + chance.uniform(-0.06, 0.06) + equipment.obsolete_growth * age
    renewed_school, renewed_year = equipment.renewed
    if school.code == renewed_school and year >= renewed_year:
        computers, aged = computers + 12, 0.1
    online = min(computers, round(computers * (0.8 + 0.05 * age)))
    with_projector = round(rooms * (0.55 + 0.06 * age))
    speed = SPEEDS[min(3, chance.randrange(2) + age // 2 + (school.cohort > 12))]
    return [
        rooms,
        round(rooms * (0.75 + 0.06 * age)),
        with_projector,
        computers,
        round(computers * aged),
        online,
        speed,
    ]

"""Hours of every September with the vacancies that nobody took, plans of attestation and requests for courses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path

from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import KINDERGARTEN, SCHOOL, Organisation, Region
from pipelines.demo.people import LEVELS, Person, staff_of
from pipelines.demo.posts import Post, posts
from pipelines.demo.sheet import Cell, Row, Sheet, Workbook
from pipelines.demo.vocabulary import NOTICE, TOPICS

LOAD, PLAN, REQUEST = "teaching_load", "certification_plan", "course_request"
LOADED = YEARS[-2:]
"""Years whose lists of hours, plans and requests are at hand."""
LOAD_HEADER = (
    "Организация", "Педагог", "Должность", "Дисциплина", "Класс/группа", "Часов в неделю", "Ставок", "Сумма, руб.",
)  # fmt: skip
PLAN_HEADER = (
    "№", "ФИО", "ОО", "Должность", "Имеющаяся категория", "Дата присвоения", "Заявленная категория",
    "Дата заявления", "Месяц аттестации", "Форма", "Результат",
)  # fmt: skip
REQUEST_HEADER = ("№", "Тема курса", "Категория слушателей", "ФИО", "ОО", "Желаемый срок")
FULL = {SCHOOL: 18, KINDERGARTEN: 36}
"""Hours of one full post."""
MONTHS = ("октябрь", "декабрь", "февраль", "март")


def load_files(raw: Path, region: Region, model: Model) -> Iterator[Workbook]:
    """Three files a year."""
    for year in LOADED:
        span = f"{year - 1}/{year % 100:02d}"
        for source, title, header, rows in (
            (LOAD, f"Тарификационный список на 01.09.{year - 1}", LOAD_HEADER, _load(region, year, model)),
            (PLAN, f"График аттестации на {span} учебный год", PLAN_HEADER, _plan(region, year, model)),
            (
                REQUEST,
                f"Заявка на курсы на {span} учебный год",
                REQUEST_HEADER,
                _requests(region, year, model),
            ),
        ):
            name = " ".join(filter(None, (title.replace("/", "-"), region.folder)))
            sheet = Sheet("Лист1", [header], list(rows), titles=(title, NOTICE))
            yield Workbook(raw / source / f"{name}.xlsx", [sheet], name)


def _load(region: Region, year: int, model: Model) -> Iterator[Row]:
    for one in region.organisations:
        people = staff_of(one, year, model)
        held = Counter(person.post for person in people)
        vacant = (Counter(posts(one)) - held).elements()
        rows = ((person.name, person.post) for person in people)
        for at, (name, post) in enumerate(chain(rows, (("Вакансия", post) for post in vacant))):
            yield from _hours(one, name, post, at)


def _hours(one: Organisation, name: str, post: Post, at: int) -> Iterator[Row]:
    """A post's hours over its subjects and one or two classes of each."""
    if post.hours is None:
        return
    full = FULL.get(one.kind, 18)
    subjects = post.subjects.split("; ") if post.subjects else [None]
    parts = [(s, label) for n, s in enumerate(subjects) for label in _classes(one, s, at + n)]
    for number, (subject, label) in enumerate(parts):
        hours = post.hours // len(parts) + (number < post.hours % len(parts))
        if hours:
            rate = round(hours / max(full, 1), 2)
            yield [one.aliases[0], name, post.title, subject, label, hours, rate, hours * 731.5]


def _classes(one: Organisation, subject: str | None, at: int) -> list[str]:
    if one.kind != SCHOOL:
        return [f"группа {at % 4 + 1}"]
    if subject == "Начальные классы":
        return [str(at % 4 + 1)]
    first = 5 + at % max(1, one.last_grade - 6)
    return [str(first), str(first + 1), str(first + 2)]


def _plan(region: Region, year: int, model: Model) -> Iterator[Row]:
    """Who went up by the next autumn had applied; in the last year the decisions are still to come."""
    number = 0
    for one in region.organisations:
        for person in staff_of(one, year, model):
            chance = one.random(model.seed, "plan", person.snils, year)
            level, given = person.category_at(year)
            applies = person.raised_in == year + 1 if year < YEARS[-1] else chance.random() < 0.07
            if not applies or level == "высшая":
                continue
            number += 1
            wanted = LEVELS[max(2, LEVELS.index(level) + 1)]
            result = None if year == YEARS[-1] else "присвоена"
            applied, month = date(year - 1, 9, 10 + number % 15), chance.choice(MONTHS)
            about: list[Cell] = [number, person.name, one.aliases[0], person.post.title, level, given]
            yield [*about, wanted, applied, month, "по результатам работы", result]


def _requests(region: Region, year: int, model: Model) -> Iterator[Row]:
    number = 0
    for one in region.organisations:
        for person in staff_of(one, year, model):
            chance = one.random(model.seed, "request", person.snils, year)
            if chance.random() < 0.22:
                number += 1
                topic = chance.choices(list(TOPICS), _weights(one))[0]
                yield [
                    number,
                    TOPICS[topic],
                    _audience(person),
                    person.name,
                    one.aliases[0],
                    chance.choice(MONTHS),
                ]


def _weights(one: Organisation) -> tuple[int, ...]:
    return (2, 2, 3, 6, 5, 2, 1, 2, 0, 2, 1) if one.kind == SCHOOL else (1, 1, 0, 0, 4, 3, 1, 1, 8, 3, 1)


def _audience(person: Person) -> str:
    return "учителя" if person.is_teacher else "педагоги"

"""The cabinet's own two forms of the last two years: the journal of methodical work, facts for self-examination."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import SCHOOL, Organisation, Region
from pipelines.demo.people import Person, list_date, staff_of
from pipelines.demo.pupils import pupils
from pipelines.demo.sheet import Cell, Row, Sheet, Workbook
from pipelines.demo.vocabulary import NOTICE, TOPICS
from pipelines.source import Source
from pipelines.sources import sources

JOURNAL, FACTS = "methodical_work", "organisation_facts"
KEPT = YEARS[-2:]
"""Years whose forms are at hand."""
MEETINGS = ((9, 26), (11, 14), (1, 23), (3, 27))
"""Days of the meetings of the teachers' associations."""
EVENTS = (("семинар", 0.35), ("мастер-класс", 0.18), ("открытый урок", 0.12), ("конференция", 0.2))
"""How likely a person takes part in one of a kind in a year."""
LEVELS, RESULTS = ("муниципальный", "региональный", "всероссийский"), ("участник", "призёр", "победитель")


def methodical_files(raw: Path, region: Region, model: Model) -> Iterator[Workbook]:
    """Both forms of every year."""
    for year in KEPT:
        span = f"{year - 1}/{year % 100:02d}"
        for source, title, rows in (
            (JOURNAL, f"Журнал методической работы за {span} учебный год", _journal(region, year, model)),
            (FACTS, f"Сведения для самообследования за {span} учебный год", _facts(region, year, model)),
        ):
            name = " ".join(filter(None, (title.replace("/", "-"), region.folder)))
            sheet = Sheet("Лист1", [_headings(sources()[source])], list(rows), titles=(title, NOTICE))
            yield Workbook(raw / source / f"{name}.xlsx", [sheet], name)


def _headings(source: Source) -> list[str]:
    """The first heading of every column that people fill."""
    return [column.headings[0] for column in source.columns.values()]


def _journal(region: Region, year: int, model: Model) -> Iterator[Row]:
    for one in region.organisations:
        for person in staff_of(one, year, model):
            if person.post.hours is not None and not person.is_external:
                yield from _deeds(one, person, year, one.random(model.seed, "deeds", person.snils, year))


def _deeds(one: Organisation, person: Person, year: int, chance: Random) -> Iterator[Row]:
    """What one person did in a year, in the columns of the journal."""
    who: list[Cell] = [one.aliases[0], person.name]
    about = person.post.subjects.split(";")[0].lower() or person.post.title.lower()
    for at, (month, day) in enumerate(MEETINGS):
        came = "присутствовал" if chance.random() < 0.85 else "отсутствовал"
        title = f"Заседание {at + 1}: {about}"
        yield [*who, _day(year, month, day), "заседание РМО", title, f"РМО: {about}", None, came, None, None]
    yield from _events(who, year, chance)
    yield from _help(who, year, chance)
    if (list_date(year) - person.taught_from).days < 3 * 365 and chance.random() < 0.7:
        when = _day(year, 10, 1)
        yield [*who, when, "наставничество", "Наставник назначен приказом", None, None, None, None, None]


def _events(who: list[Cell], year: int, chance: Random) -> Iterator[Row]:
    for kind, likely in EVENTS:
        if chance.random() < likely:
            rating = chance.choice((3, 4, 4, 5, 5)) if kind == "семинар" else None
            title, when = _topic(chance), _some_day(year, chance)
            yield [*who, when, kind, title, None, "муниципальный", "присутствовал", None, rating]
    if chance.random() < 0.1:
        level, result = chance.choices(LEVELS, (6, 2, 1))[0], chance.choices(RESULTS, (5, 2, 1))[0]
        title = "Конкурс мастерства «Урок года»"
        yield [*who, _some_day(year, chance), "конкурс мастерства", title, None, level, result, None, None]


def _help(who: list[Cell], year: int, chance: Random) -> Iterator[Row]:
    """A consultation, and what the person gives to others."""
    if chance.random() < 0.25:
        asked = _some_day(year, chance)
        answered = asked + timedelta(days=chance.choice((0, 0, 1, 2, 3, 7)))
        yield [*who, asked, "консультация", _topic(chance), None, None, "выполнено", answered, None]
    for kind, likely in (("материал в банк", 0.08), ("обобщение опыта", 0.04), ("публикация", 0.05)):
        if chance.random() < likely:
            when = _some_day(year, chance)
            yield [*who, when, kind, _topic(chance), None, "муниципальный", "выполнено", None, None]


def _topic(chance: Random) -> str:
    return chance.choice(list(TOPICS.values()))


def _day(year: int, month: int, day: int) -> date:
    """A day of a school year."""
    return date(year - (month >= 9), month, day)


def _some_day(year: int, chance: Random) -> date:
    return date(year - 1, 9, 10) + timedelta(days=chance.randrange(250))


def _facts(region: Region, year: int, model: Model) -> Iterator[Row]:
    for one in region.organisations:
        if one.kind == SCHOOL:
            yield [one.login, *_numbers(one, year, model, one.random(model.seed, "facts", year))]


def _numbers(one: Organisation, year: int, model: Model, chance: Random) -> list[Cell]:
    """In the order of the form's columns."""
    everybody = sum(len(pupils(one, year, grade, model)) for grade in range(1, 12))
    ninth, eleventh = (len(pupils(one, year, grade, model)) for grade in (9, 11))
    people = [p for p in staff_of(one, year, model) if p.is_teacher and not p.is_external]
    computers, books = 8 + everybody // 8, everybody * 9
    lacking = round(len(people) * chance.uniform(0.3, 0.5))
    return [
        ninth, int(ninth > 10 and chance.random() < 0.2), round(ninth * chance.uniform(0, 0.2)),
        eleventh, 0, round(eleventh * chance.uniform(0, 0.2)), round(eleventh * chance.uniform(0, 0.1)),
        everybody, round(everybody * chance.uniform(0.3, 0.6)), round(everybody * chance.uniform(0, 0.05)),
        0, eleventh * 2, round(everybody * chance.uniform(0, 0.3)), round(everybody * chance.uniform(0, 0.2)),
        books, round(books * chance.uniform(0.85, 1)), round(books * chance.uniform(1.8, 2.4)),
        computers, round(computers * chance.uniform(0.1, 0.5)), len(people),
        len(people) - round(chance.uniform(0, 2)), lacking, round(lacking * chance.uniform(0.4, 0.9)),
        everybody, round(everybody * chance.uniform(6, 12), 1),
    ]  # fmt: skip

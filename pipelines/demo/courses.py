"""Which courses people took: a three-year rhythm that more of them follow every year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import CENTRE, KINDERGARTEN, Organisation
from pipelines.demo.people import Person, staff
from pipelines.demo.vocabulary import COURSE_FORMS, PROVIDERS, RETRAINING, TOPICS

SCHOOL_WEIGHTS = (22, 16, 9, 13, 17, 9, 4, 6, 0, 3, 1)
"""How often each direction of `TOPICS` is taken, in its order, by teachers and by kindergarten staff."""
KINDERGARTEN_WEIGHTS = (6, 3, 0, 1, 9, 10, 1, 6, 38, 8, 2)
EARLIER = 3
"""The first register also holds the courses of so many years before it."""


@dataclass(frozen=True)
class Course:
    """One person's finished course."""

    person: Person
    title: str
    kind: str
    topic: str
    hours: int
    form: str
    provider: str
    start: date
    end: date
    certificate: str


def taken(organisation: Organisation, year: int, seed: int, model: Model) -> Iterator[Course]:
    """The courses that an organisation's people finished in one school year."""
    for at, person in enumerate(staff(organisation, seed, model)):
        if not person.years[0] <= max(year, YEARS[0]) <= person.years[1]:
            continue
        chance = organisation.random(seed, "course", at, person.snils, year)
        if _is_due(person, year, model):
            yield _course(organisation, person, year, chance)
        if year >= _joined(person, model) and chance.random() < model.learning.extra_course:
            yield _course(organisation, person, year, chance)


def _is_due(person: Person, year: int, model: Model) -> bool:
    ahead = year - _joined(person, model)
    return ahead >= 0 and ahead % 3 == 0


def _joined(person: Person, model: Model) -> int:
    """The school year of a person's first course; another follows every three years."""
    learning = model.learning
    late = (person.diligence - learning.regular_from) / learning.regular_yearly
    return YEARS[0] + int(late) if late > 0 else YEARS[0] - EARLIER + person.course_phase


def _course(organisation: Organisation, person: Person, year: int, chance: Random) -> Course:
    end = date(year - 1, 9, 10) + timedelta(days=chance.randrange(285))
    if chance.random() < 0.03:
        title, kind, topic, hours = (
            RETRAINING,
            "ПП",
            "Предметное содержание и методика",
            chance.choice((252, 300, 520)),
        )
    else:
        small = organisation.kind in (KINDERGARTEN, CENTRE)
        topic = chance.choices(list(TOPICS), KINDERGARTEN_WEIGHTS if small else SCHOOL_WEIGHTS)[0]
        title, kind, hours = (
            TOPICS[topic],
            "ПК",
            chance.choices((16, 24, 36, 72, 108, 144), (6, 10, 42, 30, 9, 3))[0],
        )
    return Course(
        person, title, kind, topic, hours, chance.choice(COURSE_FORMS), chance.choices(PROVIDERS, (6, 2, 3))[0],
        start=end - timedelta(days=max(2, hours // 5)), end=end, certificate=f"37{year % 100}{chance.randrange(10**6):06d}",
    )  # fmt: skip

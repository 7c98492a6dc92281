"""Which courses people took: a three-year rhythm that more of them follow every year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import SCHOOL, Organisation
from pipelines.demo.people import Person, staff
from pipelines.demo.vocabulary import COURSE_FORMS, PROVIDERS, RETRAINING, TOPICS

SCHOOL_WEIGHTS = (22, 16, 9, 13, 17, 9, 4, 6, 0, 3, 1)
"""How often each direction of `TOPICS` is taken, in its order, by school staff and by everybody else."""
OTHER_WEIGHTS = (6, 3, 0, 1, 9, 10, 1, 6, 38, 8, 2)
HOURS, HOUR_WEIGHTS = (16, 24, 36, 72, 108, 144), (6, 10, 42, 30, 9, 3)
OF_SUBJECT = ("Предметное содержание и методика", "Подготовка к ГИА и ВПР")
"""Directions whose courses name the subject."""
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


def taken(organisation: Organisation, year: int, model: Model) -> Iterator[Course]:
    """The courses that an organisation's people finished in one school year."""
    for person in staff(organisation, model):
        if not person.years[0] <= max(year, YEARS[0]) <= person.years[1]:
            continue
        chance = organisation.random(model.seed, "course", person.snils, year)
        since_first = year - _first_year(person, model)
        regular = since_first >= 0 and since_first % 3 == 0
        if regular or (since_first > 0 and chance.random() < model.learning.extra_course):
            yield _course(organisation, person, year, chance)


def _first_year(person: Person, model: Model) -> int:
    """The school year of a person's first course; another follows every three years."""
    learning = model.learning
    late = (person.diligence - learning.regular_from) / learning.regular_yearly
    first = YEARS[0] + int(late) if late > 0 else YEARS[0] - EARLIER + person.course_phase
    hired = person.years[0]
    return max(first, hired) if hired > YEARS[0] else first


def _course(organisation: Organisation, person: Person, year: int, chance: Random) -> Course:
    end = date(year - 1, 9, 10) + timedelta(days=chance.randrange(285))
    title, kind, topic, hours = _programme(organisation, chance)
    if topic in OF_SUBJECT and person.post.subjects:
        title = f"{title} ({person.post.subjects.split(';')[0].lower()})"
    return Course(
        person=person,
        title=title,
        kind=kind,
        topic=topic,
        hours=hours,
        form=chance.choice(COURSE_FORMS),
        provider=chance.choices(PROVIDERS, (6, 2, 3, 1))[0],
        start=end - timedelta(days=max(2, hours // 5)),
        end=end,
        certificate=f"37{year % 100}{chance.randrange(1_000_000):06d}",
    )


def _programme(organisation: Organisation, chance: Random) -> tuple[str, str, str, int]:
    """Title, kind, direction and hours; now and then it is a whole retraining."""
    if chance.random() < 0.03:
        return RETRAINING, "ПП", "Предметное содержание и методика", chance.choice((252, 300, 520))
    weights = SCHOOL_WEIGHTS if organisation.kind == SCHOOL else OTHER_WEIGHTS
    topic = chance.choices(list(TOPICS), weights)[0]
    return TOPICS[topic], "ПК", topic, chance.choices(HOURS, HOUR_WEIGHTS)[0]

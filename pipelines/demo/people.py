"""Teaching staff over the years: people grow older, earn categories, leave, and others come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from random import Random

from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import CENTRE, KINDERGARTEN, SCHOOL, Organisation
from pipelines.demo.vocabulary import (
    FEMALE_NAMES,
    KINDERGARTEN_SPECIALISTS,
    MALE_NAMES,
    PATRONYMICS,
    PRIMARY,
    SPECIALISTS,
    SUBJECT_POSTS,
    SURNAMES,
    patronymic,
    surname,
)

LEVELS = ("нет", "соответствие", "первая", "высшая")


@dataclass(frozen=True)
class Post:
    """What a person is employed as."""

    title: str
    subjects: str = ""
    hours: int | None = None


@dataclass(frozen=True)
class Person:
    """One invented person; what changes with the years is asked by a date."""

    name: str
    snils: str
    female: bool
    born: date
    post: Post
    has_degree: bool
    worked_from: date
    taught_from: date
    years: tuple[int, int]
    """First and last school year in this organisation."""
    category: str
    category_from: date
    raised_in: int | None
    """School year in whose autumn the category went up by one."""
    is_external: bool
    ict: float
    """Ability in the ICT questionnaire, on its scale from 0 to 4, in the first year."""
    course_phase: int
    """Which year of three the person's regular courses fall in."""
    diligence: float
    """From 0 to 1: people above the year's edge have no regular courses yet."""

    def category_at(self, year: int) -> tuple[str, date | None]:
        """The category and its date as of September of a school year; one of before 2023 is renewed in time."""
        level, given = self.category, self.category_from
        if self.raised_in and self.raised_in <= year:
            level, given = LEVELS[min(3, max(2, LEVELS.index(level) + 1))], date(self.raised_in - 2, 12, 20)
        while given.year + 5 < year and given < date(2023, 9, 1):
            given = given.replace(year=given.year + 5)
        return (level, given) if level in ("высшая", "первая") else (level, None)


@lru_cache(maxsize=4_000)
def staff(organisation: Organisation, seed: int, model: Model) -> tuple[Person, ...]:
    """Everybody who worked in an organisation in any of the years."""
    chance = organisation.random(seed, "staff")
    names: set[str] = set()
    return tuple(
        person
        for slot, post in enumerate(_posts(organisation))
        for person in _chain(organisation, slot, post, chance, model, names)
    )


def staff_of(organisation: Organisation, year: int, seed: int, model: Model) -> list[Person]:
    """The staff on 20 September of a school year, in alphabetical order."""
    here = (p for p in staff(organisation, seed, model) if p.years[0] <= year <= p.years[1])
    return sorted(here, key=lambda person: person.name)


def list_date(year: int) -> date:
    """The date of the staff list of a school year."""
    return date(year - 1, 9, 20)


def _posts(organisation: Organisation) -> list[Post]:
    if organisation.kind == KINDERGARTEN:
        special = [Post(title, hours=24) for title in KINDERGARTEN_SPECIALISTS][
            : (organisation.staff - 1) // 3
        ]
        nurses = organisation.staff - 1 - len(special)
        return [Post("Заведующий"), *special, *[Post("Воспитатель", hours=36)] * nurses]
    if organisation.kind == CENTRE:
        more = organisation.staff - 2
        return [
            Post("Директор"),
            Post("Методист", hours=36),
            *[Post("Педагог дополнительного образования", hours=18)] * more,
        ]
    return _school_posts(organisation)


def _school_posts(school: Organisation) -> list[Post]:
    heads = [Post("Руководитель филиала") if school.parent else Post("Директор")]
    heads += [Post("Заместитель директора по УВР")] * (1 + school.staff // 25 if school.staff > 9 else 0)
    special = [Post(title, hours=36) for title in SPECIALISTS[: school.staff // 6]]
    primary = [Post("Учитель начальных классов", PRIMARY, 20)] * max(2, school.staff // 5)
    rest = school.staff - len(heads) - len(special) - len(primary)
    subjects = [
        Post(
            f"Учитель ({taught.split(';')[0].lower()})" if at % 5 == 4 else "Учитель",
            taught,
            18 + at * 5 % 11,
        )
        for at, taught in enumerate(SUBJECT_POSTS[at % len(SUBJECT_POSTS)] for at in range(rest))
    ]
    return [*heads, *special, *primary, *subjects]


def _chain(
    organisation: Organisation, slot: int, post: Post, chance: Random, model: Model, names: set[str]
) -> list[Person]:
    """The people who held one post one after another."""
    found = [_person(organisation, slot, 0, post, YEARS[0], chance, model, names)]
    for year in YEARS[1:]:
        last = found[-1]
        age = year - 1 - last.born.year
        leaving = model.staffing.leave_over_60 if age >= 60 else model.staffing.leave_under_60
        if last.years[1] < year or chance.random() >= leaving:
            continue
        found[-1] = replace(last, years=(last.years[0], year - 1))
        if chance.random() < model.staffing.replaced:
            found.append(_person(organisation, slot, len(found), post, year, chance, model, names))
    return found


def _person(
    organisation: Organisation,
    slot: int,
    turn: int,
    post: Post,
    first: int,
    chance: Random,
    model: Model,
    names: set[str],
) -> Person:
    staffing = model.staffing
    newcomer = turn > 0
    age = round(
        chance.triangular(22, 45, 26) if newcomer else chance.gauss(staffing.mean_age, staffing.age_spread)
    )
    age = min(70, max(33 if post.hours is None else 23, age))
    born = date(first - 1 - age, chance.randint(1, 12), chance.randint(1, 28))
    female = chance.random() < (0.93 if organisation.kind == KINDERGARTEN else 0.84)
    worked = min(first - 1, born.year + chance.randint(19, 23))
    taught = min(first - 1, worked + (chance.randint(1, 9) if chance.random() < 0.3 else 0))
    return Person(
        name=_name(female, chance, names),
        snils=_snils(organisation, slot, turn),
        female=female,
        born=born,
        post=post,
        has_degree=chance.random() < staffing.higher_education - (0.25 if organisation.kind == KINDERGARTEN else 0),
        worked_from=date(worked, chance.randint(1, 8), 15),
        taught_from=date(taught, 9, 1),
        years=(first, YEARS[-1]),
        category=_category(first - 1 - taught, chance, model),
        category_from=date(chance.randint(2018, 2022), chance.choice((2, 4, 11, 12)), chance.randint(10, 27)),
        raised_in=next((year for year in YEARS[1:] if chance.random() < staffing.promoted), None),
        is_external=organisation.kind == SCHOOL and post.hours is not None and chance.random() < 0.03,
        ict=chance.gauss(model.learning.ict_start - (age - 45) * 0.022, 0.55),
        course_phase=chance.randrange(3),
        diligence=chance.random(),
    )  # fmt: skip


def _name(female: bool, chance: Random, taken: set[str]) -> str:
    """A full name that nobody else in the organisation has."""
    while True:
        first = chance.choice(FEMALE_NAMES if female else MALE_NAMES)
        full = f"{surname(chance.choice(SURNAMES), female)} {first} {patronymic(chance.choice(PATRONYMICS), female)}"
        if full not in taken:
            taken.add(full)
            return full


def _category(taught_years: int, chance: Random, model: Model) -> str:
    if taught_years < 3:
        return "нет"
    staffing = model.staffing
    weights = (0.12, 1 - 0.12 - staffing.top_category - staffing.first_category, staffing.first_category,
               staffing.top_category if taught_years > 8 else 0.02)  # fmt: skip
    return chance.choices(LEVELS, weights)[0]


def _snils(organisation: Organisation, slot: int, turn: int) -> str:
    """A number with a right checksum from the range that was never given to people (below 001-001-998)."""
    serial = (int(organisation.code[2:]) * 211 + slot * 5 + turn) % 1_000_000
    digits = f"{serial:09d}"
    total = sum(int(digit) * (9 - at) for at, digit in enumerate(digits)) % 101
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]} {total % 100:02d}"

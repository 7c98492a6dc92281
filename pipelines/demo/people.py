"""Teaching staff over the years: people grow older, earn categories, leave, and others come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import KINDERGARTEN, SCHOOL, Organisation
from pipelines.demo.posts import Post, posts
from pipelines.demo.vocabulary import FEMALE_NAMES, MALE_NAMES, PATRONYMICS, SURNAMES, patronymic, surname

UNLIMITED_FROM = date(2023, 9, 1)
"""Categories given since then do not run out; older ones last five years."""
LEVELS = ("нет", "соответствие", "первая", "высшая")


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
    """School year in whose autumn the category is seen to have gone up by one."""
    is_external: bool
    ict: float
    """Mean answer in the ICT questionnaire, on its scale from 0 to 4, in the first year."""
    course_phase: int
    """Which of the three years before the first list held the person's first regular course."""
    diligence: float
    """From 0 to 1: people above the year's edge have no regular courses yet."""

    def category_at(self, year: int) -> tuple[str, date | None]:
        """The category and its date in September; one that runs out is renewed in time."""
        level, given = self.category, self.category_from
        if self.raised_in and self.years[0] < self.raised_in <= year:
            level, given = LEVELS[min(3, max(2, LEVELS.index(level) + 1))], date(self.raised_in - 2, 12, 20)
        while given < UNLIMITED_FROM and given.replace(year=given.year + 5) <= list_date(year):
            given = given.replace(year=given.year + 5)
        return (level, given) if level in ("высшая", "первая") else (level, None)

    @property
    def is_teacher(self) -> bool:
        return "читель" in self.post.title and "логопед" not in self.post.title

    def age_at(self, day: date) -> int:
        """Full years of age."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


@lru_cache(maxsize=4_000)
def staff(organisation: Organisation, model: Model) -> tuple[Person, ...]:
    """Everybody who worked in an organisation in any of the years."""
    employer = _Employer(organisation, model)
    return tuple(person for post in posts(organisation) for person in employer.chain(post))


def staff_of(organisation: Organisation, year: int, model: Model) -> list[Person]:
    """The staff on 20 September of a school year, in alphabetical order."""
    here = (p for p in staff(organisation, model) if p.years[0] <= year <= p.years[1])
    return sorted(here, key=lambda person: person.name)


def list_date(year: int) -> date:
    """The date of the staff list of a school year."""
    return date(year - 1, 9, 20)


class _Employer:
    """Hires an organisation's people one after another; no two of them share a name."""

    def __init__(self, organisation: Organisation, model: Model) -> None:
        self.organisation = organisation
        self.model = model
        self.chance = organisation.random(model.seed, "staff")
        self.names: set[str] = set()
        self.hired = 0

    def chain(self, post: Post) -> Iterator[Person]:
        """The people who held one post one after another."""
        last = self._person(post, YEARS[0], self._age_of_staff(post))
        for year in YEARS[1:]:
            if not self._leaves(last, year):
                continue
            yield replace(last, years=(last.years[0], year - 1))
            if self.chance.random() >= self.model.staffing.replaced:
                return
            last = self._person(post, year, max(_least_age(post), round(self.chance.triangular(22, 40, 24))))
        yield last

    def _leaves(self, person: Person, year: int) -> bool:
        staffing = self.model.staffing
        old = person.age_at(list_date(year)) >= 60
        return self.chance.random() < (staffing.leave_over_60 if old else staffing.leave_under_60)

    def _age_of_staff(self, post: Post) -> int:
        staffing = self.model.staffing
        if self.chance.random() < staffing.young:
            return max(_least_age(post), self.chance.randint(23, 34))
        return min(70, max(35, round(self.chance.gauss(staffing.mean_age, staffing.age_spread))))

    def _person(self, post: Post, first: int, age: int) -> Person:
        chance, in_kindergarten = self.chance, self.organisation.kind == KINDERGARTEN
        born = date(first - 1 - age, chance.randint(1, 12), chance.randint(1, 28))
        female = chance.random() < (0.93 if in_kindergarten else 0.84)
        degree = self.model.staffing.higher_education - (0.25 if in_kindergarten else 0)
        worked = min(first - 1, born.year + chance.randint(19, 23))
        taught = min(first - 1, worked + (chance.randint(1, 9) if chance.random() < 0.3 else 0))
        certified = max(chance.randint(2017, 2021), taught + 3)
        return Person(
            name=self._name(female),
            snils=self._snils(),
            female=female,
            born=born,
            post=post,
            has_degree=chance.random() < degree or post.hours is None,
            worked_from=date(worked, chance.randint(1, 8), 15),
            taught_from=date(taught, 9, 1),
            years=(first, YEARS[-1]),
            category=self._category(first - 1 - taught) if certified < first - 1 else LEVELS[0],
            category_from=date(certified, chance.choice((2, 4, 12)), chance.randint(10, 27)),
            raised_in=self._raised(),
            is_external=self._is_external(post),
            ict=self._ict(age),
            course_phase=chance.randrange(3),
            diligence=chance.random(),
        )

    def _name(self, female: bool) -> str:
        """A full name that nobody else in the organisation has."""
        chance = self.chance
        while True:
            last = surname(chance.choice(SURNAMES), female)
            first = chance.choice(FEMALE_NAMES if female else MALE_NAMES)
            full = f"{last} {first} {patronymic(chance.choice(PATRONYMICS), female)}"
            if full not in self.names:
                self.names.add(full)
                return full

    def _snils(self) -> str:
        """A number with a right checksum from the range that was never given to people."""
        self.hired += 1
        return snils((int(self.organisation.code[2:]) * 211 + self.hired) % 1_000_000)

    def _category(self, taught_years: int) -> str:
        if taught_years < 3:
            return "нет"
        staffing = self.model.staffing
        top = staffing.top_category if taught_years > 8 else 0.02
        weights = (0.12, 1 - 0.12 - top - staffing.first_category, staffing.first_category, top)
        return self.chance.choices(LEVELS, weights)[0]

    def _raised(self) -> int | None:
        return next((year for year in YEARS[1:] if self.chance.random() < self.model.staffing.promoted), None)

    def _is_external(self, post: Post) -> bool:
        drawn = self.chance.random()
        return (
            self.organisation.kind == SCHOOL
            and post.hours is not None
            and drawn < self.model.staffing.external
        )

    def _ict(self, age: int) -> float:
        learning = self.model.learning
        return self.chance.gauss(learning.ict_start - (age - 45) * learning.ict_per_age, learning.ict_spread)


def _least_age(post: Post) -> int:
    """Heads, who have no teaching hours, are not fresh graduates."""
    return 33 if post.hours is None else 23


def snils(serial: int) -> str:
    """A СНИЛС below 001-001-998, where real ones never carried a checksum, with a right checksum."""
    digits = f"{serial:09d}"
    control = sum(int(digit) * (9 - at) for at, digit in enumerate(digits)) % 101 % 100
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]} {control:02d}"

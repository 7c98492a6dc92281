"""The invented organisations: one district as declared here, or a region and a country of the same kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from pipelines.demo.vocabulary import DISTRICT, DISTRICTS, KINDERGARTENS, PLACE_ENDS, PLACE_STEMS

SCHOOL, KINDERGARTEN, CENTRE = "школа", "детский сад", "допобразование"
DISTRICT_LIMIT = 12
"""Up to so many schools are one district; more are a region of several."""
PER_DISTRICT, PER_REGION = 10, 600


@dataclass(frozen=True)
class Organisation:
    """A school, a kindergarten or a centre of further education, and what is usual for it."""

    code: str
    prefix: str
    name: str
    kind: str
    municipality: str
    staff: int
    aliases: tuple[str, ...] = ()
    cohort: int = 0
    """Usual number of pupils in one grade."""
    largest_cohort: int = 22
    class_limit: int = 25
    last_grade: int = 11
    combined: str = ""
    """Label of the combined class (класс-комплект) in which a small school's 4th grade sits."""
    parent: str = ""
    settlement: str = ""
    effect: float = 0.0
    """How far its pupils are from the district's mean, in standard deviations."""
    sends_own_staff_list: bool = False

    @property
    def login(self) -> str:
        return self.prefix + self.code

    @property
    def exam_code(self) -> str | None:
        """«Код ОО» of the state exams; only schools have one."""
        return f"1{self.code[2:]}" if self.kind == SCHOOL else None

    @property
    def style(self) -> int:
        """Which of the usual spellings this organisation keeps to."""
        return int(self.code[-1]) + len(self.name)

    def random(self, seed: int, *about: object) -> Random:
        """Its own source of chance for every question, so that no answer depends on the order of asking."""
        return Random("/".join(map(str, (seed, self.code, *about))))


@dataclass(frozen=True)
class Region:
    """What one coordinator downloads: the organisations whose rows stand in the same files."""

    folder: str
    """Put into file names; empty for the district, which is alone."""
    organisations: tuple[Organisation, ...]

    @property
    def schools(self) -> tuple[Organisation, ...]:
        return tuple(one for one in self.organisations if one.kind == SCHOOL)


def _declared(number: int, place: str, kind: str, *, staff: int, cohort: int, effect: float) -> Organisation:
    longer = f"{place} {'СОШ' if kind == 'СШ' else 'ООШ'}"
    spellings = (f"{place} {kind}", longer, longer.replace("ё", "е"), f"{place} школа")
    return Organisation(
        code=f"9801{number:02d}", prefix="edu", name=f"МКОУ «{place} {kind}»", kind=SCHOOL,
        municipality=DISTRICT, staff=staff, aliases=tuple(dict.fromkeys(spellings)), cohort=cohort,
        effect=effect, settlement=place, last_grade=11 if kind == "СШ" else 9,
    )  # fmt: skip


NEAR_SCHOOLS = (
    replace(_declared(1, "Нижнеозёрская", "СШ", staff=28, cohort=20, effect=0.1), class_limit=18),
    _declared(2, "Заозёрновская", "СШ", staff=20, cohort=15, effect=0.15),
    _declared(3, "Светлоключинская", "СШ", staff=16, cohort=10, effect=-0.1),
    replace(_declared(4, "Тихоборская", "ОШ", staff=11, cohort=7, effect=0.0), sends_own_staff_list=True),
    replace(_declared(5, "Лесная", "ОШ", staff=8, cohort=5, effect=-0.05), parent="980101", combined="2-4"),
)
"""The declared district: two larger schools, a small one, a basic one and a branch with a combined class."""
NEAR_KINDERGARTENS = (7, 6, 6, 5, 4, 3)
"""Staff of each."""


def regions(seed: int, schools: int) -> Iterator[Region]:
    """The world of so many schools, in parts small enough to be held in memory one by one."""
    if schools <= DISTRICT_LIMIT:
        yield Region("", tuple(_district(seed, 0, schools)))
        return
    for start in range(0, schools, PER_REGION):
        sizes = _split(min(PER_REGION, schools - start))
        first = start // PER_DISTRICT
        found = [one for at, size in enumerate(sizes) for one in _district(seed, first + at, size)]
        yield Region(
            f"регион {start // PER_REGION + 1:02d}" if schools > PER_REGION else "регион", tuple(found)
        )


def _split(schools: int) -> list[int]:
    """Schools of a region by districts."""
    whole, rest = divmod(schools, PER_DISTRICT)
    return [PER_DISTRICT] * whole + [rest] * (rest > 0)


def _district(seed: int, number: int, schools: int) -> Iterator[Organisation]:
    """One district: in the first one the declared schools come first."""
    declared = NEAR_SCHOOLS[:schools] if number == 0 else ()
    yield from declared
    for at in range(len(declared), schools):
        yield _further_school(seed, number, at + 1)
    for at in range(max(1, round(schools * 1.2))):
        yield _kindergarten(seed, number, at)
    for at in range(max(1, schools // PER_DISTRICT)):
        yield _centre(number, at)


def _code(number: int, kind: int, at: int) -> str:
    """Six digits in the first districts, more where the country needs them; blocks of three by kind."""
    return f"98{number * 3 + kind:02d}{at:02d}"


def _municipality(number: int) -> str:
    if number == 0:
        return DISTRICT
    turn, place = divmod(number - 1, len(DISTRICTS))
    return f"{DISTRICTS[place]} район{f' № {turn + 1}' if turn else ''} (демонстрационный)"


def _further_school(seed: int, number: int, at: int) -> Organisation:
    chance = Random(f"{seed}/school/{number}/{at}")
    serial = number * PER_DISTRICT + at
    place = PLACE_STEMS[serial % len(PLACE_STEMS)] + PLACE_ENDS[serial // len(PLACE_STEMS) % len(PLACE_ENDS)]
    turn = serial // (len(PLACE_STEMS) * len(PLACE_ENDS))
    cohort = round(min(90.0, max(4.0, chance.lognormvariate(3.0, 0.8))))
    name = f"{place} СШ{f' № {turn + 1}' if turn else ''}"
    return Organisation(
        code=_code(number, 1, at), prefix="edu", name=f"МБОУ «{name}»", kind=SCHOOL,
        municipality=_municipality(number), staff=round(cohort * 0.95 + 7), aliases=(name, f"МБОУ {name}"),
        cohort=cohort, largest_cohort=120, settlement=place, effect=chance.gauss(0, 0.2),
    )  # fmt: skip


def _kindergarten(seed: int, number: int, at: int) -> Organisation:
    title = KINDERGARTENS[at % len(KINDERGARTENS)]
    if number == 0 and at < len(NEAR_KINDERGARTENS):
        name, staff = f"Детский сад «{title}»", NEAR_KINDERGARTENS[at]
    else:
        name = f"Детский сад № {number * 20 + at + 1} «{title}»"
        staff = Random(f"{seed}/garden/{number}/{at}").randint(3, 14)
    return Organisation(
        code=_code(number, 2, at + 1), prefix="dou", name=f"МКДОУ {name}", kind=KINDERGARTEN,
        municipality=_municipality(number), staff=staff,
        aliases=(name, name.replace("«", "").replace("»", ""), name.replace("Детский сад", "д/с")),
    )  # fmt: skip


def _centre(number: int, at: int) -> Organisation:
    place = "Нижнеозёрский" if number == 0 else _municipality(number).removesuffix(" (демонстрационный)")
    name = f"{place} центр детского творчества" + (f" № {at + 1}" if at else "")
    return Organisation(
        code=_code(number, 3, at + 1), prefix="cdo", name=f"МБУ ДО «{name}»", kind=CENTRE,
        municipality=_municipality(number), staff=8,
        aliases=(name, f"{place} ЦДТ{f' № {at + 1}' if at else ''}"),
    )  # fmt: skip

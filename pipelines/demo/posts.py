"""The posts of an organisation, from its head to its last teacher."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.demo.organisations import CENTRE, KINDERGARTEN, Organisation
from pipelines.demo.vocabulary import KINDERGARTEN_SPECIALISTS, PRIMARY, SPECIALISTS, SUBJECT_POSTS


@dataclass(frozen=True)
class Post:
    """What a person is employed as; heads have no hours of their own."""

    title: str
    subjects: str = ""
    hours: int | None = None


def posts(organisation: Organisation) -> list[Post]:
    """As many posts as the organisation has staff."""
    if organisation.kind == KINDERGARTEN:
        return _kindergarten(organisation.staff)
    if organisation.kind == CENTRE:
        teachers = [Post("Педагог дополнительного образования", hours=18)] * (organisation.staff - 2)
        return [Post("Директор"), Post("Методист", hours=36), *teachers]
    return _school(organisation)


def _kindergarten(size: int) -> list[Post]:
    special = [Post(title, hours=24) for title in KINDERGARTEN_SPECIALISTS[: (size - 1) // 3]]
    return [Post("Заведующий"), *special, *[Post("Воспитатель", hours=36)] * (size - 1 - len(special))]


def _school(school: Organisation) -> list[Post]:
    heads = [Post("Руководитель филиала" if school.parent else "Директор")]
    heads += [Post("Заместитель директора по УВР")] * (1 + school.staff // 25 if school.staff > 9 else 0)
    special = [Post(title, hours=36) for title in SPECIALISTS[: school.staff // 6]]
    primary = [Post("Учитель начальных классов", PRIMARY, 20)] * max(2, school.staff // 5)
    others = max(0, school.staff - len(heads) - len(special) - len(primary))
    return [*heads, *special, *primary, *(_subject_teacher(at) for at in range(others))]


def _subject_teacher(at: int) -> Post:
    """Every fifth post names its subject in the title too."""
    taught = SUBJECT_POSTS[at % len(SUBJECT_POSTS)]
    title = f"Учитель ({taught.split(';')[0].lower()})" if at % 5 == 4 else "Учитель"
    return Post(title, taught, hours=18 + at * 5 % 11)

"""Who may be one person: suggested by what lists of staff say, decided by a person, never joined in silence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.confirmed.kept import Confirmation, read_confirmed, write
from pipelines.confirmed.spellings import ConfirmError
from pipelines.references import References
from pipelines.staging import Store

SURNAME = "имя, отчество и дата рождения те же, фамилия другая"
NAMESAKE = "фамилия, имя и отчество те же, остальное не мешает"
SECOND_JOB = "фамилия, имя, отчество и год рождения те же в двух организациях"
_MOST = 12
"""People of one name are compared with each other; of more than so many nothing can be told."""


@dataclass(frozen=True)
class Job:
    """A person in an organisation, by the latest list that names them."""

    person_id: str
    name_id: str
    school_id: str
    birth_year: float
    said: str
    """What the list says of them besides the name: «Озёрная СШ (980101): учитель, стаж 12, список на 20.09.2025»."""

    @property
    def node(self) -> str:
        """The person in this organisation, as confirmations name them."""
        return f"{self.person_id}@{self.school_id}"


@dataclass(frozen=True)
class Pair:
    """Two entries that may be one person."""

    first: Job
    second: Job
    why: str
    decided: Confirmation | None = None

    @property
    def what(self) -> str:
        """The pair as confirmations name it."""
        return "|".join(sorted((self.first.node, self.second.node)))

    @property
    def id(self) -> str:
        """Short name of the pair for the command line."""
        return hashlib.sha256(self.what.encode()).hexdigest()[:6]


def pairs(root: Path) -> list[Pair]:
    """Everyone who may be listed twice, the undecided first."""
    references = References(Store(root))
    jobs, held = _jobs(references), read_confirmed(root).people
    found: dict[str, Pair] = {}
    for pair in (*_by(jobs, "given_id", _surname_changed), *_by(jobs, "name_id", _namesakes)):
        found.setdefault(pair.what, pair)
    decided = [Pair(p.first, p.second, p.why, held.get(what)) for what, p in found.items()]
    return sorted(decided, key=lambda p: (p.decided is not None, p.first.said, p.second.said))


def decide_people(root: Path, pair_id: str, same: bool | None, by: str = "") -> Confirmation:
    """Remember that two entries are one person or are not, by whom and when; None takes it back."""
    known = {pair.id: pair for pair in pairs(root)}
    if pair_id not in known:
        raise ConfirmError(f"Пары «{pair_id}» нет: номера показывает команда kabinet people")
    if same is None and not known[pair_id].decided:
        raise ConfirmError(f"О паре «{pair_id}» ничего не решали")
    return write(root, "person", known[pair_id].what, None if same is None else _MEANING[same], by)


_MEANING = {True: "same", False: "different"}


def _jobs(references: References) -> pd.DataFrame:
    rows = references.rows("staff")
    if rows.empty:
        return pd.DataFrame()
    latest = rows.sort_values("as_of").groupby(["school_id", "person_id"], observed=True).tail(1)
    names = references.schools.names
    jobs = [_job(row, names) for row in latest.to_dict("records")]
    return latest.assign(job=pd.Series(jobs, index=latest.index, dtype=object))


def _job(row: Mapping[Any, Any], names: dict[str, str]) -> Job:
    school = str(row["school_id"])
    parts = [str(row["post"]).lower()]
    parts += [f"стаж {row['total_years']:g}".replace(".", ",")] if pd.notna(row["total_years"]) else []
    parts += [f"список на {row['as_of']:%d.%m.%Y}"]
    said = f"{names.get(school) or school} ({school}): {', '.join(parts)}"
    birth = row["birth_year"]
    return Job(
        str(row["person_id"]), str(row["name_id"]), school, float(birth) if pd.notna(birth) else 0.0, said
    )


def _by(jobs: pd.DataFrame, column: str, why: Callable[[Job, Job], str]) -> Iterator[Pair]:
    if jobs.empty or column not in jobs:
        return
    alike = jobs[jobs[column].notna() & jobs.duplicated(column, keep=False)]
    for _, group in alike.groupby(column, observed=True):
        if len(group) <= _MOST:
            for first, second in combinations(group["job"], 2):
                if reason := why(first, second):
                    yield Pair(first, second, reason)


def _surname_changed(first: Job, second: Job) -> str:
    return SURNAME if first.name_id != second.name_id and first.person_id != second.person_id else ""


def _namesakes(first: Job, second: Job) -> str:
    if first.person_id == second.person_id:
        return SECOND_JOB if first.school_id != second.school_id else ""
    is_other = first.birth_year and second.birth_year and first.birth_year != second.birth_year
    return "" if is_other else NAMESAKE


def components(held: Iterable[Confirmation]) -> list[set[str]]:
    """Entries that people confirmed to be one person, however many steps apart."""
    groups: list[set[str]] = []
    for one in held:
        if one.meaning == "same":
            joined = set(one.what.split("|"))
            apart = [group for group in groups if not group & joined]
            joined = joined.union(*(group for group in groups if group & joined))
            groups = [*apart, joined]
    return groups

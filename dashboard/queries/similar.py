"""Schools alike one school: by which conditions, how near, and what a person changed in the set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.notebook import PeerSet
from dashboard.queries.core import Queries, School

DECLARED = "-"
"""Changes of an address that asks for the set as declared, whatever is kept for the school."""


@dataclass(frozen=True)
class Condition:
    """One declared condition: what it is called, how much it weighs and why."""

    id: str
    title: str
    unit: str
    weight: float
    why: str


@dataclass(frozen=True)
class Alike:
    """A similar school; one that a person added may have no distance."""

    school: School
    distance: float | None


@dataclass(frozen=True)
class Peers:
    """The set of one school, as declared and as a person changed it."""

    school: School
    year: int | None
    """School year of the conditions; None where the school has none."""
    members: tuple[Alike, ...]
    added: tuple[str, ...]
    removed: tuple[School, ...]
    enough: int
    indicators: tuple[str, ...]
    conditions: tuple[Condition, ...]
    words: dict[str, dict[str, str]]
    """School → condition → what the questionnaire says of it."""
    changes: str | None = None
    """What a person changed: by the address, or else as it is kept for the school."""
    kept: PeerSet | None = None

    @property
    def is_kept(self) -> bool:
        """Is this the set that is kept for the school?"""
        return self.kept is not None and self.kept.changes == self.changes

    def changed(self, code: str, is_in: bool) -> str | None:
        """The changes after one school more was put into the set or taken out of it."""
        return changed(self.changes, code, is_in) or (DECLARED if self.kept else None)

    @property
    def ids(self) -> list[str]:
        """Codes of the set."""
        return [one.school.id for one in self.members]

    @property
    def is_few(self) -> bool:
        """Are there fewer than the declaration calls enough?"""
        return len(self.members) < self.enough


def peers(q: Queries, school: School, year: int, changes: str | None = None) -> Peers | None:
    """The similar schools of one, in alphabetical order; None in a snapshot from before there were any.

    Without ``changes`` the set is the one that people keep for the school, if there is such.
    """
    if not q.rows("select 1 from duckdb_tables() where table_name = 'similar_rule'"):
        return None
    ((enough, indicators),) = q.rows("select enough, indicators from similar_rule")
    near = dict(q.rows("select school_id, distance from similar_schools(?, ?)", [school.id, year]))
    kept = q.notebook.peer_set(school.id) if q.notebook else None
    if changes is None and kept:
        changes = kept.changes
    added, removed = _changes(q, school, changes)
    members = tuple(
        Alike(one, near.get(one.id))
        for one in q.schools().values()
        if one.id in (near.keys() | {*added}) - {*removed}
    )
    words, at = _words(q, [school.id, *(one.school.id for one in members)], year, school.id)
    return Peers(
        school, at, members, tuple(code for code in added if code not in near),
        tuple(one for one in q.schools().values() if one.id in {*removed} & near.keys()),
        enough, tuple(indicators), _conditions(q), words, changes, kept,
    )  # fmt: skip


def changed(changes: str | None, code: str, is_in: bool) -> str | None:
    """The changes after one school was put into the set or taken out of it."""
    given = (changes or "").split(",")
    kept = [one for one in given if one.lstrip("-") not in ("", code)]
    undone = f"-{code}" if is_in else code
    if undone not in given:
        kept.append(code if is_in else f"-{code}")
    return ",".join(kept) or None


def _changes(q: Queries, school: School, changes: str | None) -> tuple[list[str], list[str]]:
    """Codes put in and taken out; what is not another organisation of the data does not count."""
    given = [one.strip() for one in (changes or "").split(",")]
    known = [one for one in given if one.lstrip("-") in q.schools() and one.lstrip("-") != school.id]
    return [one for one in known if one[0] != "-"], [one[1:] for one in known if one[0] == "-"]


def _conditions(q: Queries) -> tuple[Condition, ...]:
    sql = "select feature_id, title, unit, weight, why from similar_feature order by position"
    return tuple(Condition(*row) for row in q.rows(sql))


def _words(
    q: Queries, schools: Sequence[str], year: int, own: str
) -> tuple[dict[str, dict[str, str]], int | None]:
    sql = """select school_id, feature_id, word, of_school_year from conditions_at(?)
        where school_id in (select unnest(?))"""
    found: dict[str, dict[str, str]] = {}
    at = None
    for school, feature, word, of_year in q.rows(sql, [year, list(schools)]):
        found.setdefault(school, {})[feature] = word
        at = of_year if school == own else at
    return found, at

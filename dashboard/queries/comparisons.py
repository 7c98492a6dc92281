"""Comparisons that the build made: each share with the rest of the district and with the year before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from dashboard.display import Measure
from dashboard.queries.core import Queries

RATE = 0.1
"""So many of the signals shown may be false ones, on average (Benjamini and Hochberg)."""


@dataclass(frozen=True)
class Comparison:
    """One share against another: who, of what, how likely by chance (p), and q after all comparisons of the year."""

    indicator: str
    school: str | None
    year: int
    procedure: str | None
    term: str | None
    subject: str | None
    grade: int | None
    level: str | None
    topic: str | None
    competence: str | None
    against: str
    part: float
    n: float
    other_part: float
    other_n: float
    p: float
    q: float

    @property
    def id(self) -> str:
        """Short name, the same in every snapshot: what was compared, not what came out."""
        what = (self.indicator, self.school, self.year, self.procedure, self.term, self.subject, self.grade,
                self.level, self.topic, self.competence, self.against)  # fmt: skip
        return hashlib.sha256("|".join(map(str, what)).encode()).hexdigest()[:8]

    @property
    def measures(self) -> tuple[Measure, Measure]:
        """The share, and the one it is compared with."""
        mine = Measure(self.part, self.n, self.n, 100 * self.part / self.n)
        return mine, Measure(
            self.other_part, self.other_n, self.other_n, 100 * self.other_part / self.other_n
        )

    @property
    def is_higher(self) -> bool:
        """Is the share above the other one?"""
        return self.part / self.n > self.other_part / self.other_n


def comparisons(q: Queries, year: int, kind: str | None = None) -> list[Comparison]:
    """All comparisons of a year that this viewer may see, strongest evidence first."""
    if not q.has("comparison"):
        return []
    sql = """select indicator_id, school_id, school_year, procedure, term, subject, grade, level, topic, competence,
            against, part, n, other_part, other_n, p, q
        from comparison where school_year = ? and (? is null or kind = ? or school_id is null)
        order by p, indicator_id, school_id, subject, grade"""
    found = [Comparison(*row) for row in q.rows(sql, [year, kind, kind])]
    viewer = q.viewer
    mine = {"internal": None, "school": viewer.school, "public": ""}[viewer.audience]
    return [one for one in found if mine is None or one.school in (None, mine)]


def signals(found: list[Comparison]) -> list[Comparison]:
    """Those that chance does not explain, however many were looked at."""
    return [one for one in found if one.q <= RATE]

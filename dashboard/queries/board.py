"""Questions about who owes what by when: forms of the calendar, organisation by organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dashboard.queries.core import Queries

State = Literal["accepted", "warned", "refused", "overdue", "absent", "not_needed"]
_STATES: dict[str, State] = {
    "accepted": "accepted", "accepted_with_warnings": "warned", "refused": "refused",
}  # fmt: skip
_COLUMNS = """school_id, form_id, form_title, is_expected, due_on, last_on, status, taken_on, parts, parts_first, sent,
    returned, errors, warnings, is_judged"""


@dataclass(frozen=True)
class Owed:
    """One form of one organisation in one school year: what is expected and what came."""

    school: str
    form: str
    title: str
    is_expected: bool
    due_on: date
    last_on: date
    """Until this day it is not late."""
    status: str | None
    taken_on: date | None
    parts: int
    parts_first: int
    """Parts taken at the first attempt."""
    sent: int
    returned: int
    errors: int
    warnings: int
    is_judged: bool
    """Whether the program was at work when it was due: before that nobody is late."""

    def state(self, today: date) -> State:
        """How it stands on a day."""
        if self.status:
            return _STATES[self.status]
        if not self.is_expected:
            return "not_needed"
        return "overdue" if self.is_judged and today > self.last_on else "absent"

    @property
    def days_late(self) -> int:
        """Days after the due date on which it was taken; 0 in time, or when nobody judges."""
        if not (self.is_judged and self.is_expected and self.taken_on and self.taken_on > self.last_on):
            return 0
        return (self.taken_on - self.due_on).days


def owed(q: Queries, year: int) -> list[Owed]:
    """Every form of every organisation, in the calendar's order; none in a snapshot from before the calendar."""
    if not _has_board(q):
        return []
    sql = f"select {_COLUMNS} from fct_collection where school_year = ? order by form_order, school_id"
    return [Owed(*row) for row in q.rows(sql, [year])]


def board_years(q: Queries) -> list[int]:
    """School years in which something is expected or was sent."""
    if not _has_board(q):
        return []
    return [row[0] for row in q.rows("select distinct school_year from fct_collection order by 1")]


def _has_board(q: Queries) -> bool:
    return q.has("fct_collection")


@dataclass(frozen=True)
class Attempt:
    """One submission of an organisation on the way of a form."""

    submission: str
    period: str
    file: str
    received_at: datetime
    status: str
    rows: int
    errors: int
    warnings: int
    is_current: bool
    undone_by: str | None
    undone_why: str | None


def attempts(q: Queries, school: str, form: str, year: int) -> list[Attempt]:
    """What an organisation sent for a form, period by period, newest first."""
    sql = """select submission_id, submission.period, file, received_at, status, "rows", errors, warnings, is_current,
            undone_by, undone_why
        from submission inner join form on form_id = ? and list_contains(sources, source)
            and (form.period = '' or contains(submission.period || ',', ', ' || form.period || ','))
        where school_id = ? and school_year = ? order by submission.period, received_at desc"""
    return [Attempt(*row) for row in q.rows(sql, [form, school, year])]

"""``expectations/calendar.toml``: which forms are owed, by whom and by when."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pipelines.contract import EXPECTATIONS, DeclarationError, _build, _Declared, _read_toml, declarations
from pipelines.sources import sources

NAME = "calendar.toml"
_DAY = re.compile(r"(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])")


class CalendarForm(_Declared):
    """One form that organisations owe once in a school year."""

    id: str
    title: str
    """Short: the head of a column."""
    sources: tuple[str, ...]
    """Any of these counts."""
    kinds: tuple[str, ...]
    """Kinds of organisations that owe it."""
    due: str
    """Day and month; from September on in the first calendar year of a school year."""
    grace: int
    """Days after it that are not yet late."""
    period: str = ""
    """Words of a submission's period, where a source is sent several times a year."""
    basis: str
    """What it is, as people call it in full."""

    @property
    def day(self) -> int:
        """Day of the month."""
        return int(self.due[:2])

    @property
    def month(self) -> int:
        """Month, from 1."""
        return int(self.due[3:])


def load_calendar(path: Path = EXPECTATIONS / NAME) -> tuple[CalendarForm, ...]:
    """Read and check the forms, in the order of the file; `DeclarationError` names what is wrong."""
    found = tuple(
        _build(CalendarForm, f"{NAME}, форма «{name}»", {**content, "id": name})
        for name, content in _read_toml(path).items()
    )
    for form in found:
        _check(form)
    return found


@cache
def calendar() -> tuple[CalendarForm, ...]:
    """The project's own calendar, read once a process."""
    return load_calendar()


def _check(form: CalendarForm) -> None:
    where = f"{NAME}, форма «{form.id}»"
    kinds = declarations().dictionaries["school_kind"].terms
    for name in form.sources:
        if name not in sources():
            raise DeclarationError(f"{where}: источника «{name}» нет")
    for kind in form.kinds:
        if kind not in kinds:
            raise DeclarationError(f"{where}: вида организаций «{kind}» нет")
    if not _DAY.fullmatch(form.due):
        raise DeclarationError(f"{where}: срок «{form.due}» — не день и месяц вида 30.09")

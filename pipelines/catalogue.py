"""What a declared indicator says of itself beyond its formula: goals, population, what it may be compared with."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

MayCompare = Literal["yes", "caution", "no"]


class Goal(BaseModel):
    """A value that somebody set to be reached, or at which to be alarmed: dated, and by whom."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: float
    set_by: str
    """Who set it: an act with its article, an order, the district's own decision."""
    since: date
    until: date | None = None


class Comparable(BaseModel):
    """Between what a number may be compared; the words of ``compare`` say how."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schools: MayCompare = "yes"
    years: MayCompare = "caution"
    subjects: MayCompare = "no"


class Gap(BaseModel):
    """An indicator of the handbook that no known file feeds: shown with what is lacking, not left out in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    title: str
    formula: str
    missing: str
    """Which field is lacking and where it would have to come from."""
    theme: str


class Item(BaseModel):
    """One line of an official list: an indicator in a cut, or where its number is to be taken from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: str
    title: str
    unit: str = ""
    indicator: str | None = None
    cut: dict[str, str | int] = {}
    rest: bool = False
    """The list asks for those whom the indicator does not count."""
    times: float = 1
    """What the indicator's value is multiplied by: 0.01 for «per pupil» from «per 100 pupils»."""
    fill: str = ""
    """Where the number is to be taken from when the system has no data of it."""


class OfficialList(BaseModel):
    """A list of numbers that an act demands, in its order: a file of ``expectations/lists`` a methodist may change."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    act: str
    note: str = ""
    scope: Literal["school", "district"]
    """Who fills it."""
    items: list[Item]

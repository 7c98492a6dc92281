"""What is asked of the explorer: the address checked against what the indicator has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.explorer import names
from dashboard.marts import Indicator
from dashboard.parts import pick_year
from dashboard.queries import Queries
from dashboard.queries.explorer import dimension_values
from dashboard.selection import Selection, field_of

PAGE = "explorer"
WHOLE = "whole"
"""The breakdown of no breakdown: the indicator as one number a year."""

DOWN = ("municipality", "school", "subject", "grade", "class", "task", "competence", "topic")
"""The way down: what a number is broken by when nothing is asked."""


@dataclass(frozen=True)
class Scope:
    """A checked question: one indicator, its breakdown, its conditions."""

    indicator: Indicator
    by: str | None
    across: str | None
    """A second dimension that the indicator has no meaning without (levels, periods)."""
    year: int
    years: tuple[int, ...]
    chosen: Selection
    known: dict[str, tuple[Any, ...]]
    """Values of every dimension that the indicator has, in order."""
    messages: tuple[str, ...]

    @property
    def where(self) -> dict[str, Any]:
        """Conditions without the year."""
        return {name: given for name in self.known if (given := picked(self.chosen, name)) is not None}

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """Dimensions with more than one value that no condition fixes."""
        return tuple(
            name for name, found in self.known.items() if len(found) > 1 and picked(self.chosen, name) is None
        )

    @property
    def is_share(self) -> bool:
        """Percent, drawn on an axis from 0 to 100."""
        return self.indicator.unit == "%"


def picked(chosen: Selection, name: str) -> Any:
    """What an address fixes a dimension to."""
    return getattr(chosen, field_of(name))


def scope(q: Queries, chosen: Selection) -> Scope | None:
    """Check an address; None where the indicator has no numbers."""
    indicator = q.indicators[chosen.indicator or ""]
    year, said = pick_year(q.years_of(indicator.indicator_id), chosen)
    if year is None:
        return None
    known = dimension_values(q, indicator.indicator_id)
    checked, lost = _checked(q, chosen.but(year=year), known)
    free = Scope(indicator, None, None, year, tuple(q.years_of(indicator.indicator_id)), checked, known, ())
    by, across, more = _breakdown(free)
    return Scope(indicator, by, across, year, free.years, checked, known, (*said, *lost, *more))


def _checked(q: Queries, chosen: Selection, known: dict[str, tuple[Any, ...]]) -> tuple[Selection, list[str]]:
    """The address without conditions that nothing fits; each loss gets its word."""
    lost: list[str] = []
    for name in names.DIMENSIONS:
        given = picked(chosen, name)
        if name == "year" or given is None or given in known.get(name, ()):
            continue
        shown = names.value(q, name, given)
        lost.append(f"{names.dimension(name)} «{shown}»: у этого показателя таких данных нет, условие снято.")
        chosen = chosen.but(**{field_of(name): None})
    return chosen, lost


def _breakdown(s: Scope) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The asked breakdown, or one that the indicator cannot do without, or the next step down."""
    needed = [name for name in s.indicator.split_by if name in s.breakdowns]
    asked = s.chosen.by
    said: tuple[str, ...] = ()
    if asked and asked != WHOLE and asked not in s.breakdowns:
        said = (f"По «{names.dimension(asked)}» этот показатель здесь не разбивается.",)
        asked = None
    if asked is None:
        asked = next((name for name in (*needed, *DOWN) if name in s.breakdowns), WHOLE)
    if asked == WHOLE:
        return (needed[0] if needed else None), None, said
    across = next((name for name in needed if name != asked), None)
    return asked, across, said

"""What numbers are compared with: all of ours, the region and the country of the same work, similar schools.

The one that is chosen stands in the address (``against``) and is named wherever it is drawn.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from dashboard.blocks import Link, Links
from dashboard.display import Measure
from dashboard.queries import Queries
from dashboard.queries.similar import peers
from dashboard.selection import Selection
from dashboard.words import capital, plural

SIMILAR = "similar"


@dataclass(frozen=True)
class Common:
    """The value that others are compared with, and what it is called."""

    label: str
    measure: Measure


def commons(q: Queries, indicator: str, own: Common, chosen: Selection, **where: Any) -> dict[str, Common]:
    """Everything that there is to compare with, ours first, by its name in the address."""
    areas = [a for a in q.areas(indicator, (), **where) if a.measure.value is not None]
    works = Counter(area.label for area in areas)
    found = {"": own}
    found |= {a.label: Common(f"{a.label} (по отчётам)", a.measure) for a in areas if works[a.label] == 1}
    return found | _similar(q, indicator, chosen, **where)


def _similar(q: Queries, indicator: str, chosen: Selection, **where: Any) -> dict[str, Common]:
    """The schools alike to the chosen one, taken together; said where there are fewer than are enough."""
    school = q.schools().get(chosen.school or "")
    year = where.get("year")
    found = peers(q, school, year, chosen.similar) if school and isinstance(year, int) else None
    if found is None or not found.members:
        return {}
    measure = q.one(indicator, **{**where, "school": found.ids})
    if measure.value is None:
        return {}
    size = plural(len(found.members), "похожая школа", "похожие школы", "похожих школ")
    return {SIMILAR: Common(f"{size}{', мало' if found.is_few else ''}", measure)}


def choice(page: str, chosen: Selection, found: dict[str, Common]) -> tuple[Common, tuple[Links, ...]]:
    """The chosen one, and the ways to the others; no ways where there is nothing to choose."""
    common = found.get(chosen.against or "", found[""])
    if len(found) == 1:
        return common, ()
    ways = [Link(capital(one.label), page, chosen.but(against=key or None)) for key, one in found.items()]
    return common, (Links(tuple(ways), capital(common.label), "С чем сравнивать"),)

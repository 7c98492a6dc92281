"""Columns of a recognised table that nothing declared claims: personal ones, ignored ones, and all the others."""

from __future__ import annotations

from dataclasses import replace

from pipelines.cast import as_text
from pipelines.contract import Declarations
from pipelines.recognise import Match, Place, is_personal
from pipelines.source import normalised
from pipelines.sources import PERSONAL_HEADINGS


def with_others(match: Match, declared: Declarations) -> Match:
    """The match with its unclaimed columns under the source's column of others, in the order of the sheet."""
    name = match.source.column_of_others
    if not name:
        return match
    places = {
        f"{name}:{index}": Place(index, heading)
        for index, heading in unclaimed(match)
        if heading and not is_dropped(heading, match, declared) and not is_ignored(heading, match)
    }
    return replace(match, places=match.places | places)


def unclaimed(match: Match) -> list[tuple[int, str]]:
    """Columns that no declared column took, with their headings."""
    taken = {place.index for place in match.places.values()}
    width = max(len(row) for row in match.sheet.rows)
    return [(index, _heading(match, index)) for index in range(width) if index not in taken]


def is_dropped(heading: str, match: Match, declared: Declarations) -> bool:
    """Whether the column is personal data, of this source or of any."""
    own = any(pattern.search(normalised(heading)) for pattern in match.source.personal)
    return own or is_personal(heading, declared.dictionaries[PERSONAL_HEADINGS])


def is_ignored(heading: str, match: Match) -> bool:
    """Whether the source knows the heading and does not take it."""
    return any(pattern.search(normalised(heading)) for pattern in match.source.skipped)


def _heading(match: Match, index: int) -> str:
    header = match.sheet.rows[match.top : match.below]
    cells = [as_text(row[index]) for row in header if index < len(row) and row[index] != ""]
    return cells[-1] if cells else ""

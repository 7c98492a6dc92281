"""What of a page belongs on paper, and what of it this reader may have: the same blocks, some left out.

Numbers are withheld where they are asked for (`dashboard.audience`); here it is decided what is then still worth
showing, and which counts of people are not for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dashboard import blocks as b
from dashboard.audience import Audience

REPEATS = {"competences-table", "parts"}
"""Tables of what the shaded table, or the sums, before them say."""
OWN_AFFAIRS = {"ages", "service", "categories", "categories-table", "levels", "teachers-table"}
"""Counts of people so small that they tell of one: age, service, categories, levels, teachers of a subject."""
ORGANISATIONS = ("Организация", "Школа")
FEWEST = 2
"""Organisations of a published chart: one alone is held up, and to nothing but the district it is a part of."""
WITHHELD = {"", "—", "0"}


def fitted(blocks: Iterable[b.Block], audience: Audience, is_of_school: bool) -> tuple[b.Block, ...]:
    """The blocks for this reader; a school's own affairs are no secret in its own document."""
    kept = (block for block in blocks if not _is_left_out(block, audience, is_of_school))
    is_public = audience == "public"
    return tuple(_without_heads(_published(kept) if is_public else kept))


def _is_left_out(block: b.Block, audience: Audience, is_of_school: bool) -> bool:
    key = block.key if isinstance(block, b.Chart | b.Table) else ""
    is_secret = audience != "internal" and not is_of_school and key in OWN_AFFAIRS
    return key in REPEATS or is_secret or (isinstance(block, b.Chart) and not block.table.rows)


def _published(blocks: Iterable[b.Block]) -> Iterator[b.Block]:
    """Without organisations of which nothing may be said, and without charts of one alone."""
    for block in blocks:
        table = block.table if isinstance(block, b.Chart) else block if isinstance(block, b.Table) else None
        if table is None or table.columns[0].title not in ORGANISATIONS:
            yield block
            continue
        rows = tuple(row for row in table.rows if any(one.text not in WITHHELD for one in row.cells[1:]))
        if len(rows) >= FEWEST:
            yield replace(table, rows=rows) if block is table else block


def _without_heads(blocks: Iterable[b.Block]) -> Iterator[b.Block]:
    """Without headings that have lost what stood under them."""
    waiting: b.Heading | None = None
    for block in blocks:
        if isinstance(block, b.Heading):
            waiting = block
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        yield block

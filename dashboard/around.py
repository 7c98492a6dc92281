"""What stands around a figure or a table on the screen: where its numbers come from, remarks, files to save."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard import downloads, origins, panels
from dashboard.blocks import Below, Block, Chart, Heading, Save, Table
from dashboard.panels import Here

FEW = 4
"""So many rows are sooner copied than saved."""


def spread(blocks: tuple[Block, ...], here: Here | None) -> Iterator[Block]:
    """The blocks with all that stands around them, each after the other; nowhere (None) nothing can be done with them.

    A chart is then its drawing alone: the rest is plain text, which goes to the browser in one piece with what
    follows.
    """
    for block in blocks:
        if isinstance(block, Chart):
            yield from _around(block, here)
        elif isinstance(block, Table) and here and block.has_download and len(block.rows) > FEW:
            yield from (block, Below(saves=_saves(block, here, "xlsx")))
        else:
            yield block


def _around(chart: Chart, here: Here | None) -> Iterator[Block]:
    if chart.title:
        yield Heading(chart.title)
    yield chart
    yield _below(chart, here) if here else Below(chart.caption)
    yield from panels.beside(here, chart.key) if here else ()
    if chart.shows_table:
        yield chart.table


def _below(chart: Chart, here: Here) -> Below:
    ways = (origins.of_figure(chart.caption, here.view), here.remarks_link(chart.key))
    return Below(chart.caption, tuple(way for way in ways if way), _saves(chart, here, *downloads.KINDS))


def _saves(block: Chart | Table, here: Here, *kinds: str) -> tuple[Save, ...]:
    return tuple(downloads.save(kind, here.page, here.chosen.but(panel=None), block.key) for kind in kinds)

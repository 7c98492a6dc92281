"""Forms of a whole region: schools of municipalities that the registry does not know are left out and named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipelines.cast import as_text
from pipelines.findings import Finding
from pipelines.frame import Raw
from pipelines.identity import area_rows, school_column
from pipelines.schools import Schools


def own_areas(table: tuple[Raw, list[Finding]], schools: Schools) -> tuple[Raw, list[Finding]]:
    """A table without schools under an area none of whose schools is in the registry.

    Totals of areas stay: they are what schools are compared with. Where no school at all is known, nothing is left
    out, so that a wrong registry is told of.
    """
    raw, remarks = table
    areas, column = area_rows(raw), school_column(raw)
    if not areas.any() or column is None or not schools.loaded:
        return table
    under = np.cumsum(areas)
    names = [as_text(cell) for cell in raw.cells[column]]
    known = np.array([bool(schools.resolve(name, frozenset()).id) for name in names], dtype=bool) & ~areas
    foreign = ~areas & (under > 0) & ~np.isin(under, under[known])
    if not known.any() or not foreign.any():
        return table
    cells = {name: column[~foreign] for name, column in raw.cells.items()}
    message = (
        f"Школы других муниципалитетов не читались: строк {int(foreign.sum())}; итоги муниципалитетов взяты"
    )
    fix = "Если это ваши школы, добавьте их в реестр"
    left = Finding(severity="info", rule="file.other_areas", message=message, fix=fix, sheet=raw.sheet)
    return replace(raw, rows=raw.rows[~foreign], cells=cells), [*remarks, left]

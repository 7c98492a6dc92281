"""«Как считаем»: equal organisations in an invented year, drawn as the real ones are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import Block, Caption, Chart, Heading, Link, Links, Sentence
from dashboard.chance import Drawn, usual_gap, year
from dashboard.display import Measure, shown
from dashboard.intervals import wilson
from dashboard.parts import MANY, sheet
from dashboard.queries import Queries
from dashboard.queries.results import works
from dashboard.selection import Selection
from dashboard.words import NBSP, number, percent, plural

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

SIZES = {"Школа А": 4, "Школа Б": 7, "Школа В": 9, "Школа Г": 14, "Школа Д": 22}
SHARE = 0.45
"""Stand in for a district without results."""


def blocks(q: Queries, chosen: Selection, page: str) -> tuple[Block, ...]:
    """What chance alone does to schools of these sizes; another year at a click."""
    sizes, share, of = _district(q)
    seed = chosen.part or 1
    drawn = year(list(sizes.values()), share, seed)
    again = Link("Ещё один год", page, chosen.but(part=seed % 99 + 1))
    said = (
        f"Представьте, что все школы учат одинаково: каждый ребёнок получает «4» или «5» с вероятностью"
        f" {percent(100 * share, 0)}. В этом выдуманном году разница между школами —"
        f" {plural(round(drawn.gap), 'пункт', 'пункта', 'пунктов')}, обычно —"
        f" {number(usual_gap(list(sizes.values()), share))}. Её причина — только случай и малое число детей."
    )
    return (
        Heading("Что делает случай", f"выдуманный год {seed}"),
        Sentence("", said),
        _chart(sizes, drawn, share, of),
        Links((again,), "", "Выдуманный год"),
    )


def _district(q: Queries) -> tuple[dict[str, int], float, str]:
    """Sizes and the common share of the district's latest work; invented ones where there is none."""
    for work in reversed(works(q)):
        where = {"year": work.year, "subject": work.subject, "grade": work.grade}
        cuts = [c for c in q.cuts("quality_share", ("school",), **where) if c.measure.n]
        whole = q.one("quality_share", **where)
        if 1 < len(cuts) <= MANY and whole.denominator:
            names = q.schools()
            sizes = {
                names[c.keys["school"]].label: int(c.measure.n) for c in cuts if c.keys["school"] in names
            }
            return sizes, whole.share, f"численность — {work.label}"
    return dict(SIZES), SHARE, "численность выдумана"


def _chart(sizes: dict[str, int], drawn: Drawn, share: float, of: str) -> Chart:
    rows = [(name, _measure(k, n)) for (name, n), k in zip(sizes.items(), drawn.counts, strict=True)]
    return Chart(
        figure=partial(_figure, rows, 100 * share),
        caption=Caption(f"случайные числа; {of}", "выдуманный год", f"n{NBSP}={NBSP}{sum(sizes.values())}"),
        alt="Одинаковые школы в выдуманном году: точки с интервалами",
        table=sheet("Организация", rows),
        key="chance",
        shows_table=False,
    )


def _measure(k: int, n: int) -> Measure:
    low, high = wilson(k, n)
    return Measure(k, n, n, 100 * k / n, 100 * low, 100 * high)


def _figure(rows: list[tuple[str, Measure]], share: float, look: Look) -> go.Figure:
    from dashboard.figures.base import Point, Reference
    from dashboard.figures.dots import dots

    points = [Point(name, shown(measure)) for name, measure in rows]
    return dots(points, Reference("на самом деле у всех", share), look)

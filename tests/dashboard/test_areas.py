"""The region and the country beside the district: in the profile, over the schools, in the journal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashboard.blocks import Chart, Links, Table
from dashboard.profile import profile
from dashboard.queries import Queries
from dashboard.queries.results import works
from dashboard.results import journal, places, tasks
from dashboard.results.scope import Scope, scope
from dashboard.selection import Selection
from dashboard.theme import LIGHT, look
from dashboard.view import views
from pipelines.demo.model import YEARS

YEAR = YEARS[-1]
"""Group reports of the demonstration are about the latest year only."""


def _scope(q: Queries, year: int = YEAR, **chosen: Any) -> Scope:
    found = scope(q, Selection(year=year, subject="Математика", grade=7, **chosen))
    assert found
    return found


def _parts(blocks: tuple[Any, ...]) -> tuple[str, Table]:
    chart = next(b for b in blocks if isinstance(b, Chart))
    table = next(b for b in blocks if isinstance(b, Table))
    return json.dumps(chart.figure(look(None)).to_plotly_json(), default=str, ensure_ascii=False), table


def test_the_demonstration_has_a_deficit_that_the_region_has_not(demo: Queries) -> None:
    (work,) = (w for w in works(demo, YEAR) if (w.subject, w.grade) == ("Математика", 7))
    seen = profile(demo, work)
    assert {label for p in seen.points for label, _ in p.areas} == {"регион", "РФ"}
    lacking = {
        p.task: (p.measure.value or 0, dict(p.areas)["регион"])
        for p in seen.points
        if p.task in ("7", "8", "15")
    }
    assert all(region - own > 15 for own, region in lacking.values()), lacking
    (before,) = (w for w in works(demo, YEAR - 1) if (w.subject, w.grade) == ("Математика", 7))
    assert not any(p.areas for p in profile(demo, before).points)


@pytest.mark.parametrize("school", [None, "980101"])
def test_every_view_of_a_work_shows_the_region_and_the_country(demo: Queries, school: str | None) -> None:
    s = _scope(demo, school=school)
    drawn, table = _parts(tasks.blocks(demo, s))
    assert "регион: " in drawn
    assert [c.title for c in table.columns][-3:] == ["Регион", "РФ", "Вывод"]
    drawn, table = _parts(journal.blocks(demo, s))
    assert [row.cells[0].text for row in table.rows][1:3] == ["Регион", "РФ"]
    if school is None:
        drawn, _ = _parts(places.schools(demo, s))
        region = demo.areas("quality_share", (), **s.where)[0]
        assert f"регион: {region.measure.value:.1f}".replace(".", ",") in drawn
        assert "РФ: " in drawn


def test_without_reports_nothing_is_promised(demo: Queries) -> None:
    s = _scope(demo, year=YEAR - 1)
    drawn, table = _parts(tasks.blocks(demo, s))
    assert "регион" not in drawn
    assert "Регион" not in [c.title for c in table.columns]


@pytest.mark.parametrize(("against", "label"), [
    (None, "район"), ("регион", "регион (по отчётам)"), ("РФ", "РФ (по отчётам)"), ("луна", "район"),
])  # fmt: skip
def test_schools_are_compared_with_what_was_chosen_and_it_is_said(
    demo: Queries, against: str | None, label: str
) -> None:
    (view,) = [view for view in views() if view.path == "results"]
    chosen = Selection(year=2026, subject="Математика", grade=4, view="schools", against=against)
    blocks = view.build(demo, chosen).blocks
    (ways,) = [b for b in blocks if isinstance(b, Links) and b.label == "С чем сравнивать"]
    assert ways.current.lower() == label.lower()
    assert len(ways.items) == 3
    (chart,) = [b for b in blocks if isinstance(b, Chart)]
    assert label in chart.alt
    assert "n = 53" in chart.caption.text.replace("\u00a0", " ")
    said = [note.text.split(":")[0] for note in chart.figure(LIGHT).layout.annotations[:3]]
    assert {word.split()[0] for word in said} == {"район", "регион", "РФ"}
    first = chart.figure(LIGHT).layout.annotations[0].text
    assert first.startswith(f"{label}: ")

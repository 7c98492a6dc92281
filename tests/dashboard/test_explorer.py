"""The explorer: any indicator in any cut, drawn from the numbers that `kabinet value` gives."""

from __future__ import annotations

import duckdb
import pytest

from dashboard.blocks import Chart, Code, Details, Filter, Filters, Page, Table
from dashboard.explorer.scope import WHOLE, scope
from dashboard.explorer.shapes import TITLES, fitting
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.theme import DARK, LIGHT
from dashboard.view import views

BUILD = next(view.build for view in views() if view.path == "explorer")


def page(q: Queries, **chosen: object) -> Page:
    return BUILD(q, Selection(**chosen))  # type: ignore[arg-type]


def of_kind(said: Page, kind: type) -> list:
    return [block for block in said.blocks if isinstance(block, kind)]


def options(said: Page, key: str) -> Filter:
    found = {item.key: item for block in of_kind(said, Filters) for item in block.items}
    return found[key]


def test_the_list_leads_to_every_indicator(demo: Queries) -> None:
    said = page(demo)
    linked = {row.link.selection.indicator for t in of_kind(said, Table) for row in t.rows if row.link}
    assert linked == set(demo.indicators)


def test_every_indicator_answers_in_every_breakdown_and_chart(demo: Queries) -> None:
    drawn = set()
    for name in demo.indicators:
        first = scope(demo, Selection(indicator=name))
        for by in (*first.breakdowns, WHOLE) if first else ():
            asked = scope(demo, Selection(indicator=name, by=by))
            assert asked is not None
            for chart in TITLES:
                said = page(demo, indicator=name, by=by, chart=chart)
                for block in of_kind(said, Chart):
                    drawn.add(block.key.removeprefix("explorer-"))
                    if (name, chart) in {("quality_share", "dots"), ("teachers", "bars")}:
                        assert block.figure(DARK).data
    assert drawn == set(TITLES) - {"table"}


def test_a_chart_that_does_not_fit_gives_way_to_the_best_that_does(demo: Queries) -> None:
    asked = {"indicator": "teachers", "by": "kind", "year": 2026}
    assert "funnel" not in {o.selection.chart for o in options(page(demo, **asked), "chart").options}
    (drawn,) = of_kind(page(demo, chart="funnel", **asked), Chart)
    assert drawn.key == "explorer-bars"


@pytest.mark.parametrize(
    ("name", "by", "chart"),
    [
        ("quality_share", "school", "dots"), ("quality_share", "school", "funnel"), ("teachers", "kind", "bars"),
        ("quality_share", WHOLE, "lines"), ("teachers", "school", "panels"), ("quality_share", "school", "panels"),
        ("ict_level_share", "school", "heat"), ("quality_share", "subject", "heat"),
        ("journal_lowered_share", "school", "diverging"), ("ict_level_share", "school", "diverging"),
        ("teachers", "school", "pyramid"),
    ],
)  # fmt: skip
def test_a_chart_shows_the_numbers_of_its_table(demo: Queries, name: str, by: str, chart: str) -> None:
    (drawn,) = of_kind(page(demo, indicator=name, by=by, chart=chart), Chart)
    assert drawn.key == f"explorer-{chart}"
    assert drawn.figure(LIGHT).data
    assert drawn.table.rows


def test_diverging_bars_stand_for_the_three_shares(demo: Queries) -> None:
    asked = {"indicator": "journal_raised_share", "by": "subject", "year": 2026, "chart": "diverging"}
    (drawn,) = of_kind(page(demo, **asked), Chart)
    lowered, raised = drawn.figure(LIGHT).data
    known = {c.keys["subject"]: c.measure for c in demo.cuts("journal_raised_share", ("subject",), year=2026)}
    assert sorted(raised.x) == sorted(m.value for m in known.values() if m.value is not None and m.n >= 10)
    assert all(value <= 0 for value in lowered.x)
    assert "diverging" not in {
        o.selection.chart for o in options(page(demo, indicator="quality_share"), "chart").options
    }


def test_the_pyramid_counts_each_teacher_of_the_chosen_place_once(demo: Queries) -> None:
    said = page(demo, indicator="teachers", by="school", year=2026, kind="школа", chart="pyramid")
    (drawn,) = of_kind(said, Chart)
    women, men = drawn.figure(LIGHT).data
    known = """select count(*) from fct_staff inner join dim_school using (school_id) where school_year = 2026
        and is_latest and is_teacher and kind = 'школа' and sex is not null and age is not null"""
    ((people,),) = demo.rows(known)
    assert -sum(women.x) + sum(men.x) == people > 0
    assert f"указаны у\u00a0{people}" in drawn.caption.text
    assert drawn.figure(LIGHT).layout.yaxis.ticktext[0] == "65 и старше"


def test_the_table_says_what_the_values_say(demo: Queries) -> None:
    (table,) = of_kind(page(demo, indicator="quality_share", by="school", year=2026), Table)
    measured = {c.keys["school"]: c.measure for c in demo.cuts("quality_share", ("school",), year=2026)}
    at = [column.title for column in table.columns].index("2025/26")
    for row in table.rows:
        assert row.link is not None
        measure = measured[row.link.selection.school]
        assert row.cells[at].value == pytest.approx(measure.value)


def test_a_click_goes_one_level_down(demo: Queries) -> None:
    (table,) = of_kind(page(demo, indicator="quality_share", by="school", year=2026), Table)
    assert table.rows[0].link is not None
    inside = scope(demo, table.rows[0].link.selection)
    assert inside is not None
    assert inside.by not in (None, "school")
    assert inside.where["school"] == table.rows[0].link.selection.school


def test_levels_are_never_pooled(demo: Queries) -> None:
    assert scope(demo, Selection(indicator="ict_level_share", by=WHOLE)).by == "level"  # type: ignore[union-attr]
    crossed = scope(demo, Selection(indicator="ict_level_share", by="school"))
    assert crossed is not None
    assert crossed.across == "level"
    assert fitting(crossed, 5) == ("heat", "table")
    fixed = scope(demo, Selection(indicator="ict_level_share", by="school", level="базовый"))
    assert fixed is not None
    assert fixed.across is None


def test_a_condition_narrows_and_can_be_taken_back(demo: Queries) -> None:
    said = page(demo, indicator="quality_share", by="school", subject="Математика")
    item = options(said, "of-subject")
    assert item.current is not None
    assert item.options[item.current].label == "Математика"
    assert item.options[0].selection.subject is None


def test_the_statement_gives_the_same_rows(demo: Queries) -> None:
    said = page(demo, indicator="quality_share", by="school", year=2026)
    (details,) = of_kind(said, Details)
    (code,) = details.blocks
    assert isinstance(code, Code)
    with duckdb.connect(
        demo._marts.snapshot().path, read_only=True, config={"autoinstall_known_extensions": "false"}
    ) as c:
        rows = c.execute(code.text).fetchall()
    measured = [c.measure.numerator for c in demo.cuts("quality_share", ("school",), year=2026)]
    assert [row[2] for row in rows] == measured

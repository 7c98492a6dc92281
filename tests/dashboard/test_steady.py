"""Smoothed and pooled numbers of the screens against plain Python, and the macro of three years against plain sums."""

from __future__ import annotations

from collections import defaultdict

import pytest

from dashboard import steady
from dashboard.display import Measure
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.view import views
from dashboard.words import NBSP

WORK = {"subject": "Математика", "grade": 4}
BUILD = {view.path: view.build for view in views()}


def test_a_smoothed_share_is_the_own_one_with_twenty_common_people(demo: Queries) -> None:
    found = {c.keys["school"]: c.measure for c in demo.cuts("quality_share", ("school",), year=2026, **WORK)}
    smooth = steady.smoothing(demo, found)
    assert smooth is not None
    k, n = (sum(getattr(m, part) for m in found.values()) for part in ("numerator", "n"))
    assert (smooth.share, smooth.strength) == pytest.approx((k / n, 20.0))  # below ten schools
    heads, cells = steady.columns(demo, "quality_share", 2026, **WORK)
    assert [head.title for head in heads] == ["Сглажено", "За 3 года вместе"]
    for school, measure in found.items():
        expected = 100 * (measure.numerator + 20 * k / n) / (measure.n + 20)
        shown = cells(school)[0]
        assert shown.value == (None if measure.n < 5 else pytest.approx(expected, abs=0.05))
        lower, upper = sorted((100 * measure.numerator / measure.n, 100 * k / n))
        assert lower - 1e-9 <= smooth.of(measure) <= upper + 1e-9


def test_three_years_together_are_plain_sums_on_the_screen_and_in_the_macro(demo: Queries) -> None:
    parts: dict[str, list[float]] = defaultdict(lambda: [0, 0])
    for year in (2024, 2025, 2026):
        for c in demo.cuts("quality_share", ("school",), year=year, **WORK):
            parts[c.keys["school"]][0] += c.measure.numerator
            parts[c.keys["school"]][1] += c.measure.denominator
    _, cells = steady.columns(demo, "quality_share", 2026, **WORK)
    for school, (k, n) in parts.items():
        assert f"{k:.0f} из{NBSP}{n:.0f}" in cells(school)[1].text
    pooled = demo.rows(
        """select school_id, sum(numerator), sum(denominator), min(first_year), max(last_year)
        from pooled_years('quality_share', 2026) where subject = ? and grade = ? group by 1""", [*WORK.values()],
    )  # fmt: skip
    assert {school: [k, n] for school, k, n, _, _ in pooled} == parts
    assert {(first, last) for *_, first, last in pooled} == {(2024, 2026)}


def test_what_may_not_be_put_together_is_not(demo: Queries) -> None:
    heads, cells = steady.columns(demo, "task_success", 2026, **WORK)
    assert [head.title for head in heads] == ["Сглажено"]  # other tasks every year
    assert steady.columns(demo, "mean_primary_score", 2026, **WORK)[0] == ()
    assert len(cells("980101")) == 1
    first, _ = steady.columns(demo, "quality_share", 2023, **WORK)
    assert [head.title for head in first] == ["Сглажено"]  # there is no year before
    assert steady.smoothing(demo, {"1": Measure(1, 2, 2), "2": Measure(0, 0, 0)}) is None


@pytest.mark.parametrize(("page", "chosen", "key"), [
    ("results", Selection(year=2026, view="schools", **WORK), "schools-table"),
    ("indicators", Selection(indicator="any_category_share"), "organisations-table"),
    ("explorer", Selection(indicator="quality_share", by="school", **WORK), "explorer-table"),
])  # fmt: skip
def test_the_tables_of_schools_have_both(demo: Queries, page: str, chosen: Selection, key: str) -> None:
    (table,) = [b for b in BUILD[page](demo, chosen).blocks if getattr(b, "key", "") == key]
    assert [column.title for column in table.columns[-2:]] == ["Сглажено", "За 3 года вместе"]
    assert all("добавили" in c.hint or "отличаются" in c.hint for c in table.columns if c.title == "Сглажено")

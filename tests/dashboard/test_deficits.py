"""Tasks taken together: a systemic deficit is most of a group and two or more; «2» held to the threshold."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.blocks import Links, Sentence, Table
from dashboard.display import Measure, shown
from dashboard.marts import open_latest
from dashboard.profile import Group, ProfilePoint, profile
from dashboard.queries import Queries
from dashboard.queries.results import works
from dashboard.results import groups, journal, tasks, teachers, work, years
from dashboard.results.groups import crossings
from dashboard.results.scope import scope
from dashboard.selection import Selection
from dashboard.zones import BASE, Verdict
from pipelines.demo.model import YEARS
from tests.marts.rows import District, pupils


def _point(task: str, verdict: Verdict) -> ProfilePoint:
    measure = Measure(30, 100, 50, 30, 20, 40)
    return ProfilePoint(task, task, "Б", "Считать", measure, shown(measure), BASE, verdict)


@pytest.mark.parametrize(
    ("below", "others", "is_deficit"),
    [(1, 0, False), (1, 1, False), (2, 0, True), (2, 1, True), (2, 2, False), (3, 2, True), (0, 3, False)],
)
def test_one_low_task_is_no_deficit_and_half_is_not_most(below: int, others: int, is_deficit: bool) -> None:
    verdicts = [Verdict.BELOW] * below + [Verdict.SAME] * others
    group = Group("КЭС 1", tuple(_point(str(at), verdict) for at, verdict in enumerate(verdicts)))
    assert group.is_deficit is is_deficit
    assert (group.measure.numerator, group.measure.denominator, group.measure.n) == (
        30 * (below + others), 100 * (below + others), 50,
    )  # fmt: skip


def test_the_deficit_of_the_demonstration_is_systemic(demo: Queries) -> None:
    (work,) = (w for w in works(demo, YEARS[-1]) if (w.subject, w.grade) == ("Математика", 7))
    seen = profile(demo, work)
    (graphs,) = (group for group in seen.groups if group.is_deficit)
    assert (graphs.label, [p.task for p in graphs.below]) == ("КЭС\u00a05", ["7", "8", "15"])
    s = scope(demo, Selection(year=YEARS[-1], subject="Математика", grade=7))
    assert s
    found = tasks.blocks(demo, s)
    assert any("Системный дефицит" in b.text for b in found if isinstance(b, Sentence))
    table = next(b for b in found if isinstance(b, Table) and b.key == "groups-table")
    assert [r.cells[4].text for r in table.rows if r.cells[0].text == graphs.label] == ["системный дефицит"]


def test_a_low_task_of_few_pupils_is_called_chance() -> None:
    assert Verdict.SAME.words == "ниже зоны, но при таком n не отличается от случайного"


def _growing(root: Path, before: int, now: int, n: int) -> str:
    district = District(root)
    steps = {"min_3": 1, "min_4": 2, "min_5": 3, "max_total": 3}
    district.file("mark_scale", mark_scale=[{**steps, "school_year": year} for year in (2025, 2026)])
    for year, low in ((2025, before), (2026, now)):
        district.file("vpr", str(year), **pupils([[0]] * low + [[1]] * (n - low), school_year=year))
    q = Queries(open_latest(district.marts() and root))
    s = scope(q, Selection(year=2026, subject="Математика", grade=4, view="years"))
    assert s
    return " ".join(b.text for b in years.blocks(q, s) if isinstance(b, Sentence))


@pytest.mark.parametrize(
    ("before", "now", "n", "words"),
    [
        (2, 2, 40, "не превышен"), (2, 7, 40, "превышен, но при таком n не отличается от случайного"),
        (2, 20, 40, "за год) превышен."), (1, 3, 12, "для вывода о различии данных мало"),
    ],
)  # fmt: skip
def test_the_growth_of_twos_is_held_to_the_threshold(
    tmp_path: Path, before: int, now: int, n: int, words: str
) -> None:
    assert words in _growing(tmp_path, before, now, n)


def test_the_mean_shift_is_said_beside_the_shares(demo: Queries) -> None:
    s = scope(demo, Selection(year=YEARS[-1], subject="Математика", grade=7))
    assert s
    assert any("Средний сдвиг −" in b.text for b in journal.blocks(demo, s) if isinstance(b, Sentence))


def test_groups_by_mark_equal_a_plain_count(demo: Queries) -> None:
    s = scope(demo, Selection(year=YEARS[-1], subject="Математика", grade=7))
    assert s
    plain = demo.rows(
        """select task, mark, sum(points), sum(task.max_points) from fct_vpr_task as task
        join (select * from fct_vpr where not is_grouped) as pupil
            using (school_id, school_year, subject, grade, pupil_code)
        where school_year = ? and subject = 'Математика' and grade = 7 and is_counted group by all""",
        [YEARS[-1]],
    )
    table = next(b for b in groups.blocks(demo, s) if isinstance(b, Table))
    shown_counts = {
        (row.cells[0].text, mark): row.cells[mark - 1].text for row in table.rows for mark in (2, 3, 4, 5)
    }
    assert len(plain) == 19 * 4
    for task, mark, points, possible in plain:
        assert f"{points:g} из\u00a0{possible:g}" in shown_counts[task, mark], (task, mark)


def test_a_lower_group_ahead_is_told_with_its_chance() -> None:
    def of(points: float, n: float) -> Measure:
        return Measure(points, n, n, 100 * points / n)

    found = {
        "1": {3: of(18, 20), 4: of(4, 20)},
        "2": {3: of(11, 20), 4: of(10, 20)},
        "3": {3: of(9, 9), 4: of(1, 20)},
    }
    assert list(crossings(found, [3, 4])) == [("1", 3, 4, True), ("2", 3, 4, False)]


def test_a_deficit_leads_to_its_teachers_by_the_staff_lists(demo: Queries) -> None:
    s = scope(demo, Selection(year=YEARS[-1], subject="Математика", grade=7))
    assert s
    page = work.build(demo, s)
    table = next(b for b in page.blocks if isinstance(b, Table) and b.key == "teachers-table")
    whole, *schools = table.rows
    listed = demo.rows(
        """select school_id, name_id from fct_staff where school_year = ? and is_latest and is_teacher
        and subjects in ('Математика', 'Математика;Физика', 'Физика;Математика')""",
        [YEARS[-1]],
    )
    assert whole.cells[1].text == str(len(listed))
    assert sum(int(row.cells[1].value or 0) for row in schools) == len(listed)
    assert [row.link.selection.school for row in schools if row.link] == [
        school for school in demo.schools() if school in {at for at, _ in listed}
    ]
    ways = [b for b in page.blocks if isinstance(b, Links) and b.label == "Куда дальше"]
    assert {way.page for way in ways[0].items} == {"needs", "staff", "results"}


def test_where_nothing_is_below_its_zone_nobody_is_named(demo: Queries) -> None:
    s = scope(demo, Selection(year=YEARS[-1], subject="Математика", grade=4))
    assert s
    assert s.work
    assert not teachers.blocks(demo, s, profile(demo, s.work))

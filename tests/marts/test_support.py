"""Signs for a closer look: ranks as scipy has them, an exact tail, nothing below twenty pupils."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pytest
from scipy import stats

from dashboard.audience import Viewer
from dashboard.blocks import Heading, Note, Table
from dashboard.marts import open_latest
from dashboard.profile import _zones
from dashboard.queries import Queries
from dashboard.support import BY_CHANCE, SIGN, blocks
from dashboard.zones import PUBLISHED
from pipelines.contract import declarations
from tests.marts.rows import OTHER, District, Row

SCALE = {"min_3": 4, "min_4": 6, "min_5": 8, "max_total": 10}


def wrote(
    points: list[int], journal: list[int], school: str = "980101", subject: str = "Математика"
) -> list[Row]:
    return [
        {
            "school_id": school,
            "subject": subject,
            "pupil_code": 40001 + i,
            "total_points": float(p),
            "journal_mark": j,
        }
        for i, (p, j) in enumerate(zip(points, journal, strict=True))
    ]


def test_the_correlation_is_spearmans_and_small_groups_are_not_calculated(district: District) -> None:
    chance = Random(3)
    points = [chance.randint(0, 10) for _ in range(25)]
    journal = [5 - p // 4 for p in points]
    district.file("vpr", "a", vpr_result=wrote(points, journal))
    district.file("vpr", "b", vpr_result=wrote(points[:19], journal[:19], OTHER))
    marts = district.marts()
    found = marts.query("select school_id, pupils, correlation, is_sign from fct_journal_sign").to_dict(
        "records"
    )
    expected = stats.spearmanr(points, journal).statistic
    assert found == [
        {"school_id": "980101", "pupils": 25, "correlation": pytest.approx(expected), "is_sign": True}
    ]
    (table,) = [block for block in blocks(Queries(marts), 2026) if isinstance(block, Table)]
    assert [row.cells[3].text for row in table.rows] == [SIGN]
    for viewer in (Viewer("public"), Viewer("school", "980101")):
        assert blocks(Queries(marts, viewer=viewer), 2026) == ()


def test_low_results_need_two_works_and_say_what_chance_may_do(district: District) -> None:
    low, good = [0] * 7 + [9] * 13, [9] * 20
    for name, first, second in (("980101", low, low), (OTHER, low, good)):
        rows = wrote(first, [3] * 20, name) + wrote(second, [3] * 20, name, "Русский язык")
        district.file("vpr", name, vpr_result=rows)
    district.file("scale", mark_scale=[SCALE, {**SCALE, "subject": "Русский язык"}])
    marts = district.marts()
    tail = marts.query("select distinct p_value from fct_low_results where is_low")["p_value"].tolist()
    assert tail == [pytest.approx(stats.binom.sf(6, 20, 0.30))]
    (table,) = [block for block in blocks(Queries(marts), 2026) if isinstance(block, Table)]
    assert len(table.rows) == 2
    assert {row.cells[3].text for row in table.rows} == {f"{SIGN}; {BY_CHANCE}"}
    assert "«2» у 35,0\u00a0% (7 из\u00a020)" in table.rows[0].cells[2].text


def scored(mean: float, n: int, school: str, year: int = 2026, grade: int = 4) -> list[Row]:
    """Pupils around a mean, a point up and a point down in turn."""
    return [
        {
            "school_id": school, "school_year": year, "grade": grade, "pupil_code": grade * 10000 + i,
            "total_points": mean + (1 if i % 2 else -1), "max_total": 20.0,
        }
        for i in range(1, n + 1)
    ]  # fmt: skip


def test_an_overstated_mean_is_beside_the_regions_by_both_intervals(district: District) -> None:
    rows = scored(16, 30, "980101") + scored(12, 30, OTHER) + scored(18, 12, "980103")
    district.file("vpr", vpr_result=rows)
    parts = {"10": 30.0, "12": 40.0, "14": 30.0}
    about = {"breakdown": "score", "territory_level": "region", "territory": "Край", "school_id": None}
    district.file("groups", vpr_group_share=[
        {**about, "category": points, "percent": share, "participants": 4000, "pupils": round(40 * share)}
        for points, share in parts.items()
    ])  # fmt: skip
    marts = district.marts()
    found = marts.query("select * from fct_overstated_sign order by school_id").to_dict("records")
    assert [(row["school_id"], row["is_sign"]) for row in found] == [("980101", True), (OTHER, False)]
    spread = np.repeat([10, 12, 14], [1200, 1600, 1200])
    own = np.array([row["total_points"] for row in scored(16, 30, "980101")])
    assert found[0]["low"] == pytest.approx(own.mean() - 1.96 * own.std(ddof=1) / len(own) ** 0.5)
    assert found[0]["area_high"] == pytest.approx(
        spread.mean() + 1.96 * spread.std(ddof=1) / len(spread) ** 0.5
    )
    (table,) = [block for block in blocks(Queries(marts), 2026) if isinstance(block, Table)]
    assert [row.cells[3].text for row in table.rows] == [SIGN]


@pytest.mark.parametrize("schools", [19, 22])
def test_a_cohort_far_from_the_quartiles_is_a_sign_only_where_there_are_schools_enough(
    district: District, schools: int
) -> None:
    rows: list[Row] = []
    for at in range(schools):
        now = 5 if at == 0 else 12 + at % 3
        rows += scored(13, 20, f"9802{at:02d}", 2025) + scored(now, 20, f"9802{at:02d}", 2026, 5)
    district.file("vpr", vpr_result=rows)
    marts = district.marts()
    found = marts.query("select school_id, ratio, is_fall, is_rise from fct_cohort_sign order by 1")
    low, high = np.quantile(found["ratio"], [0.25, 0.75])
    wanted = found["ratio"] > high + 3 * (high - low)
    assert wanted.sum() == 1
    said = " ".join(block.text for block in blocks(Queries(marts), 2026) if isinstance(block, Note))
    if schools < 20:
        assert found["is_fall"].isna().all()
        assert "не рассчитывается (для квартилей школ мало: 19)" in said
    else:
        assert found["is_fall"].tolist() == wanted.tolist()
        assert not found["is_rise"].any()
        (table,) = [block for block in blocks(Queries(marts), 2026) if isinstance(block, Table)]
        assert "резкое падение" in table.rows[0].cells[2].text


def test_every_limit_says_whence_it_is_and_when_it_was_reviewed() -> None:
    for name in ("support_rule", "task_zone"):
        for term in declarations().dictionaries[name].terms.values():
            assert term.facts["source"]
            assert date.fromisoformat(term.facts["reviewed"]) <= date.today()
            assert term.facts.get("smallest", 20) >= 20


def test_zones_come_from_the_dictionary(demo_root: Path) -> None:
    assert _zones(Queries(open_latest(demo_root))) == PUBLISHED


def test_the_demonstration_has_its_section(demo_root: Path) -> None:
    assert blocks(Queries(open_latest(demo_root)), 2026)[0] == Heading("Признаки для анализа")

"""Signs for a closer look: ranks as scipy has them, an exact tail, nothing below twenty pupils."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from scipy import stats

from dashboard.audience import Viewer
from dashboard.blocks import Heading, Table
from dashboard.marts import open_latest
from dashboard.queries import Queries
from dashboard.support import BY_CHANCE, SIGN, blocks
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
    assert blocks(Queries(marts, viewer=Viewer("public")), 2026) == ()


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


def test_the_demonstration_has_its_section(demo_root: Path) -> None:
    assert blocks(Queries(open_latest(demo_root)), 2026)[0] == Heading("Признаки для анализа")

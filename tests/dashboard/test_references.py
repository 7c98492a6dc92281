"""Programmes' targets and the list of textbooks on the pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import programmes
from dashboard.blocks import Facts, Note, Table
from dashboard.marts import open_latest
from dashboard.parts import card
from dashboard.queries import Queries
from dashboard.results import work
from dashboard.results.scope import scope
from dashboard.selection import Selection
from dashboard.views.indicators import VIEW as INDICATORS
from tests.marts.rows import District, pupils

WORK = Selection(year=2026, subject="Математика", grade=7, view="textbooks")


@pytest.fixture(scope="module")
def q(demo_root: Path) -> Queries:
    return Queries(open_latest(demo_root))


def test_targets_stand_beside_their_indicators(q: Queries) -> None:
    page = INDICATORS.build(q, Selection(view=programmes.VIEW))
    tables = [block for block in page.blocks if isinstance(block, Table)]
    rows = {row.cells[0].text: row for table in tables for row in table.rows}
    assert len(rows) == 4
    quality = rows["Качество знаний"]
    now, apart = quality.cells[2].value, quality.cells[3].value
    assert now is not None
    assert apart is not None
    assert now == pytest.approx(q.one("quality_share", year=2026).value)
    assert apart == pytest.approx(now - 60)
    assert quality.link is not None
    other = rows["Охват детей дополнительным образованием"]
    assert [cell.text for cell in other.cells[1:5]] == ["80\u00a0%", "—", "—", "78,5\u00a0%"]


def test_a_target_is_said_in_the_card_and_the_passport_of_its_indicator(q: Queries) -> None:
    whole, one = card(q, "quality_share", 2026), card(q, "quality_share", 2026, school="980101")
    assert whole is not None
    assert one is not None
    assert whole.count.endswith("; цель 60\u00a0%")
    assert "цель" not in one.count
    page = INDICATORS.build(q, Selection(indicator="quality_share", year=2026))
    facts = [fact for block in page.blocks if isinstance(block, Facts) for fact in block.items]
    assert ("Цель программы на 2025/26", "60\u00a0%; «Развитие образования района»") in [
        (fact.term, fact.text) for fact in facts
    ]


def test_without_targets_it_says_what_to_do(tmp_path: Path) -> None:
    district = District(tmp_path)
    district.file("vpr", **pupils([[1]]))
    queries = Queries(district.marts())
    page = INDICATORS.build(queries, Selection(view=programmes.VIEW))
    assert any(isinstance(block, Note) and "заполните бланк" in block.text for block in page.blocks)


def test_textbooks_of_a_work_are_held_to_the_list(q: Queries) -> None:
    assert _listed(q, WORK) == ["нет в перечне"]
    (old,) = _listed(q, replace(WORK, subject="Русский язык"))
    assert old.endswith(", срок истёк 31.08.2025")
    public = Queries(q._marts, viewer=replace(q.viewer, audience="public"))
    chosen = scope(public, WORK)
    assert chosen is not None
    assert "textbooks" not in work.available(public, chosen)


def _listed(q: Queries, chosen: Selection) -> list[str]:
    """What the list says of each textbook of a work."""
    found = scope(q, chosen)
    assert found is not None
    (table,) = [block for block in work.build(q, found).blocks if isinstance(block, Table)]
    return [row.cells[3].text for row in table.rows]

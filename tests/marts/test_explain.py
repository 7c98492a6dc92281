"""From a number back to its files and cells, and from two releases to what moved between them and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.compare import _declared, compare
from dashboard.explain import as_record, origin
from dashboard.explained import blocks
from dashboard.marts import open_latest, open_release
from dashboard.queries import Queries
from dashboard.selection import Selection
from dashboard.slices import UnknownDimension
from dashboard.values import UnknownIndicator
from dashboard.view import views
from pipelines.findings import Finding
from pipelines.releases import freeze
from tests.marts.rows import OTHER, District, pupils

WORK = "2025/26, Математика, 4 класс"
ODD = Finding(
    severity="warning",
    rule="r",
    message="Сумма не сходится",
    fix="Сверьте",
    sheet="Протокол",
    row=7,
    cell="D7",
)
WRONG = ODD.model_copy(
    update={"severity": "error", "message": "Баллов больше, чем можно", "row": 9, "cell": "E9"}
)


@pytest.fixture
def told(district: District) -> District:
    district.file("school_registry", school=[{}, {"school_id": OTHER, "name": "Другая СШ", "kind": "школа"}])
    district.file("vpr_pupils_2021", WORK, (ODD,), "accepted_with_warnings", **pupils([[1], [0], []]))
    district.file("vpr_pupils_2021", WORK, (WRONG,), "refused", **pupils([[9]] * 4, OTHER))
    return district


def test_a_number_leads_to_its_file_remarks_and_what_was_left_out(told: District) -> None:
    marts = told.marts()
    found = origin(marts, "participants", {"year": 2026, "subject": "Математика"})
    (file,) = found.files
    assert (file.file, file.school, file.rows) == ("vpr_pupils_2021/2.xlsx", "Озёрная СШ", 2)
    assert file.remarks == ("D7 Сумма не сходится",)
    assert found.counted == found.numbers[0]["numerator"] == 2
    by_rule, back = found.left_out
    assert (by_rule.rows, by_rule.place) == (1, "")
    assert (back.why, back.rows, back.place) == (
        "Баллов больше, чем можно",
        8,
        "vpr_pupils_2021/3.xlsx, Протокол, E9",
    )
    assert "ВПР: результаты участников" in "; ".join(found.also)


def test_a_replaced_file_is_no_longer_told_of(told: District) -> None:
    told.file("vpr_pupils_2021", WORK, **pupils([[1]] * 4, OTHER))
    found = origin(told.marts(), "participants", {"school": OTHER})
    assert [file.rows for file in found.files] == [4]
    assert [left.what for left in found.left_out] == []


def test_every_indicator_of_the_demonstration_has_its_origin(demo_root: Path) -> None:
    marts = open_latest(demo_root)
    for name, declared in marts.indicators.items():
        found = origin(marts, name, {"year": 2026})
        has_numbers = any(row["n"] for row in found.numbers)
        assert bool(found.files) >= has_numbers, name
        assert len(blocks(found)) >= 2, name
        assert as_record(found)["formula"] == declared.formula


def test_an_unknown_indicator_or_breakdown_is_said(demo_root: Path) -> None:
    marts = open_latest(demo_root)
    with pytest.raises(UnknownIndicator, match="kabinet indicators"):
        origin(marts, "nobody", {})
    with pytest.raises(UnknownDimension):
        origin(marts, "teachers", {"task": "1"})


def test_the_passport_unfolds_the_origin(demo_root: Path) -> None:
    q = Queries(open_latest(demo_root))
    (view,) = [view for view in views() if view.path == "indicators"]
    said = view.build(q, Selection(indicator="quality_share", year=2026, panel="origin"))
    assert any(getattr(block, "key", "") == "origin-files" for block in said.blocks)


def test_two_releases_differ_by_a_named_file(told: District) -> None:
    told.marts()
    freeze(told.root, "Июнь")
    told.file("vpr_pupils_2021", WORK, **pupils([[1]] * 4, OTHER))
    now = told.marts().snapshot()
    found = compare(open_release(told.root, "Июнь").snapshot(), now)
    moved = {one.indicator: one for one in found.moved}
    assert (moved["participants"].before, moved["participants"].after) == (2, 6)
    assert moved["participants"].schools == ("Другая СШ",)
    assert moved["participants"].files == ("+ vpr_pupils_2021/4.xlsx",)
    assert moved["participants"].declarations == ()
    assert "teachers" not in moved
    assert found.looked_at >= len(moved)


def test_nothing_moves_between_a_release_and_the_same_data(told: District) -> None:
    told.marts()
    freeze(told.root, "Июнь")
    assert compare(open_release(told.root, "Июнь").snapshot(), told.marts().snapshot()).moved == ()


def test_a_changed_declaration_is_named(told: District) -> None:
    known = told.marts().snapshot().indicators["participants"]
    assert _declared(known, replace(known, formula="иначе", where_sql="true")) == [
        "слова формулы",
        "кто считается",
    ]
    assert _declared(None, known) == ["показатель объявлен впервые"]
    assert _declared(known, None) == ["показатель больше не объявлен"]
    assert _declared(known, known) == []

"""Schools alike one school: distances, the set changed by hand, differences — against plain Python."""

from __future__ import annotations

import json
from math import log, sqrt
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import fisher_exact

from dashboard import cli
from dashboard.blocks import Chart, Form, Note, Row, Table
from dashboard.marts import open_latest
from dashboard.notebook import Notebook
from dashboard.organisation import alike
from dashboard.queries import Queries, School
from dashboard.queries.similar import DECLARED, changed, peers
from dashboard.reference import SIMILAR, Common, commons
from dashboard.selection import Selection
from dashboard.similar import beside
from pipelines.contract import DeclarationError
from pipelines.similar import load_similar, similar
from tests.marts.rows import District

CITY, VILLAGE = "2. Город", "4. Населенный пункт сельского типа (село, хутор)"
SCHOOLS: dict[str, dict[str, Any]] = {
    f"{980100 + i}": {"pupils": pupils, "teachers": teachers, "settlement_type": place, "pupils_4": pupils,
                      "classes_4": classes, "pupils_10": senior}
    for i, (pupils, teachers, place, classes, senior) in enumerate(
        [(200, 20, VILLAGE, 10, 9), (150, 15, VILLAGE, 8, 12), (400, 40, VILLAGE, 20, 0), (200, 20, CITY, 10, 9),
         (190, 11, VILLAGE, 10, None), (220, 22, VILLAGE, 11, 8), (30, 6, VILLAGE, 9, 0)], 1)
}  # fmt: skip
WEIGHTS = {"size": 3, "place": 2, "class_size": 1, "senior": 1, "per_teacher": 1}


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Queries:
    found = District(tmp_path_factory.mktemp("alike"))
    found.file("school_registry", school=[{"school_id": code, "name": f"Школа {code}"} for code in SCHOOLS])
    rows = [{"school_id": code, "computers": 40, "obsolete_computers": 10 if code == "980101" else 30, **about}
            for code, about in SCHOOLS.items()]  # fmt: skip
    found.file("school_questionnaire", school_questionnaire=rows)
    return Queries(found.marts())


def steps(one: dict[str, Any], other: dict[str, Any]) -> dict[str, float]:
    """The differences as the declaration says them, by hand."""

    def class_size(about: dict[str, Any]) -> float:
        return (about["pupils"] + (about["pupils_10"] or 0)) / float(about["classes_4"])

    return {
        "size": log(one["pupils"] / other["pupils"]) / log(2),
        "place": float(one["settlement_type"] != other["settlement_type"]),
        "class_size": (class_size(one) - class_size(other)) / 5,
        "senior": float(bool(one["pupils_10"]) != bool(other["pupils_10"])),
        "per_teacher": (one["pupils"] / one["teachers"] - other["pupils"] / other["teachers"]) / 4,
    }


def by_hand(code: str) -> dict[str, float]:
    near: dict[str, float] = {}
    for other, about in SCHOOLS.items():
        apart = steps(SCHOOLS[code], about)
        distance = sqrt(sum(WEIGHTS[name] * apart[name] ** 2 for name in WEIGHTS) / sum(WEIGHTS.values()))
        if other != code and distance <= similar().farthest:
            near[other] = distance
    return near


@pytest.mark.parametrize("code", SCHOOLS)
def test_who_is_alike_and_how_near(district: Queries, code: str) -> None:
    found = peers(district, district.schools()[code], 2026)
    assert found is not None
    assert {one.school.id: one.distance for one in found.members} == pytest.approx(by_hand(code))
    assert [one.school.id for one in found.members] == sorted(by_hand(code))
    assert found.is_few


def test_being_alike_is_mutual_and_a_far_year_has_the_nearest_conditions(district: Queries) -> None:
    pairs = {(a, b) for a in SCHOOLS for b in by_hand(a)}
    assert pairs == {(b, a) for a, b in pairs}
    early, late = (peers(district, district.schools()["980101"], year) for year in (2020, 2030))
    assert early is not None
    assert late is not None
    assert early.ids == late.ids != []
    assert early.year == late.year == 2026


def test_a_set_is_changed_by_hand_and_back(district: Queries) -> None:
    school = district.schools()["980101"]
    first, far = sorted(by_hand("980101"))[0], "980107"
    changes = changed(changed(None, far, is_in=True), first, is_in=False)
    found = peers(district, school, 2026, changes)
    assert found is not None
    assert (far in found.ids, first in found.ids) == (True, False)
    assert (found.added, [one.id for one in found.removed]) == ((far,), [first])
    assert changed(changed(changes, first, is_in=True), far, is_in=False) is None
    stranger = peers(district, school, 2026, "000000,-000001,980101,,-")
    assert stranger is not None
    assert stranger.ids == sorted(by_hand("980101"))


def test_a_difference_is_what_fisher_says(district: Queries) -> None:
    school = district.schools()["980101"]
    found = peers(district, school, 2026, "980107")
    assert found is not None
    (row,) = [
        one
        for one in beside(district, found, 2026)
        if one.indicator.indicator_id == "obsolete_computers_share"
    ]
    n = len(found.ids)
    assert (row.mine.numerator, row.others.numerator, row.others.n) == (10, 30 * n, 40 * n)
    expected = fisher_exact([[10, 30], [30 * n, 10 * n]]).pvalue
    assert row.q is not None
    assert expected / 2 <= row.q <= 4 * expected
    assert (row.is_beyond_chance, row.is_higher) == (True, False)
    assert row.verdict.startswith("ниже; больше случайного (−")
    assert row.difference[0] < -50 < row.difference[1] < 0


def test_a_page_says_how_few_and_lets_the_set_be_changed(demo: Queries) -> None:
    school = demo.schools()["980102"]
    shown = alike.blocks(demo, school, 2026, Selection(year=2026, school=school.id, view="similar"))
    assert any(isinstance(b, Note) and "меньше 10" in b.text for b in shown)
    assert sum(isinstance(b, Chart) for b in shown) == 1
    (table,) = [b for b in shown if isinstance(b, Table) and b.key == "similar-set"]
    assert table.rows[0].is_total
    edited = alike.blocks(
        demo, school, 2026, Selection(year=2026, school=school.id, view="similar", panel="similar")
    )
    (table,) = [b for b in edited if isinstance(b, Table) and b.key == "similar-set"]
    assert [_taken_out(row) for row in table.rows[1:]] == [f"-{code}" for code in ("980101", "980103")]
    assert alike.choice(demo, demo.schools()["980201"], Selection()) == ()


def test_a_set_is_kept_for_everybody_and_let_go_of(demo: Queries, tmp_path: Path) -> None:
    school, changes = demo.schools()["980102"], "980104,-980103"
    place = Selection(year=2026, school=school.id, view="similar", panel="similar")
    demo.notebook = Notebook(tmp_path)
    try:
        assert not _forms(demo, school, place)  # nothing was changed yet
        (form,) = _forms(demo, school, place.but(similar=changes))
        assert form.submit is not None
        form.submit({"author": "Иванова"})
        assert peers(demo, school, 2026) == peers(demo, school, 2026, changes)
        assert {*commons(demo, "quality_share", Common("район", demo.one("quality_share", year=2026)),
                         place, year=2026, school=school.id)} == {"", SIMILAR}  # fmt: skip
        said = " ".join(
            b.text for b in alike.blocks(demo, school, 2026, place.but(panel=None)) if isinstance(b, Note)
        )
        assert "сохранено для всех: Иванова" in said
        declared = peers(demo, school, 2026, DECLARED)
        assert declared is not None
        assert declared.ids == ["980101", "980103"]
        back = peers(demo, school, 2026, declared.changed("980104", is_in=True))
        assert back is not None
        assert back.changed("980104", is_in=False) == DECLARED
        (form,) = _forms(demo, school, place)
        assert form.submit is None  # it is kept already
        form.entries[0].remove()
        assert peers(demo, school, 2026) == peers(demo, school, 2026, None)
        assert not _forms(demo, school, place)
    finally:
        demo.notebook = None


def _forms(q: Queries, school: School, chosen: Selection) -> list[Form]:
    assert school.id == chosen.school
    return [b for b in alike.blocks(q, school, 2026, chosen) if isinstance(b, Form)]


def _taken_out(row: Row) -> str | None:
    return row.link.selection.similar if row.link else None


def test_the_command_tells_the_same(demo_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(
            [
                "similar",
                "980102",
                "--with",
                "980104",
                "--without",
                "980103",
                "--json",
                "--data",
                str(demo_root),
            ]
        )
    told = json.loads(capsys.readouterr().out)
    q = Queries(open_latest(demo_root))
    found = peers(q, q.schools()["980102"], 2026, "980104,-980103")
    assert ended.value.code == 0
    assert found is not None
    assert [one["school"] for one in told["schools"]] == found.ids == ["980101", "980104"]
    assert (told["enough"], told["year"]) == (False, 2026)
    assert len(told["shares"]) == len(beside(q, found, 2026)) > 0


@pytest.mark.parametrize(("old", "new", "said"), [
    ('"quality_share"', '"beauty"', "«beauty» — не доля"),
    ('"quality_share"', '"teachers"', "«teachers» — не доля"),
    ("weight = 3", "weight = 0", "features.size.weight"),
    ("weight = 3", "wait = 3", "такого ключа нет"),
])  # fmt: skip
def test_a_wrong_declaration_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (Path(__file__).parents[2] / "expectations" / "similar.toml").read_text(encoding="utf-8")
    (tmp_path / "similar.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DeclarationError, match=said):
        load_similar(tmp_path / "similar.toml")

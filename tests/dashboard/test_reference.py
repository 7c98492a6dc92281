"""What numbers are compared with is chosen and named; places have intervals, and only where they are allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.audience import Viewer
from dashboard.blocks import Links, Page, Table
from dashboard.explorer import charts
from dashboard.explorer.scope import scope
from dashboard.marts import open_latest
from dashboard.queries import Queries
from dashboard.reference import SIMILAR, Common, commons
from dashboard.selection import Selection
from dashboard.steady import _places, columns
from dashboard.theme import LIGHT
from dashboard.view import views
from dashboard.words import capital
from pipelines.contract import EXPECTATIONS, DeclarationError, declarations, load_declarations

WORK = {"year": 2026, "subject": "Математика", "grade": 7}


def page(q: Queries, path: str, chosen: Selection) -> Page:
    (view,) = [view for view in views() if view.path == path]
    return view.build(q, chosen)


def ways(shown: Page) -> Links:
    (found,) = [b for b in shown.blocks if isinstance(b, Links) and b.label == "С чем сравнивать"]
    return found


def test_all_of_ours_the_region_the_country_and_similar_schools(demo: Queries) -> None:
    own = Common("район", demo.one("quality_share", **WORK))
    found = commons(demo, "quality_share", own, Selection(school="980101"), **WORK)
    assert list(found) == ["", "регион", "РФ", SIMILAR]
    assert found[SIMILAR].label.endswith(", мало")  # five schools of a district are no ten alike
    assert found["регион"].measure.value != found[""].measure.value
    assert list(commons(demo, "quality_share", own, Selection(), **WORK)) == ["", "регион", "РФ"]


@pytest.mark.parametrize("against", [None, "регион", "РФ"])
def test_the_explorer_draws_and_names_the_chosen_one(demo: Queries, against: str | None) -> None:
    chosen = Selection(indicator="quality_share", subject="Математика", grade=7, year=2026, procedure="vpr",
                       by="school", against=against)  # fmt: skip
    shown = ways(page(demo, "explorer", chosen))
    if against:
        assert shown.current == f"{capital(against)} (по отчётам)"
    asked = scope(demo, chosen)
    assert asked is not None
    found = charts.answer(demo, asked)
    *funnel, note = charts._funnel(demo, asked, found)
    for draw, *_ in (charts._dots(demo, asked, found), funnel):
        said = " ".join(str(one.text) for one in draw(LIGHT).layout.annotations)
        assert found.common.label.split(" (")[0] in said
    assert note.endswith(f"пределы — вокруг значения: {found.common.label}")
    assert capital(found.common.label) == shown.current


def test_a_passport_offers_what_there_is(demo: Queries) -> None:
    chosen = Selection(indicator="internet_computers_share", year=2026)
    assert not [b for b in page(demo, "indicators", chosen).blocks
                if isinstance(b, Links) and b.label == "С чем сравнивать"]  # fmt: skip
    shown = ways(page(demo, "indicators", chosen.but(school="980101", against=SIMILAR)))
    assert "похож" in shown.current


def test_places_have_intervals_only_inside_and_where_declared(demo: Queries, demo_root: Path) -> None:
    def heads(q: Queries, indicator: str) -> list[str]:
        return [column.title for column in columns(q, indicator, 2026)[0]]

    assert heads(demo, "internet_computers_share")[-1] == "Место от и до"
    assert "Место от и до" not in heads(demo, "quality_share")
    marts = open_latest(demo_root)
    for viewer in (Viewer("public"), Viewer("school", "980101")):
        assert "Место от и до" not in heads(Queries(marts, viewer=viewer), "internet_computers_share")
    (table,) = [b for b in page(demo, "indicators", Selection(indicator="course_3y_share", year=2026)).blocks
                if isinstance(b, Table)]  # fmt: skip
    assert any(" из " in row.cells[-1].text for row in table.rows)
    assert table.rows == tuple(sorted(table.rows, key=lambda row: row.cells[0].text)) or len(table.rows) > 5


def test_equal_organisations_may_stand_anywhere_and_the_best_is_the_highest(demo: Queries) -> None:
    measure = demo.one("course_3y_share", year=2026)

    def of(k: float, n: float = 50) -> object:
        return type(measure)(k, n, n, 100 * k / n, None, None)

    equal = _places(demo, "course_3y_share", {"a": of(25), "b": of(25), "c": of(26)})  # type: ignore[dict-item]
    assert set(equal.values()) == {"1–3 из 3"}
    apart = _places(demo, "course_3y_share", {"a": of(5), "b": of(25), "c": of(45), "d": of(1, 4)})  # type: ignore[dict-item]
    assert apart == {"a": "3 из 3", "b": "2 из 3", "c": "1 из 3"}


def test_nobody_is_put_in_a_place_by_results_of_pupils(tmp_path: Path) -> None:
    import shutil

    assert not [i.id for i in declarations().indicators.values()
                if i.may_rank and i.theme in ("results", "exams", "marks")]  # fmt: skip
    folder = Path(shutil.copytree(EXPECTATIONS, tmp_path / "expectations"))
    path = folder / "indicators" / "results.toml"
    text = path.read_text(encoding="utf-8").replace("[quality_share]", "[quality_share]\nmay_rank = true", 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError, match="никогда — по результатам учеников"):
        load_declarations(folder)

"""The list for the chief: evidence and reason with each signal, what is quiet, and who took one off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard import attention, cli
from dashboard.audience import Viewer
from dashboard.blocks import Form, Page, Signals, Table
from dashboard.display import shown
from dashboard.marts import open_latest
from dashboard.notebook import SUMMARY, Notebook
from dashboard.queries import Queries
from dashboard.queries.comparisons import comparisons, signals
from dashboard.selection import Selection
from dashboard.view import views
from dashboard.views import summary
from tests.marts.rows import OTHER, SCHOOL, District, pupils


@pytest.fixture(scope="module")
def differing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two schools of thirty in one work: nearly all well in one, few in the other."""
    district = District(tmp_path_factory.mktemp("differing"))
    district.file("school_registry", school=[{}, {"school_id": OTHER, "name": "Другая СШ", "kind": "школа"}])
    district.file("vpr", "a", **pupils([[1, 2]] * 27 + [[0, 0]] * 3))
    district.file("vpr", "b", **pupils([[1, 2]] * 6 + [[0, 0]] * 24, OTHER))
    district.file("scale", mark_scale=[{"min_3": 1, "min_4": 2, "min_5": 3, "max_total": 3}])
    district.marts()
    return district.root


def asked(root: Path) -> Queries:
    q = Queries(open_latest(root))
    q.notebook = Notebook(root)
    return q


def page(q: Queries, **chosen: str) -> Page:
    (view,) = [view for view in views() if view.path == "attention"]
    return view.build(q, Selection(year=2026, **chosen))  # type: ignore[arg-type]


def statistical(said: Page) -> Signals:
    return next(block for block in said.blocks if isinstance(block, Signals))


def test_a_signal_has_its_sentence_evidence_and_reason(differing: Path) -> None:
    q = asked(differing)
    items = statistical(page(q)).items
    assert items
    first = next(item for item in items if item.text.startswith("Другая") and "Качество" in item.text)
    assert first.text == "Другая СШ, Математика, 4\u00a0класс. Качество знаний: ниже, чем у\u00a0остальных"
    assert "20,0\u00a0% (6 из\u00a030), у остальных 90,0\u00a0% (27 из\u00a030)" in first.evidence
    assert "Проверено" in first.evidence
    assert first.link is not None
    assert first.link.page == "indicators"
    assert not any(word in first.text + first.evidence for word in ("хуже", "виноват", "из-за", "причин"))


def test_what_is_quiet_is_said(differing: Path) -> None:
    q = asked(differing)
    table = next(b for b in page(q).blocks if isinstance(b, Table) and b.key == "looked-at")
    assert sum(row.cells[1].value or 0 for row in table.rows) == len(comparisons(q, 2026))
    assert any(row.cells[2].text == "спокойно" for row in table.rows)


def test_signals_stand_by_strength_of_evidence(differing: Path) -> None:
    found = signals(comparisons(asked(differing), 2026))
    assert [one.p for one in found] == sorted(one.p for one in found)


def test_taking_a_signal_off_records_who_and_why_and_can_be_undone(differing: Path) -> None:
    q = asked(differing)
    before = len(statistical(page(q)).items)
    form = next(block for block in page(q, panel="dismiss").blocks if isinstance(block, Form))
    assert form.submit is not None
    title = form.fields[0].options[0]
    with pytest.raises(ValueError, match="почему"):
        form.submit({"signal": title, "why": " ", "author": "Методист"})
    form.submit({"signal": title, "why": "Класс для детей с ОВЗ", "author": "Методист"})
    (gone,) = Notebook(differing).dismissed().values()
    assert (gone.title, gone.why, gone.author) == (title, "Класс для детей с ОВЗ", "Методист")
    assert len(statistical(page(q)).items) == before - 1
    again = next(block for block in page(q, panel="dismiss").blocks if isinstance(block, Form))
    again.entries[0].remove()
    assert len(statistical(page(q)).items) == before


def test_others_do_not_see_a_schools_signals(differing: Path) -> None:
    marts = open_latest(differing)
    assert {one.school for one in comparisons(Queries(marts), 2026)} == {SCHOOL, OTHER}
    assert {one.school for one in comparisons(Queries(marts, viewer=Viewer("public")), 2026)} == set()
    assert {one.school for one in comparisons(Queries(marts, viewer=Viewer("school", OTHER)), 2026)} == {
        OTHER
    }


def test_an_empty_snapshot_and_the_demonstration_have_their_page(demo: Queries, empty: Path) -> None:
    assert page(Queries(open_latest(empty))).title.text == "Что требует внимания"
    assert page(demo).blocks
    assert attention.search(demo, 2026, None).compared > 50


def test_the_command_line_shows_and_takes_off(differing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*args: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main(["attention", "--data", str(differing), *args])
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out + captured.err

    found = json.loads(said("--json")[1])
    first = found[0]["id"]
    assert said("--dismiss", first)[0] == 2
    assert "Сигнала «нет» нет" in said("--dismiss", "нет", "--why", "а", "--who", "б")[1]
    assert "снято: 1" in said("--dismiss", first, "--why", "Проверено", "--who", "Методист")[1]
    assert len(json.loads(said("--json")[1])) == len(found) - 1
    Notebook(differing).remove(first)


def test_exams_not_passed_after_all_retakes_are_told_by_subject(demo: Queries, demo_root: Path) -> None:
    found = {s.text.split(":")[0]: s for s in attention.search(demo, 2026, None).signals}
    told = """select count(*), count(distinct subject) from fct_exam
        where procedure = ? and school_year = 2026 and is_graduate and is_final and not is_passed"""
    for name, procedure in (("ОГЭ", "oge"), ("ЕГЭ", "ege")):
        ((results, subjects),) = demo.rows(told, [procedure])
        assert f"— {results}\u00a0результат" in found[name].text
        assert found[name].evidence.count("—") == subjects <= 4
        assert found[name].link is not None
        assert found[name].link.selection == Selection(year=2026, procedure=procedure)
    assert not [s for s in attention.search(demo, 2026, "детский сад").signals if s.text.startswith("ЕГЭ")]
    public = Queries(open_latest(demo_root), viewer=Viewer("public"))
    assert not [s for s in attention.search(public, 2026, None).signals if s.text.startswith(("ОГЭ", "ЕГЭ"))]


def test_exams_stand_on_the_first_screen_and_can_be_chosen_for_it(
    demo: Queries, demo_root: Path, tmp_path: Path
) -> None:
    there = [card.title for card in summary.cards(demo, 2026, None)]
    assert {title for _, title, _ in summary.EXAMS} <= set(there)
    assert len(there) == summary.MOST
    assert not [
        title for title in (c.title for c in summary.cards(demo, 2026, "детский сад")) if "ЕГЭ" in title
    ]
    q = Queries(open_latest(demo_root))
    q.notebook = Notebook(tmp_path)
    q.notebook.pin(SUMMARY, "Порог ЕГЭ", "explorer", "indicator=exam_pass_share&procedure=ege", "Иванова")
    (chosen,) = summary.cards(q, 2026, None)
    known = demo.one("exam_pass_share", year=2026, procedure="ege")
    assert (chosen.title, chosen.count) == ("Порог ЕГЭ", shown(known).count)

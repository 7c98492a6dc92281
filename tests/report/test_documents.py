"""Every declared document, its audience, its release; and the making as a child process."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import blocks as b
from dashboard import report
from dashboard.bureau import task
from dashboard.marts import open_latest
from dashboard.queries import Queries
from dashboard.report import declared, images, own, pdf
from dashboard.report.document import Grid
from dashboard.report.formats import made as file
from dashboard.report.history import history
from dashboard.report.sections import BLOCKS
from dashboard.view import views
from tests.report.asked import PUBLISHER, anew, prepared


def test_sections_are_filled_by_what_there_is(demo_root: Path) -> None:
    declared_indicators = open_latest(demo_root).indicators
    pages = {view.path for view in views()}
    for document in declared.documents().values():
        for name in (name for section in document.all_sections for name in section.blocks):
            kind, _, rest = name.partition(":")
            known = {
                "page": rest.partition("?")[0] in pages, "list": rest in ("955", "1324"),
                "indicators": set(rest.split(",")) <= {*declared_indicators},
            }  # fmt: skip
            assert known.get(kind, name in BLOCKS)


@pytest.mark.parametrize("name", ["mso", "public", "school", "self_examination"])
def test_every_document_is_made(demo_root: Path, name: str) -> None:
    document = declared.document(name)
    q = Queries(open_latest(demo_root))
    school = next(s.id for s in q.schools().values() if s.kind == "школа") if document.is_of_school else None
    found = prepared(demo_root, report.Request(2026, name, school=school))
    assert len(found.parts) == len(document.all_sections)
    assert all(part.items for part in found.parts)
    if school:
        assert found.about == q.schools()[school].name


def test_a_school_s_sheet_is_one_page_of_its_own_numbers(demo_root: Path) -> None:
    found = prepared(demo_root, report.Request(2026, "school", school="980101"))
    assert found.is_short
    (part,) = found.parts
    (cards,) = (item for item in part.items if isinstance(item, b.Cards))
    assert ("Обучающихся", "215") in [(card.title, card.value) for card in cards.items]
    assert [len(grid.table.rows) for grid in found.grids] == [10]


def test_lists_demanded_by_acts_are_filled(demo_root: Path) -> None:
    found = prepared(demo_root, report.Request(2026, "mso", sections=("list",)))
    (grid,) = found.grids
    said = [row.cells[-1].text for row in grid.table.rows]
    assert any(re.search(r"\d", text) and "нет данных" not in text for text in said)
    assert any("нет данных" in text for text in said)


def test_methods_are_those_of_the_indicators_that_are_shown(demo_root: Path) -> None:
    parts = {part.key: part for part in prepared(demo_root, report.Request(2026, "mso")).parts}
    (methods,) = (item.whole for item in parts["methods"].items if isinstance(item, Grid))
    named = {row.cells[0].text for row in methods.rows}
    assert {"Доля педагогов с категорией", "Вакантные ставки", "ОГЭ: качество"} <= named
    assert "Явка на заседания РМО" not in named  # the cabinet's own journal is no part of this document
    assert len(named) < 80
    (changes,) = (item for item in parts["changes"].items if isinstance(item, Grid))
    printed, every = len(changes.table.rows), len(changes.whole.rows)
    assert 0 < printed < every / 4
    assert any("книге XLSX" in item.text for item in parts["changes"].items if isinstance(item, b.Note))


def test_the_public_names_no_school_s_signal(demo_root: Path) -> None:
    asked = report.Request(2026, audience="public", sections=("conclusions",))
    (grid,) = prepared(demo_root, asked).grids
    assert {cell.text for row in grid.table.rows for cell in row.cells} == {""}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (report.Request(2026, "school"), "Назовите организацию"),
        (report.Request(2026, sections=("нет",)), "нет раздела"),
        (report.Request(2026, "нет"), "Документа «нет» нет"),
        (report.Request(2026, release="нет"), "Выпуска «нет» нет"),
        (report.Request(2026, audience="все"), "не известно"),
    ],
)
def test_what_cannot_be_is_said(demo_root: Path, asked: report.Request, words: str) -> None:
    with pytest.raises(Exception, match=words):
        prepared(demo_root, asked)


def test_from_its_release_a_document_is_the_same_after_a_newer_snapshot(demo_copy: Path) -> None:
    from pipelines.build import build
    from pipelines.releases import freeze

    freeze(demo_copy, "Отчёт 2025/26")
    sections = ("network", "changes", "conclusions", "passport")
    asked = report.Request(2026, sections=sections, release="Отчёт 2025/26")
    kinds = ("docx", "pptx", "xlsx", "html")
    before = anew(demo_copy, asked)
    build(demo_copy)
    again, newest = anew(demo_copy, asked), anew(demo_copy, report.Request(2026, sections=sections))
    assert before.release == "выпуск «Отчёт 2025/26»"
    assert newest.release != before.release
    for kind in kinds:
        assert file(again, kind) == file(before, kind), kind
        assert file(newest, kind) != file(before, kind), kind


@pytest.mark.parametrize(("lost", "section"), [("fct_ict_level", "ict"), ("dim_school", "network")])
def test_a_release_of_an_older_program_says_what_to_do(demo_copy: Path, lost: str, section: str) -> None:
    from pipelines.releases import freeze

    freeze(demo_copy, "Отчёт 2025/26")
    (kept,) = (demo_copy / "marts" / "releases").glob("*.duckdb")
    with duckdb.connect(kept) as old:
        old.execute(f"drop table {lost}")
    asked = report.Request(2026, sections=(section,), release="Отчёт 2025/26")
    with pytest.raises(report.ReportError, match="закреплён прежней версией") as told:
        anew(demo_copy, asked)
    assert "kabinet release" in str(told.value)
    assert not re.search(r"[A-Z][a-z]+ Error", str(told.value))


def test_without_a_program_that_prints_the_way_out_is_told(
    demo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "browser", lambda: None)
    monkeypatch.setattr(pdf, "office", lambda: None)
    document = prepared(demo_root, report.Request(2026, sections=("network",)))
    with pytest.raises(report.ReportError, match="LibreOffice"):
        pdf.pdf(document)


def test_made_in_a_child_from_a_release_it_is_remembered(demo_copy: Path) -> None:
    started = task.start(
        demo_copy, ["analysis", "--year", "2026", "--sections", "network", "--format", "docx"]
    )
    started.child.wait(timeout=120)
    well, said = started.outcome
    assert (well, started.is_done) == (True, True), said
    (found,) = history(demo_copy)
    assert found.release.startswith("выпуск «Для отчётов, снимок ")
    assert (demo_copy / found.files[0]).name == "Анализ работы 2025-26.docx"
    assert started.progress[1] == 1.0


def test_another_audience_s_file_stays_in_the_history(demo_copy: Path) -> None:
    def write(audience: str) -> str:
        asked = report.Request(2026, formats=("docx",), audience=audience, sections=("network",))
        (path,) = report.write(demo_copy, asked, demo_copy / "reports", PUBLISHER, lambda *_: None)
        return path.name

    names = [write(audience) for audience in ("internal", "public", "internal")]
    assert names == [
        "Анализ работы 2025-26.docx",
        "Анализ работы 2025-26 (2).docx",
        "Анализ работы 2025-26.docx",
    ]
    assert [Path(one.files[0]).name for one in history(demo_copy)] == names[::-1]


def test_a_sheet_says_what_sets_a_school_apart_from_several(demo_root: Path) -> None:
    def said(school: str) -> str:
        (part,) = prepared(demo_root, report.Request(2026, "school", school=school)).parts
        return " ".join(item.text for item in part.items if isinstance(item, b.Heading | b.Sentence))

    assert "По анкете похожи: Нижнеозёрская СШ и Светлоключинская СШ. Их меньше 10" in said("980102")
    assert "похожи" not in said("980101"), "one similar school: two would be held up to each other"


def test_a_school_s_own_report_is_signed_by_the_school(demo_root: Path) -> None:
    found = prepared(
        demo_root, report.Request(2026, "self_examination", school="980101", sections=("conclusions",))
    )
    assert (found.publisher.department, found.publisher.signer_title) == (
        found.about,
        "Руководитель организации",
    )
    assert found.publisher.signer == ""


def test_no_empty_archive_of_charts(demo_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "has_browser", lambda: True)
    sheet = prepared(demo_root, report.Request(2026, "school", school="980101"))
    with pytest.raises(report.ReportError, match="нет ни одного рисунка"):
        file(sheet, "charts")


PAGE = """
import os
from pathlib import Path
from dashboard.bureau.draw import draw
from dashboard.marts import open_latest
from dashboard.queries import Queries
from dashboard.theme import LIGHT
root = Path(os.environ["KABINET_DATA"])
draw(Queries(open_latest(root)), root, LIGHT)
"""


def test_last_year_s_text_is_offered_and_kept_when_taken(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KABINET_DATA", str(demo_copy))
    own.save(demo_copy, "analysis", "network", 2025, "Сеть не изменилась.")
    app = AppTest.from_string(PAGE, default_timeout=60).run()
    assert app.text_area[0].value == "Сеть не изменилась."
    assert "Предложен текст за 2024/25" in app.caption[0].value
    assert own.texts(demo_copy, "analysis", 2026) == {}
    next(button for button in app.button if button.label == "Сохранить текст").click().run()
    assert own.texts(demo_copy, "analysis", 2026) == {"network": "Сеть не изменилась."}


def test_a_failure_of_the_child_is_said(tmp_path: Path) -> None:
    started = task.start(tmp_path, ["analysis", "--year", "2026"])
    started.child.wait(timeout=120)
    well, said = started.outcome
    assert not well
    assert "Витрин ещё нет" in said

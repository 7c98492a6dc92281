"""The exams' pages on the demonstration district: every depth is built, and says what the marts say."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from dashboard.blocks import Cards, Chart, Links, Note, Page, Sentence, Split, Table
from dashboard.figures.stacked import stacked
from dashboard.marts import open_latest
from dashboard.queries import Queries
from dashboard.results.exams.places import is_different
from dashboard.selection import Selection
from dashboard.theme import DARK, LIGHT
from dashboard.views import results, school

SUBJECTS = {
    "ege": ("Русский язык", "Математика (базовая)", "Английский язык"),
    "oge": ("Математика",),
    "gve": ("Русский язык",),
}
VIEWS = (None, "schools", "groups", "tasks", "years", "classes")
PLACES = ({}, {"school": "980101"}, {"school": "980101", "class_": "11А"})


def every() -> Iterator[Selection]:
    for procedure, subjects in SUBJECTS.items():
        yield Selection(procedure=procedure)
        yield Selection(procedure=procedure, school="980102", year=2025)
        for subject, view, place in itertools.product(subjects, VIEWS, PLACES):
            yield Selection(procedure=procedure, subject=subject, view=view, **place)


def blocks(page: Page) -> list[object]:
    found: list[object] = []
    for block in page.blocks:
        found += [*block.left, *block.right] if isinstance(block, Split) else [block]
    return found


def of(page: Page, kind: type) -> list[object]:
    return [block for block in blocks(page) if isinstance(block, kind)]


def test_every_depth_is_built_and_drawn(demo: Queries) -> None:
    for chosen, look in zip(every(), itertools.cycle([LIGHT, LIGHT, DARK]), strict=False):
        page = results.build(demo, chosen)
        assert page.title.note
        assert of(page, Table) or of(page, Note), chosen
        for chart in of(page, Chart):
            assert isinstance(chart, Chart)
            figure = chart.figure(look)
            assert figure.data, (chosen, chart.key)


def test_the_assessment_is_chosen_above_everything(demo: Queries) -> None:
    for chosen in (Selection(), Selection(procedure="ege")):
        links = of(results.build(demo, chosen), Links)[0]
        assert isinstance(links, Links)
        assert [link.label for link in links.items] == ["ВПР", "ОГЭ", "ЕГЭ", "ГВЭ"]
        assert links.current == ("ЕГЭ" if chosen.procedure else "ВПР")


def test_schools_stand_in_alphabetical_order(demo: Queries) -> None:
    page = results.build(demo, Selection(procedure="oge", subject="Математика"))
    (table,) = (t for t in of(page, Table) if isinstance(t, Table) and t.key == "exam-schools")
    names = [row.cells[0].text for row in table.rows]
    order = [x.label for x in demo.schools().values() if x.label in names]
    assert names == order
    assert len(names) == 5


def test_groups_sum_to_the_participants_of_the_mean(demo: Queries) -> None:
    page = results.build(demo, Selection(procedure="ege", subject="Русский язык", view="groups"))
    (table,) = (t for t in of(page, Table) if isinstance(t, Table))
    whole = table.rows[0]
    assert whole.cells[1].value == demo.one("exam_mean_score", year=2026, subject="Русский язык").n
    assert sum(int(cell.value or 0) for cell in whole.cells[2:]) == whole.cells[1].value
    parts = [sum(int(row.cells[at].value or 0) for row in table.rows[1:]) for at in range(2, 6)]
    assert parts == [cell.value for cell in whole.cells[2:]]


def test_the_gap_is_what_years_compare(demo: Queries) -> None:
    page = results.build(demo, Selection(procedure="ege", subject="Русский язык", view="years"))
    (chart,) = of(page, Chart)
    assert isinstance(chart, Chart)
    assert "Разрыв" in chart.title
    said = [b.text for b in of(page, Note) if isinstance(b, Note)]
    assert any("не сравнивают" in text for text in said)


def test_small_numbers_have_no_verdict(demo: Queries) -> None:
    page = results.build(demo, Selection(procedure="gve", subject="Русский язык"))
    cards = of(page, Cards)[0]
    assert isinstance(cards, Cards)
    assert [card.value for card in cards.items][2] in (
        "2 из 2",
        "1 из 2",
        "0 из 2",
        "2 из\u00a02",
        "1 из\u00a02",
    )
    assert not is_different(demo.one("exam_mean_mark", procedure="gve"), demo.one("exam_mean_mark"))


def test_unknown_choices_are_told(demo: Queries) -> None:
    page = results.build(
        demo, Selection(procedure="ege", subject="Алхимия", school="000000", municipality="Луна")
    )
    said = " ".join(b.text for b in of(page, Note) if isinstance(b, Note))
    assert all(word in said for word in ("Алхимия", "000000", "Луна"))


def test_the_card_of_a_school_has_its_exams(demo: Queries) -> None:
    page = school.build(demo, Selection(school="980101"))
    keys = {t.key for t in of(page, Table) if isinstance(t, Table)}
    assert {"exams-ege", "exams-oge", "exams-gve"} <= keys
    basic = school.build(demo, Selection(school="980104"))
    assert "exams-ege" not in {t.key for t in of(basic, Table) if isinstance(t, Table)}


def test_without_exams_nothing_is_offered(one_school: Path) -> None:
    page = results.build(Queries(open_latest(one_school)), Selection(procedure="ege"))
    assert "ВПР" in page.title.note
    assert not [b for b in of(page, Links) if isinstance(b, Links) and b.label == "Процедура"]


def test_only_the_form_speaks_where_there_are_no_protocols(tmp_path: Path) -> None:
    from tests.marts.rows import District

    district = District(tmp_path)
    numbers = {"participants": 30, "below_min": 1, "high": 3, "hundred": 0, "mean_score": 61.5}
    district.file("school_registry", school=[{}])
    district.file("form", exam_school=[{**numbers}, {"school_year": 2025, "applied": 12}],
                  exam_area=[{**numbers, "mean_score": 60.0}])  # fmt: skip
    q = Queries(district.marts())
    page = results.build(q, Selection(procedure="ege", subject="Русский язык", year=2026))
    cards = of(page, Cards)[0]
    assert isinstance(cards, Cards)
    assert [card.value for card in cards.items][:3] == ["30", "61,50", "1,50"]
    said = " ".join(b.text for b in of(page, Sentence) if isinstance(b, Sentence))
    assert "Разброса баллов" in said
    assert "меньше 20" not in said
    applied = results.build(q, Selection(procedure="ege", year=2025))
    assert any("заявление" in b.text for b in of(applied, Sentence) if isinstance(b, Sentence))


def test_stacked_bars_count_people_from_zero() -> None:
    fig = stacked([("Первая", [1, 2, 0, 3]), ("Вторая", [0, 0, 1, 0])], ("а", "б", "в", "г"), LIGHT)
    assert [list(bar.x) for bar in fig.data] == [[1, 0], [2, 0], [0, 1], [3, 0]]
    assert fig.layout.xaxis.range[0] == 0
    assert list(fig.data[0].text) == ["1", ""]

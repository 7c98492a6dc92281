# ruff: noqa: E501
"""Blocks as HTML: nothing from data is markup, rows and cards lead somewhere, glyphs stand beside colours."""

from __future__ import annotations

from dashboard import blocks as b
from dashboard.markup import can_render, link, menu, render
from dashboard.selection import Selection
from dashboard.sparkline import data_uri, svg
from dashboard.theme import LIGHT

EVIL = '<script>alert("x")</script>'
SPARK = b.Spark(("2024/25", "2025/26"), (40.0, 50.0), (30.0, 40.0), (50.0, 60.0))
BOARD_MARKS = (
    b.Mark("accepted"),
    b.Mark("refused", "возвращено: 2 ошибки"),
    b.Mark("absent", count=3),
    b.Mark("not_needed"),
)


def every_block() -> list[b.Block]:
    """One of each block, with hostile texts."""
    way = b.Link(EVIL, "results", Selection(subject=EVIL))
    table = b.Table(
        (b.Column(EVIL, hint=EVIL),), (b.Row((b.Cell(EVIL, hint=EVIL, tone="bad"),), way),), caption=EVIL
    )
    row = b.BoardRow(EVIL, (b.Mark("refused", EVIL),), way)
    return [
        b.Title(EVIL, EVIL, (way,)), b.Heading(EVIL, EVIL), b.Sentence(EVIL, EVIL, "bad"), b.Note(EVIL), b.Note(EVIL, "bad"),
        b.Empty(EVIL, EVIL, (EVIL,), (EVIL,)), b.Cards((b.Card(EVIL, EVIL, EVIL, EVIL, spark=SPARK, link=way, hint=EVIL),)),
        table, b.Signals((b.Signal(EVIL, EVIL, link=way),)), b.Signals((), empty=EVIL), b.Board((EVIL,), (row,)),
        b.Board((EVIL,), (row,), is_compact=True), b.Facts((b.Fact(EVIL, EVIL),), EVIL, EVIL), b.Links((way,), EVIL, EVIL),
        b.Links((way,), "другое", EVIL),
    ]  # fmt: skip


def test_nothing_from_data_becomes_markup() -> None:
    for block in every_block():
        html = render(block, LIGHT)
        assert "<script" not in html, type(block)
        assert 'alert("x")' not in html, type(block)


def test_every_link_is_followed_inside_and_opens_outside() -> None:
    html = link(b.Link("К школе", "school", Selection(school="980101")))
    assert 'href="./school?school=980101"' in html


def test_a_row_leads_as_a_whole_and_by_keyboard() -> None:
    html = render(every_block()[7], LIGHT)
    assert "<tr data-go=" in html
    assert "<td" in html
    assert "<a " in html


def test_colour_never_stands_alone() -> None:
    for tone, glyph in b.GLYPHS.items():
        assert glyph in render(b.Sentence("Вывод.", "", tone), LIGHT)
    assert len(set(b.GLYPHS.values())) == len(b.GLYPHS)


def test_the_board_explains_only_the_glyphs_it_shows() -> None:
    html = render(b.Board(("ВПР", "Кадры", "Курсы", "ИКТ"), (b.BoardRow("Лесная ОШ", BOARD_MARKS),)), LIGHT)
    assert "возвращено: 2 ошибки" in html
    assert "принято с замечаниями" not in html
    assert "○</span> 3" in html


def test_an_unknown_block_is_not_html() -> None:
    assert not can_render(b.Pager("quality", Selection(), 1, 2))


def test_the_menu_marks_the_page_that_is_shown_and_takes_choices_along() -> None:
    groups = {"": {"./?year=2025": "Сводка"}, "Анализ": {"./staff?year=2025": "Кадры"}, "Пусто": {}}
    html = menu(groups, "staff")
    assert html.count('href="./') == 2
    assert 'href="./staff?year=2025" aria-current="page">Кадры' in html
    assert html.count("aria-current") == 1
    assert "<h2>Анализ</h2>" in html
    assert "Пусто" not in html


def a_filter(options: int) -> b.Filters:
    """A drop-down of schools, the second of which is shown."""
    schools = tuple(b.Option(f"Школа № {i} <b>", Selection(school=str(i))) for i in range(options))
    return b.Filters((b.Filter("school", "Организация", schools, 1),))


def test_a_drop_down_is_links_and_says_which_of_them_is_shown() -> None:
    html = render(a_filter(3), LIGHT)
    assert html.count("href=") == 3
    assert '<summary aria-label="Организация: Школа № 1 &lt;b&gt;">' in html
    assert html.index('aria-current="true"') > html.index("?school=1")
    assert html.count("aria-current") == 1


def test_a_list_that_is_too_long_to_look_through_gets_a_field_to_search_in() -> None:
    assert can_render(a_filter(b.LOOKED_THROUGH))
    assert not can_render(a_filter(b.LOOKED_THROUGH + 1))


def test_captions_begin_with_the_source_and_keep_n_small() -> None:
    text = b.Caption("ВПР", "2025/26", "n\u00a0=\u00a0 51", "примечание").text
    assert text.startswith("Источник: ВПР. Период: 2025/26. n")
    assert text.endswith("Примечание.")


def test_a_sparkline_is_drawn_without_a_library_and_needs_no_request() -> None:
    drawing = svg(SPARK, "good", LIGHT)
    assert drawing.count("<polyline") == drawing.count("<polygon") == drawing.count("<circle") == 1
    assert LIGHT.green in drawing
    assert data_uri(drawing).startswith("data:image/svg+xml,")
    assert not set('"<>#') & set(data_uri(drawing))


def test_one_year_makes_no_line() -> None:
    assert svg(b.Spark(("2025/26",), (40.0,)), "good", LIGHT) == ""
    assert svg(b.Spark(("2024/25", "2025/26"), (None, 40.0)), "good", LIGHT) == ""


def test_years_without_data_are_gaps_in_the_line() -> None:
    gap = b.Spark(("а", "б", "в"), (40.0, None, 44.0))
    assert svg(gap, "plain", LIGHT).split('points="')[1].split('"')[0].count(",") == 2

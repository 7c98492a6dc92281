"""The document as slides of 16:9: one thought a slide, charts that can be edited, sources in the notes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pptx import Presentation
from pptx.util import Mm

from dashboard import blocks as b
from dashboard.report.document import Document, Figure, Grid, Item, Own, Part
from dashboard.report.drawn import parts
from dashboard.report.native.model import NativeChart
from dashboard.report.package import steady
from dashboard.report.pptx_pieces import place, put_card, put_chart, put_shaded, put_table, write
from dashboard.report.shaded import Shaded
from dashboard.report.widths import COLUMN, column_widths
from dashboard.theme import LIGHT
from dashboard.words import day

WIDTH, HEIGHT = 338.67, 190.5
"""Millimetres of a slide."""
EDGE, BODY = 16.0, 40.0
"""Margin, and where what is under the title begins."""
ACROSS = WIDTH - 2 * EDGE
LETTERS, PAPER = 13, 9
"""Points in charts, read from the last row of a hall; and on paper."""
MOST_ROWS, MOST_COLUMNS = 12, 6
"""A larger table is for paper, not for a wall."""
FEW_COLUMNS = 3
CARDS, SENTENCES = 8, 4
TALL, GAP, TOLD = 46.0, 6.0, 16.0
"""Height of a card, the space between two, and what a sentence over a figure takes."""


def pptx(report: Document) -> bytes:
    """The file."""
    show = Presentation()
    show.slide_width, show.slide_height = Mm(WIDTH), Mm(HEIGHT)
    _layouts(show)
    _properties(show, report)
    _title(show, report)
    for part in (p for p in report.parts if not p.is_annex and not _is_to_fill_in(p)):
        for kind, what in _slides(part):
            slide = _slide(show, part, what)
            _DRAW[kind](slide, what, report)
            _limits(slide, part, what)
    held = io.BytesIO()
    show.save(held)
    return steady(held.getvalue(), report.built_at)


def _layouts(show: Any) -> None:
    """The places of titles on a wide slide."""
    for layout in (show.slide_layouts[0], show.slide_layouts[5]):
        for shape in list(layout.placeholders):
            if shape.placeholder_format.type in (13, 15, 16):  # number, footer, date
                shape._element.getparent().remove(shape._element)
                continue
            shape.left, shape.width = Mm(EDGE), Mm(ACROSS)
            is_title = shape.placeholder_format.idx == 0
            first = layout is show.slide_layouts[0]
            shape.top = Mm((58 if is_title else 104) if first else 18)
            shape.height = Mm(42 if first else 18)


def _properties(show: Any, report: Document) -> None:
    core = show.core_properties
    core.title, core.author = f"{report.title}, {report.period}", report.publisher.office
    core.last_modified_by, core.revision, core.subject = report.publisher.office, 1, report.about
    core.comments, core.language, core.keywords = f"Данные: {report.release}", "ru-RU", ""


def _title(show: Any, report: Document) -> None:
    slide = show.slides.add_slide(show.slide_layouts[0])
    write(slide.shapes.title.text_frame, report.title, 34, is_bold=True)
    about = slide.placeholders[1].text_frame
    write(about, report.about, 22, color=LIGHT.muted)
    write(about, report.period, 20, color=LIGHT.muted, is_new=False)
    foot = place(slide, (EDGE, HEIGHT - 24, ACROSS, 14))
    built = day(report.built_at.astimezone())
    write(foot, f"{report.publisher.office}. Данные на {built}, {report.release}.", 12, color=LIGHT.muted)


def _slides(part: Part) -> Iterator[tuple[str, Any]]:
    """What of a section is worth a slide of its own, in order."""
    words = [item for item in _before_headings(part.items) if isinstance(item, b.Sentence | Own | b.Empty)]
    cards = [card for item in part.items if isinstance(item, b.Cards) for card in item.items]
    told = _told(part, words, cards)
    if told is not None:
        yield "told", (*words, told)
        words = []
    if len(words) == 1 and 0 < len(cards) <= CARDS:
        yield "both", (*words, *cards)
        words, cards = [], []
    for some in _by(words, SENTENCES):
        yield "words", some
    for some in _by(cards, CARDS):
        yield "cards", some
    after_figure = {second for first, second in pairwise(part.items) if _repeats(first, second)}
    for item in part.items:
        if isinstance(item, Figure) and item is not told:
            yield "figure", item
        elif isinstance(item, Grid) and item not in after_figure and _fits(item.table) and _speaks(item):
            yield "grid", item


def _is_to_fill_in(part: Part) -> bool:
    """Whether there is nothing yet but where to write: no slide for the hall."""
    return all(isinstance(item, b.Empty) for item in part.items)


def _told(part: Part, words: Sequence[Item], cards: Sequence[b.Card]) -> Figure | None:
    """The section's first figure, where one sentence and no card stands before it: they share a slide."""
    if len(words) != 1 or cards or not isinstance(words[0], b.Sentence):
        return None
    return next((item for item in part.items if isinstance(item, Figure)), None)


def _before_headings(items: Sequence[Item]) -> Iterator[Item]:
    """Words of the section as a whole: those under a heading belong to the figure that stands there."""
    for item in items:
        if isinstance(item, b.Heading):
            return
        yield item


def _by(items: Sequence[Any], most: int) -> Iterator[Sequence[Any]]:
    return (items[start : start + most] for start in range(0, len(items), most))


def _repeats(first: Item, second: Item) -> bool:
    return isinstance(first, Figure) and isinstance(second, Grid)


def _fits(table: b.Table) -> bool:
    return len(table.rows) <= MOST_ROWS and len(table.columns) <= MOST_COLUMNS


def _speaks(grid: Grid) -> bool:
    """Of the many tables of elements of content only those with a verdict are worth a slide."""
    return grid.key != "groups-table" or any(cell.tone for row in grid.table.rows for cell in row.cells)


def _each(what: Any) -> Sequence[Any]:
    """What stands on a slide, one by one."""
    return what if isinstance(what, Sequence) else (what,)


def _slide(show: Any, part: Part, what: Any) -> Any:
    """A slide with the section above and the thing's own name as its title."""
    slide = show.slides.add_slide(show.slide_layouts[5])
    named = next((one for one in _each(what) if isinstance(one, Figure | Grid)), None)
    section = part.name.partition(". ")[2]
    name, above = _titles(part, section, named) if named else (section, "")
    if above:
        write(place(slide, (EDGE, 9, ACROSS, 7)), above, 12, color=LIGHT.muted)
    frame = slide.shapes.title.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Mm(0)
    write(frame, name or section, 26 if len(name) < 60 else 20, is_bold=True)
    frame.paragraphs[0].alignment = 1
    number = place(slide, (WIDTH - EDGE - 20, HEIGHT - 11, 20, 6))
    write(number, str(len(show.slides)), 11, color=LIGHT.muted, is_right=True)
    return slide


def _titles(part: Part, section: str, named: Figure | Grid) -> tuple[str, str]:
    """The thing's name under its section's; of the only thing of a section the other way round."""
    is_alone = sum(isinstance(item, Figure | Grid) for item in part.items) == 1
    return (section, named.subject) if is_alone else (named.subject, part.name)


def _words(slide: Any, words: Any, report: Document, top: float = BODY) -> None:
    frame = place(slide, (EDGE, top, ACROSS, HEIGHT - top - 20))
    for index, item in enumerate(words):
        text = item.why if isinstance(item, b.Empty) else item.text
        lead = f"{item.lead} " if isinstance(item, b.Sentence) and item.lead else ""
        write(frame, lead + text, 18, is_new=index == 0)
        frame.paragraphs[-1].space_after = Mm(5)


def _cards(slide: Any, cards: Any, report: Document) -> None:
    wide = (ACROSS - 3 * GAP) / 4
    for index, card in enumerate(cards):
        line, column = divmod(index, 4)
        put_card(slide, (EDGE + column * (wide + GAP), BODY + line * (TALL + GAP), wide, TALL), card)


def _both(slide: Any, what: Any, report: Document) -> None:
    """Cards, and under them what they say."""
    _cards(slide, what[1:], report)
    _words(slide, what[:1], report, BODY + -(-len(what[1:]) // 4) * (TALL + GAP) + GAP)


def _told_figure(slide: Any, what: Any, report: Document) -> None:
    """A figure under the sentence that says what it shows."""
    sentence, figure = what
    frame = place(slide, (EDGE, BODY - 3, ACROSS, TOLD))
    write(frame, " ".join(filter(None, (sentence.lead, sentence.text))), 14)
    _figure(slide, figure, report, BODY + TOLD)


def _figure(slide: Any, figure: Figure, report: Document, top: float = BODY) -> None:
    form = figure.form
    box = (EDGE, top, ACROSS, HEIGHT - top - 22)
    if isinstance(form, NativeChart):
        size = _letters(form)
        ready = parts(_on_slide(form, size), report.built_at, size)
        put_chart(slide, box, figure.number, figure.chart.alt, ready)
    elif isinstance(form, Shaded):
        put_shaded(slide, box, form, 12)
    elif _fits(figure.chart.table):
        put_table(slide, box, figure.chart.table, column_widths(figure.chart.table), 12)
    source = figure.chart.caption
    write(
        place(slide, (EDGE, HEIGHT - 17, ACROSS - 24, 10)),
        f"{source.period}. {source.n}",
        11,
        color=LIGHT.muted,
    )
    slide.notes_slide.notes_text_frame.text = f"{figure.name}. {source.text}"


def _letters(form: NativeChart) -> float:
    """Smaller where there are many rows."""
    rows = max(form.rows, len(form.categories), 1)
    return next((size for most, size in ((8, LETTERS), (12, 11)) if rows <= most), 9.5)


def _on_slide(form: NativeChart, size: float) -> NativeChart:
    """The chart with room for its names as wide as they are here: a slide is wider than a page's column."""
    share = COLUMN / ACROSS * size / PAPER
    return replace(form, left=form.left * share, right=form.right * share)


def _large(table: b.Table) -> float:
    """Points of a table's letters: the fewer rows and columns, the larger; no word is torn."""
    size = next((size for most, size in ((5, 18), (8, 15)) if len(table.rows) <= most), 12)
    return min(size, 14) if len(table.columns) > FEW_COLUMNS else size


def _grid(slide: Any, grid: Grid, report: Document) -> None:
    put_table(
        slide,
        (EDGE, BODY, ACROSS, HEIGHT - BODY - 20),
        grid.table,
        column_widths(grid.table),
        _large(grid.table),
    )
    slide.notes_slide.notes_text_frame.text = grid.name


def _limits(slide: Any, part: Part, what: Any) -> None:
    """Footnotes of what stands on the slide, in its notes."""
    said = [
        f"{one.number}. {one.text}"
        for place, item in enumerate(part.items) if item in _each(what)
        for one in part.footnotes.get(place, ())
    ]  # fmt: skip
    if said:
        notes = slide.notes_slide.notes_text_frame
        notes.text = "\n".join(filter(None, (notes.text, "Примечания", *said)))


_DRAW: dict[str, Callable[[Any, Any, Document], None]] = {
    "words": _words,
    "cards": _cards,
    "both": _both,
    "figure": _figure,
    "told": _told_figure,
    "grid": _grid,
}

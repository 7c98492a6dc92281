"""The document as DOCX: real styles, numbered captions, a contents field, charts that can be edited."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx as word
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt

from dashboard import blocks as b
from dashboard.report.document import Document, Figure, Grid, Item, Own, Part
from dashboard.report.docx_notes import add_footnotes, prepare_footnotes, refer
from dashboard.report.docx_pieces import add_chart, add_field, bookmark, set_widths
from dashboard.report.docx_style import CAPTION, ITEM, MUTED, SOURCE, TABLE_NAME, prepare
from dashboard.report.docx_tables import add_cards, add_facts, add_shaded, add_table, plain_grid
from dashboard.report.drawn import parts
from dashboard.report.native.model import NativeChart
from dashboard.report.package import steady
from dashboard.report.shaded import Shaded
from dashboard.report.widths import COLUMN
from dashboard.words import NBSP, day

SHAPE = 9 / 16
"""Of a document with more than 20 charts LibreOffice draws all in this shape and stretches them: so they have it."""
SIZES = ((6, 112), (9, 136), (13, 160))
"""Up to so many rows or places a chart is so many millimetres wide; of more, as wide as the column."""
LARGE = 11
"""Points of letters in the narrowest, which LibreOffice shrinks with the chart."""
ROW, FRAME, TALLEST = 6.0, 20, 125
"""Millimetres of a row, of what stands around all rows, and of the tallest chart."""
CLOSE, LETTERS, SMALL = 18, 9, 7
"""From more rows than this letters are small; points of both."""


def docx(report: Document) -> bytes:
    """The file."""
    document = word.Document()
    prepare(document)
    prepare_footnotes(document)
    _properties(document, report)
    if report.is_short:
        _short_head(document, report)
    else:
        _cover(document, report)
        _contents(document, report)
    writer = _Writer(document, report)
    for part in (p for p in report.parts if not p.is_annex):
        writer.part(part)
    _signature(document, report)
    for part in (p for p in report.parts if p.is_annex):
        writer.part(part)
    add_footnotes(document, report.footnotes)
    held = io.BytesIO()
    document.save(held)
    return steady(held.getvalue(), report.built_at)


def _properties(document: Any, report: Document) -> None:
    core = document.core_properties
    core.title, core.author = f"{report.title}, {report.period}", report.publisher.office
    core.subject, core.comments, core.language = report.about, f"Снимок данных: {report.release}", "ru-RU"
    core.last_modified_by, core.revision, core.keywords = report.publisher.office, 1, ""


def _cover(document: Any, report: Document) -> None:
    """The letterhead of the department, then the title."""
    head = _centred(document, report.publisher.department, 14, is_bold=True)
    head.paragraph_format.space_after = Pt(2)
    _centred(document, report.publisher.district, 13)
    blank = document.add_paragraph()
    blank.add_run(f"«___»{NBSP}_____________{NBSP}20___{NBSP}г.  №{NBSP}__________").font.size = Pt(12)
    title = document.add_paragraph(report.title, style="Title")
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(170), Pt(10)
    _centred(document, report.about, 15)
    _centred(document, report.period, 14)
    office = _centred(document, report.publisher.office, 13)
    office.paragraph_format.space_before = Pt(190)
    built = _centred(document, f"Данные на {day(report.built_at.astimezone())}, {report.release}. "
                               f"Кому: {report.audience}.", 10)  # fmt: skip
    built.runs[0].font.color.rgb = MUTED


def _short_head(document: Any, report: Document) -> None:
    """The head of a sheet: what, whose, when."""
    _centred(document, f"{report.title}. {report.about}", 14, is_bold=True)
    built = day(report.built_at.astimezone())
    _centred(document, f"{report.period}. Данные на {built}, {report.release}.", 10)


def _centred(document: Any, text: str, size: float, is_bold: bool = False) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), is_bold
    return paragraph


def _contents(document: Any, report: Document) -> None:
    """A contents field that is filled already: each line leads to its section and asks for its page."""
    head = document.add_paragraph()
    head.paragraph_format.page_break_before = True
    head.paragraph_format.space_after = Pt(10)
    run = head.add_run("Содержание")
    run.bold, run.font.size = True, Pt(15)
    for part in report.parts:
        line = document.add_paragraph(style=ITEM)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(COLUMN), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        line.paragraph_format.right_indent = Mm(0)
        line.add_run(f"{part.name}\t")
        add_field(line, f"PAGEREF {_place(part)} \\h", "")


def _place(part: Part) -> str:
    return part.anchor.replace("-", "_")


class _Writer:
    """Sections, one after another; charts are numbered through the package."""

    def __init__(self, document: Any, report: Document) -> None:
        self._document = document
        self._report = report
        self._places = 0
        self._says: dict[type[Any], Callable[[Any], Any]] = {
            Figure: self._figure, Grid: self._grid, Own: self._own, b.Heading: self._heading,
            b.Sentence: self._sentence, b.Note: self._note, b.Empty: self._empty, b.Signals: self._signals,
            b.Cards: lambda cards: add_cards(self._document, cards),
            b.Facts: lambda facts: add_facts(self._document, facts),
        }  # fmt: skip

    def part(self, part: Part) -> None:
        """One section with its head."""
        head = self._document.add_heading(part.name, 1)
        head.paragraph_format.page_break_before = part.is_annex or (
            self._places == 0 and not self._report.is_short
        )
        self._places += 1
        bookmark(head, _place(part), self._places)
        for index, item in enumerate(part.items):
            said = self._says[type(item)](item)
            if said is not None:
                refer(said, part.footnotes.get(index, ()))
            if said is not None and (_leads_to_figure(part.items[index:]) or _leads_on(part.items, index)):
                said.paragraph_format.keep_with_next = True

    def _heading(self, heading: b.Heading) -> None:
        self._document.add_heading(heading.text, 2)

    def _text(self, text: str, style: str | None = None) -> Any:
        paragraph = self._document.add_paragraph(text, style=style)
        if style is None:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Mm(12.5)
        return paragraph

    def _own(self, own: Own) -> Any:
        return self._text(own.text)

    def _sentence(self, sentence: b.Sentence) -> Any:
        paragraph = self._text("")
        if sentence.lead:
            paragraph.add_run(f"{sentence.lead} ").bold = True
        paragraph.add_run(sentence.text)
        return paragraph

    def _note(self, note: b.Note) -> Any:
        return self._text(note.text, SOURCE if note.tone == "muted" else None)

    def _empty(self, empty: b.Empty) -> None:
        self._text(" ".join(f"{text.rstrip('.')}." for text in (empty.title, empty.why) if text))

    def _signals(self, signals: b.Signals) -> None:
        for item in signals.items:
            paragraph = self._text("")
            paragraph.add_run(f"{b.GLYPHS[item.tone]} {item.text.rstrip('.')}. ").bold = True
            paragraph.add_run(item.evidence)
        if not signals.items:
            self._text(signals.empty)

    def _grid(self, grid: Grid) -> Any:
        name = self._text(grid.name, TABLE_NAME)
        add_table(self._document, grid.table)
        return name

    def _figure(self, figure: Figure) -> Any:
        form = figure.form
        if isinstance(form, NativeChart):
            self._chart(figure, form)
        elif isinstance(form, Shaded):
            add_shaded(self._document, form)
        else:
            add_table(self._document, figure.chart.table)
        name = self._text(figure.name, CAPTION)
        name.paragraph_format.space_before = Pt(4)
        self._text(figure.chart.caption.text, SOURCE)
        return name

    def _chart(self, figure: Figure, form: NativeChart) -> None:
        place = self._document.add_paragraph()
        place.paragraph_format.keep_with_next = True
        place.paragraph_format.space_after = Pt(0)
        place.alignment = WD_ALIGN_PARAGRAPH.CENTER
        width, height = _size(form)
        size = (int(Mm(width)), int(Mm(height)))
        ready = parts(form, self._report.built_at, _letters(form, width))
        add_chart(self._document, place, figure.number, size, figure.chart.alt, ready)


def _size(form: NativeChart) -> tuple[float, float]:
    """Millimetres: no larger than its rows need, so that text and charts share pages."""
    rows = max(form.rows, len(form.categories))
    width = next((width for most, width in SIZES if 0 < rows <= most), COLUMN)
    return width, max(width * SHAPE, min(form.rows * ROW + FRAME, TALLEST))


def _letters(form: NativeChart, width: float) -> float:
    """Points: small where rows stand close, larger where the chart is small."""
    if form.rows > CLOSE:
        return SMALL
    return LARGE if width == SIZES[0][1] else LETTERS


def _leads_to_figure(items: tuple[Item, ...]) -> bool:
    """Whether nothing but short words stands between here and a figure: they go over the page with it."""
    first = next((item for item in items if not isinstance(item, b.Sentence | b.Note)), None)
    return isinstance(first, Figure)


def _keep_with_next(document: Any) -> None:
    """What stands last goes over the page with what follows: no signature under nothing."""
    last = [row for table in document.tables[-1:] for row in table.rows[-2:]]
    kept = [p for row in last for cell in row.cells for p in cell.paragraphs]
    for paragraph in (*kept, *document.paragraphs[-1:]):
        paragraph.paragraph_format.keep_with_next = True


def _leads_on(items: tuple[Item, ...], index: int) -> bool:
    """Whether this is small print right under a heading, or under the section's own, with more to come."""
    is_head = index == 0 or isinstance(items[index - 1], b.Heading)
    return is_head and isinstance(items[index], b.Note) and index + 1 < len(items)


def _signature(document: Any, report: Document) -> None:
    _keep_with_next(document)
    space = document.add_paragraph().paragraph_format
    space.space_before, space.keep_with_next = Pt(24), True
    table = plain_grid(document, 1, 3)
    texts = (report.publisher.signer_title, "_______________", report.publisher.signer)
    for cell, text in zip(table.rows[0].cells, texts, strict=True):
        cell.paragraphs[0].add_run(text)
    table.rows[0].cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_widths(table, [int(Mm(75)), int(Mm(45)), int(Mm(COLUMN - 120))])

"""The report as data: what every format prints, with its numbers of figures and tables decided once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from dashboard import blocks as b
from dashboard.markup import BOARD_GLYPHS, BOARD_WORDS
from dashboard.parts import shortened
from dashboard.report.flow import on_paper
from dashboard.report.publisher import Publisher
from dashboard.words import NBSP, plural

if TYPE_CHECKING:
    from dashboard.report.native.model import NativeChart
    from dashboard.report.shaded import Shaded

SOURCE = "Источник:"
"""A caption that names no table but says where it is from stands under it, and so does any sentence."""
PLACES = ("Организация", "Школа", "Муниципалитет")
"""Heads of lists that grow with the territory."""
SHORT = 3
"""A name of so few words says too little without its second half."""


@dataclass(frozen=True)
class Figure:
    """«Рисунок 3. …»: a chart, with the caption that stands under it."""

    number: int
    subject: str
    chart: b.Chart

    @property
    def name(self) -> str:
        """As it stands under the figure."""
        return f"Рисунок{NBSP}{self.number}. {self.subject}"

    @cached_property
    def form(self) -> NativeChart | Shaded | None:
        """What it is in office files, worked out once for all of them; None where its numbers are printed instead."""
        from dashboard.report.drawn import office_form

        return office_form(self)

    @property
    def is_blank(self) -> bool:
        """Whether it has no mark that may be drawn: then its numbers stand in a table alone."""
        from dashboard.report.drawn import has_marks

        return self.form is None and not has_marks(self)

    @property
    def numbers(self) -> str:
        """The name of the table of its numbers."""
        return self.subject if self.is_blank else f"Числа к рисунку{NBSP}{self.number}"


@dataclass(frozen=True)
class Grid:
    """«Таблица 3. …»: a table."""

    number: int
    subject: str
    table: b.Table
    key: str
    whole: b.Table
    """All its rows, of which paper may print some: what the workbook holds."""

    @property
    def name(self) -> str:
        """As it stands over the table."""
        return f"Таблица{NBSP}{self.number}" + (f". {self.subject}" if self.subject else "")


@dataclass(frozen=True)
class Own:
    """The methodist's own words: one paragraph."""

    text: str


@dataclass(frozen=True)
class Footnote:
    """What limits the item it stands at; numbers run through the document."""

    number: int
    text: str


Plain = b.Heading | b.Sentence | b.Note | b.Empty | b.Cards | b.Signals | b.Facts
Item = Figure | Grid | Own | Plain


@dataclass(frozen=True)
class Part:
    """One section or annex, with its number in the name."""

    key: str
    anchor: str
    name: str
    is_annex: bool
    items: tuple[Item, ...]
    footnotes: Mapping[int, tuple[Footnote, ...]] = field(default_factory=dict)
    """By the place of their item."""


@dataclass(frozen=True)
class Document:
    """Everything that is printed, whatever the format."""

    key: str
    title: str
    about: str
    """What the document is about: the district, or one organisation."""
    period: str
    """«2025/26 учебный год» or «2025 год»."""
    audience: str
    publisher: Publisher
    release: str
    """Which snapshot, in words: the name of the release where it has one."""
    built_at: datetime
    """Moment of the snapshot: the only moment a document knows, so that it is the same when made again."""
    parts: tuple[Part, ...]
    is_of_school: bool = False
    is_short: bool = False
    """One page: no cover, no contents."""

    @property
    def figures(self) -> Iterator[Figure]:
        """All figures in order."""
        return (item for part in self.parts for item in part.items if isinstance(item, Figure))

    @property
    def footnotes(self) -> Iterator[Footnote]:
        """All footnotes in order."""
        return (one for part in self.parts for some in part.footnotes.values() for one in some)

    @property
    def grids(self) -> Iterator[Grid]:
        """All tables in order."""
        return (item for part in self.parts for item in part.items if isinstance(item, Grid))


@dataclass
class Numbering:
    """What has been numbered so far; sections are numbered in the order of the document."""

    figures: int = 0
    tables: int = 0
    heading: str = ""
    """The last one: the name of what follows where it has none of its own."""

    def items(self, blocks: Iterable[b.Block]) -> tuple[Item, ...]:
        """The blocks of one section with their numbers."""
        self.heading = ""
        return tuple(item for block in on_paper(blocks) for item in self._block(block))

    def _block(self, block: b.Block) -> Iterator[Item]:
        if isinstance(block, b.Chart):
            yield from self._chart(block)
        elif isinstance(block, b.Table):
            if block.rows:
                caption = (block.brief or block).caption
                is_said = caption.startswith(SOURCE) or caption.endswith(".")
                grid = self._table(block, "" if is_said else caption)
                yield grid
                if is_said:
                    yield b.Note(caption)
                yield from _rest(grid)
        elif isinstance(block, b.Board):
            yield self._table(_board(block), "Кто что прислал")
            yield b.Note(_legend(block))
        elif isinstance(block, Plain):
            self.heading = block.text if isinstance(block, b.Heading) else self.heading
            yield block

    def _chart(self, chart: b.Chart) -> Iterator[Item]:
        if chart.title or not self.heading:
            self.heading = _subject(chart.alt)
        figure = Figure(self.figures + 1, self.heading, chart)
        if not figure.is_blank:
            self.figures += 1
            yield figure
        if chart.shows_table and chart.table.rows:
            yield self._table(chart.table, chart.table.caption or figure.numbers)

    def _table(self, table: b.Table, title: str) -> Grid:
        self.tables += 1
        whole = table.sheet or table
        printed = table.brief or table
        printed = shortened(printed) if table.columns[0].title in PLACES else printed
        return Grid(self.tables, title or self.heading, replace(printed, caption=""), table.key, whole)


def _rest(grid: Grid) -> Iterator[b.Note]:
    """Of a table that is too long for paper: what was left out, and where it is."""
    printed, every = len(grid.table.rows), len(grid.whole.rows)
    if printed == every:
        return
    is_sum = printed == 1 or grid.table.columns != grid.whole.columns
    shown = "итоги" if is_sum else f"первые {printed}"
    rows = plural(every, "строка", "строки", "строк")
    yield b.Note(
        f"Для бумаги список длинен, напечатаны {shown}. Весь список — {rows} — в книге XLSX этого "
        f"документа, лист «Таблица{NBSP}{grid.number}»."
    )


def _subject(alt: str) -> str:
    """What a chart shows, without how: on paper a name stands alone, far from the page's title."""
    head = alt.rpartition(": ")[0]
    return head if len(head.split()) > SHORT else alt


def _board(board: b.Board) -> b.Table:
    columns = (b.Column("Организация", is_wide=True), *(b.Column(name) for name in board.columns))
    rows = tuple(b.Row((b.Cell(row.name), *(_mark(mark) for mark in row.marks))) for row in board.rows)
    return b.Table(columns, rows, board.key)


def _mark(mark: b.Mark) -> b.Cell:
    return b.Cell(BOARD_GLYPHS[mark.state] + (f" {mark.count}" if mark.count else ""))


def _legend(board: b.Board) -> str:
    used = {mark.state for row in board.rows for mark in row.marks} - {"not_needed"}
    words = [f"{glyph} {BOARD_WORDS[state]}" for state, glyph in BOARD_GLYPHS.items() if state in used]
    return f"{' · '.join(words)}. Пустая ячейка — форма не нужна."

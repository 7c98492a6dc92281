"""What a page says, as data: the same blocks are drawn on the screen and printed in the report.

A view turns numbers into a `Page`; `dashboard.components` renders it with Streamlit, `dashboard.report` as
HTML on paper. Nothing here knows either of them. Texts are plain (no markup) and already in Russian.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dashboard.selection import Selection

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

Tone = Literal["plain", "good", "bad", "watch", "muted"]
"""What a thing says at a glance; every tone also has a glyph, so that grey paper says it too."""
GLYPHS: dict[Tone, str] = {"plain": "●", "good": "▲", "bad": "▼", "watch": "◆", "muted": "○"}


@dataclass(frozen=True)
class Link:
    """A way to another screen: the page's address and what is chosen there."""

    label: str
    page: str
    """``url_path`` of the page; empty for the first page."""
    selection: Selection = field(default_factory=Selection)

    @property
    def href(self) -> str:
        """The address relative to any page of the application."""
        query = self.selection.query()
        return f"./{self.page}" + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Title:
    """The head of a page: the finding's subject, then its period and n, and the way back."""

    text: str
    note: str = ""
    crumbs: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Heading:
    """The head of a section."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Sentence:
    """One finding in words: the lead is set bold."""

    lead: str = ""
    text: str = ""
    tone: Tone | None = None
    limits: tuple[str, ...] = ()
    """What has to be known to read it rightly: footnotes on paper."""


@dataclass(frozen=True)
class Note:
    """Small print under something, or (with a tone) a message that must be read."""

    text: str
    tone: Tone = "muted"


@dataclass(frozen=True)
class Code:
    """Text for a program, to be copied as it stands."""

    text: str


@dataclass(frozen=True)
class Empty:
    """Nothing to show: why, and what to do next."""

    title: str
    why: str
    steps: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spark:
    """A small line of years: values (None is a gap) and their intervals."""

    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    lows: tuple[float | None, ...] = ()
    highs: tuple[float | None, ...] = ()


@dataclass(frozen=True)
class Card:
    """One indicator at a glance."""

    title: str
    value: str
    count: str = ""
    change: str = ""
    tone: Tone = "muted"
    glyph: str = ""
    """Before the change: its direction; without it the tone's glyph."""
    spark: Spark | None = None
    link: Link | None = None
    hint: str = ""
    """Said on hover: the interval, the formula."""
    is_current: bool = False
    """The card whose indicator the page shows below."""


@dataclass(frozen=True)
class Cards:
    """A row of cards that wraps."""

    items: tuple[Card, ...]
    is_compact: bool = False
    """Figures only, in one low row."""


@dataclass(frozen=True)
class Caption:
    """What stands under a chart or table: source, period, n, note."""

    source: str
    period: str
    n: str
    note: str = ""
    origin: tuple[str, ...] = ()
    """Ids of the indicators whose numbers are drawn: the way to where they come from."""
    year: int | None = None
    """School year of the newest of them."""

    @property
    def text(self) -> str:
        """One line: «Источник: …. Период: …. n = ….»."""
        parts = [f"Источник: {self.source}", f"период: {self.period}", self.n, self.note]
        return ". ".join(_sentence(part) for part in parts if part) + "."


def _sentence(text: str) -> str:
    is_symbol = text.startswith("n\u00a0=")
    return (text if is_symbol else text[:1].upper() + text[1:]).rstrip(".")


@dataclass(frozen=True)
class Cell:
    """One cell of a table: what is shown, and the number behind it where the display policy allows one."""

    text: str
    value: float | int | None = None
    tone: Tone | None = None
    hint: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    title: str
    is_number: bool = False
    is_wide: bool = False
    """Takes what room is left: long texts."""
    hint: str = ""
    is_spare: bool = False
    """A telephone leaves it out: the row's link says it too."""


@dataclass(frozen=True)
class Row:
    """One row; with a link the whole row leads there."""

    cells: tuple[Cell, ...]
    link: Link | None = None
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its head, as shown and as downloaded."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    key: str = "table"
    caption: str = ""
    has_download: bool = True
    sheet: Table | None = None
    """What XLSX holds where that is more than what is shown: the rest of a long list."""
    limits: tuple[str, ...] = ()
    """Footnotes on paper."""
    brief: Table | None = None
    """What paper prints where the rows are too many for it: the same by municipalities."""


@dataclass(frozen=True)
class Chart:
    """A figure that is built only when somebody looks at it, with everything that belongs under it.

    A mark that can be clicked carries the `Link.href` it leads to as the first item of its ``customdata``.
    """

    figure: Callable[[Look], go.Figure]
    caption: Caption
    alt: str
    table: Table
    """The chart's numbers under the display policy: what XLSX holds and what a reader without eyes gets."""
    key: str
    title: str = ""
    shows_table: bool = True


@dataclass(frozen=True)
class Signal:
    """One thing that deserves a look, with its evidence and the way to it."""

    text: str
    evidence: str
    tone: Tone = "bad"
    link: Link | None = None


@dataclass(frozen=True)
class Signals:
    """What needs attention, and how much was looked through to find it."""

    items: tuple[Signal, ...]
    checked: str = ""
    empty: str = "Сигналов нет: ни одно из проверенных сравнений не выходит за пределы случайного."


State = Literal["accepted", "warned", "refused", "overdue", "absent", "not_needed"]


@dataclass(frozen=True)
class Mark:
    """One cell of the collection board."""

    state: State
    hint: str = ""
    count: int | None = None
    link: Link | None = None
    """Where the cell leads; else it leads where its row does."""


@dataclass(frozen=True)
class BoardRow:
    """One organisation (or a group of them) on the collection board."""

    name: str
    marks: tuple[Mark, ...]
    link: Link | None = None


@dataclass(frozen=True)
class Board:
    """Who sent what: organisation × source. A compact board shows glyphs in one line without heads."""

    columns: tuple[str, ...]
    rows: tuple[BoardRow, ...]
    is_compact: bool = False
    key: str = "board"
    notes: tuple[str, ...] = ()
    """Small print under the heads of the columns: until when."""


@dataclass(frozen=True)
class Fact:
    """A term and what is known of it."""

    term: str
    text: str


@dataclass(frozen=True)
class Facts:
    """A short list of terms and their values or definitions."""

    items: tuple[Fact, ...]
    title: str = ""
    note: str = ""


@dataclass(frozen=True)
class Links:
    """A choice of a few that stands in the page itself: views of one subject, kinds of organisations."""

    items: tuple[Link, ...]
    current: str
    """Label of the one that is shown."""
    label: str
    """What is chosen, for a reader without eyes."""


@dataclass(frozen=True)
class Option:
    """One value of a filter."""

    label: str
    selection: Selection

    @property
    def href(self) -> str:
        """Where it leads: the same page with this choice."""
        return f"?{self.selection.query()}"


LOOKED_THROUGH = 60
"""Options that a person finds by the eye, or by the first letters."""


@dataclass(frozen=True)
class Filter:
    """A drop-down: each option is the whole selection it leads to. Only on the screen."""

    key: str
    label: str
    options: tuple[Option, ...]
    current: int | None
    placeholder: str = "Выберите"

    @property
    def is_long(self) -> bool:
        """Whether the list is too long to look through: it then needs a field to search in."""
        return len(self.options) > LOOKED_THROUGH


@dataclass(frozen=True)
class Filters:
    """The row of drop-downs under a page's head. Only on the screen."""

    items: tuple[Filter, ...]

    @property
    def is_long(self) -> bool:
        """Whether any of them needs a field to search in."""
        return any(item.is_long for item in self.items)


@dataclass(frozen=True)
class Pager:
    """Which part of a long list is shown. Only on the screen."""

    page: str
    selection: Selection
    part: int
    parts: int


@dataclass(frozen=True)
class Split:
    """Two columns; one under the other on a narrow screen."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    ratio: tuple[float, float] = (2, 1)


@dataclass(frozen=True)
class Details:
    """Blocks that are folded until asked for; printed in full."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Live:
    """A part that answers to a person: it draws itself and keeps its own state. Only on the screen."""

    draw: Callable[[Look], None]


@dataclass(frozen=True)
class Field:
    """One field of a form."""

    key: str
    label: str
    value: str = ""
    options: tuple[str, ...] = ()
    """A choice of these instead of free text."""
    hint: str = ""
    is_long: bool = False
    is_required: bool = False
    is_author: bool = False
    """The name of whoever fills it: asked for once, then remembered while the page is open."""


@dataclass(frozen=True)
class Entry:
    """Something written before that can be taken away again."""

    id: str
    text: str
    note: str
    remove: Callable[[], None]


@dataclass(frozen=True)
class Form:
    """Something a person may write down: fields, a button, and what was written before. Only on the screen."""

    key: str
    title: str
    close: Link
    text: str = ""
    fields: tuple[Field, ...] = ()
    button: str = ""
    submit: Callable[[dict[str, str]], object] | None = None
    """Takes the fields by key; what it raises as `ValueError` or `NotebookError` is shown as words."""
    entries: tuple[Entry, ...] = ()
    stays_open: bool = False


@dataclass(frozen=True)
class Save:
    """A file that a click makes."""

    label: str
    href: str
    refused: str = ""
    """Why it cannot be made on this computer."""


@dataclass(frozen=True)
class Below:
    """What stands under a figure or a table on the screen: its caption, where it leads, what it is saved as."""

    caption: Caption | None = None
    ways: tuple[Link, ...] = ()
    saves: tuple[Save, ...] = ()


@dataclass(frozen=True)
class Foot:
    """The page's last line: which data these are, and what can be done with the page. Only on the screen."""

    text: str
    links: tuple[Link, ...] = ()


Block = (
    Title | Heading | Sentence | Note | Code | Empty | Cards | Chart | Table | Signals | Board | Facts | Links
    | Filters | Pager | Split | Details | Live | Form | Below | Foot
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """Everything one page says for one selection."""

    title: Title
    blocks: tuple[Block, ...] = field(default=())


def every_block(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks in reading order; after columns and folds what stands in them."""
    for block in blocks:
        yield block
        if isinstance(block, Split):
            yield from every_block((*block.left, *block.right))
        elif isinstance(block, Details):
            yield from every_block(block.blocks)

"""One kind of file as organisations send it: its columns, its period, and what its words mean."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from pydantic import Field

from pipelines.contract import Declarations, _Declared

Role = Literal[
    "school", "school_name", "oo_code", "area", "group", "person", "person_code", "snils", "birth", "year", "term",
    "subject", "grade", "exam", "reshaped",
]  # fmt: skip
PeriodKind = Literal["work", "year", "term", "date", "exam", "exams", "none"]


SHARE = "share"
"""The column of the numbers of a table whose headings name the groups."""
_QUOTES = str.maketrans(dict.fromkeys("\"'«»“”„`", "") | {"ё": "е"})


def normalised(text: object) -> str:
    """A heading or a word without what people write differently: case, ё, quotes, spaces."""
    return " ".join(str(text).lower().translate(_QUOTES).split())


class SourceColumn(_Declared):
    """One column as schools send it: the headings it goes by and what its cells may say."""

    headings: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    """Regular expressions over the normalised heading; group ``year`` is the period, ``key`` one of many."""
    headings_of: str = ""
    """Dictionary whose terms are headings: by title, alias or pattern; the heading is the key."""
    shown: str = ""
    """How to call it in a message when no heading is exact."""
    role: Role | None = None
    many: bool = False
    """Several columns of the file belong here, told apart by the group ``key`` of the pattern."""
    others: bool = False
    """Also every column that no other column, no ignored and no personal heading claims: it is read as it stands."""
    states: dict[str, str] = Field(default_factory=dict)
    """Words that are states, not values: what stands in the cell → state; the empty state is «no value»."""


class Period(_Declared):
    """Where a submission's period comes from."""

    kind: PeriodKind
    titles: tuple[str, ...] = ()
    """Regular expressions over the lines above the header, with groups year, term, subject, grade, as_of or school."""
    day: str = ""
    """Day of the list (``09-20``) where only the school year is said."""
    partial: str = ""
    """Pattern of a line above the table by which the file is one person's part of the whole …"""
    parts: tuple[str, ...] = ()
    """… and the columns whose values say which part."""
    by_questions: bool = False
    """Questionnaires of other questions are of parts of their own: none replaces another."""
    framework: str = ""
    """Dictionary of questions: a file that follows another framework than the usual one is a part of its own."""
    column: str | None = None
    """Column of dates whose school year is the period."""
    latest: bool = False
    """The whole file belongs to the latest such year, not each row to its own."""
    beside: str | None = None
    """Pattern of cells on the file's other sheets, with groups subject and grade: most of them say what it is."""
    autumn: bool = False
    """Written in autumn: the file goes by that calendar year, the work by the grade before the pupils' own."""


Meaning = tuple[str, str]
"""What a code of a federal form means: the key by which marts know it, and its title."""


class FormSection(_Declared):
    """One section of a federal form: what its rows and columns mean, by the codes printed in the form."""

    heading: str
    """Regular expression of the line that names the section."""
    rows: dict[str, Meaning]
    columns: dict[str, Meaning]
    sums: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Column → the columns that give it when added, in every row."""
    parts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Column → columns of which none may be greater."""
    row_sums: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    row_parts: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Form(_Declared):
    """A federal form, read by its codes of rows and columns and never by where a text stands."""

    name: str
    said: str
    """Regular expression by which the form is known among the lines of the file."""
    sections: dict[str, FormSection]


class Source(_Declared):
    """A kind of file that organisations send."""

    id: str
    title: str
    tables: tuple[str, ...] = ()
    layouts: tuple[tuple[str, ...], ...] = ()
    """Sets of columns; a header row that has all columns of one set belongs to this source."""
    said: tuple[str, ...] = ()
    """Patterns of lines that must stand in the file as well: its title tells it from others with such columns."""
    columns: dict[str, SourceColumn] = Field(default_factory=dict)
    form: Form | None = None
    """A federal form instead of a table with headings."""
    period: Period = Period(kind="none")
    reference: bool = False
    """Belongs to the whole district, has no school and is taken before other files."""
    references: tuple[str, ...] = ()
    """Canonical tables of other files against which this one is read."""
    reshape: str | None = None
    """Module of ``pipelines/reshape`` that turns the rows into canonical tables."""
    dictionaries: tuple[str, ...] = ()
    """Dictionaries by which that module reads headings or cells."""
    totals: tuple[str, ...] = ("итого", "всего", "итог", "всего по району", "средние")
    """Rows that begin with these words are sums, not rows."""
    kept_totals: str | None = None
    """Column where such a word marks a sum that the reshape module holds to the rows; elsewhere it is left out."""
    carried: tuple[str, ...] = ()
    """Columns written once for a group of rows: an empty cell says what stands above it."""
    inner: str = ""
    """Pattern of cells in the column of groups that name a part of the group above; its groups become columns."""
    unpivot: str = ""
    """Column of many whose headings name groups: each becomes rows, the groups of its pattern become columns."""
    checked_totals: bool = False
    """Rows of sums are handed to the reshape module, which holds them to the rows."""
    blocks: tuple[str, ...] = ()
    """Patterns of lines that open a table of their own: several stand one under another on a sheet."""
    dropped: tuple[str, ...] = ()
    """Patterns of headings of this source whose columns are personal data and never read."""
    each_sheet: bool = False
    """Every sheet with such a table is a part of its own (a quarter), not a rival."""
    empty: tuple[str, ...] = ("-", "–", "—")
    """Words that mean an empty cell in any column."""
    ignored: tuple[str, ...] = ()
    """Patterns of headings known and not taken."""
    sections: tuple[str, ...] = ()
    """Patterns of lines between the rows that name the group below them."""
    advice: str = ""
    """A file known but never taken: what to send instead."""
    blank: str = ""
    """What to send instead of the form that nobody has filled."""
    of_anyone: bool = False
    """Known by its tool and not by its questions: it yields to a source that knows one of them. Rows of a file that
    names no organisation are of the whole district."""
    spare_tasks: bool = False
    """Headings name more tasks than a work has: those that nobody filled are none of its tasks."""

    @property
    def group_column(self) -> str:
        """The column whose cells name an organisation or a territory."""
        return next((name for name, column in self.columns.items() if column.role == "group"), "")

    @property
    def column_of_others(self) -> str:
        """The column of many that takes what nothing else claims."""
        return next((name for name, column in self.columns.items() if column.others), "")

    @cached_property
    def layout_sets(self) -> list[frozenset[str]]:
        """Columns of each layout."""
        return [frozenset(layout) for layout in self.layouts]

    @cached_property
    def exact(self) -> dict[str, str]:
        """Normalised heading → column."""
        return {normalised(h): name for name, column in self.columns.items() for h in column.headings}

    @cached_property
    def regular(self) -> list[tuple[re.Pattern[str], str]]:
        """Compiled heading pattern → column."""
        return [(re.compile(p), name) for name, column in self.columns.items() for p in column.patterns]

    @cached_property
    def skipped(self) -> list[re.Pattern[str]]:
        """Compiled patterns of ignored headings."""
        return [re.compile(p) for p in self.ignored]

    @cached_property
    def block_lines(self) -> list[re.Pattern[str]]:
        """Compiled patterns of lines that open a table of their own."""
        return [re.compile(p, re.IGNORECASE) for p in self.blocks]

    @cached_property
    def personal(self) -> list[re.Pattern[str]]:
        """Compiled patterns of headings that are personal data in this source."""
        return [re.compile(p) for p in self.dropped]

    @cached_property
    def titles_said(self) -> list[re.Pattern[str]]:
        """Compiled patterns of the lines that must stand in the file."""
        return [re.compile(p, re.IGNORECASE) for p in self.said]

    @cached_property
    def section_lines(self) -> list[re.Pattern[str]]:
        """Compiled patterns of lines that name a group of rows."""
        return [re.compile(p, re.IGNORECASE) for p in self.sections]

    def heading_of(self, column: str, declared: Declarations) -> str:
        """How to call a column in a message to the sender."""
        own = self.columns[column]
        if own.headings or own.shown:
            return own.shown or own.headings[0]
        titles = (declared.tables[table].columns.get(column) for table in self.tables)
        return next((found.title for found in titles if found), column)

"""From the sender's rows to canonical tables: by declaration here, by a module where that is not enough."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field

import numpy as np

from pipelines.cast import Words, by_dictionary, cast
from pipelines.contract import Column, Declarations
from pipelines.findings import Finding
from pipelines.frame import Cells, Mask, Raw, Shaped
from pipelines.identity import Identity, Noted
from pipelines.references import References
from pipelines.rows import Rows
from pipelines.source import SourceColumn, normalised


@dataclass
class Setting:
    """What a reshape may ask, and where it leaves its remarks."""

    declared: Declarations
    identity: Identity
    references: References
    remarks: list[Finding] = field(default_factory=list)
    """About the file as a whole."""
    noted: list[Noted] = field(default_factory=list)
    """About a row and so about its submission."""
    _words: dict[str, Words] = field(default_factory=dict)

    def words(self, dictionary: str) -> Words:
        """A function from what people write to a dictionary's key."""
        if dictionary not in self._words:
            self._words[dictionary] = by_dictionary(self.declared.dictionaries[dictionary])
        return self._words[dictionary]


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """The canonical rows of a file, by the source's own module or straight by its declaration."""
    if raw.source.reshape:
        module = importlib.import_module(f"pipelines.reshape.{raw.source.reshape}")
        shaped: list[Shaped] = module.reshape(raw, setting)
        return shaped
    return [straight(raw, setting, raw.source.tables[0])]


def straight(raw: Raw, setting: Setting, table: str) -> Shaped:
    """Every declared column cast by its type; schools, periods and persons from the file's identity."""
    declared = setting.declared.tables[table]
    shaped = Shaped(table, Rows(len(raw)), np.arange(len(raw), dtype=np.int32))
    for name, column in declared.columns.items():
        if name in raw.cells and raw.source.columns[name].role is None:
            shaped.rows[name], faults = cast_cells(
                raw.cells[name], column, raw.source.columns[name], raw, setting
            )
            shaped.places[name] = name
            if faults.any():
                shaped.faults[name] = faults
        elif (given := setting.identity.column(name)) is not None:
            shaped.rows[name] = given
            shaped.places[name] = _place_of(name, raw)
    return shaped


def cast_cells(
    cells: Cells, column: Column, declared: SourceColumn, raw: Raw, setting: Setting
) -> tuple[object, Mask]:
    """The cells of one column as values of its type, with the source's own words for «nothing»."""
    words = setting.words(column.dictionary) if column.dictionary else None
    nothing = {normalised(word) for word, state in declared.states.items() if not state}
    return cast(cells, column, words, frozenset({normalised(word) for word in raw.source.empty} | nothing))


def _place_of(name: str, raw: Raw) -> str:
    """The declared column whose cell stands behind a column that identity fills."""
    roles = {
        "school_id": ("school", "school_name", "group"), "name_id": ("person",), "person_id": ("person",),
        "school_year": ("year",), "term": ("term",), "subject": ("subject",), "grade": ("grade",),
    }.get(name, ())  # fmt: skip
    return next((n for n, c in raw.source.columns.items() if c.role in roles and n in raw.cells), "")

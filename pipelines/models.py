"""The marts' SQL: one select a file in ``pipelines/sql``, the file's name is the table's name.

A file's first comment is the grain of its table; further ``-- column: Title, unit`` lines name the columns
that no canonical table declares. Files run in the order in which they name each other.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from pipelines.sqltext import quoted

SQL = Path(__file__).parent / "sql"
_GRAIN = re.compile(r"^-- grain: (.+)$", re.MULTILINE)
_COLUMN = re.compile(r"^-- ([a-z_0-9]+): (.+)$", re.MULTILINE)


class Model:
    """One mart: its name, its select and what its comments say."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.text = path.read_text(encoding="utf-8")

    @property
    def grain(self) -> str:
        """What one row is, in words."""
        found = _GRAIN.match(self.text)
        return found[1] if found else ""

    @property
    def titles(self) -> dict[str, str]:
        """Column → title, as its comments say."""
        return {name: title for name, title in _COLUMN.findall(self.text) if name != "grain"}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every name in the select, comments aside."""
        return frozenset(re.findall(r"\w+", re.sub(r"--.*", "", self.text)))


@cache
def models() -> tuple[Model, ...]:
    """All marts, each after those it reads; read once a process."""
    found = {path.stem: Model(path) for path in sorted(SQL.glob("*_*.sql"))}
    order = TopologicalSorter({name: (model.words & found.keys()) - {name} for name, model in found.items()})
    return tuple(found[name] for name in order.static_order())


def macros() -> str:
    """The statistics every reader of a snapshot can call."""
    return (SQL / "macros.sql").read_text(encoding="utf-8")


def questions() -> str:
    """What follows from ``indicator_value`` once it is there: pooled years, schools alike, all comparisons made."""
    names = ("pooling.sql", "similar.sql", "comparison.sql")
    return "\n".join((SQL / name).read_text(encoding="utf-8") for name in names)


def run_model(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make the table of one mart."""
    connection.execute(f"create table {quoted(model.name)} as\n{model.text}")

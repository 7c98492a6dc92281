"""From which kinds of files each mart is made, through all the tables between: what can move a number."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from pipelines.contract import Declarations
from pipelines.meaning import write_table
from pipelines.models import models
from pipelines.sources import sources

_COLUMNS = {"table_name": pa.string(), "source": pa.string(), "source_title": pa.string()}


def write_lineage(connection: duckdb.DuckDBPyConnection, declared: Declarations) -> None:
    """Table ``lineage``: every mart and a source whose rows reach it."""
    reached: dict[str, set[str]] = {}
    for model in models():  # each after those it reads
        direct = set(model.words & declared.tables.keys())
        through = (reached[name] for name in model.words & reached.keys())
        reached[model.name] = direct.union(*through)
    rows = [
        {"table_name": mart, "source": source.id, "source_title": source.title}
        for mart, tables in reached.items()
        for source in sources().values()
        if tables & {*source.tables}
    ]
    write_table(connection, "lineage", _COLUMNS, rows)

"""What a group report says of a school held to the school's own pupils: pupils count, a difference is told of."""

from __future__ import annotations

import duckdb

from pipelines.models import SQL


def reconcile(connection: duckdb.DuckDBPyConnection) -> None:
    """Add to ``finding`` a warning for every group report that its school's pupils contradict."""
    connection.execute((SQL / "reconcile.sql").read_text(encoding="utf-8"))

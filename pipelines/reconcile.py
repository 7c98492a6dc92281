"""Accepted files held to each other: what counts is decided by the marts, a difference is told of."""

from __future__ import annotations

import duckdb

from pipelines.models import SQL

_QUESTIONS = ("reconcile.sql", "appeals.sql")


def reconcile(connection: duckdb.DuckDBPyConnection) -> None:
    """Add to ``finding`` what only several files together show.

    A group report that its school's pupils contradict, an appeal that changes no result.
    """
    for name in _QUESTIONS:
        connection.execute((SQL / name).read_text(encoding="utf-8"))

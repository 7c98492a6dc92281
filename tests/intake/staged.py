"""What intake has staged, as a test reads it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.findings import FileReport


def staged(root: Path, report: FileReport, table: str) -> pd.DataFrame:
    """Rows of one received file as pandas."""
    return own_rows(root, report, table).to_pandas()


def own_rows(root: Path, report: FileReport, table: str) -> pa.Table:
    """Rows of one received file; others may lie beside them."""
    own = pa.array([part.submission_id for part in report.submissions])
    rows = pq.read_table(root / "staged" / report.tables[table])
    return rows.filter(pc.is_in(rows["submission_id"], own))

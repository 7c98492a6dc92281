"""What the parts of the oracle share: rows grouped by plain loops, and cells of parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]
Cells = dict[tuple[str, tuple[Any, ...]], tuple[float, float, float]]


def grouped(rows: Iterable[Row], *names: str) -> dict[tuple[Any, ...], list[Row]]:
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row.get(name) for name in names)].append(row)
    return groups


def share(part: int, whole: int) -> tuple[float, float, float]:
    return part, whole, whole

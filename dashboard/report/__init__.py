"""The annual report: one HTML file from one snapshot, the same blocks as on the screens, printable on A4."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dashboard.report.publisher import Publisher

__all__ = ["NoYearError", "Publisher", "write"]

Progress = Callable[[str, int, int], None]


class NoYearError(Exception):
    """The snapshot has nothing for the year; the message lists those it has, in Russian."""


def write(root: Path, year: int, folder: Path, publisher: Publisher, progress: Progress) -> Path:
    """Write the report of a school year; the file replaces an earlier one of the same snapshot."""
    from dashboard.audience import viewer_of
    from dashboard.marts import open_latest
    from dashboard.queries import Queries
    from dashboard.report.composition import compose
    from dashboard.words import school_year

    marts = open_latest(root)
    q = Queries(marts, viewer=viewer_of(root, marts, "public"))
    if year not in q.years():
        known = ", ".join(f"{y} ({school_year(y)})" for y in q.years()) or "данных ещё нет"
        raise NoYearError(f"За {school_year(year)} учебный год данных нет. Есть: {known}.")
    text = compose(q, year, publisher, progress)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"Отчёт {year}.html"
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
    return path

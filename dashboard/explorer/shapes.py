"""Which charts fit a question: the best first."""

from __future__ import annotations

from dashboard.explorer.scope import Scope
from dashboard.parts import MANY

TITLES = {
    "dots": "Точки с интервалами",
    "bars": "Столбцы",
    "lines": "Линии по годам",
    "panels": "По годам, каждый отдельно",
    "heat": "Тепловая карта",
    "funnel": "Воронка: доля и размер",
    "table": "Таблица",
}
FEW = 4
"""Lines that a reader can tell apart in one chart."""
PANELS = 16


def fitting(s: Scope, rows: int) -> tuple[str, ...]:
    """Charts for so many values of the breakdown."""
    has_years = len(s.years) > 1
    if s.by is None:
        return ("lines", "table") if has_years else ("table",)
    if s.across:
        return ("heat", "table")
    found = ["bars" if s.indicator.kind == "count" else "dots"] if rows <= MANY else []
    if s.indicator.kind == "share" and s.by in ("school", "municipality", "class") and rows > FEW:
        found.insert(0 if rows > MANY else 1, "funnel")
    if has_years:
        found += ["lines"] if rows <= FEW else []
        found += ["panels"] if 1 < rows <= PANELS else []
        found += ["heat"] if s.is_share and rows <= MANY else []
    return (*found, "table")

"""Which charts fit a question: the best first."""

from __future__ import annotations

from dashboard.explorer.scope import Scope
from dashboard.explorer.sides import diverges
from dashboard.parts import MANY

TITLES = {
    "dots": "Точки с интервалами",
    "bars": "Столбцы",
    "lines": "Линии по годам",
    "panels": "По годам, каждый отдельно",
    "heat": "Тепловая карта",
    "funnel": "Воронка: доля и размер",
    "diverging": "Расходящиеся полосы",
    "pyramid": "Пирамида: возраст и пол",
    "table": "Таблица",
}
FEW = 4
"""Lines that a reader can tell apart in one chart."""
PANELS = 16


def fitting(s: Scope, rows: int, columns: int = 0, has_ages: bool = False) -> tuple[str, ...]:
    """Charts for so many values of the breakdown and of a second dimension."""
    has_years = len(s.years) > 1
    pyramid = ["pyramid"] if has_ages else []
    diverging = ["diverging"] if rows <= MANY and diverges(s, columns) else []
    if s.by is None:
        return (*(["lines"] if has_years else []), *pyramid, "table")
    if s.across:
        return ("heat", *diverging, "table")
    found = ["bars" if s.indicator.kind == "count" else "dots"] if rows <= MANY else []
    if s.indicator.kind == "share" and s.by in ("school", "municipality", "class") and rows > FEW:
        found.insert(0 if rows > MANY else 1, "funnel")
    found += [*diverging, *pyramid]
    if has_years:
        found += ["lines"] if rows <= FEW else []
        found += ["panels"] if 1 < rows <= PANELS else []
        found += ["heat"] if s.is_share and rows <= MANY else []
    return (*found, "table")

"""What a page file declares: `VIEW`, found by its place in ``dashboard/views/``, with no list to edit."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from dashboard.blocks import Page
from dashboard.selection import Selection

if TYPE_CHECKING:
    from dashboard.queries import Queries

Group = Literal["", "Анализ", "Работа с данными", "Справочно"]
GROUPS: tuple[Group, ...] = ("", "Анализ", "Работа с данными", "Справочно")


@dataclass(frozen=True)
class View:
    """One page: its place in the menu and the pure function that says it."""

    path: str
    """The page's address; empty for the first page."""
    title: str
    group: Group
    order: int
    build: Callable[[Queries, Selection], Page]
    keeps: tuple[str, ...] = ("year", "kind", "municipality")
    """Choices that follow a person from page to page and that this page understands."""
    without_data: Callable[[Selection], Page] | None = None
    """What it says before the first snapshot, where that is more than «no data yet»."""


@cache
def views() -> tuple[View, ...]:
    """Every page, in the order of the menu."""
    from dashboard import views as package

    names = [module.name for module in pkgutil.iter_modules(package.__path__)]
    found = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    declared = [module.VIEW for module in found if hasattr(module, "VIEW")]
    return tuple(sorted(declared, key=lambda view: (GROUPS.index(view.group), view.order)))

"""What a submission changes, in words."""

from __future__ import annotations

from pipelines.findings import Replaced, Submission
from pipelines.words import number

COLUMNS = 4
"""Columns that are named."""


def difference(was: Replaced) -> str:
    """«строк добавлено 2, убрано 1, изменено 3 («Балл» — 2, «Отметка» — 1)», or that nothing differs."""
    counted = [f"добавлено {number(was.added)}"] if was.added else []
    counted += [f"убрано {number(was.removed)}"] if was.removed else []
    columns = ", ".join(
        f"«{title}» — {number(count)}" for title, count in list(was.columns.items())[:COLUMNS]
    )
    counted += (
        [f"изменено {number(was.changed)}" + (f" ({columns})" if columns else "")] if was.changed else []
    )
    return "строк " + ", ".join(counted) if counted else "строки те же"


def replacement(part: Submission) -> str:
    """Whose submission takes whose place, and what is other in it; empty for the first one."""
    if part.replaces is None:
        return ""
    whose = part.school_name or part.school or "весь район"
    return f"{whose}, {part.period}: вместо «{part.replaces.file}» — {difference(part.replaces)}"

"""What a broken expectation means to the sender: in words, at the cell, with what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from pipelines.cast import as_text
from pipelines.contract import Column, Rule, Table
from pipelines.findings import Finding
from pipelines.frame import Raw, Shaped
from pipelines.validate import Broken
from pipelines.words import number

_TYPES = {
    "integer": ("Здесь должно быть целое число", "Впишите число цифрами, без слов и единиц"),
    "number": ("Здесь должно быть число", "Впишите число цифрами, без слов и единиц"),
    "date": ("Дата не читается", "Впишите дату в виде дд.мм.гггг"),
    "boolean": ("Здесь должно быть «да» или «нет»", "Впишите «да» или «нет»"),
    "text": ("Значение не читается", "Исправьте значение"),
}


def finding(broken: Broken, row: int, shaped: Shaped, raw: Raw, table: Table) -> Finding:
    """The finding for one row that breaks one expectation."""
    rule = next((r for r in table.rules if r.id == broken.rule), None)
    column = rule.column if rule else broken.column or _shown_key(table, shaped)
    declared = table.columns[column]
    place = _place(shaped, column, row)
    at = int(shaped.origin[row])
    value = as_text(raw.cells[place][at]) if place in raw.cells and not declared.personal else None
    message, fix = (
        _rule_words(rule, shaped, row, table)
        if rule
        else _words(broken, declared, value, shaped, row, raw, table)
    )
    placed = raw.finding(broken.severity, broken.rule, message, fix, at, place)  # type: ignore[arg-type]
    return placed.model_copy(update={"value": value or None, "column": placed.column or declared.title})


def shown(value: Any, unit: str = "") -> str:
    """A canonical value as people write it: «1 234» of something counted, code «40001», «12,3», a date."""
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)) or value is pd.NA:
        return "нет значения"
    if isinstance(value, pd.Timestamp | date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, bool | np.bool_):
        return "да" if value else "нет"
    if isinstance(value, int | float | np.number):
        whole = float(value).is_integer()
        return str(int(value)) if whole and not unit else number(float(value), 0 if whole else 2)
    return str(value)


def _rule_words(rule: Rule, shaped: Shaped, row: int, table: Table) -> tuple[str, str]:
    units = {name: column.unit for name, column in table.columns.items()}
    values = {
        name: shown(shaped.rows[name].iloc[row], units[name]) for name in re.findall(r"{(\w+)}", rule.message)
    }
    return rule.message.format(**values), rule.fix


_Say = Callable[[Broken, Column, str], tuple[str, str]]


def _words(
    broken: Broken, column: Column, value: str | None, shaped: Shaped, row: int, raw: Raw, table: Table
) -> tuple[str, str]:
    if broken.constraint == "unique":
        return _repeated(broken, shaped, row, raw, table)
    return _SAYINGS[broken.constraint](broken, column, value or "значение")


def _limit(broken: Broken) -> str:
    return shown(float(broken.limit))


_SAYINGS: dict[str, _Say] = {
    "required": lambda b, c, v: (f"Не заполнено: {c.title}", "Заполните ячейку и пришлите файл заново"),
    "type": lambda b, c, v: _TYPES[c.type],
    "min": lambda b, c, v: (
        f"{v} меньше допустимого: от {_limit(b)}",
        "Исправьте опечатку или сверьте с источником",
    ),
    "max": lambda b, c, v: (
        f"{v} больше допустимого: до {_limit(b)}",
        "Исправьте опечатку или сверьте с источником",
    ),
    "values": lambda b, c, v: (f"Такого значения нет в списке: {v}", f"Выберите из списка: {_list(b.limit)}"),
    "pattern": lambda b, c, v: (f"{v} не похоже на «{c.title}»", "Проверьте число цифр и лишние знаки"),
}


def _list(values: list[str], most: int = 12) -> str:
    return ", ".join(f"«{value}»" for value in values[:most]) + (" …" if len(values) > most else "")


def _repeated(broken: Broken, shaped: Shaped, row: int, raw: Raw, table: Table) -> tuple[str, str]:
    keys = shaped.rows.frame(table.key)
    same = keys.iloc[broken.rows].eq(keys.iloc[row]).all(axis=1)
    rows = sorted({int(raw.rows[shaped.origin[at]]) for at in broken.rows[same.to_numpy()]})
    listed = ", ".join(map(str, rows[:6]))
    fix = "Оставьте одну из строк; если это разные записи, исправьте код или дату"
    return f"Одна и та же запись стоит несколько раз: строки {listed}", fix


def _shown_key(table: Table, shaped: Shaped) -> str:
    """Of a key, the column that tells the rows of one submission apart."""
    told = [name for name in table.key if not _is_blank(shaped.places.get(name))]
    return told[-1] if told else table.key[-1]


def _place(shaped: Shaped, column: str, row: int) -> str:
    place = shaped.places.get(column, "")
    return place if isinstance(place, str) else str(place[row])


def _is_blank(place: object) -> bool:
    return place is None or (isinstance(place, str) and not place)

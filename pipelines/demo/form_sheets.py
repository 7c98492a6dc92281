"""Blanks of federal forms with their merged heads, made from the same declarations by which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipelines.demo.sheet import Cell, Row, Sheet
from pipelines.source import Form, FormSection

Numbers = Mapping[tuple[str, str], Cell]
"""Row code and column code → what stands there."""
NAMES = {
    "1": "Сведения об организации", "2": "Классы и обучающиеся",
    "3.1": "Распределение персонала по уровню образования и полу",
    "3.2": "Распределение персонала по стажу работы", "3.3": "Распределение персонала по возрасту и полу",
}  # fmt: skip
"""Names of the sections that the demonstration fills."""


def form_sheets(
    form: Form, lines: tuple[str, ...], numbers: Mapping[str, Numbers], names: Mapping[str, str] = NAMES
) -> Iterator[Sheet]:
    """A sheet for every section that has numbers: title lines, a head of three rows, numbered columns, rows."""
    for name, own in numbers.items():
        section = form.sections[name]
        titles = (f"Форма № {form.name}", *lines, f"Раздел {name}. {names[name]}")
        head, merges = _head(section)
        yield Sheet(f"Раздел {name}", head, list(_rows(section, own)), titles=titles, merges=merges)


def _head(section: FormSection) -> tuple[list[Row], list[tuple[int, int, int, int]]]:
    columns = list(section.columns.values())
    width = len(columns)
    top: list[Cell] = ["Наименование показателей", "№ строки", columns[0][1]]
    top += ["В том числе" if at == 0 else None for at in range(width - 1)]
    below: list[Cell] = [None, None, None, *(title for _, title in columns[1:])]
    numbering: list[Cell] = list(range(1, width + 3))
    merges = [(0, 1, at, at) for at in range(3)]
    if width > 2:
        merges.append((0, 0, 3, width + 1))
    return [top, below, numbering], merges


def _rows(section: FormSection, numbers: Numbers) -> Iterator[Row]:
    for code, (_, title) in section.rows.items():
        yield [title, code, *(numbers.get((code, column)) for column in section.columns)]

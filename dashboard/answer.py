"""An indicator on the command line: the question as it is typed, the answer as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from rich.markup import escape
from rich.table import Table

from dashboard.display import Kind, Measure, shown
from dashboard.marts import Indicator
from dashboard.words import NBSP, plain

DIMENSIONS = {
    "school": "Организация", "municipality": "Муниципалитет", "kind": "Вид", "year": "Год",
    "procedure": "Процедура", "term": "Период", "subject": "Предмет", "grade": "Класс", "class": "Класс с буквой",
    "task": "Задание", "level": "Уровень", "competence": "Компетенция", "topic": "Тема",
}  # fmt: skip

MIN_WIDTH = {"school": 16, "topic": 16, "competence": 16}


class QuestionError(Exception):
    """The condition cannot be read; the message shows how to write it, in Russian."""


def conditions(pieces: Sequence[str]) -> dict[str, object]:
    """``["school=220206,year=2021"]`` → values by dimension; a comma inside a value stays in it."""
    found: dict[str, list[str]] = {}
    for piece in pieces:
        name = ""
        for part in piece.split(","):
            before, sign, after = part.partition("=")
            if sign:
                name = before.strip()
                found.setdefault(name, []).append(after.strip())
            elif name:
                found[name][-1] += f",{part}"
            else:
                raise QuestionError(
                    f"Условие «{piece}» не читается. Пишите так: --where school=220206,year=2021"
                )
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def dimensions(pieces: Sequence[str]) -> list[str]:
    """``["school,year"]`` → names in the order they were asked for."""
    return [name.strip() for piece in pieces for name in piece.split(",") if name.strip()]


def table(records: Sequence[dict[str, Any]], indicator: Indicator) -> Table:
    """The answer under the display policy: small groups show their counts, not a percent."""
    result = Table(title=f"{indicator.title}, {indicator.unit}", title_justify="left")
    cuts = [name for name in DIMENSIONS if records and name in records[0]]
    for name in cuts:
        result.add_column(DIMENSIONS[name], min_width=MIN_WIDTH.get(name))
    for title in ("Числ.", "Знам.", "Значение", "95 %", "n"):
        result.add_column(title, justify="right", no_wrap=True)
    result.add_column("Примечание", min_width=12)
    for record in records:
        result.add_row(*(escape(_cut(record, name)) for name in cuts), *_numbers(record, indicator))
    return result


AREAS = {"country": "РФ", "region": "регион", "municipality": "муниципалитет"}


def areas_table(records: Sequence[dict[str, Any]], indicator: Indicator) -> Table:
    """Territories of the group reports: the published value of all their pupils."""
    result = Table(title="Для сравнения: отчёты ФИС ОКО", title_justify="left")
    cuts = [name for name in DIMENSIONS if records and name in records[0]]
    for title in ("Территория", *(DIMENSIONS[name] for name in cuts), "Значение", "n"):
        result.add_column(title, min_width=MIN_WIDTH["school"] if title == "Территория" else None)
    for record in records:
        name = (
            f"{record['area']} ({AREAS[record['area_level']]})" if record["area_level"] != "country" else "РФ"
        )
        seen = plain(record["value"], 1) + (f"{NBSP}%" if indicator.unit == "%" else "")
        result.add_row(escape(name), *(escape(_cut(record, cut)) for cut in cuts), seen, plain(record["n"]))
    return result


def _cut(record: dict[str, Any], name: str) -> str:
    if name == "school":
        return f"{record['school']} {record.get('school_name') or ''}".strip()
    return "" if record[name] is None else str(record[name])


def _numbers(record: dict[str, Any], indicator: Indicator) -> list[str]:
    seen = shown(Measure(
        numerator=record["numerator"] or 0, denominator=record["denominator"] or 0, n=record["n"] or 0,
        value=record["value"], low=record["low"], high=record["high"], kind=cast(Kind, indicator.kind),
        unit=indicator.unit, note=record["note"] or "",
    ))  # fmt: skip
    counts = ["" if record[key] is None else plain(record[key]) for key in ("numerator", "denominator")]
    return [
        *counts,
        seen.text,
        seen.interval,
        "" if record["n"] is None else plain(record["n"]),
        record["note"] or seen.note,
    ]

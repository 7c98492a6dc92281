"""The passport of an indicator: everything its declaration says, in words."""

from __future__ import annotations

from datetime import date

from dashboard.answer import DIMENSIONS
from dashboard.blocks import Fact
from dashboard.marts import Indicator
from dashboard.words import NBSP, day, plain

BETTER = {"higher": "больше — лучше", "lower": "меньше — лучше"}
KINDS = {"share": "доля", "mean": "среднее", "ratio": "отношение", "count": "число"}
SAMPLES = ("share", "mean")
MAY = {"yes": "да", "caution": "осторожно", "no": "нет"}


def facts(declared: Indicator) -> tuple[Fact, ...]:
    """Terms and what the declaration says of them; what it does not say is left out."""
    by = ", ".join(
        DIMENSIONS.get(name, name) for name in dict.fromkeys([*declared.by, "municipality", "kind"])
    )
    rows = (
        ("Как считается", declared.formula),
        ("Кто считается", declared.population),
        ("Вид и единица", f"{KINDS.get(declared.kind, declared.kind)}, {declared.unit or 'без единицы'}"),
        ("Направление", BETTER.get(declared.better or "", "оценки «лучше — хуже» нет")),
        ("Цель", _goal(declared, "target")),
        ("Тревога", _goal(declared, "alarm")),
        ("Разбивается по", by),
        ("Что с чем сравнимо", f"{_comparable(declared)}. {declared.compare}"),
        ("Наименьшее n", f"процент — от 10, вывод — от {declared.minimum}" if declared.kind in SAMPLES else ""),
        ("Источник и основание", declared.source),
        ("Если не хватает данных", declared.missing or "показывается «нет данных» и причина"),
        ("Описание проверено", _reviewed(declared)),
        ("Идентификатор", f"{declared.indicator_id} — для команды kabinet value"
                          + (f"; в справочнике показателей {declared.code}" if declared.code else "")),
    )  # fmt: skip
    return tuple(Fact(term, text) for term, text in rows if text)


def _comparable(declared: Indicator) -> str:
    between = (("между школами", declared.compare_schools), ("между годами", declared.compare_years),
               ("между предметами", declared.compare_subjects))  # fmt: skip
    said = [
        f"{name} — {MAY[may]}"
        for name, may in between
        if name != "между предметами" or "subject" in declared.by
    ]
    return ", ".join(said).capitalize()


def _goal(declared: Indicator, name: str) -> str:
    value: float | None = getattr(declared, name)
    if value is None:
        return ""
    since: date | None = getattr(declared, f"{name}_since")
    until: date | None = getattr(declared, f"{name}_until")
    dated = " ".join(
        p for p in (f"с {day(since)}" if since else "", f"по {day(until)}" if until else "") if p
    )
    return f"{plain(value)}{NBSP}{declared.unit} {dated}; установлено: {getattr(declared, f'{name}_by')}"


def _reviewed(declared: Indicator) -> str:
    again = f", снова — {day(declared.next_review)}" if declared.next_review else ""
    return f"{day(declared.reviewed)}{again}" if declared.reviewed else ""

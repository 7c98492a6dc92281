"""Результаты: from all works of a year down to one task of one class."""

from __future__ import annotations

from dashboard.blocks import Empty, Page, Title
from dashboard.queries import Queries
from dashboard.results import exams, overview, task, work
from dashboard.results.procedures import procedure_of
from dashboard.results.scope import scope
from dashboard.selection import Selection
from dashboard.view import View

NOTHING = Empty(
    "Результатов ещё нет",
    "В данных нет ни одного протокола ВПР, ОГЭ или ЕГЭ. Детским садам и допобразованию эта страница не нужна.",
    (
        "Выгрузите из ФИС ОКО «Индивидуальные результаты», возьмите протоколы РЦОИ и положите файлы в data/raw.",
        "Если предмет, класс и год не названы в самом файле, назовите их при приёме.",
    ),
    ("kabinet intake файл.xlsx --year 2026 --subject математика --grade 4", "kabinet build"),
)


def build(q: Queries, chosen: Selection) -> Page:
    """The assessment and the depth that the address names."""
    if procedure_of(q, chosen) != "vpr":
        return exams.build(q, chosen)
    at = scope(q, chosen)
    if at is None:
        return Page(Title("Результаты"), (NOTHING,))
    if at.work is None:
        return overview.build(q, at)
    return task.build(q, at) if at.chosen.task else work.build(q, at)


VIEW = View("results", "Результаты", "Анализ", 10, build, ("year", "municipality", "school"))

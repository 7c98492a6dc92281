"""ОО-2 of every school for the last calendar year: the computers of its questionnaire, and more of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipelines.demo.federal_files import MOST
from pipelines.demo.form_sheets import Numbers, form_sheets
from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import Organisation, Region
from pipelines.demo.sheet import Workbook
from pipelines.demo.vocabulary import NOTICE
from pipelines.sources import sources

SOURCE = "oo_2"
NAMES = {"2.1": "Количество персональных компьютеров и информационного оборудования"}


def equipment_files(raw: Path, region: Region, model: Model) -> Iterator[Workbook]:
    """A workbook of one section for each school."""
    form = sources()[SOURCE].form
    assert form is not None  # declared as a form
    year = YEARS[-1]
    for one in region.schools[:MOST]:
        name = f"ОО-2 {year - 1} {one.settlement}"
        lines = (f"Наименование отчитывающейся организации: {one.name}", f"за {year - 1} год", NOTICE)
        sheets = list(form_sheets(form, lines, {"2.1": _numbers(one, model)}, NAMES))
        yield Workbook(raw / SOURCE / f"{name}.xlsx", sheets, name)


def _numbers(one: Organisation, model: Model) -> Numbers:
    chance = one.random(model.seed, "equipment")
    study = model.equipment.base + round(model.equipment.per_pupil * one.cohort * one.last_grade)
    every = study + 3 + one.staff // 4
    laptops, tablets, online = every // 3, chance.randrange(4), every - chance.randrange(3)
    return {
        (row, column): value
        for row, numbers in {
            "01": (every, study, study // 2), "02": (laptops, laptops // 2, laptops // 3),
            "03": (tablets, tablets, 0), "04": (study, study - 1, study // 2),
            "05": (online, study, study // 2), "06": (one.last_grade // 2, one.last_grade // 2, 0),
            "07": (2 + one.staff // 10, 2 + one.staff // 10, 0),
        }.items()
        for column, value in zip(("3", "4", "5"), numbers, strict=True)
    }  # fmt: skip

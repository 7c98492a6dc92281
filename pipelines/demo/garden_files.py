"""85-К of every kindergarten for the last calendar year: children, the staff of the list, computers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipelines.demo.federal_files import graphs
from pipelines.demo.form_sheets import Numbers, form_sheets
from pipelines.demo.model import YEARS, Model
from pipelines.demo.organisations import KINDERGARTEN, Organisation, Region
from pipelines.demo.people import staff_of
from pipelines.demo.sheet import Workbook
from pipelines.demo.vocabulary import NOTICE
from pipelines.source import Form
from pipelines.sources import sources

SOURCE = "form_85k"
NAMES = {
    "5": "Распределение воспитанников по возрасту и группам",
    "15": "Распределение персонала по уровню образования и полу",
    "20": "Электронные ресурсы организации",
}
MOST = 6
"""Kindergartens of a region whose form is at hand: it is a file of its own for each."""
IN_GROUP = 15
"""Children in a group, which two of the staff look after."""


def garden_files(raw: Path, region: Region, model: Model) -> Iterator[Workbook]:
    """A workbook of three sections for each kindergarten."""
    form = sources()[SOURCE].form
    assert form is not None  # declared as a form
    year = YEARS[-1]
    gardens = [one for one in region.organisations if one.kind == KINDERGARTEN]
    for one in gardens[:MOST]:
        name = f"85-К {year - 1} {one.code}"
        lines = (f"Наименование отчитывающейся организации: {one.name}", f"за {year - 1} год", NOTICE)
        sheets = list(form_sheets(form, lines, _numbers(form, one, year, model), NAMES))
        yield Workbook(raw / SOURCE / f"{name}.xlsx", sheets, name)


def _numbers(form: Form, one: Organisation, year: int, model: Model) -> dict[str, Numbers]:
    return {"5": _children(one, model), "15": _staff(form, one, year, model), "20": _computers(one, model)}


def _children(one: Organisation, model: Model) -> Numbers:
    chance = one.random(model.seed, "children")
    groups = max(1, one.staff // 2)
    older, small = (groups - groups // 3) * IN_GROUP - chance.randrange(5), groups // 3 * (IN_GROUP - 3)
    parts = [(n, n * 12 // 25, g) for n, g in ((small, groups // 3), (older, groups - groups // 3))]
    rows = {"01": [sum(both) for both in zip(*parts, strict=True)], "02": parts[0], "03": parts[1]}
    return {
        (row, column): value
        for row, numbers in rows.items()
        for column, value in zip(("3", "4", "5"), numbers, strict=True)
    }


def _staff(form: Form, one: Organisation, year: int, model: Model) -> Numbers:
    people = [person for person in staff_of(one, year, model) if not person.is_external]
    others = [person for person in people if person.post.hours is not None]
    groups = {
        "01": people, "02": [person for person in people if person.post.hours is None], "03": others,
        "04": [person for person in others if person.post.title == "Воспитатель"],
    }  # fmt: skip
    found: dict[tuple[str, str], int] = {}
    for row, members in groups.items():
        counts = Counter(key for person in members for key in graphs(person, year))
        found |= {(row, code): counts[key] for code, (key, _) in form.sections["15"].columns.items()}
    return found


def _computers(one: Organisation, model: Model) -> Numbers:
    chance = one.random(model.seed, "computers")
    every, children = 2 + one.staff // 2, chance.randrange(1, 2 + one.staff // 3)
    return {
        ("01", "3"): every + children, ("01", "4"): children, ("02", "3"): children, ("02", "4"): children,
        ("03", "3"): every, ("03", "4"): children,
    }  # fmt: skip

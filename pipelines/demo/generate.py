"""Write the demonstration district (or a region, or a country) as the files its organisations would send."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from pipelines.demo.model import Model
from pipelines.demo.organisations import Region, regions
from pipelines.demo.questionnaire_files import questionnaire_files
from pipelines.demo.reference_files import reference_files
from pipelines.demo.sheet import Workbook, write, write_csv
from pipelines.demo.staff_files import COURSES, CSV_YEAR, course_name, course_sheets, staff_files
from pipelines.demo.survey_files import survey_files
from pipelines.demo.vpr_files import empty_form, vpr_files

DEFAULT_SEED, DEFAULT_SCHOOLS = 1, 5


def generate(root: Path, seed: int = DEFAULT_SEED, schools: int = DEFAULT_SCHOOLS) -> list[Path]:
    """Write every file below ``root/raw/<source>/``; the same seed always gives the same bytes."""
    raw, model = root / "raw", Model()
    if schools < 1:
        raise ValueError("Число школ должно быть не меньше 1")
    world = list(regions(seed, schools))
    found = [write(book) for book in (*reference_files(raw, world, model), empty_form(raw))]
    for region in world:
        found += [write(book) for book in _books(raw, region, seed, model)]
        found += _registers(raw, region, seed, model)
    return found


def _books(raw: Path, region: Region, seed: int, model: Model) -> Iterator[Workbook]:
    kinds = (vpr_files, questionnaire_files, staff_files, survey_files)
    return chain.from_iterable(files(raw, region, seed, model) for files in kinds)


def _registers(raw: Path, region: Region, seed: int, model: Model) -> Iterator[Path]:
    """Registers of courses; one year was saved as text."""
    for year, sheet in course_sheets(region, seed, model):
        path = raw / COURSES / course_name(year, region)
        if year == CSV_YEAR:
            yield write_csv(path.with_name(path.name + ".csv"), sheet)
        else:
            yield write(Workbook(path.with_name(path.name + ".xlsx"), [sheet], sheet.titles[0]))

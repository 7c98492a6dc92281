"""Write the demonstration district (or a region, or a country) as the files its organisations would send."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from pipelines.demo.course_files import course_files
from pipelines.demo.equipment_files import equipment_files
from pipelines.demo.exam_files import exam_files
from pipelines.demo.federal_files import federal_files
from pipelines.demo.garden_files import garden_files
from pipelines.demo.group_reports import group_reports
from pipelines.demo.load_files import load_files
from pipelines.demo.marks_files import marks_files
from pipelines.demo.methodical_files import methodical_files
from pipelines.demo.model import Model
from pipelines.demo.organisations import Region, regions
from pipelines.demo.questionnaire_files import questionnaire_files
from pipelines.demo.reference_files import reference_files
from pipelines.demo.sheet import Workbook, write_csv
from pipelines.demo.staff_files import staff_files
from pipelines.demo.survey_files import survey_files
from pipelines.demo.vpr_files import empty_form, vpr_files
from pipelines.demo.xlsx import write_xlsx

DEFAULT_SEED, DEFAULT_SCHOOLS = 1, 5


def generate(root: Path, seed: int = DEFAULT_SEED, schools: int = DEFAULT_SCHOOLS) -> list[Path]:
    """Write every file below ``root/raw/<source>/``; the same seed always gives the same bytes."""
    if schools < 1:
        raise ValueError("Число школ должно быть не меньше 1")
    return [_write(book) for book in _workbooks(root / "raw", Model(seed), list(regions(seed, schools)))]


def _workbooks(raw: Path, model: Model, world: list[Region]) -> Iterator[Workbook]:
    yield from reference_files(raw, world, model)
    yield empty_form(raw)
    yield from group_reports(raw, world, model)
    kinds = (
        vpr_files,
        exam_files,
        questionnaire_files,
        staff_files,
        load_files,
        federal_files,
        garden_files,
        course_files,
        survey_files,
        methodical_files,
        marks_files,
        equipment_files,
    )
    for region in world:
        yield from chain.from_iterable(files(raw, region, model) for files in kinds)


def _write(book: Workbook) -> Path:
    book.path.parent.mkdir(parents=True, exist_ok=True)
    (write_csv if book.path.suffix == ".csv" else write_xlsx)(book)
    return book.path

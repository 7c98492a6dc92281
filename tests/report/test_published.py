"""What is published: no person, no small group, no organisation alone; what is withheld is not called missing."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from dashboard import blocks as b
from dashboard import report
from dashboard.queries.exams import PROCEDURES
from dashboard.report.composition import WITHHELD
from dashboard.report.document import Document, Figure, Grid
from dashboard.report.fitted import FEWEST, ORGANISATIONS, OWN_AFFAIRS, fitted
from tests.report.asked import prepared

OF_THINGS = {"organisations", "equipment", "computers"}
"""Tables of organisations whose numbers are no groups of people: how many work there, and their computers."""


@pytest.fixture(scope="module", params=["analysis", "mso", "public"])
def published(demo_root: Path, request: pytest.FixtureRequest) -> Document:
    asked = report.Request(2026, request.param, audience="public")
    return prepared(demo_root, asked)


def tables(document: Document) -> list[b.Table]:
    return [*(grid.table for grid in document.grids), *(figure.chart.table for figure in document.figures)]


def test_no_small_group_stands_beside_an_organisation(published: Document) -> None:
    found = [t for t in tables(published) if t.columns[0].title in ORGANISATIONS and t.key not in OF_THINGS]
    for table in found:
        assert len(table.rows) >= FEWEST
        for row in table.rows:
            for n in re.findall(r"из\s(\d+)|n\s=\s(\d+)", " ".join(cell.text for cell in row.cells)):
                assert int("".join(n)) >= 10, row


def test_counts_of_few_are_left_out(published: Document) -> None:
    keys = {t.key for t in tables(published)}
    small = {"due-table", "requests-table", "attestation-table", "vacancies-table", "single-table",
             "expiries-table", "forecast-table", "hours-at-risk-table", "board"}  # fmt: skip
    assert not keys & (small | OWN_AFFAIRS)


def test_no_organisation_is_given_a_place(published: Document) -> None:
    assert not [c.title for t in tables(published) for c in t.columns if c.title.startswith("Место")]


def test_an_exam_of_two_is_not_named(published: Document) -> None:
    heads = {i.text for part in published.parts for i in part.items if isinstance(i, b.Heading)}
    assert {PROCEDURES["oge"], PROCEDURES["ege"]} <= heads
    assert PROCEDURES["gve"] not in heads


def test_what_is_withheld_is_not_said_to_be_missing(demo_root: Path) -> None:
    asked = report.Request(2026, audience="public", sections=("attestation",))
    (part,) = prepared(demo_root, asked).parts
    (only,) = part.items
    assert isinstance(only, b.Empty)
    assert only.why == WITHHELD


def test_no_document_names_a_person(published: Document, demo_root: Path) -> None:
    said = " ".join(cell.text for table in tables(published) for row in table.rows for cell in row.cells)
    said += " ".join(
        str(item) for part in published.parts for item in part.items if not isinstance(item, Figure | Grid)
    )
    names = staff(demo_root)
    assert len(names) > 80
    assert [name for name in names if name in said] == []


PERSON = re.compile(r"[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+(?= [А-ЯЁ][а-яё]+(ич|на)$)")


def staff(root: Path) -> set[str]:
    """Surname and first name of everybody in the lists that schools sent."""
    found: set[str] = set()
    for path in (root / "raw" / "staff_list").glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path):
            texts = (str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
            found |= {name[0] for name in map(PERSON.match, texts) if name}
    return found


def table(key: str, first: str, *rows: tuple[str, ...]) -> b.Table:
    return b.Table(
        (b.Column(first), b.Column("Доля")), tuple(b.Row(tuple(map(b.Cell, r))) for r in rows), key
    )


def test_rules_of_fitting() -> None:
    alone = table("x", "Школа", ("А", "43 %"), ("Б", "—"))
    both = table("y", "Организация", ("А", "43 %"), ("Б", "—"), ("В", "44 %"))
    ages, head = table("ages", "Возраст", ("до 25", "1")), b.Heading("Кадры")
    kept = table("y", "Организация", ("А", "43 %"), ("В", "44 %"))
    assert fitted([head, alone, both], "public", False) == (head, kept)
    assert fitted([head, alone], "public", False) == ()
    assert fitted([head, alone, ages], "internal", False) == (head, alone, ages)
    assert fitted([head, ages], "public", False) == ()
    assert fitted([head, ages], "school", True) == (head, ages)

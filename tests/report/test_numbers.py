"""Each number of a document is the command's: tables, cards, sentences and charts, cell by cell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard import report
from dashboard.marts import open_latest
from dashboard.report.document import Document
from dashboard.values import records
from tests.report.answers import (
    NO_INDICATOR,
    NUMBER,
    TABLES,
    YEAR,
    Answers,
    cards,
    drawn,
    pairs,
    sentences,
    unknown,
)
from tests.report.asked import prepared

SCHOOL = "980101"
DOCUMENTS = {"analysis": None, "mso": None, "public": None, "school": SCHOOL, "self_examination": SCHOOL}


@pytest.fixture(scope="module", params=list(DOCUMENTS))
def answers(demo_root: Path, request: pytest.FixtureRequest) -> Answers:
    school = DOCUMENTS[request.param]
    asked = report.Request(YEAR, request.param, school=school)
    document = prepared(demo_root, asked)
    return Answers(open_latest(demo_root), document, school)


def test_every_table_is_held_to_the_command_or_has_a_reason(answers: Answers) -> None:
    keys = {grid.key for grid in answers.document.grids}
    assert keys <= {*TABLES, *NO_INDICATOR}


def test_every_cell_is_the_command_s(answers: Answers) -> None:
    checked = 0
    for grid in (one for one in answers.document.grids if one.key in TABLES):
        for text, known in pairs(answers, grid):
            assert not unknown(text, known), (grid.name, text, known)
            checked += len(NUMBER.findall(text))
    assert checked > {"analysis": 1200, "mso": 300, "public": 250}.get(answers.document.key, 60)


def test_every_card_and_sentence_is_the_command_s(answers: Answers) -> None:
    found = [*cards(answers, answers.document), *sentences(answers, answers.document)]
    for text, known in found:
        assert not unknown(text, known), (text, known)
    assert len(found) >= 8


def test_every_chart_draws_the_numbers_of_its_table(answers: Answers) -> None:
    for figure in answers.document.figures:
        rows = range(len(figure.chart.table.rows) + 2)
        for text, known in drawn(answers, figure):
            assert not unknown(text, [*known, *rows]), (figure.name, text)


def test_months_of_attestation_add_up_to_the_indicator(demo_root: Path) -> None:
    asked = report.Request(YEAR, sections=("training",))
    document: Document = prepared(demo_root, asked)
    table = next(grid.table for grid in document.grids if grid.key == "attestation-table")
    (told,) = records(open_latest(demo_root), "certification_decided_share", {"year": YEAR})
    sums = [sum(int(row.cells[at].text) for row in table.rows) for at in (1, 2)]
    assert sums == [told["denominator"], told["numerator"]]


def test_a_wrong_number_is_found() -> None:
    assert unknown("43,2\u00a0% · 19 из\u00a044", [43.18, 19, 44]) == []
    assert unknown("43,3\u00a0% · 19 из\u00a044", [43.18, 19, 44]) == ["43,3"]
    assert unknown("1\u00a0234 баллов", [1234]) == []
    assert re.fullmatch(NUMBER, "−2,77")

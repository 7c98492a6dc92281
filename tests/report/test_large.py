"""A territory of hundreds of organisations: paper prints sums and says where the rest is, the workbook has it all."""

from __future__ import annotations

import io
from dataclasses import dataclass

import openpyxl
import pytest

from dashboard import blocks as b
from dashboard import downloads
from dashboard.parts import LISTED, MANY, NOWHERE, places, shortened, whose
from dashboard.report.document import Grid, Numbering
from dashboard.selection import Selection


@dataclass(frozen=True)
class School:
    id: str
    label: str
    municipality: str | None


class Schools:
    """As many organisations as asked for, in three places."""

    def __init__(self, count: int) -> None:
        towns = ("Ольховка", "Берёзовка", None)
        self._known = {str(i): School(str(i), f"Школа {i}", towns[i % 3]) for i in range(count)}

    def schools(self) -> dict[str, School]:
        return self._known


def table(rows: int, **more: object) -> b.Table:
    heads = (b.Column("Организация"), b.Column("Педагогов", True))
    return b.Table(heads, tuple(b.Row((b.Cell(f"Школа {i}"), b.Cell("1", 1))) for i in range(rows)), **more)


def printed(made: b.Table) -> tuple[Grid, list[str]]:
    grid, *notes = Numbering().items((made,))
    assert isinstance(grid, Grid)
    return grid, [note.text for note in notes if isinstance(note, b.Note)]


def test_a_list_for_paper_is_whole_or_says_what_is_left_out() -> None:
    assert printed(table(LISTED)) == (Grid(1, "", table(LISTED), "table", table(LISTED)), [])
    grid, (note,) = printed(table(300))
    assert (len(grid.table.rows), len(grid.whole.rows)) == (LISTED, 300)
    assert f"первые {LISTED}" in note
    assert "300\u00a0строк — в книге XLSX этого документа, лист «Таблица\u00a01»" in note


def test_sums_stand_for_a_list_that_has_them() -> None:
    sums = b.Table(
        (b.Column("Муниципалитет"), b.Column("Педагогов", True)), (b.Row((b.Cell("Всё"), b.Cell("300"))),)
    )
    grid, (note,) = printed(table(300, brief=sums))
    assert [row.cells[0].text for row in grid.table.rows] == ["Всё"]
    assert len(grid.whole.rows) == 300
    assert "напечатаны итоги" in note


def test_a_downloaded_list_is_whole() -> None:
    short = shortened(table(300))
    assert len(short.rows) == LISTED
    sheet = openpyxl.load_workbook(io.BytesIO(downloads.workbook(short.sheet or short, "Список"))).active
    assert sheet.max_row >= 300


@pytest.mark.parametrize(("count", "head"), [(MANY, "Организация"), (MANY + 2, "Муниципалитет")])
def test_counts_of_too_many_organisations_are_added_up(count: int, head: str) -> None:
    q = Schools(count)
    found = dict.fromkeys(q.schools(), (1, 2))
    rows = places(q, found, "staff", Selection(year=2026))
    assert whose(rows) == head
    assert [sum(one.counts[at] for one in rows) for at in (0, 1)] == [count, 2 * count]
    if head == "Муниципалитет":
        assert [one.label.rpartition(" (")[0] for one in rows] == ["Берёзовка", "Ольховка", NOWHERE]


def test_a_chosen_municipality_is_shown_by_organisations() -> None:
    q = Schools(3 * (MANY + 1))
    found = dict.fromkeys(q.schools(), (1,))
    rows = places(q, found, "staff", Selection(year=2026, municipality="Ольховка"))
    assert len(rows) == MANY + 1
    assert rows[0].label == "Школа 0"

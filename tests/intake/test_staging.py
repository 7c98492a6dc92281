"""Rows of files judged together lie together, and each counts as long as the record of its file says so."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from pipelines import examine
from pipelines.build import offer_inputs
from pipelines.contract import declarations
from pipelines.findings import FileReport
from pipelines.intake import intake
from pipelines.staging import Store
from tests.intake import files
from tests.intake.staged import own_rows

OF_ONE, OF_ANOTHER = files.STAFF.rows[:2], files.STAFF.rows[2:]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return files.prepared(tmp_path / "data")


@pytest.fixture
def taken(root: Path) -> list[FileReport]:
    """Staff lists of two schools, taken in together."""
    return intake(
        [files.STAFF.write(root / "lists", rows, f"{len(rows)}") for rows in (OF_ONE, OF_ANOTHER)], root
    )


def read_anew(root: Path, report: FileReport, rows: int) -> FileReport:
    """The same file as a later version of the program would stage it, which finds only its first rows."""
    store = Store(root)
    fewer = own_rows(root, report, "staff").slice(0, rows)
    names = store.stage({report.sha256: {"staff": fewer}}, ["later"])
    report = report.model_copy(update={"tables": names})
    store.record(report)
    return report


def offered(root: Path) -> list[int]:
    """How many teachers of each school the marts are built from."""
    store = Store(root)
    with closing(duckdb.connect()) as connection:
        offer_inputs(connection, store, store.reports(), declarations())
        counted = connection.execute(
            "select count(*) from staff group by school_id order by 1 desc"
        ).fetchall()
    return [count for (count,) in counted]


def lists(root: Path) -> set[str]:
    return {path.name for path in (root / "staged" / "staff").iterdir()}


def test_rows_of_files_judged_together_lie_together(root: Path, taken: list[FileReport]) -> None:
    [name] = {report.tables["staff"] for report in taken}
    assert lists(root) == {Path(name).name}
    named = {record.sha256 for record in Store(root).records_of(root / "staged" / name)}
    assert named == {report.sha256 for report in taken}
    assert offered(root) == [2, 1]


def test_of_a_file_read_anew_only_the_new_rows_count(root: Path, taken: list[FileReport]) -> None:
    read_anew(root, taken[0], rows=1)
    assert len(lists(root)) == 2
    assert offered(root) == [1, 1]


def test_a_later_list_is_compared_with_the_new_reading(root: Path, taken: list[FileReport]) -> None:
    read_anew(root, taken[0], rows=1)
    later = files.STAFF.write(root / "lists", [{**row, "Ставка": 0.5} for row in files.STAFF.rows], "later")
    told = [part.replaces for part in intake([later], root)[0].submissions if part.replaces]
    assert [(one.added, one.changed, one.removed) for one in told] == [(1, 1, 0), (0, 1, 0)]


def test_the_same_content_twice_counts_once(root: Path) -> None:
    one = files.STAFF.write(root / "lists", OF_ONE)
    again = Path(shutil.copy(one, one.with_name("ещё раз.csv")))
    intake([one, again], root)
    assert offered(root) == [2]


def test_rows_that_no_record_names_are_removed_by_the_next_intake(
    root: Path, taken: list[FileReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = lists(root)
    monkeypatch.setattr(examine, "_VERSION", "a later one")
    sent = sorted((root / "lists").glob("*.csv"))
    for alone in sent:  # the first leaves rows of the other where they lay
        intake([alone], root)
        assert before < lists(root)
    intake([], root)
    assert not before & lists(root)
    assert len(lists(root)) == 2
    assert offered(root) == [2, 1]


def test_rows_that_were_lost_or_torn_are_read_again(root: Path, taken: list[FileReport]) -> None:
    [torn] = lists(root)
    (root / "staged" / "staff" / torn).write_bytes(b"")  # the power went off before the disk had it
    intake(None, root)
    assert offered(root) == [2, 1]
    shutil.rmtree(root / "staged" / "staff")
    intake(None, root)
    assert offered(root) == [2, 1]


def test_a_parquet_of_one_file_as_it_was_once_counts_until_the_file_is_read_anew(
    root: Path, taken: list[FileReport]
) -> None:
    for report in taken:
        name = f"staff/{report.sha256[:16]}-12345678.parquet"
        pq.write_table(own_rows(root, report, "staff").replace_schema_metadata(None), root / "staged" / name)
        Store(root).record(report.model_copy(update={"tables": {"staff": name}, "declared": "earlier"}))
    intake([], root)
    assert len(lists(root)) == 2
    assert offered(root) == [2, 1]
    intake(None, root)
    intake([], root)
    assert len(lists(root)) == 1
    assert offered(root) == [2, 1]

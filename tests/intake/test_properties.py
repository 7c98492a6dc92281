"""What may not matter does not: the order of rows, and whether a region comes in one file or school by school."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from pipelines.findings import FileReport
from pipelines.intake import intake
from tests.intake import exam_files, files, marks_files, staff_files, vpr_files
from tests.intake.staged import staged

POINTS = st.tuples(
    st.sampled_from(["0", "1", "X", ""]), st.sampled_from([0, 1, 2, 9]), st.sampled_from([0, 2, "не пройд."])
)
PUPILS = st.lists(
    st.tuples(st.sampled_from(["edu980101", "edu980102"]), POINTS, st.integers(0, 5)), min_size=1, max_size=8
)
CALM = settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root with the references of the samples."""
    return files.prepared(tmp_path_factory.mktemp("properties"))


def _rows(pupils: list[tuple[str, tuple[object, ...], int]]) -> list[files.Row]:
    return [files.pupil(school, n, points, total) for n, (school, points, total) in enumerate(pupils, 1)]


def _facts(root: Path, reports: list[FileReport]) -> dict[str, Any]:
    """What went in and what was said, without places in files."""
    told = sorted((s.school, s.status, s.rows, sorted((f.rule, f.message) for f in s.findings))
                  for r in reports for s in r.submissions)  # fmt: skip
    tables: dict[str, list[object]] = {}
    for report in reports:
        for table in report.tables:
            found = staged(root, report, table)
            rows = found.drop(columns=["submission_id", "respondent"], errors="ignore").astype(str)
            tables.setdefault(table, []).extend(rows.itertuples(index=False, name=None))
    return {"told": told, **{name: sorted(rows) for name, rows in tables.items()}}


def _taken(root: Path, *parts: list[files.Row], sample: files.Sample = files.VPR) -> dict[str, Any]:
    folder = root / "sent" / sample.source
    paths = [sample.write(folder, rows, f"part {n}") for n, rows in enumerate(parts) if rows]
    return _facts(root, intake(paths, root))


def _is_of_the_second(row: files.Row) -> bool:
    return any(name in str(value) for value in row.values() for name in ("Лесн", "980102"))


SOURCES = {
    sample.source: sample
    for sample in (
        *files.SAMPLES.values(), marks_files.CLASS_MARKS, marks_files.SUBJECT_MARKS, staff_files.LOAD, staff_files.PLAN,
        staff_files.REQUESTS, staff_files.JOURNAL, staff_files.SELF, exam_files.PROTOCOL, exam_files.APPEALS,
        vpr_files.INDIVIDUAL,
    )
    if sample not in files.REFERENCES
}  # fmt: skip
"""Samples of every source whose rows belong to organisations."""


@pytest.mark.parametrize("sample", SOURCES.values(), ids=SOURCES)
def test_rows_of_any_source_may_come_in_any_order_and_school_by_school(
    root: Path, sample: files.Sample
) -> None:
    rows = list(sample.rows)
    whole = _taken(root, rows, sample=sample)
    assert any(table != "told" for table in whole)
    assert _taken(root, rows[::-1], sample=sample) == whole
    second = [row for row in rows if _is_of_the_second(row)]
    split = _taken(root, [row for row in rows if row not in second], second, sample=sample)
    assert _without_answers(split) == _without_answers(whole)
    assert _kept_answers(split) <= _kept_answers(whole)


def _without_answers(facts: dict[str, Any]) -> dict[str, Any]:
    """What only one person of a file said is counted and not kept, so that a small file keeps fewer answers."""
    return facts | {"survey_answer": [row[:-1] for row in facts.get("survey_answer", [])]}


def _kept_answers(facts: dict[str, Any]) -> set[Any]:
    return {row for row in facts.get("survey_answer", []) if isinstance(row[-1], str)}


@CALM
@given(pupils=PUPILS, data=st.data())
def test_order_of_rows_does_not_matter(root: Path, pupils: list, data: st.DataObject) -> None:  # type: ignore[type-arg]
    rows = _rows(pupils)
    assert _taken(root, rows) == _taken(root, data.draw(st.permutations(rows)))


@CALM
@example(pupils=[("edu980102", ("", 0, 0), 1), ("edu980101", ("0", 9, 0), 3)])
@given(pupils=PUPILS)
def test_a_file_may_be_split_by_school(root: Path, pupils: list) -> None:  # type: ignore[type-arg]
    rows = _rows(pupils)
    parts = [[row for row in rows if row["логин школы"] == school] for school in ("edu980101", "edu980102")]
    assert _taken(root, rows) == _taken(root, *parts)

"""Every indicator on files as they come: the demonstration district and a real region, from the accepted rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.marts import Marts, open_latest
from dashboard.values import records
from pipelines.build import build, offer_inputs
from pipelines.contract import declarations
from pipelines.staging import Store
from tests.intake.test_real_exams import FORM, read_plainly, write_registry
from tests.marts.oracle import expected
from tests.marts.oracle_cells import Cells
from tests.marts.rows import Row
from tests.marts.test_oracle import declared_levels, stored


def accepted(root: Path) -> dict[str, list[Row]]:
    """The rows in force of every canonical table, as the build is offered them."""
    store = Store(root)
    with closing(duckdb.connect()) as connection:
        offer_inputs(connection, store, store.reports(), declarations())
        return {name: list(_rows(connection, name)) for name in declarations().tables}


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[Row]:
    found = connection.execute(f"select * exclude (submission_id) from {table}")
    names = [column[0] for column in found.description or []]
    for row in found.fetchall():
        yield dict(zip(names, row, strict=True))


def wanted(root: Path) -> tuple[Cells, set[str]]:
    tables = accepted(root)
    kinds: dict[str, Any] = {row["school_id"]: row["kind"] for row in tables["school"]}
    topics = list(declarations().dictionaries["training_topic"].terms)
    cells = expected(tables, kinds, declared_levels(), topics)
    return cells, {indicator for indicator, _ in cells}


def compare(root: Path) -> set[str]:
    """Cell by cell, in every breakdown that an indicator declares; answers with the indicators that had any."""
    cells, there = wanted(root)
    found = stored(open_latest(root))
    assert {key for key in found if key not in cells} == set()
    assert {key for key in cells if key not in found} == set()
    for key, parts in cells.items():
        assert found[key] == pytest.approx(parts, rel=1e-9, abs=1e-7), key
    return there


ELSEWHERE = {"exam_applied": "заявления на ЕГЭ пишут до экзаменов: они есть в настоящей форме региона"}
"""Indicators that the demonstration's files do not feed, and why."""


def test_the_demonstration_district(demo_root: Path) -> None:
    assert compare(demo_root) == set(declarations().indicators) - ELSEWHERE.keys()


REGION: tuple[tuple[str, dict[str, Any]], ...] = (
    ("schools/registry.xlsx", {}),
    ("schools/context_2021.xlsx", {"year": 2021}),
    ("vpr/vpr2021_g4_math.xlsx", {"year": 2021, "subject": "Математика", "grade": 4}),
    ("vpr/tasks_g4_math_ALL.xlsx", {"year": 2021, "subject": "Математика", "grade": 4}),
    ("vpr/vpr2021_g8_social.xlsx", {"year": 2021, "subject": "Обществознание", "grade": 8}),
    ("vpr/vpr2022_g11_physics.xlsx", {}),
    ("vpr/vpr2022_g5_math.xlsx", {}),
    ("vpr/vpr2022_g6_russian.xlsx", {}),
    ("vpr/fisoko_F1_individual_results_2026_rebuilt.xlsx", {}),
    ("vpr/fisoko_F3_marks_statistics_2026_rebuilt.xlsx", {}),
)


@pytest.mark.real
def test_a_real_region(real: Path, tmp_path: Path) -> None:
    from pipelines.intake import Context, intake

    for file, said in REGION:
        intake([real / file], tmp_path, Context(**said))
    build(tmp_path)
    assert len(compare(tmp_path)) >= 29


@pytest.mark.real
def test_a_real_form_of_exams(real: Path, tmp_path: Path) -> None:
    """Against the form as pandas reads it too: a share of the whole region is that of its schools' people."""
    from pipelines.intake import intake

    plain = read_plainly(real / FORM)
    intake([write_registry(plain, tmp_path / "registry.csv"), real / FORM], tmp_path)
    build(tmp_path)
    assert {name for name in compare(tmp_path) if "exam" in name} == {
        "exam_applied", "exam_form_participants", "exam_form_mean_score", "exam_form_region_gap",
        "exam_form_pass_share", "exam_form_high_share",
    }  # fmt: skip
    marts, schools = open_latest(tmp_path), plain[~plain["is_area"]]
    for (year, subject), rows in schools[schools["participants"] > 0].groupby(["year", "subject"]):
        where = {"year": year, "subject": subject}
        took, high = rows["participants"].sum(), rows[["high", "hundred"]].sum().sum()
        assert _whole(marts, "exam_form_pass_share", where) == (took - rows["below_min"].sum(), took)
        assert _whole(marts, "exam_form_high_share", where) == (high, took)
        known = rows[rows["mean_score"].notna()]
        points = (known["mean_score"] * known["participants"]).sum()
        assert _whole(marts, "exam_form_mean_score", where) == (
            pytest.approx(points),
            known["participants"].sum(),
        )


def _whole(marts: Marts, indicator: str, where: dict[str, Any]) -> tuple[Any, Any]:
    (row,) = records(marts, indicator, where)
    return row["numerator"], row["denominator"]

"""What may not be seen cannot be computed either: linear algebra over everything that is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, combinations
from pathlib import Path
from typing import Any, cast

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from dashboard.audience import UnknownAudience, Viewer, for_whom, viewer_of
from dashboard.display import Measure, shown
from dashboard.marts import Marts, Release, Snapshot, open_latest, open_release
from dashboard.values import records, values
from pipelines.releases import freeze
from tests.marts.rows import OTHER, SCHOOL, District, pupils

PLACES = {"s1": ("А", "школа"), "s2": ("А", "школа"), "s3": ("Б", "школа"), "s4": ("Б", "детский сад")}
CUT = ("school", "municipality", "subject", "grade")
Answers = list[tuple[tuple[str, ...], pd.DataFrame]]
few = settings(
    max_examples=8, phases=(Phase.explicit, Phase.generate), suppress_health_check=[HealthCheck.too_slow]
)

row = st.fixed_dictionaries({
    "school": st.sampled_from([*PLACES]), "subject": st.sampled_from(["М", "Р"]), "grade": st.integers(4, 5),
    "class": st.sampled_from(["А", "Б"]), "n": st.integers(1, 24), "share": st.sampled_from([0, 0.1, 0.5, 0.8, 1]),
})  # fmt: skip
rows = st.lists(
    row, min_size=2, max_size=14, unique_by=lambda r: (r["school"], r["subject"], r["grade"], r["class"])
)


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


class Held:
    """A snapshot in memory: the tables of an empty one with these rows of one indicator."""

    def __init__(self, empty: Path, release: str, cells: Sequence[dict[str, Any]], indicator: str) -> None:
        connection = duckdb.connect()
        newest = max((empty / "marts").glob("marts-*.duckdb"))
        connection.execute(f"attach '{newest.as_posix()}' as built (read_only)")
        connection.execute("copy from database built to memory")
        connection.execute("detach built")
        for school, (place, kind) in PLACES.items():
            connection.execute("insert into dim_school (school_id, name, municipality, kind) values (?, ?, ?, ?)",
                               [school, school, place, kind])  # fmt: skip
        for cell in cells:
            connection.execute(
                """insert into indicator_value
                (indicator_id, school_id, school_year, subject, grade, class, numerator, denominator, n)
                values (?, ?, 2026, ?, ?, ?, ?, ?, ?)""",
                [indicator, *(cell[k] for k in ("school", "subject", "grade", "class")),
                 round(cell["share"] * cell["n"]), cell["n"], cell["n"]],
            )  # fmt: skip
        self._snapshot = Snapshot(newest, connection, Release(release, datetime.now(UTC)))

    def snapshot(self) -> Snapshot:
        return self._snapshot


def answers(held: Held, viewer: Viewer, indicator: str) -> Iterator[tuple[tuple[str, ...], pd.DataFrame]]:
    """Every table that can be asked for."""
    every = chain.from_iterable(combinations(CUT, size) for size in range(len(CUT) + 1))
    every = chain(every, [("school", "subject", "grade", "class"), ("class",)])
    for by in every:
        yield by, values(cast(Marts, held), indicator, {"year": 2026}, by, viewer)


def atoms(held: Held) -> pd.DataFrame:
    return held.snapshot().query(
        """select school_id as school, municipality, subject, grade, class, numerator, n
        from indicator_value inner join dim_school using (school_id)"""
    )


def equations(found: Answers, variables: pd.DataFrame) -> tuple[list[Any], list[Any], list[float]]:
    """Published and withheld cells as sums of variables, and how many people stand in each withheld one."""
    published, withheld, sizes = [], [], []
    for by, table in found:
        for record in table.to_dict("records"):
            there = np.ones(len(variables), dtype=bool)
            for name in by:
                there &= (variables[name] == record[name]).to_numpy()
            if pd.isna(record["numerator"]):
                withheld.append(there.astype(float))
                sizes.append(variables.loc[there, "n"].sum())
            else:
                published.append(there.astype(float))
    return published, withheld, sizes


def recovered(published: list[Any], withheld: list[Any]) -> list[int]:
    """Withheld cells that are a sum or difference of published ones."""
    if not published:
        return []
    known = np.array(published)
    _, singular, directions = np.linalg.svd(known)
    rank = int((singular > 1e-9).sum())
    free = directions[rank:]  # what may change without changing anything published
    return [i for i, cell in enumerate(withheld) if np.abs(free @ cell).max(initial=0) < 1e-9]


def joint(*parts: pd.DataFrame) -> tuple[pd.DataFrame, list[np.ndarray]]:
    """Variables of several releases: a row that stayed the same is one variable in all."""
    columns = [*parts[0].columns]
    every = pd.concat(parts).drop_duplicates(columns).reset_index(drop=True)
    positions = {tuple(r): i for i, r in enumerate(every.itertuples(index=False))}
    places = [np.array([positions[tuple(r)] for r in part.itertuples(index=False)]) for part in parts]
    return every, places


def spread(cells: list[Any], place: np.ndarray, width: int) -> list[Any]:
    wide = np.zeros((len(cells), width))
    for i, cell in enumerate(cells):
        wide[i, place] = cell
    return list(wide)


@few
@given(rows)
def test_nothing_withheld_is_recovered_within_a_release(empty: Path, cells: list[dict[str, Any]]) -> None:
    held = Held(empty, "1", cells, "quality_share")
    found = list(answers(held, Viewer("public"), "quality_share"))
    variables = atoms(held)
    published, withheld, _ = equations(found, variables)
    assert recovered(published, withheld) == []
    sizes = variables["n"].to_numpy()
    shares = variables["numerator"].to_numpy()
    for cell in published:
        assert cell @ sizes >= 10
        assert min(cell @ shares, cell @ (sizes - shares)) >= 2


def cell(school: str, class_: str, n: int, share: float, grade: int = 4) -> dict[str, Any]:
    return {"school": school, "subject": "Р", "grade": grade, "class": class_, "n": n, "share": share}


SHRUNK = [cell("s3", "А", 8, 0.8), cell("s1", "А", 4, 0.5), cell("s3", "Б", 5, 0.8), cell("s2", "Б", 22, 0.5),
          cell("s1", "Б", 18, 0.5)]  # fmt: skip
"""The class of 18 and another school go: what is left of s1 is the rest less s3, which stayed as it was."""


@few
@example(SHRUNK, [cell("s2", "Б", 11, 0.8, 5), cell("s3", "Б", 23, 1, 5)])
@given(rows, rows)
def test_nothing_withheld_is_recovered_from_two_releases(
    empty: Path, before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> None:
    second = [*before[: len(before) // 2 + 1], *_others(after, before)]
    assert leaked(empty, before, second) == []


@settings(few, max_examples=3)
@given(rows, rows, rows)
def test_nothing_withheld_is_recovered_from_three_releases(
    empty: Path, before: list[dict[str, Any]], after: list[dict[str, Any]], later: list[dict[str, Any]]
) -> None:
    second = [*before[: len(before) // 2 + 1], *_others(after, before)]
    third = [*second[: len(second) // 2 + 1], *_others(later, second)]
    assert leaked(empty, before, second, third) == []


def leaked(empty: Path, *years: list[dict[str, Any]]) -> list[int]:
    """Small withheld cells that all releases together give away; each was made knowing those before it."""
    held = [Held(empty, str(at), cells, "quality_share") for at, cells in enumerate(years, 1)]
    every, places = joint(*(atoms(one) for one in held))
    known: list[Any] = []
    hidden: list[Any] = []
    for at, one in enumerate(held):
        viewer = Viewer("public", earlier=tuple(seen.snapshot() for seen in held[:at]))
        published, withheld, _ = equations(list(answers(one, viewer, "quality_share")), atoms(one))
        known += spread(published, places[at], len(every))
        hidden += spread(withheld, places[at], len(every))
    return recovered(known, [cell for cell in hidden if _is_secret(cell, every)])


def _is_secret(cell: Any, every: pd.DataFrame) -> bool:
    """Small or alike by itself; what is withheld for others' sake may have been told by the other release."""
    n, part = cell @ every["n"].to_numpy(), cell @ every["numerator"].to_numpy()
    return bool(n < 10 or min(part, n - part) < 2)


def _others(cells: list[dict[str, Any]], known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    taken = {(c["school"], c["subject"], c["grade"], c["class"]) for c in known[: len(known) // 2 + 1]}
    return [c for c in cells if (c["school"], c["subject"], c["grade"], c["class"]) not in taken]


@few
@given(rows)
def test_a_school_learns_nothing_of_a_small_group_elsewhere(empty: Path, cells: list[dict[str, Any]]) -> None:
    held = Held(empty, "1", cells, "quality_share")
    found = list(answers(held, Viewer("school", "s1"), "quality_share"))
    variables = atoms(held)
    published, withheld, _ = equations(found, variables)
    own = (variables["school"] == "s1").to_numpy()
    by_itself = [cell for cell in np.eye(len(variables)) if cell @ own]
    assert recovered([*published, *by_itself], withheld) == []
    assert not any(cell @ ~own == 0 for cell in withheld)


def test_without_withholding_the_check_finds_what_leaks(empty: Path) -> None:
    """The check itself can fail: a total minus the large group is the small one."""
    cells = [
        {"school": s, "subject": "М", "grade": 4, "class": "А", "n": n, "share": 0.5}
        for s, n in (("s1", 20), ("s2", 4))
    ]
    held = Held(empty, "1", cells, "quality_share")
    found = [(by, t.mask((t["n"] < 10).to_numpy()[:, None] & t.columns.isin(["numerator"]))) for by, t in
             answers(held, Viewer(), "quality_share")]  # fmt: skip
    published, withheld, _ = equations(found, atoms(held))
    assert recovered(published, withheld)


def test_what_is_withheld_is_said(district: District) -> None:
    district.file(
        "school_registry", school=[{"kind": "школа"}, {"school_id": OTHER, "name": "Другая", "kind": "школа"}]
    )
    district.file("vpr", "a", **pupils([[1, 2]] * 12))
    district.file("vpr", "b", **pupils([[1, 1]] * 4, OTHER))
    district.file("scale", mark_scale=[{"min_3": 1, "min_4": 3, "min_5": 4, "max_total": 4}])
    marts = district.marts()
    public = viewer_of(district.root, marts, "public")
    by_school = {r["school"]: r for r in records(marts, "quality_share", {}, ["school"], public)}
    assert by_school[OTHER]["note"] == "скрыто: меньше 10 человек"
    assert by_school[SCHOOL]["note"] == "скрыто: не менее 91\u00a0%"
    assert (by_school[OTHER]["n"], by_school[OTHER]["numerator"], by_school[OTHER]["value"]) == (
        None,
        None,
        None,
    )
    own = records(marts, "quality_share", {}, ["school"], Viewer("school", OTHER))
    assert {r["school"]: r["numerator"] for r in own} == {SCHOOL: 12, OTHER: 0}
    assert records(marts, "participants", {}, ["school"], public)[0]["value"] is not None


def test_a_late_small_school_does_not_show_as_the_difference_of_releases(district: District) -> None:
    district.file("vpr", "a", **pupils([[1, 2]] * 8 + [[0, 0]] * 8))
    district.file("scale", mark_scale=[{"min_3": 1, "min_4": 3, "min_5": 4, "max_total": 4}])
    district.marts()
    freeze(district.root, "Июнь")
    district.file("vpr", "b", **pupils([[1, 2], [1, 2], [0, 0]], OTHER))
    marts = district.marts()
    assert records(marts, "quality_share", {}, [], Viewer("public"))[0]["n"] == 19
    seen = viewer_of(district.root, marts, "public")
    assert records(marts, "quality_share", {}, [], seen)[0]["note"].startswith("скрыто")
    june = open_release(district.root, "Июнь")
    assert records(june, "quality_share", {}, [], viewer_of(district.root, june, "public"))[0]["n"] == 16


def test_a_hidden_measure_shows_neither_number_nor_mark() -> None:
    seen = shown(Measure(0, 0, 0, note="скрыто: меньше 10 человек"))
    assert (seen.text, seen.value, seen.position, seen.hover) == (
        "скрыто",
        None,
        None,
        "скрыто; скрыто: меньше 10 человек",
    )


@pytest.mark.parametrize(("audience", "school", "words"), [
    ("everyone", None, "не известно. Можно: internal, school, public"),
    ("school", None, "Назовите организацию"),
    ("public", SCHOOL, "Назовите организацию"),
])  # fmt: skip
def test_a_wrong_audience_is_said(demo_root: Path, audience: str, school: str | None, words: str) -> None:
    with pytest.raises(UnknownAudience, match=words):
        for_whom(demo_root, open_latest(demo_root), audience, school)


def test_a_school_is_known_by_any_of_its_names(demo_root: Path) -> None:
    assert for_whom(demo_root, open_latest(demo_root), "school", "edu980101").school == "980101"

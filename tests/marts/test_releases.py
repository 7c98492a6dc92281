"""Named releases: put aside, listed, read as they were."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dashboard.marts import NoSnapshotError, open_latest, open_release, releases
from dashboard.values import records
from pipelines.build import build
from pipelines.publish import KEEP, snapshots
from pipelines.releases import ReleaseError, freeze
from tests.marts.rows import OTHER, District, pupils

NAME = "Отчёт 2025/26"


def participants(marts: object) -> object:
    return records(marts, "participants")[0]["value"]  # type: ignore[arg-type]


def test_a_release_outlives_the_last_five_and_does_not_change(district: District) -> None:
    district.file("vpr", **pupils([[1]]))
    district.marts()
    freeze(district.root, f"  {NAME} ")
    district.file("vpr", **pupils([[1], [1]], OTHER))
    for _ in range(KEEP + 1):
        build(district.root)
    (release,) = releases(district.root)
    assert release.name == NAME
    assert release.path.name not in {path.name for path in snapshots(district.root)}
    frozen = open_release(district.root, NAME.lower())
    assert frozen.release.id == release.id
    assert (participants(frozen), participants(open_latest(district.root))) == (1, 3)


def test_one_snapshot_may_have_two_names_in_the_order_of_freezing(district: District) -> None:
    district.marts()
    freeze(district.root, "Я")
    freeze(district.root, "А")
    assert [release.name for release in releases(district.root)] == ["Я", "А"]
    assert len({release.path for release in releases(district.root)}) == 1


def test_what_cannot_be_frozen_or_found_is_said(district: District) -> None:
    with pytest.raises(ReleaseError, match="Соберите витрины"):
        freeze(district.root, NAME)
    district.marts()
    freeze(district.root, NAME)
    with pytest.raises(ReleaseError, match="уже есть и не меняется"):
        freeze(district.root, "ОТЧЁТ 2025 26")
    with pytest.raises(ReleaseError, match="Назовите выпуск"):
        freeze(district.root, " / ")
    with pytest.raises(NoSnapshotError, match=f"Выпуска «Весна» нет. Выпуски: «{NAME}»"):
        open_release(district.root, "Весна")


def test_a_disk_that_cannot_give_a_second_name_gets_a_copy(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    district.marts()
    monkeypatch.setattr(os, "link", refuse)
    freeze(district.root, NAME)
    assert left_beside(district.root) == []
    assert releases(district.root)[0].path.read_bytes() == snapshots(district.root)[0].read_bytes()


def left_beside(root: Path) -> list[object]:
    return [path for path in (root / "marts" / "releases").iterdir() if path.suffix == ".part"]

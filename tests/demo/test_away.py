"""The demonstration goes without a trace in the numbers, and never takes one's own files along."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.marts import open_latest
from pipelines.build import build
from pipelines.demo.away import FOLDER, NotDemonstrationError, put_away
from pipelines.demo.prepare import MARK, prepare
from pipelines.intake import intake
from pipelines.settings import load


@pytest.fixture
def invented(demo_root: Path, tmp_path: Path) -> Path:
    """A demonstration district without its snapshots: they are not what moves."""
    root = tmp_path / "data"
    return Path(shutil.copytree(demo_root, root, ignore=shutil.ignore_patterns("marts")))


def test_after_it_there_is_nothing_and_nothing_is_lost(invented: Path) -> None:
    before = sorted(p.name for p in (invented / "raw").rglob("*") if p.is_file())
    assert put_away(invented) == 0
    assert not [p for p in (invented / "raw").rglob("*") if p.is_file()]
    assert sorted(p.name for p in (invented / FOLDER / "raw").rglob("*") if p.is_file()) == before
    assert "демонстрационный" not in load(invented).district
    build(invented)
    assert open_latest(invented).query("select count(*) as n from dim_school")["n"].tolist() == [0]


def test_ones_own_files_stay_even_among_the_invented(invented: Path) -> None:
    invented_file = next((invented / "raw" / "staff_list").glob("*.xlsx"))
    own = invented / "raw" / "staff_list" / "свой.xlsx"
    own.write_bytes(invented_file.read_bytes() + b" ")
    invented_file.rename(invented_file.with_name("переименован.xlsx"))
    assert put_away(invented) == 1
    assert [p.name for p in (invented / "raw").rglob("*") if p.is_file()] == ["свой.xlsx"]


def test_a_move_that_was_cut_short_is_finished(invented: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, done = shutil.move, []

    def cut(path: Path, to: Path) -> object:
        if len(done) == 5:
            raise OSError("no more")
        done.append(path)
        return real(path, to)

    monkeypatch.setattr("pipelines.demo.away.shutil.move", cut)
    with pytest.raises(OSError, match="no more"):
        put_away(invented)
    monkeypatch.undo()
    assert (invented / MARK).exists()
    assert put_away(invented) == 0
    assert not (invented / MARK).exists()


def test_a_root_of_ones_own_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "свой.xlsx").write_bytes(b"x")
    with pytest.raises(NotDemonstrationError, match="убирать нечего"):
        put_away(tmp_path)
    assert (tmp_path / "raw" / "свой.xlsx").exists()


def test_the_demonstration_can_be_had_again(invented: Path) -> None:
    put_away(invented)
    assert prepare(invented, seed=1, schools=5)
    assert not prepare(invented, seed=1, schools=5)
    assert all(one.status for one in intake([next((invented / "raw").rglob("*.xlsx"))], invented))

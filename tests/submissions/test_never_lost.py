"""Killed at any moment, no room, no rights, two at once: the last snapshot is read, the next run completes the work."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.marts import open_latest
from pipelines.build import build
from pipelines.intake import intake
from pipelines.staging import Store
from pipelines.submissions.decisions import read_decisions
from pipelines.working import BusyError, working
from tests.submissions.conftest import LIST, better, changed
from tests.submissions.test_life import in_force

TREE = Path(__file__).parents[2]
KILLED = (
    "before_the_copy",
    "in_the_middle_of_the_rows",
    "before_the_record",
    "after_the_record",
    "in_the_middle_of_a_decision",
)
WORDS = {"full_disk": "на диске кончилось место", "read_only": "Нет доступа"}
TOGETHER = "together"
NEW = "staff_list/Тихоборская, исправленный.xlsx"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="accidents are made in the POSIX way")


@pytest.fixture(scope="module")
def later(demo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school's list sent again."""
    folder = tmp_path_factory.mktemp("later")
    folder.chmod(0o755)
    return changed(demo_root / LIST, folder / "Тихоборская, исправленный.xlsx", better)


@pytest.fixture(scope="module")
def ended_badly(
    demo_root: Path, later: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Path, str]]:
    """Every accident in a data root of its own, and what a person was told."""
    base = tmp_path_factory.mktemp("accidents")
    roots = {kind: base / kind for kind in (*KILLED, *WORDS, TOGETHER)}
    tasks: list[str] = []
    for kind, root in roots.items():
        shutil.copytree(demo_root, root)
        if kind == "in_the_middle_of_a_decision":
            intake([later], root)
        if kind == "read_only":
            _lock_up(root, base)
        files = _two(root, later.parent) if kind == TOGETHER else [later]
        tasks += [word for file in files for word in (kind, str(root), str(file))]
    command = [sys.executable, "-m", "tests.submissions.accidents", *tasks]
    done = subprocess.run(command, cwd=TREE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, timeout=180)  # fmt: skip
    told = dict.fromkeys(roots, "")
    for part in done.stdout.split("=== ")[1:]:
        kind, _, words = part.partition("\n")
        told[kind] += words
    return {kind: (root, told[kind]) for kind, root in roots.items()}


def _two(root: Path, folder: Path) -> list[Path]:
    """Two lists of one school that differ in the hours of a teacher."""
    return [
        changed(
            root / LIST, folder / f"{hours}.xlsx", lambda s, n=hours: s.cell(6, 12).__setattr__("value", n)
        )
        for hours in (10, 11)
    ]


def _lock_up(root: Path, base: Path) -> None:
    """Nobody may write here; who runs as root becomes another user first, for whom the way must be open."""
    for folder in (base, *base.parents):
        if folder.owner() == root.owner() and folder != Path(folder.anchor):
            folder.chmod(folder.stat().st_mode | 0o755)
    for path in (root, *root.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)


@pytest.mark.parametrize("kind", KILLED)
def test_killed_at_any_moment(kind: str, ended_badly: dict[str, tuple[Path, str]], later: Path) -> None:
    root, _ = ended_badly[kind]
    assert open_latest(root).snapshot().rows("select count(*) from fct_staff")[0][0] > 100
    former = in_force(root)
    assert former == (
        NEW if kind in ("after_the_record", "in_the_middle_of_a_decision") else LIST.removeprefix("raw/")
    )
    assert read_decisions(root).undone == {}
    intake([later], root)
    assert in_force(root) == NEW
    assert Store(root).received(next(r.sha256 for r in Store(root).reports() if r.file == NEW)) is not None
    assert not [p for p in (root / "staged").rglob(".*") if p.is_file()]
    once = Store(root).reports()
    intake(None, root)
    assert Store(root).reports() == once


@pytest.mark.parametrize("kind", WORDS)
def test_no_room_and_no_rights_are_said(
    kind: str, ended_badly: dict[str, tuple[Path, str]], later: Path
) -> None:
    root, told = ended_badly[kind]
    assert WORDS[kind] in told
    assert "Traceback" not in told
    assert in_force(root) == LIST.removeprefix("raw/")
    assert open_latest(root).snapshot().rows("select count(*) from fct_staff")[0][0] > 100
    for path in (root, *root.rglob("*")):
        path.chmod(0o755)
    intake([later], root)
    build(root)
    assert in_force(root) == NEW


def test_two_intakes_at_once_go_one_after_another(ended_badly: dict[str, tuple[Path, str]]) -> None:
    root, told = ended_badly[TOGETHER]
    assert told == ""
    taken = {report.file for report in Store(root).reports()}
    assert {"staff_list/10.xlsx", "staff_list/11.xlsx"} <= taken
    assert in_force(root) in ("staff_list/10.xlsx", "staff_list/11.xlsx")


def test_the_second_is_told_who_works_and_gives_up_in_words(tmp_path: Path) -> None:
    heard: list[str] = []
    with working(tmp_path, "приём файлов"):  # noqa: SIM117 — the second must find the first at work
        with pytest.raises(BusyError, match=r"Папка данных занята: приём файлов с \d\d:\d\d"):
            with working(tmp_path, "отмена", patience=0.15, waiting=heard.append):
                pytest.fail("two at once")
    assert heard[0].startswith("жду: приём файлов с ")
    with working(tmp_path, "отмена", patience=0):
        pass


HOLDS = """
import sys, time
from pathlib import Path
from pipelines.working import working
with working(Path(sys.argv[1]), "чужой приём"):
    print("begun", flush=True)
    time.sleep(60)
"""


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path)], cwd=TREE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "begun\n"
    with pytest.raises(BusyError, match="чужой приём"), working(tmp_path, "приём", patience=0):
        pytest.fail("two at once")
    holder.kill()
    holder.communicate()
    with working(tmp_path, "приём", patience=5):
        pass

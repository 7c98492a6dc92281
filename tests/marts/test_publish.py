"""Snapshots are published whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from dashboard.marts import NoSnapshotError, open_latest
from dashboard.values import records
from pipelines import build as builder
from pipelines.build import BuildError, build, is_current
from pipelines.publish import KEEP, snapshots
from tests.marts.rows import OTHER, SCHOOL, District, pupils

TREE = Path(__file__).parents[2]


def leftovers(root: Path) -> list[str]:
    return [path.name for path in (root / "marts").glob(".*")]


def start(root: Path, code: str) -> subprocess.Popen[str]:
    """Python beside us; waits until it says that it has begun."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(root)], cwd=TREE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


BUILDS_FOREVER = """
    import sys, time
    from pathlib import Path
    from pipelines import build

    def stop(*_):
        print("begun", flush=True)
        time.sleep(60)

    build.run_model = stop
    build.build(Path(sys.argv[1]))
"""


def test_a_killed_build_leaves_the_old_snapshot_and_its_rest_is_swept(district: District) -> None:
    district.file("vpr", **pupils([[1]]))
    marts = district.marts()
    process = start(district.root, BUILDS_FOREVER)
    process.kill()
    process.communicate()
    assert leftovers(district.root)
    assert records(marts, "participants")[0]["value"] == 1
    assert records(open_latest(district.root), "participants")[0]["value"] == 1
    build(district.root)
    assert leftovers(district.root) == []


def test_a_build_in_another_process_is_not_swept(district: District) -> None:
    process = start(district.root, BUILDS_FOREVER)
    try:
        build(district.root)
        assert any(name.endswith(".duckdb") for name in leftovers(district.root))
    finally:
        process.kill()
        process.communicate()


def test_torn_leftovers_are_swept_with_their_logs(district: District) -> None:
    folder = district.root / "marts"
    folder.mkdir()
    (folder / ".building-1.duckdb").write_bytes(b"torn")
    (folder / ".building-1.duckdb.wal").write_bytes(b"torn")
    (folder / ".building-2.duckdb.tmp").mkdir()
    build(district.root)
    assert leftovers(district.root) == []


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), duckdb.IOException("disk full")])
def test_a_full_disk_is_said_in_russian(
    district: District, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fail(*_: object) -> None:
        raise fault

    build(district.root)
    before = snapshots(district.root)
    monkeypatch.setattr(builder, "run_model", fail)
    with pytest.raises(BuildError, match=r"Проверьте место на диске. Прежний снимок marts-.* цел"):
        build(district.root)
    assert (snapshots(district.root), leftovers(district.root)) == (before, [])


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is set in the POSIX way")
def test_a_really_full_disk(district: District) -> None:
    district.file("vpr", **pupils([[1]]))
    district.marts()
    code = """
        import resource, signal, sys
        from pathlib import Path
        from pipelines.build import BuildError, build

        print("begun", flush=True)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        try:
            build(Path(sys.argv[1]))
        except BuildError as error:
            print(error)
    """
    said, _ = start(district.root, code).communicate()
    assert said.startswith("Не удалось записать новый снимок"), said
    assert (len(snapshots(district.root)), leftovers(district.root)) == (1, [])
    assert records(open_latest(district.root), "participants")[0]["value"] == 1


def test_a_reader_goes_on_and_then_sees_the_new_snapshot(district: District) -> None:
    district.file("vpr", "a", **pupils([[1]]))
    marts = district.marts()
    held, release = marts.snapshot(), marts.release
    district.file("vpr", "b", **pupils([[1], [1]], OTHER))
    build(district.root)
    assert held.query("select count(*) as n from fct_vpr")["n"].tolist() == [1]
    assert marts.query("select count(*) as n from fct_vpr")["n"].tolist() == [3]
    assert marts.release.id > release.id
    assert marts.release.built_at > release.built_at


def test_the_newest_name_wins_even_when_the_clock_was_set_back(district: District) -> None:
    build(district.root)
    future = district.root / "marts" / "marts-29990101T000000000000.duckdb"
    snapshots(district.root)[0].rename(future)
    assert build(district.root).path.name == "marts-29990101T000000000001.duckdb"


def test_the_last_five_are_kept(district: District) -> None:
    built = [build(district.root).path for _ in range(KEEP + 2)]
    assert snapshots(district.root) == built[-KEEP:]


def test_an_unreadable_snapshot_is_said_in_russian(district: District) -> None:
    folder = district.root / "marts"
    folder.mkdir()
    (folder / "marts-20260101T000000000000.duckdb").write_bytes(b"no database" * 100)
    with pytest.raises(NoSnapshotError, match="не читается"):
        open_latest(district.root)
    assert not is_current(district.root)
    assert build(district.root).changes == ["Это первый снимок."]


def test_nothing_staged_or_declared_since_means_current(district: District) -> None:
    assert not is_current(district.root)
    district.file("vpr", **pupils([[1]]))
    build(district.root)
    assert is_current(district.root)
    district.file("staff_list", staff=[{}])
    assert not is_current(district.root)


def test_threads_share_the_door(district: District) -> None:
    district.file("vpr", **pupils([[1], [0]]))
    marts = district.marts()

    def ask(number: int) -> object:
        if number == 10:
            build(district.root)
        time.sleep(0)
        return records(marts, "participants", {"school": SCHOOL})[0]["value"]

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(ask, range(40))) == {2}

"""Batches examined by several processes: the same is found, whoever finds it and however a helper ends."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path
from typing import Any

import pytest

from pipelines import helpers
from pipelines import intake as service
from pipelines.examine import Examined
from pipelines.findings import FileReport
from pipelines.helpers import Batch, Numbered, _Helper, _Helpers
from pipelines.intake import intake
from pipelines.persons import KEY_FILE
from pipelines.staging import Store
from tests.intake import files
from tests.intake.staged import staged

Asked = list[int]
"""How many files each batch had that a helper was given."""


_feed = _Helpers.feed


def patient(self: _Helpers, numbered: Iterator[Numbered]) -> None:
    """Feed helpers only when all are ready: few files would be done before."""
    wait(self._coming)
    _feed(self, numbered)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """One helper, waited for until it is ready, and small batches for it."""
    found: Asked = []
    examine = _Helper.examine

    def counted(self: _Helper, batch: Batch) -> list[Examined]:
        found.append(len(batch))
        return examine(self, batch)

    monkeypatch.setattr(helpers, "ENOUGH", 1)
    monkeypatch.setattr(helpers, "_number", lambda: 1)
    monkeypatch.setattr(service, "BATCH", 60_000)
    monkeypatch.setattr(_Helpers, "feed", patient)
    monkeypatch.setattr(_Helper, "examine", counted)
    return found


def test_helpers_find_the_same(demo_root: Path, asked: Asked, tmp_path: Path) -> None:
    shutil.copytree(demo_root / "raw", tmp_path / "raw")
    shutil.rmtree(tmp_path / "raw" / ".received")
    shutil.copy(demo_root / KEY_FILE, tmp_path / KEY_FILE)
    intake(None, tmp_path)
    assert len(asked) > 3
    alone, helped = (_told(Store(root).reports()) for root in (demo_root, tmp_path))
    assert helped == alone
    assert _rows(tmp_path) == _rows(demo_root)
    received = [
        {path.name for path in (root / "raw" / ".received").iterdir()} for root in (demo_root, tmp_path)
    ]
    assert received[0] == received[1]


def _told(reports: list[FileReport]) -> dict[str, dict[str, Any]]:
    """Everything that records say but when, and beside which others the rows lie."""
    told = {report.file: report.model_dump(exclude={"received_at", "tables"}) for report in reports}
    for report in told.values():
        for part in report["submissions"]:
            if part["replaces"]:
                del part["replaces"]["received_at"]
    return told


def _rows(root: Path) -> dict[str, str]:
    return {
        f"{report.file} {table}": staged(root, report, table).to_csv()
        for report in Store(root).reports()
        for table in report.tables
    }


def _lists(folder: Path, count: int) -> list[Path]:
    """As many lists of the same teachers, each with another length of service."""
    rows = [files.STAFF.changed({"Педагогический стаж": str(years)}) for years in range(1, count + 1)]
    return [files.STAFF.write(folder, some, f"{at}") for at, some in enumerate(rows)]


def test_the_later_file_replaces_the_earlier_whoever_was_quicker(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = files.prepared(tmp_path / "data")
    paths = _lists(tmp_path / "sent", 6)
    monkeypatch.setattr(service, "BATCH", 1)
    reports = intake(paths, root)
    assert asked
    former = [part.replaces and part.replaces.file for report in reports for part in report.submissions]
    mine = len(former) // len(paths)
    assert former[:mine] == [None] * mine
    assert former[mine:] == [report.file for report in reports[:-1] for _ in range(mine)]


def test_files_examined_before_a_registry_was_kept_are_examined_again(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sent = _lists(tmp_path, 3)
    others = [
        {**files.REGISTRY.rows[0], "Код": f"edu9802{n:02}", "Наименование": f"Школа {n}", "Другие написания": "",
         "ИНН": "", "Код ОО": ""} for n in range(30)
    ]  # fmt: skip
    registry = files.REGISTRY.write(tmp_path, files.REGISTRY.rows + others)
    assert registry.stat().st_size > max(path.stat().st_size for path in sent), "the registry is to come last"
    monkeypatch.setattr(service, "BATCH", 1)
    reports = intake([registry, *sent], tmp_path / "data")
    assert asked
    assert [part.school for report in reports[1:] for part in report.submissions] == ["980101", "980102"] * 3


def test_files_of_a_helper_that_was_ended_are_examined_here(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = files.prepared(tmp_path / "data")
    paths = [
        files.COURSES.write(tmp_path / "sent", files.COURSES.changed({"Часы": str(hours)}), f"{hours}")
        for hours in range(16, 26)
    ]
    ended = _Helper.examine

    def killed(self: _Helper, batch: Batch) -> list[Examined]:
        self.process.kill()
        return ended(self, batch)

    monkeypatch.setattr(_Helper, "examine", killed)
    monkeypatch.setattr(service, "BATCH", 1)
    reports = intake(paths, root)
    assert asked
    assert {report.status for report in reports} == {"accepted"}
    assert len(Store(root).reports_of(files.COURSES.source)) == len(paths)


def test_helpers_end_when_something_goes_wrong_here(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = files.prepared(tmp_path / "data")
    paths = [files.COURSES.write(tmp_path / "sent", name=f"{n}") for n in range(4)]
    begin, known = _Helper.__init__, []

    def noted(self: _Helper, root: Path) -> None:
        begin(self, root)
        known.append(self)

    def full_disk(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(_Helper, "__init__", noted)
    monkeypatch.setattr(Store, "record", full_disk)
    monkeypatch.setattr(service, "BATCH", 1)
    with pytest.raises(OSError, match="No space") as held:
        intake(paths, root)
    assert held.tb, "what is held of the error must not hold the helpers"
    assert [helper.process.poll() is None for helper in known] == [False]


def test_few_files_need_no_help(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(_Helper, "__init__", lambda *_: pytest.fail("nobody was needed"))
    root = files.prepared(tmp_path / "data")
    (report,) = intake([files.STAFF.write(tmp_path)], root)
    assert report.status == "accepted"


def test_a_helper_ends_with_its_parent(tmp_path: Path) -> None:
    """A parent that is gone, however it went, has closed the helper's input."""
    command = [sys.executable, "-m", "pipelines.helpers", str(tmp_path)]
    helper = subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert helper.stdin
    assert helper.stdout
    assert pickle.load(helper.stdout) == []
    helper.stdin.close()
    with helper:
        assert helper.wait(timeout=30) == 0


KILLED = """
import os, signal, sys
from pathlib import Path
from pipelines import helpers
from pipelines import intake as service
from pipelines.staging import Store
from tests.intake.test_helpers import patient
helpers.ENOUGH, helpers._number, service.BATCH = 1, lambda: 1, 1
record, kept = Store.record, []
def killed(self, report):
    record(self, report)
    kept.append(report)
    if len(kept) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
helpers._Helpers.feed, Store.record = patient, killed
service.intake([Path(one) for one in sys.argv[2:]], Path(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="killed in the POSIX way")
def test_what_was_staged_when_all_were_killed_is_taken_in_by_the_next_intake(tmp_path: Path) -> None:
    root = files.prepared(tmp_path / "data")
    paths = _lists(tmp_path / "sent", 6)
    command = [sys.executable, "-c", KILLED, str(root), *map(str, paths)]
    assert subprocess.run(command, cwd=Path(__file__).parents[2], check=False).returncode == -9
    assert len(Store(root).reports_of("staff_list")) == 2
    reports = intake(paths, root)
    assert {report.status for report in reports} == {"accepted"}
    assert len(Store(root).reports_of("staff_list")) == len(paths)
    former = [part.replaces and part.replaces.file for part in reports[-1].submissions]
    assert set(former) == {reports[-2].file}

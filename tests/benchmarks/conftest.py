"""Benchmarks run on request (``pytest -m bench -s tests/benchmarks``), each with its baseline in the same run.

What is measured runs in a process of its own, so that imports, caches and memory of the tests do not count.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pipelines.demo.sheet import Row, Sheet, Workbook
from pipelines.demo.xlsx import write_xlsx

HERE = Path(__file__).parent
Measure = Callable[..., dict[str, Any]]
Report = Callable[[str], None]

_PRELUDE = """
import json, resource, sys, time
from pathlib import Path
args = [Path(one) if "/" in one else one for one in sys.argv[1:]]
def done(**found):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"peak_mb": peak, "gx": "great_expectations" in sys.modules, **found}))
def timed(work):
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found
"""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything in this folder is a benchmark; it runs only when benchmarks are asked for."""
    benchmarks = [item for item in items if HERE in item.path.parents]
    for item in benchmarks:
        item.add_marker("bench")
    if "bench" not in config.getoption("markexpr"):
        items[:] = [item for item in items if item not in benchmarks]
        config.hook.pytest_deselected(items=benchmarks)


@pytest.fixture(scope="session")
def measure() -> Measure:
    """Run a script in a fresh interpreter; it ends with ``done(…)``, whose values come back."""

    def run(script: str, *args: object) -> dict[str, Any]:
        command = [sys.executable, "-c", _PRELUDE + script, *map(str, args)]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        assert answer.returncode == 0, answer.stderr
        found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
        return found

    return run


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    """Print a line past pytest's capture."""

    def say(line: str) -> None:
        with capsys.disabled():
            print(f"\n  {line}", end="")

    return say


@pytest.fixture(scope="session")
def regional_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real maths work of a whole region, or an invented one of the same size where that is absent."""
    genuine = HERE.parents[2] / "shared" / "real" / "vpr" / "vpr2021_g4_math.xlsx"
    if genuine.exists():
        return genuine
    path = tmp_path_factory.mktemp("region") / "vpr2021_g4_math.xlsx"
    write_xlsx(Workbook(path, [Sheet("Sheet", [_regional_header()], _regional_rows())], "Регион"))
    return path


def _regional_header() -> list[str]:
    about = ["логин школы", "регион", "номер обучающегося", "код обучающегося",
             "отметка за предыдущую четверть/триместр", "пол", "класс", "вариант", "всего баллов"]  # fmt: skip
    return [*about, *(f"балл за {n}" for n in range(1, 16)), "Учебник", "Др.уч. автор", "Др.уч. название"]


def _regional_rows(schools: int = 635, pupils: int = 42) -> Iterator[Row]:
    """26 670 rows of text in 32 columns, one of them without a heading; every sixteenth pupil is absent."""
    chance = Random(1)
    for school in range(schools):
        for number in range(1, pupils + 1):
            about = [f"sch22{school:04d}", "город Барнаул", str(number), str(40_000 + number)]
            if number % 16 == 0:
                yield [*about, None, None, None, "отсутствовал"]
                continue
            points = [chance.choice("01") for _ in range(15)]
            mark, total = chance.choice("345"), str(sum(map(int, points)))
            about += [mark, chance.choice("жм"), "нет", "1", total]
            yield [*about, *points, "Учебник. 4 класс", *[None] * 6, "1"]

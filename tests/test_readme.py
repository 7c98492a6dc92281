"""README is tried, not trusted: its commands run, its lists are complete."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from dashboard import cli, server
from tests.gate import STEPS

PROJECT = Path(__file__).resolve().parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, flags=re.DOTALL)
SHELL = [line for language, block in BLOCKS if language == "sh" for line in block.splitlines() if line]
WINDOWS = [line for language, block in BLOCKS if language == "bat" for line in block.splitlines() if line]
START, TEST = (next(line for line in SHELL if line.endswith(end)) for end in ("kabinet demo", "-m pytest"))


def commands() -> dict[str, set[str]]:
    """Every command of the application with its options."""
    app = typer.main.get_command(cli._application())
    found: dict[str, set[str]] = {}
    for name, command in app.commands.items():  # type: ignore[attr-defined]
        found[name] = {option for param in command.params for option in (*param.opts, *param.secondary_opts)
                       if option.startswith("--")}  # fmt: skip
    return found


@pytest.mark.parametrize("name", commands())
def test_every_command_is_documented_with_its_options(name: str) -> None:
    row = next(line for line in README.splitlines() if line.startswith(f"| `kabinet {name}"))
    missing = {option for option in commands()[name] - {"--data"} if option not in row}
    assert not missing
    assert "--data" in README


def test_no_documented_command_is_missing() -> None:
    assert set(re.findall(r"\| `kabinet (\w+)", README)) == set(commands())


def test_each_command_for_a_fresh_machine_has_a_windows_form() -> None:
    for line in (START, TEST):
        same = (
            line.replace("python3 -m venv", "py -m venv")
            .replace("'", "")
            .replace(".venv/bin/", r".venv\Scripts" "\\")
        )
        assert same in WINDOWS


def test_the_dependencies_all_have_a_reason() -> None:
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[<>=]", line)[0] for line in declared["dependencies"]]
    decisions = README[README.index("## Decisions") :].lower()
    assert [name for name in names if f"`{name.lower()}`" not in decisions] == []


def test_the_layout_names_what_is_there() -> None:
    layout = README[README.index("## Layout") : README.index("## How to add")]
    for name in re.findall(r"^(\w+)/ ", layout, flags=re.MULTILINE):
        assert name == "data" or (PROJECT / name).is_dir()
    for path in re.findall(r"`((?:pipelines|dashboard|expectations|tests)/[\w/.]+)`", README):
        assert (PROJECT / path).exists(), path


def test_the_gate_ends_with_the_documented_tests() -> None:
    assert STEPS[-1][0] == "pytest"
    assert "tests.gate" in (PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert "tests.gate" in (PROJECT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as somebody else has it; its .venv finds what is installed here, so that nothing is fetched."""
    folder = tmp_path_factory.mktemp("copy") / "кабинет"
    skipped = shutil.ignore_patterns(
        ".git", ".venv", "data", "*.egg-info", "__pycache__", ".*_cache", "reports"
    )
    shutil.copytree(PROJECT, folder, ignore=skipped)
    venv.create(folder / ".venv", with_pip=False, symlinks=os.name != "nt")
    library = next((folder / ".venv").rglob("site-packages"))
    (library / "here.pth").write_text(
        "\n".join([str(folder), *(p for p in sys.path if p.endswith("site-packages"))]), encoding="utf-8"
    )
    return folder


def run(command: str, folder: Path, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """A command of README in the copy, without the part that installs."""
    program, *args = shlex.split(command.split("&& ")[-1])
    scripts = folder / ".venv" / ("Scripts" if os.name == "nt" else "bin")
    python = next(scripts.glob("python*"))
    start = (
        [str(python)]
        if "python" in program
        else [str(python), "-c", "from dashboard.cli import main; main()"]
    )
    environment = {k: v for k, v in os.environ.items() if k not in ("KABINET_DATA", "PYTEST_ADDOPTS")}
    return subprocess.run(
        [*start, *args], cwd=folder, env={**environment, "PYTHONUTF8": "1"}, capture_output=True, text=True,
        encoding="utf-8", timeout=timeout, check=False,
    )  # fmt: skip


def examples() -> Iterator[str]:
    """Commands of README about the demonstration's data; the ones for a fresh machine have tests of their own."""
    for line in SHELL:
        if line.startswith("kabinet ") and line != "kabinet up":
            yield line


def test_the_first_command_makes_the_district(copy: Path) -> None:
    assert START.startswith("python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e . && ")
    said = run(f"{START} --no-serve", copy)
    assert said.returncode == 0, said.stderr
    assert "indicator" not in said.stderr
    assert list((copy / "data" / "marts").glob("marts-*.duckdb"))


def test_the_examples_run(copy: Path) -> None:
    shutil.copy(next((copy / "data/raw/vpr_pupils_2021").glob("*2026 Математика 4*")), copy / "vpr.xlsx")
    for line in examples():
        said = run(line.replace("--year 2021", "--year 2026"), copy)
        assert said.returncode == 0, (line, said.stdout[-400:], said.stderr)


def test_up_serves_the_pages(copy: Path) -> None:
    from tests.processes import ended, started

    child = started(
        [sys.executable, "-c", "from dashboard.cli import main; main()", "up", "--port", "8940"], copy
    )
    try:
        address = child.wait_for("http://127.0.0.1:")
        assert server.is_up(int(address.rpartition("http://127.0.0.1:")[2].split()[0]))
    finally:
        code = ended(child)
    assert code == 0


def test_the_second_command_runs_the_tests(copy: Path) -> None:
    assert "-e '.[dev]'" in TEST
    said = run(f"{TEST} tests/test_settings.py -q -p no:cacheprovider", copy)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "passed" in said.stdout.splitlines()[-1]

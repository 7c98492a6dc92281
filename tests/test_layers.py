"""Imports follow the data, nothing leaves the machine, and the code stays what a newcomer can read."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = ("pipelines", "dashboard")
MODULES = sorted(path for package in PACKAGES for path in (PROJECT / package).rglob("*.py"))
SCREEN = {"streamlit", "plotly", "kaleido", "dashboard"}
COMMAND_LINE = {"dashboard/cli.py", "dashboard/commands.py", "dashboard/reporting.py"}
"""The modules of the dashboard that define commands: they alone know both halves."""
LONGEST_FUNCTION = 40
POSIX_ONLY = {
    "fcntl", "grp", "pwd", "resource", "termios", "tty", "pty", "syslog", "os.fork", "os.getuid",
    "os.geteuid", "os.getgid", "os.setsid", "os.killpg", "os.uname", "os.chown", "os.mkfifo", "os.nice",
    "os.sysconf", "os.wait", "os.getpgid", "os.sched_getaffinity", "signal.SIGKILL", "signal.SIGHUP",
    "signal.alarm", "signal.pause", "signal.SIGUSR1",
}  # fmt: skip
OUR_HOSTS = {"127.0.0.1", "localhost", "www.w3.org", "purl.org", "schemas.openxmlformats.org"}
"""This computer, and the names (not addresses to visit) of the vocabularies of SVG and of workbooks."""
MACHINE_PATHS = re.compile(r"/wo[r]k/|/home/\w+/|/ro[o]t/|C:\\Users\\\w+")
REGISTRIES = re.compile(r"py[p]i\.|pythonh[o]sted|n[p]mjs|d[e]bian\.org|[h]uggingface")
TEXTS = {".py", ".toml", ".md", ".sql", ".css", ".js", ".html", ".txt", ".json", ".yaml", ".yml", ".csv", ""}


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything in a module, read once for all that is asked of it."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def roots(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)}


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)
    names = [name for name in listed.stdout.decode().split("\0") if name]
    if not names:  # an unpacked archive without git
        names = [name_of(p) for p in PROJECT.rglob("*") if p.is_file() and ".venv" not in p.parts]
    texts = [PROJECT / name for name in names if Path(name).suffix in TEXTS and "LICENSE" not in name]
    return [path for path in texts if path.exists()]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_the_packages_are_looked_at() -> None:
    assert len(MODULES) > 40


@pytest.mark.parametrize("path", [p for p in MODULES if "pipelines" in p.parts], ids=name_of)
def test_pipelines_know_no_screen(path: Path) -> None:
    assert not roots(path) & SCREEN


@pytest.mark.parametrize("path", [p for p in MODULES if "dashboard" in p.parts], ids=name_of)
def test_the_dashboard_reads_marts_only(path: Path) -> None:
    assert "great_expectations" not in roots(path)
    if name_of(path) not in COMMAND_LINE:
        assert "pipelines" not in roots(path)


@pytest.mark.parametrize("path", [p for p in MODULES if "report" in p.parts], ids=name_of)
def test_the_report_needs_no_server(path: Path) -> None:
    assert "streamlit" not in roots(path)


def test_great_expectations_has_one_door() -> None:
    assert [name_of(p) for p in MODULES if "great_expectations" in roots(p)] == ["pipelines/validate.py"]


def test_no_screen_loads_great_expectations() -> None:
    code = """
import importlib, pkgutil, sys, dashboard
for module in pkgutil.walk_packages(dashboard.__path__, "dashboard."):
    if module.name != "dashboard.app":  # it runs the page when it is imported
        importlib.import_module(module.name)
assert "dashboard.cli" in sys.modules and "dashboard.shell" in sys.modules
assert "great_expectations" not in sys.modules
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_report_does_not_load_streamlit() -> None:
    code = "import sys, dashboard.report; assert 'streamlit' not in sys.modules"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_posix_only(path: Path) -> None:
    used = {f"{n.value.id}.{n.attr}" for n in nodes(path)
            if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)}  # fmt: skip
    keywords = {n.arg for n in nodes(path) if isinstance(n, ast.keyword)}
    texts = {n.value for n in nodes(path) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    assert not (used | imported(path)) & POSIX_ONLY
    assert not keywords & {"preexec_fn", "start_new_session"}
    assert not any(text.startswith(("/tmp", "/dev/", "/proc", "/usr/")) for text in texts)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    assert [(name, size) for name, size in functions(path) if size > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("path", committed(), ids=name_of)
def test_committed_files_name_no_foreign_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")
    hosts = set(re.findall(r"(?i)\b(?:https?|wss?)://([\w.-]+)", text)) - OUR_HOSTS
    assert not hosts
    assert not MACHINE_PATHS.search(text)
    assert not REGISTRIES.search(text)


def test_constraints_are_plain_pins() -> None:
    lines = (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []

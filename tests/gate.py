"""The one gate, for people, pre-commit and CI: ``python -m tests.gate``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
STEPS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("pytest", "--cov", "--cov-report=term:skip-covered"),
)
"""Tests stand last: their summary is the last line that is printed."""


def main() -> int:
    """Run every step until one fails; its exit code is ours."""
    for step in STEPS:
        print("→", *step, flush=True)
        code = subprocess.run([sys.executable, "-m", *step], cwd=PROJECT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The demonstration district, put into an empty data root only: never beside somebody's own files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pipelines import settings

MARK = "demo.json"


class NotEmptyError(Exception):
    """The data root already holds something else; the message says what to do, in Russian."""


def prepare(root: Path, seed: int, schools: int) -> bool:
    """Write the invented files once; True if they were written now, False if they were there."""
    wanted: dict[str, object] = {"seed": seed, "schools": schools, "complete": True}
    found = marked(root)
    if found and found | wanted == found:
        return False
    _refuse_others(root, found, wanted)
    from pipelines.demo import generate

    root.mkdir(parents=True, exist_ok=True)
    _write_mark(root, wanted | {"complete": False})
    written = generate(root, seed=seed, schools=schools)
    settings.create(
        root,
        district="Нижнеозёрский район (демонстрационный)",
        department="Отдел образования администрации Нижнеозёрского района (выдуманного)",
        office="Районный методический кабинет",
    )
    _write_mark(root, wanted | {"files": sorted(content_of(path) for path in written)})
    return True


def _refuse_others(root: Path, found: dict[str, Any] | None, wanted: dict[str, object]) -> None:
    advice = (
        "Укажите другую папку: kabinet demo --data другая_папка. Свои файлы показывает команда kabinet up."
    )
    if found is None and any(path.is_file() for path in (root / "raw").rglob("*")):
        raise NotEmptyError(
            f"В папке {root / 'raw'} уже лежат файлы: выдуманный район с ними не смешивается. {advice}"
        )
    if found and any(found.get(key) != wanted[key] for key in ("seed", "schools")):
        said = f"--seed {found.get('seed')} --schools {found.get('schools')}"
        raise NotEmptyError(f"В папке {root} уже есть другой выдуманный район ({said}). {advice}")


def content_of(path: Path) -> str:
    """By what an invented file is known, wherever it was moved."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def marked(root: Path) -> dict[str, Any] | None:
    """What is known of the demonstration in a data root; None where there is none."""
    path = root / MARK
    if not path.exists():
        return None
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _write_mark(root: Path, content: dict[str, object]) -> None:
    (root / MARK).write_text(json.dumps(content), encoding="utf-8")

"""The methodist's own words, kept by document, section and year, and offered again next year.

One JSON file in the data root, ``reports/texts.json``: {document: {section: {year: text}}}.
"""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock
from typing import Any

FILE = "texts.json"
_lock = Lock()


class TextsError(Exception):
    """The texts cannot be read or written; the message names the file and what to do."""


def place(document: str, school: str | None) -> str:
    """The key of a document's texts: a school has its own."""
    return f"{document}:{school}" if school else document


def texts(root: Path, document: str, year: int) -> dict[str, str]:
    """Texts of this year by section: what is printed."""
    known = _read(root).get(document, {})
    return {section: by_year[str(year)] for section, by_year in known.items() if by_year.get(str(year))}


def offered(root: Path, document: str, section: str, year: int) -> tuple[str, int | None]:
    """The latest text before this year and its year; empty where there is none."""
    by_year = _read(root).get(document, {}).get(section, {})
    earlier = [int(known) for known, text in by_year.items() if int(known) < year and text]
    return (by_year[str(max(earlier))], max(earlier)) if earlier else ("", None)


def save(root: Path, document: str, section: str, year: int, text: str) -> None:
    """Keep a text; an empty one takes it back."""
    with _lock:
        content = _read(root)
        by_year = content.setdefault(document, {}).setdefault(section, {})
        by_year[str(year)] = text.strip()
        path = _path(root)
        beside = path.with_suffix(".new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
            beside.replace(path)
        except OSError as error:
            raise TextsError(
                f"Не удалось записать {FILE} ({error.strerror}). Проверьте место и права на папку reports."
            ) from error


def _read(root: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(_path(root).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise TextsError(
            f"Файл reports/{FILE} в папке данных не читается ({error}). Восстановите его из копии или уберите."
        ) from error


def _path(root: Path) -> Path:
    return root / "reports" / FILE

"""People without names: keyed digests for СНИЛС and ФИО, with a key that never leaves the data root."""

from __future__ import annotations

import hmac
import os
import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np

from pipelines.cast import as_date, as_text
from pipelines.frame import Cells
from pipelines.source import normalised

KEY_FILE = "person.key"
Names = Sequence[str]
"""Full names as `plain_name` writes them; an empty one is nobody's."""


class Persons:
    """Turns what a file says of a person into opaque, repeatable identifiers."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def name_ids(self, names: Names) -> Cells:
        """Digest of the full name; None where there is no name."""
        return _cells([self._digest("name", name) if name else None for name in names])

    def person_ids(self, names: Names, snils: Cells | None, births: Cells | None) -> Cells:
        """Digest of СНИЛС where it is valid, else of the name with the year of birth."""
        numbers, years = _digits(snils, len(names)), _years(births, len(names))
        return _cells(
            [
                self._digest("snils", number)
                if number
                else self._digest("name", name, year)
                if name
                else None
                for name, number, year in zip(names, numbers, years, strict=True)
            ]
        )

    def given_ids(self, names: Names, births: Cells | None) -> Cells:
        """Digest of first name, patronymic and full date of birth, which a changed surname leaves as they are."""
        ids = np.empty(len(names), dtype=object)
        for at, name in enumerate(names if births is not None else ()):
            born = as_date(births[at]) if births is not None and births[at] else None
            given = name.split(" ")[1:]
            if isinstance(born, datetime) and len(given) > 1 and (born.day, born.month) != (1, 1):
                ids[at] = self._digest("given", " ".join(given), f"{born:%Y-%m-%d}")
        return ids

    def _digest(self, *parts: str) -> str:
        return hmac.digest(self._key, "\x1f".join(parts).encode(), "sha256").hex()[:16]


def persons(root: Path, write: bool) -> Persons:
    """The key of this data root, made on first need; a dry run without a key uses one that is forgotten."""
    path = root / KEY_FILE
    if not path.exists() and not write:
        return Persons(secrets.token_bytes(32))
    return Persons(bytes.fromhex((_read(path) if path.exists() else _create(path)).strip()))


def plain_name(name: object) -> str:
    """A full name without case, ё, doubled spaces and spaces round hyphens."""
    return re.sub(r" ?- ?", "-", normalised(str(name).replace(".", ". "))) if name else ""


def valid_snils(text: object) -> str | None:
    """The eleven digits of a СНИЛС whose control number is right, else None."""
    digits = re.sub(r"\D", "", as_text(text)) if text else ""
    if len(digits) != 11:
        return None
    total = sum(int(d) * (9 - i) for i, d in enumerate(digits[:9]))
    return digits if total % 101 % 100 == int(digits[9:]) else None


def _create(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_hex(32)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    return key


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii")


def _digits(snils: Cells | None, size: int) -> list[str | None]:
    return [None] * size if snils is None else [valid_snils(cell) for cell in snils]


def _years(births: Cells | None, size: int) -> list[str]:
    if births is None:
        return [""] * size
    dates = (as_date(cell) if cell else None for cell in births)
    return [str(day.year) if isinstance(day, datetime) else "" for day in dates]


def _cells(values: list[str | None]) -> Cells:
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    return cells

"""People without names: keyed digests for СНИЛС and ФИО, with a key that never leaves the data root."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipelines.cast import as_date, as_text
from pipelines.frame import Cells
from pipelines.source import normalised

KEY_FILE = "person.key"


class Persons:
    """Turns what a file says of a person into opaque, repeatable identifiers."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def name_ids(self, names: Cells) -> Cells:
        """Digest of the normalised full name; None where there is no name."""
        return _mapped(
            names, lambda name: self._digest("name", plain_name(name)) if plain_name(name) else None
        )

    def person_ids(self, names: Cells, snils: Cells | None, births: Cells | None) -> Cells:
        """Digest of СНИЛС where it is valid, else of the name with the year of birth."""
        numbers = _digits(snils, len(names))
        years = _years(births, len(names))
        ids = np.empty(len(names), dtype=object)
        for at, name in enumerate(names):
            known = plain_name(name)
            if number := numbers[at]:
                ids[at] = self._digest("snils", number)
            elif known:
                ids[at] = self._digest("name", known, years[at])
        return ids

    def given_ids(self, names: Cells, births: Cells | None) -> Cells:
        """Digest of first name, patronymic and full date of birth, which a changed surname leaves as they are."""
        ids = np.empty(len(names), dtype=object)
        for at, name in enumerate(names):
            born = as_date(births[at]) if births is not None and births[at] else None
            given = plain_name(name).split(" ")[1:]
            if isinstance(born, datetime) and len(given) > 1 and (born.day, born.month) != (1, 1):
                ids[at] = self._digest("given", " ".join(given), f"{born:%Y-%m-%d}")
        return ids

    def _digest(self, *parts: str) -> str:
        return hmac.new(self._key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()[:16]


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


def _mapped(cells: Cells, convert: Callable[[Any], str | None]) -> Cells:
    codes, distinct = pd.factorize(cells, use_na_sentinel=False)
    values = np.empty(len(distinct), dtype=object)
    values[:] = [convert(cell) for cell in distinct]
    return values[codes]

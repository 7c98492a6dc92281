"""Confirmations as they are kept: one small file each under ``confirmed`` of the data root, never changed.

What holds now follows from all of them in order; a later one about the same thing takes the place of the former,
and one without a meaning takes it back.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Literal

from pydantic import BaseModel, ConfigDict

from pipelines.submissions.decisions import who

FOLDER = "confirmed"
Kind = Literal["school", "person"]


class Confirmation(BaseModel):
    """One confirmation: ``what`` was asked about, ``meaning`` what it was confirmed to be."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    what: str
    """The spelling as it stood in a file, or a pair of opaque ids of people."""
    meaning: str | None
    """The organisation's id; ``same`` or ``different`` of people; None takes the former one back."""
    by: str
    at: datetime


@dataclass(frozen=True)
class Confirmed:
    """What holds now."""

    schools: dict[str, Confirmation] = field(default_factory=dict)
    """Spelling without its variable parts → the organisation."""
    people: dict[str, Confirmation] = field(default_factory=dict)
    """Pair of people → whether they are one."""
    digest: str = ""


def read_confirmed(root: Path) -> Confirmed:
    """All confirmations under a data root, the later over the earlier."""
    from pipelines.schools import plain_school

    held: dict[Kind, dict[str, Confirmation]] = {"school": {}, "person": {}}
    digest = hashlib.sha256()
    for path in sorted((root / FOLDER).glob("[!.]*.json")):
        content = path.read_bytes()
        digest.update(content)
        one = Confirmation.model_validate_json(content)
        key = plain_school(one.what) if one.kind == "school" else one.what
        held[one.kind].pop(key, None)
        if one.meaning is not None:
            held[one.kind][key] = one
    return Confirmed(held["school"], held["person"], digest.hexdigest()[:16])


def write(root: Path, kind: Kind, what: str, meaning: str | None, by: str) -> Confirmation:
    """Write a confirmation down; without a name it is the account's."""
    one = Confirmation(kind=kind, what=what, meaning=meaning, by=by.strip() or who(), at=datetime.now(UTC))
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{one.at:%Y%m%dT%H%M%S%f}-{kind}-{token_hex(2)}.json"
    beside = folder / f".{name}"
    beside.write_text(one.model_dump_json(indent=1), encoding="utf-8")
    beside.replace(folder / name)
    return one

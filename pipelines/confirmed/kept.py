"""Confirmations, kept as `pipelines.journal` under ``confirmed`` of the data root.

A later one about the same thing takes the place of the former, and one without a meaning takes it back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pipelines import journal

FOLDER = "confirmed"
Kind = Literal["school", "person"]


class Confirmation(journal.Entry):
    """One confirmation: ``what`` was asked about, ``meaning`` what it was confirmed to be."""

    kind: Kind
    what: str
    """The spelling as it stood in a file, or a pair of opaque ids of people."""
    meaning: str | None
    """The organisation's id; ``same`` or ``different`` of people; None takes the former one back."""


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
    known = journal.read(root / FOLDER, Confirmation)
    for one in known.entries:
        key = plain_school(one.what) if one.kind == "school" else one.what
        held[one.kind].pop(key, None)
        if one.meaning is not None:
            held[one.kind][key] = one
    return Confirmed(held["school"], held["person"], known.digest)


def write(root: Path, kind: Kind, what: str, meaning: str | None, by: str) -> Confirmation:
    """Write a confirmation down; without a name it is the account's."""
    one = Confirmation(kind=kind, what=what, meaning=meaning, by=journal.named(by), at=journal.now())
    return journal.write(root / FOLDER, one)

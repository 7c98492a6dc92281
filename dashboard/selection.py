"""What a person is looking at, as one value: a screen's whole state, and its place in the address bar.

`Selection.parse` reads an address and says in Russian what it could not use; `Selection.params` writes one.
A link that was pasted from a letter opens the same screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Selection:
    """One screen's choice; None everywhere means «whatever the screen shows first»."""

    year: int | None = None
    procedure: str | None = None
    term: str | None = None
    subject: str | None = None
    grade: int | None = None
    school: str | None = None
    class_: str | None = None
    task: str | None = None
    kind: str | None = None
    municipality: str | None = None
    level: str | None = None
    competence: str | None = None
    topic: str | None = None
    indicator: str | None = None
    by: str | None = None
    chart: str | None = None
    source: str | None = None
    rule: str | None = None
    submission: str | None = None
    view: str | None = None
    against: str | None = None
    """With which territory of the group reports schools are compared; without it, with all of ours together."""
    similar: str | None = None
    """What a person changed in the set of similar schools: codes, those taken out with a minus."""
    part: int | None = None
    panel: str | None = None

    def params(self) -> dict[str, str]:
        """The address's parameters: only what is chosen, in the order of the fields."""
        chosen = vars(self)
        return {_param(name): str(value) for name, value in chosen.items() if value is not None}

    def query(self) -> str:
        """``year=2026&grade=4`` with everything escaped; empty when nothing is chosen."""
        return urlencode(self.params())

    def but(self, **changes: Any) -> Selection:
        """The same choice with some of it changed; None takes a choice back."""
        return replace(self, **changes)

    @classmethod
    def parse(cls, params: Mapping[str, str]) -> tuple[Selection, tuple[str, ...]]:
        """The choice in an address, and what had to be left out of it."""
        chosen: dict[str, Any] = {}
        ignored: list[str] = []
        for param, text in params.items():
            name = _NAMES.get(param)
            if name is None:
                ignored.append(f"параметр «{param}» в адресе не известен и пропущен")
            elif name in _NUMBERS and not _is_number(text):
                ignored.append(f"«{param}={text}» в адресе — не число, показано без этого выбора")
            elif text.strip():
                chosen[name] = int(text) if name in _NUMBERS else text.strip()
        return cls(**chosen), tuple(ignored)


def field_of(dimension: str) -> str:
    """The field that fixes a dimension."""
    return "class_" if dimension == "class" else dimension


def _param(name: str) -> str:
    return name.rstrip("_")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


_NAMES = {_param(f.name): f.name for f in fields(Selection)}
_NUMBERS = {"year", "grade", "part"}

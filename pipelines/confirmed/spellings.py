"""Spellings of organisations that no registry knows: what waits for a person, confirming it, taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipelines.confirmed.kept import Confirmation, read_confirmed, write
from pipelines.findings import FileReport
from pipelines.references import References
from pipelines.schools import Schools, plain_school
from pipelines.staging import Store
from pipelines.words import in_quotes

UNKNOWN = (
    "school.unknown_name", "school.unknown_code", "school.unknown_oo_code", "school.unknown_inn", "school.ambiguous",
)  # fmt: skip
"""Findings that a confirmation answers."""


class ConfirmError(Exception):
    """There is nothing to confirm so; the message says why."""


@dataclass(frozen=True)
class Waiting:
    """A spelling that a person should look at."""

    spelling: str
    suggestion: str | None
    """Id of the organisation probably meant."""
    name: str | None
    files: tuple[str, ...]


def waiting(root: Path) -> list[Waiting]:
    """Spellings of received files that are not known yet, with the organisation that is probably meant."""
    store = Store(root)
    known, asked = References(store).schools, _asked(store.reports())
    found = []
    for spelling, files in sorted(asked.items()):
        resolved = known.resolve(spelling, frozenset())
        if not resolved.confirmed and (resolved.id is None or not resolved.in_registry):
            near = known.nearest(spelling)
            found.append(Waiting(spelling, near, known.names.get(near or ""), tuple(sorted(files))))
    return found


def confirm_school(root: Path, spelling: str, school: str, by: str = "") -> Confirmation:
    """Remember whose the spelling is, by whom and when; files are read by it from the next intake on."""
    known = References(Store(root)).schools
    meant = known.resolve(school, frozenset())
    if not spelling.strip():
        raise ConfirmError("Не сказано, какое написание подтверждается")
    if not meant.id or meant.id not in known.names:
        raise ConfirmError(f"Организации {in_quotes(school)} нет в реестре: {_how(known)}")
    return write(root, "school", " ".join(spelling.split()), meant.id, by)


def forget_school(root: Path, spelling: str, by: str = "") -> Confirmation:
    """Take a confirmation back: the spelling is unknown again."""
    if plain_school(spelling) not in read_confirmed(root).schools:
        raise ConfirmError(f"Написание {in_quotes(spelling)} не подтверждалось")
    return write(root, "school", " ".join(spelling.split()), None, by)


def _how(known: Schools) -> str:
    return "проверьте код или название" if known.loaded else "сначала примите реестр организаций"


def _asked(reports: Iterable[FileReport]) -> dict[str, set[str]]:
    asked: dict[str, set[str]] = {}
    for report in reports:
        for part in report.submissions:
            for finding in part.findings:
                if finding.rule in UNKNOWN and finding.value:
                    asked.setdefault(finding.value, set()).add(report.file)
    return asked

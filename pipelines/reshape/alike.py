"""People of one list who differ by surname only."""

from __future__ import annotations

from pipelines.frame import Raw
from pipelines.identity import Noted
from pipelines.reshape import Setting


def alike(raw: Raw, setting: Setting) -> list[Noted]:
    """People who differ by surname only: perhaps one person before and after a marriage."""
    persons = setting.identity.persons
    at_first = {given: at for at, given in reversed(list(enumerate(persons["given_id"]))) if given}
    column = next((n for n, c in raw.source.columns.items() if c.role == "person" and n in raw.cells), None)
    fix = "Если это один человек, оставьте одну строку; если разные люди, всё верно"
    found = []
    for at, (given, name) in enumerate(zip(persons["given_id"], persons["name_id"], strict=True)):
        if given and persons["name_id"][at_first[given]] != name:
            message = (
                f"Возможно, тот же человек, что в строке {raw.rows[at_first[given]]}:"
                " имя, отчество и дата рождения те же, фамилия другая"
            )
            found.append(Noted(raw.finding("warning", "staff.same_person", message, fix, at, column), at))
    return found

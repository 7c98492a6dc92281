"""The command ``confirm``: whose a spelling is, said once by a person."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.cli import FOUND, Data, _table, option
from pipelines.submissions.command import By
from pipelines.terminal import FINE, MistakeError, say

Spelling = Annotated[
    str | None,
    typer.Argument(
        metavar="[НАПИСАНИЕ]", help="Как организация названа в файле; без него — что ждёт решения."
    ),
]
As = Annotated[str | None, option("--as", "КОД", "Код, ИНН или название организации из реестра.")]
Undo = Annotated[bool, typer.Option("--undo", help="Забыть подтверждение: написание снова не известно.")]


def confirm(
    spelling: Spelling = None, data: Data = FOUND, as_: As = None, by: By = None, undo: Undo = False
) -> int:
    """Подтвердить, чьё это написание: файлы с ним примутся при следующем приёме. Без имени — список."""
    from pipelines.confirmed.spellings import ConfirmError, confirm_school, forget_school

    if spelling is None:
        return _list(data)
    if not undo and not as_:
        raise MistakeError("Скажите, какая это организация: --as КОД. Коды — в реестре организаций.")
    try:
        if undo:
            forget_school(data, spelling, by or "")
            say(f"Забыто: «{spelling}» снова не известно.")
            return FINE
        said = confirm_school(data, spelling, as_ or "", by or "")
    except ConfirmError as error:
        raise MistakeError(f"{error}.") from error
    say(f"Запомнено: «{said.what}» — {said.meaning} ({said.by}). Примите файлы снова: kabinet intake")
    return FINE


def _list(data: Data) -> int:
    from pipelines.confirmed.kept import read_confirmed
    from pipelines.confirmed.spellings import waiting

    asked, held = waiting(data), read_confirmed(data).schools.values()
    if asked:
        rows = [
            (w.spelling, f"{w.name} ({w.suggestion})" if w.suggestion else "—", ", ".join(w.files))
            for w in asked
        ]
        _table(("Написание", "Похоже на", "Файлы"), rows)
    else:
        say("Неизвестных написаний в принятых файлах нет.")
    if held:
        _table(("Подтверждено", "Код", "Кто", "Когда"),
               [(c.what, c.meaning or "", c.by, f"{c.at:%d.%m.%Y}") for c in held])  # fmt: skip
    return FINE

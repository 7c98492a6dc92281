"""The commands ``confirm`` and ``people``: whose a spelling is and who is one person, said once by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import FOUND, Data, _table, option
from pipelines.submissions.command import By
from pipelines.terminal import FINE, MistakeError, say
from pipelines.words import in_quotes

if TYPE_CHECKING:
    from pipelines.confirmed.kept import Confirmation

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
            say(f"Забыто: {in_quotes(spelling)} снова не известно.")
            return FINE
        said = confirm_school(data, spelling, as_ or "", by or "")
    except ConfirmError as error:
        raise MistakeError(f"{error}.") from error
    what = in_quotes(said.what)
    say(f"Запомнено: {what} — {said.meaning} ({said.by}). Примите файлы снова: kabinet intake")
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


PairId = Annotated[
    str | None, typer.Argument(metavar="[НОМЕР]", help="Номер пары из списка; без него — сам список.")
]
Same = Annotated[
    bool | None,
    typer.Option("--same/--different", help="Это один человек или разные люди.", show_default=False),
]
Forget = Annotated[bool, typer.Option("--undo", help="Забыть решение об этой паре.")]


def people(
    pair: PairId = None, data: Data = FOUND, same: Same = None, by: By = None, undo: Forget = False
) -> int:
    """Кто записан дважды: показать похожих и решить, один это человек или разные. Без решения никто не сливается."""
    from pipelines.confirmed.people import decide_people
    from pipelines.confirmed.spellings import ConfirmError

    if pair is None:
        return _list_people(data)
    if same is None and not undo:
        raise MistakeError("Скажите, один это человек (--same) или разные люди (--different).")
    try:
        said = decide_people(data, pair, None if undo else same, by or "")
    except ConfirmError as error:
        raise MistakeError(f"{error}.") from error
    words = {"same": "один человек", "different": "разные люди"}.get(said.meaning or "", "решение забыто")
    say(f"Запомнено: {words} ({said.by}). На страницах — после kabinet build.")
    return FINE


def _list_people(data: Data) -> int:
    from pipelines.confirmed.people import pairs

    found = pairs(data)
    if not found:
        say("Похожих друг на друга записей в списках кадров нет.")
        return FINE
    rows = [(p.id, p.first.said, p.second.said, p.why, _decision(p.decided)) for p in found]
    _table(("Номер", "Запись", "Другая запись", "Почему похожи", "Решено"), rows)
    return FINE


def _decision(said: Confirmation | None) -> str:
    if said is None:
        return "нет"
    words = "один человек" if said.meaning == "same" else "разные люди"
    return f"{words}: {said.by}, {said.at:%d.%m.%Y}"

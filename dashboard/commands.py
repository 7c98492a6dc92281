"""Commands over snapshots that have been built: named releases and what lies behind their numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.cli import FOUND, Data, Json, _table
from pipelines.terminal import FINE, MistakeError, say, say_json

Name = Annotated[str, typer.Argument(metavar="НАЗВАНИЕ", help="Как назвать, например «Отчёт 2025/26».")]


def release(name: Name, data: Data = FOUND) -> int:
    """Закрепить нынешний снимок под именем: он хранится отдельно и больше не меняется."""
    from dashboard.marts import releases as known
    from pipelines.releases import ReleaseError, freeze

    try:
        freeze(data, name)
    except ReleaseError as error:
        raise MistakeError(str(error)) from error
    newest = known(data)[-1]
    say(f"Выпуск «{newest.name}» закреплён: снимок {newest.id}")
    return FINE


def releases(as_json: Json = False, data: Data = FOUND) -> int:
    """Перечислить закреплённые выпуски."""
    from dashboard.marts import releases as known
    from dashboard.words import moment

    found = known(data)
    if as_json:
        say_json([{"name": one.name, "id": one.id, "frozen_at": one.frozen_at.isoformat()} for one in found])
        return FINE
    if not found:
        say("Выпусков ещё нет. Закрепить нынешний снимок: kabinet release НАЗВАНИЕ")
        return FINE
    _table(
        ("Выпуск", "Закреплён", "Снимок"), [(r.name, moment(r.frozen_at.astimezone()), r.id) for r in found]
    )
    return FINE

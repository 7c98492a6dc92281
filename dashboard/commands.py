"""Commands over snapshots that have been built: named releases and what lies behind their numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.cli import FOUND, Data, Json, _table, option
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


def listed(
    name: Annotated[str, typer.Argument(metavar="СПИСОК", help="Имя списка: 1324 или 955.")],
    year: Annotated[
        int | None, option("--year", "ГОД", "Учебный год; иначе последний.", min=2010, max=2100)
    ] = None,
    school: Annotated[str | None, option("--school", "КОД", "Организация; без неё — район.")] = None,
    as_json: Json = False,
    data: Data = FOUND,
) -> int:
    """Заполнить официальный список показателей тем, что есть в данных."""
    from dashboard.marts import NoSnapshotError, open_latest
    from dashboard.official import filled, names
    from dashboard.queries import Queries
    from dashboard.slices import UnknownSchool, canonical

    try:
        marts = open_latest(data)
        stored = canonical(marts.snapshot(), {"school": school}).get("school", [None])[0]
    except (NoSnapshotError, UnknownSchool) as error:
        raise MistakeError(str(error)) from error
    q = Queries(marts)
    found = filled(q, name, year or max(q.years(), default=0), str(stored) if stored else None)
    if found is None:
        raise MistakeError(
            f"Списка «{name}» нет. Есть: {', '.join(names(q)) or 'ни одного, соберите витрины'}."
        )
    if as_json:
        say_json([{"item": line.item, "title": line.title, "indicator": line.indicator, "text": line.text,
                   "fill": line.fill} for line in found.lines])  # fmt: skip
        return FINE
    _table(("Пункт", found.title, "Значение"), [(line.item, line.title, line.text) for line in found.lines])
    return FINE

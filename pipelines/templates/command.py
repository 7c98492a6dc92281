"""The command ``kabinet template``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli import FOUND, Data, _table, option
from pipelines.terminal import FINE, MistakeError, say

Source = Annotated[str | None, typer.Argument(metavar="[БЛАНК]", help="Имя бланка; без него — список.")]
School = Annotated[str | None, option("--school", "КОД", "Для какой организации: код или название.")]
Out = Annotated[Path | None, option("--out", "ПАПКА", "Куда положить; иначе templates в папке данных.")]
Year = Annotated[
    int | None,
    option("--year", "ГОД", "Год, в котором кончается учебный год; иначе текущий.", min=2010, max=2100),
]


def template(
    source: Source = None, school: School = None, year: Year = None, out: Out = None, data: Data = FOUND
) -> int:
    """Сделать бланк, который заполняют руками: со списками, пояснениями и образцом."""
    if source is None:
        return _listed()
    from pipelines.templates.write import TemplateError, write

    try:
        path = write(source, out or data / "templates", data, school, year)
    except TemplateError as error:
        raise MistakeError(str(error)) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise MistakeError(f"{out} — это файл, а нужна папка. Назовите другую.") from error
    say(f"Бланк готов: {path}")
    return FINE


def _listed() -> int:
    from pipelines.sources import sources
    from pipelines.templates.declared import templates

    whose = {True: "организация", False: "Отдел образования"}
    rows = [(one.id, sources()[one.id].title, whose[one.school]) for one in templates().values()]
    _table(("Бланк", "Что это", "Кто заполняет"), rows)
    return FINE

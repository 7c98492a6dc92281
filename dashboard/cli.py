"""The command ``kabinet``: files to marts from `pipelines.cli`, and what is shown from the marts.

The only module of the dashboard that imports `pipelines`: it starts both halves and passes data between them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from dashboard import commands, reporting
from pipelines import cli as files
from pipelines.cli import FOUND, Data, GroupData, Json, option
from pipelines.settings import NAME, load
from pipelines.terminal import (
    FINE,
    MistakeError,
    RussianCommand,
    application,
    out,
    progress,
    run,
    say,
    say_json,
)

HELP = """«Кабинет»: мониторинг районной системы образования.

Файлы школ и садов → проверка → витрины → страницы и годовой отчёт. Всё остаётся на этом компьютере."""

Port = Annotated[
    int | None, option("--port", "ПОРТ", "Порт страниц; иначе из настроек.", min=1024, max=65535)
]
Serve = Annotated[
    bool,
    typer.Option(
        "--serve/--no-serve", help="Открыть страницы или только собрать данные.", show_default=False
    ),
]
Areas = Annotated[
    bool,
    typer.Option(
        "--areas", help="Добавить РФ, регион и муниципалитет из отчётов ФИС ОКО.", show_default=False
    ),
]
Seed = Annotated[int, option("--seed", "ЧИСЛО", "С чего начать выдумку: одно число — один и тот же район.")]
Schools = Annotated[int, option("--schools", "ЧИСЛО", "Сколько школ выдумать.", min=1, max=40_000)]


def main(args: Sequence[str] | None = None) -> None:
    """Entry point of the command."""
    sys.exit(run(_application(), sys.argv[1:] if args is None else args, files.log_root))


def _application() -> typer.Typer:
    app = application(HELP)
    app.callback()(_data)
    first: list[Callable[..., int]] = [demo, own, up]
    last: list[Callable[..., int]] = [value, commands.attention, reporting.report, commands.explain, commands.similar,
                                      commands.release, commands.releases, commands.compare]  # fmt: skip
    for command in first:
        app.command(cls=RussianCommand, options_metavar="[КЛЮЧИ]")(command)
    files.mount(app)
    for command in last:
        app.command(cls=RussianCommand, options_metavar="[КЛЮЧИ]")(command)
    app.command("list", cls=RussianCommand, options_metavar="[КЛЮЧИ]")(commands.listed)
    return app


def _data(data: GroupData = None) -> None:
    pass


def demo(
    serve: Serve = True,
    port: Port = None,
    seed: Seed = 1,
    schools: Schools = 5,
    data: Data = FOUND,
) -> int:
    """Заполнить пустую папку данных выдуманным районом, принять, собрать и открыть страницы."""
    from pipelines.demo.prepare import NotEmptyError, prepare

    try:
        with progress("Выдумываю район") as bar:
            bar("пишу файлы школ и садов", 0, 0)
            prepare(data, seed, schools)
    except NotEmptyError as error:
        raise MistakeError(str(error)) from error
    return _bring_up(data, port, serve)


def own(data: Data = FOUND) -> int:
    """Убрать выдуманный район и начать со своими файлами."""
    from pipelines.demo.away import FOLDER, NotDemonstrationError, put_away

    try:
        left = put_away(data)
    except NotDemonstrationError as error:
        raise MistakeError(str(error)) from error
    say(f"Выдуманный район убран в папку {data / FOLDER}. Название района и подписи — в файле {data / NAME}.")
    say(f"Своих файлов в data/raw: {left}." if left else f"Положите свои файлы в папку {data / 'raw'}.")
    return _bring_up(data, None, serve=False)


def up(port: Port = None, data: Data = FOUND) -> int:
    """Принять новое, собрать, если что-то изменилось, и открыть страницы."""
    return _bring_up(data, port, serve=True)


def value(
    indicator: Annotated[str, typer.Argument(metavar="ПОКАЗАТЕЛЬ", help="Имя из kabinet indicators.")],
    where: Annotated[list[str] | None, option("--where", "РАЗРЕЗ=ЗНАЧЕНИЕ,…", "Что отобрать.")] = None,
    by: Annotated[list[str] | None, option("--by", "РАЗРЕЗ,…", "По чему разделить.")] = None,
    areas: Areas = False,
    audience: Annotated[
        str,
        option("--audience", "КОМУ", "internal (всё), school (организации --school) или public (в печать)."),
    ] = "internal",
    school: Annotated[
        str | None, option("--school", "КОД", "Для какой организации, если --audience school.")
    ] = None,
    as_json: Json = False,
    data: Data = FOUND,
) -> int:
    """Посчитать показатель: числитель, знаменатель, значение, 95 % интервал и n."""
    from dashboard import answer, benchmarks, values
    from dashboard.audience import UnknownAudience, for_whom
    from dashboard.marts import NoSnapshotError, open_latest

    known = (answer.QuestionError, values.UnknownIndicator, values.UnknownDimension, values.UnknownSchool,
             UnknownAudience)  # fmt: skip
    try:
        marts = open_latest(data)
        asked = answer.conditions(where or [])
        viewer = for_whom(data, marts, audience, school)
        cuts = answer.dimensions(by or [])
        found = values.records(marts, indicator, asked, cuts, viewer)
        beside = values.as_records(benchmarks.benchmarks(marts, indicator, asked, cuts)) if areas else []
    except (*known, NoSnapshotError) as error:
        raise MistakeError(str(error)) from error
    if as_json:
        say_json([*found, *beside])
        return FINE
    out().print(answer.table(found, marts.indicators[indicator]))
    if areas:
        out().print(answer.areas_table(beside, marts.indicators[indicator]))
    return FINE


def _bring_up(root: Path, port: int | None, serve: bool) -> int:
    settings = load(root)
    _take_in_what_is_new(root)
    from pipelines.build import is_current

    if not is_current(root):
        files.make_marts(root)
    if not serve:
        return FINE
    from dashboard import keeper, server

    wanted = port or settings.port
    try:
        found = server.free_port(wanted)
        if found != wanted:
            say(f"Порт {wanted} занят, взят {found}. Другой можно выбрать ключом --port или в файле {NAME}.")
        with keeper.kept(root):
            server.serve(root, found, _ready)
    except server.ServerError as error:
        raise MistakeError(str(error)) from error
    say("Остановлено.")
    return FINE


def _take_in_what_is_new(root: Path) -> None:
    """Intake; only what is new is told of."""
    began = datetime.now(UTC)
    reports = files.take_in(root)
    fresh = [one for one in reports if one.received_at >= began]
    if fresh:
        files.show_reports(fresh)


def _ready(address: str) -> None:
    say(f"Страницы открыты: {address}  (остановить: Ctrl+C)")
    if sys.stdout.isatty():
        import webbrowser

        webbrowser.open(address)

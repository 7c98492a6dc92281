"""Commands that bring files to marts: check, intake, build, and the declarations behind them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.returned import command as returned
from pipelines.terminal import (
    FINE,
    REFUSED,
    MistakeError,
    RussianCommand,
    out,
    progress,
    say_json,
    timed,
)

if TYPE_CHECKING:
    from pipelines.build import BuildResult
    from pipelines.findings import FileReport
    from pipelines.intake import Context

DATA = "data"
_given: list[Path] = []
"""The data root of the command that is running: where a log goes if it fails."""


def _data_root(ctx: typer.Context, value: Path | None) -> Path | None:
    """Where the data lie: --data after the command, --data before it, KABINET_DATA, ./data."""
    if ctx.parent is None:
        _given.clear()
        return value
    from pipelines.settings import resolve

    named = value or ctx.parent.params.get("data") or _usual_root()
    _given[:] = [named]
    return resolve(named)


def log_root() -> Path:
    """Where the running command keeps its data, as far as it is known."""
    return _given[0] if _given else _usual_root()


def _usual_root() -> Path:
    return Path(os.environ.get("KABINET_DATA") or DATA)


def option(name: str, metavar: str, text: str, **limits: Any) -> Any:
    """An option whose help and placeholder are Russian."""
    return typer.Option(name, metavar=metavar, help=text, show_default=False, **limits)


_DATA_HELP = "Папка с данными. Без ключа: переменная среды KABINET_DATA, а без неё папка data."
GroupData = Annotated[Path | None, option("--data", "ПАПКА", _DATA_HELP, callback=_data_root)]
Data = Annotated[Path, option("--data", "ПАПКА", _DATA_HELP, callback=_data_root)]
FOUND: Any = None
"""Default of `Data`: the callback finds the folder."""
Json = Annotated[bool, typer.Option("--json", help="Вывести в JSON, для другой программы.")]
Year = Annotated[
    int | None,
    option("--year", "ГОД", "В каком году кончается учебный год, если файл не говорит.", min=2010, max=2100),
]
Subject = Annotated[str | None, option("--subject", "ПРЕДМЕТ", "Предмет, если файл его не называет.")]
Grade = Annotated[
    int | None, option("--grade", "КЛАСС", "Класс (параллель), если файл его не называет.", min=1, max=11)
]
School = Annotated[
    str | None, option("--school", "КОД", "Код или название организации, если файл её не называет.")
]
Files = Annotated[list[Path], typer.Argument(metavar="ФАЙЛ", help="Файлы, как их прислали.")]
Return = Annotated[
    Path | None,
    option("--return", "ПАПКА", "Куда положить возврат отправителям: их файлы с отметками и письма."),
]
MaybeFiles = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[ФАЙЛ]", help="Файлы, как их прислали; без них — всё новое в папке raw."),
]


def mount(app: typer.Typer) -> None:
    """Add these commands to the application, in the order in which they are used."""
    from pipelines.confirmed.command import confirm, people
    from pipelines.submissions.command import acknowledge, diff, undo
    from pipelines.templates.command import template

    for command in (
        template,
        check,
        diff,
        intake,
        undo,
        acknowledge,
        confirm,
        people,
        build,
        indicators,
        sources,
    ):
        app.command(cls=RussianCommand, options_metavar="[КЛЮЧИ]")(command)


def check(
    files: Files,
    data: Data = FOUND,
    year: Year = None,
    subject: Subject = None,
    grade: Grade = None,
    school: School = None,
    back: Return = None,
    as_json: Json = False,
) -> int:
    """Проверить файлы, ничего не записывая: что это, что будет принято, все замечания."""
    paths = _existing(files)
    context = _context(year, subject, grade, school)
    returned.tried(back)
    with progress("Проверка") as bar:
        bar("открываю файлы", 0, 0)
        from pipelines import intake as service

        reports = service.check(paths, data, context)
    code = _tell(reports, as_json)
    returned.write(paths, reports, back, data)
    return code


def intake(
    files: MaybeFiles = None,
    data: Data = FOUND,
    year: Year = None,
    subject: Subject = None,
    grade: Grade = None,
    school: School = None,
    as_json: Json = False,
) -> int:
    """Принять файлы; без имён — всё новое, что лежит в папке raw."""
    paths = _existing(files) if files else None
    return _tell(take_in(data, paths, _context(year, subject, grade, school)), as_json)


def build(data: Data = FOUND) -> int:
    """Собрать из принятого новый снимок и показать, что изменилось."""
    make_marts(data)
    return FINE


def indicators(as_json: Json = False, data: Data = FOUND) -> int:
    """Перечислить показатели: что считается, в чём измеряется, по чему делится."""
    from pipelines.contract import declarations

    declared = list(declarations().indicators.values())
    if as_json:
        say_json([{"id": i.id, "title": i.title, "unit": i.unit, "kind": i.kind, "theme": i.theme,
                   "breakdowns": list(i.by), "source": i.source} for i in declared])  # fmt: skip
        return FINE
    rows = [(i.id, i.title, i.unit, ", ".join(i.by)) for i in declared]
    _table(("Имя", "Показатель", "Единица", "Разрезы"), rows)
    return FINE


def sources(as_json: Json = False, data: Data = FOUND) -> int:
    """Перечислить виды файлов, которые программа узнаёт, и куда их класть."""
    from pipelines.sources import sources as known

    declared = list(known().values())
    if as_json:
        say_json([{"id": s.id, "title": s.title, "period": s.period.kind, "tables": s.tables,
                   "advice": s.advice} for s in declared])  # fmt: skip
        return FINE
    _table(("Папка в raw", "Что это", "Замечание"), [(s.id, s.title, s.advice) for s in declared])
    return FINE


def take_in(root: Path, paths: list[Path] | None = None, context: Context | None = None) -> list[FileReport]:
    """Intake with a bar: the named files, or everything new."""
    with progress("Приём файлов") as bar:
        bar("читаю описания", 0, 0)
        from pipelines import intake as service

        return service.intake(paths, root, context or _context(), bar)


def make_marts(root: Path) -> BuildResult:
    """Build with a bar, then say what came out."""
    from pipelines import build as service
    from pipelines.summary import show_build

    with timed() as seconds, progress("Сборка") as bar:
        try:
            result = service.build(root, bar)
        except service.BuildError as error:
            raise MistakeError(str(error)) from error
        took = seconds()
    show_build(result, took, out())
    return result


def show_reports(reports: Sequence[FileReport]) -> int:
    """Say what happened to each file; the exit code tells whether anything came back."""
    from pipelines.sources import sources as known
    from pipelines.summary import show_reports as show

    show(reports, {source.id: source.title for source in known().values()}, out())
    return _verdict(reports)


def _tell(reports: Sequence[FileReport], as_json: bool) -> int:
    if not as_json:
        return show_reports(reports)
    say_json([report.as_json() for report in reports])
    return _verdict(reports)


def _verdict(reports: Sequence[FileReport]) -> int:
    """1 if a file or any organisation's part of one was sent back."""
    states = {report.status for report in reports}
    states |= {part.status for report in reports for part in report.submissions}
    return REFUSED if "refused" in states else FINE


def _existing(files: Sequence[Path]) -> list[Path]:
    for path in files:
        if not path.exists():
            raise MistakeError(f"Файла нет: {path}. Проверьте имя и папку.")
        if path.is_dir():
            raise MistakeError(f"{path} — папка. Назовите файлы в ней.")
    return list(files)


def _context(
    year: int | None = None, subject: str | None = None, grade: int | None = None, school: str | None = None
) -> Context:
    from pipelines.intake import Context

    return Context(year=year, subject=subject, grade=grade, school=school)


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(show_lines=False)
    for title in titles:
        table.add_column(title, no_wrap=title == titles[0])
    for row in rows:
        table.add_row(*map(escape, row))
    out().print(table)

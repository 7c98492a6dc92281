"""The face of the command line: Russian help and errors, progress on stderr, no traceback to anyone.

Typer carries its own English texts; the few that a person can meet are replaced here, and
``tests/test_cli.py`` walks every help page and every kind of mistake to find one that was forgotten.
"""

from __future__ import annotations

import errno
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO, cast

import typer
from rich.console import Console
from rich.markup import escape
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

Progress = Callable[[str, int, int], None]
"""What long work calls: what is being done, how much is done, how much there is (0: not known)."""

FINE, REFUSED, WRONG = 0, 1, 2
"""Exit codes: all is well; something was sent back; wrong usage, settings or declaration."""


_NO_ROOM = (errno.ENOSPC, errno.EFBIG)
PIPED_WIDTH = 160
"""Columns of a table that goes to a file or another program."""


class MistakeError(Exception):
    """A person asked for what cannot be: the message says what and what to do, in Russian."""


def out() -> Console:
    """Where results go."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)


def err() -> Console:
    """Where progress and errors go, so that the results can be piped."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


class _Russian:
    """The usage line and the help option of a command in Russian."""

    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return usage.replace("Usage: ", "Использование: ").replace("{", "").replace("}", "")

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.help = "Показать эту справку."
        return option

    def get_params(self, ctx: Any) -> list[Any]:
        """Parameters that do not show the name of a Python type where they have no placeholder."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if param.param_type_name == "argument" or not param.metavar:
                param.display_type_rich = _nothing
        return params


def _nothing(ctx: Any) -> None:
    return None


class RussianCommand(_Russian, TyperCommand):
    """A command whose help is Russian."""


class RussianGroup(_Russian, TyperGroup):
    """The list of commands whose help is Russian."""


def application(help_text: str) -> typer.Typer:
    """An application to mount commands on, in Russian throughout."""
    rich_utils.ARGUMENTS_PANEL_TITLE = "Что указать"
    rich_utils.OPTIONS_PANEL_TITLE = "Ключи"
    rich_utils.COMMANDS_PANEL_TITLE = "Команды"
    rich_utils.DEFAULT_STRING = "[по умолчанию: {}]"
    rich_utils.ENVVAR_STRING = "[переменная среды: {}]"
    rich_utils.REQUIRED_LONG_STRING = "[обязательно]"
    return typer.Typer(
        help=help_text,
        cls=RussianGroup,
        no_args_is_help=True,
        add_completion=False,
        options_metavar="[КЛЮЧИ]",
        subcommand_metavar="КОМАНДА …",
        pretty_exceptions_enable=False,
    )


def run(app: typer.Typer, args: Sequence[str], root: Callable[[], Path]) -> int:
    """Run one command line and give its exit code; ``root`` says where a log may be left."""
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    try:
        command = typer.main.get_command(app)
        return command.main(list(args), prog_name="kabinet", standalone_mode=False) or FINE
    except typer.Abort:
        return WRONG
    except Exception as error:
        return _explain(error, root)


def _speak_utf8(stream: TextIO) -> None:
    """A pipe on Windows takes the system's code page otherwise, and the JSON would not be UTF-8."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")


def _explain(error: Exception, root: Callable[[], Path]) -> int:
    from pipelines.contract import DeclarationError
    from pipelines.settings import SettingsError
    from pipelines.working import BusyError

    if hasattr(error, "format_message"):
        if type(error).__name__ != "NoArgsIsHelpError":
            _complain(usage_mistake(error))
    elif isinstance(error, MistakeError | BusyError):
        _complain(str(error))
    elif isinstance(error, DeclarationError):
        _complain(f"Ошибка в описании (папка expectations): {error}")
    elif isinstance(error, SettingsError):
        _complain(f"Ошибка в настройках: {error}")
    elif isinstance(error, PermissionError):
        _complain(f"Нет доступа: {error.filename}. Закройте этот файл в других программах и повторите.")
    elif isinstance(error, OSError) and error.errno in _NO_ROOM:
        _complain(
            "Не удалось записать: на диске кончилось место. Прежние данные целы; освободите место и повторите."
        )
    else:
        _complain(f"Внутренняя ошибка программы. Подробности записаны в файл {_log(error, root)}")
    return WRONG


def _complain(message: str) -> None:
    err().print(f"[bold red]Ошибка.[/] {escape(message)}")


def _log(error: Exception, root: Callable[[], Path]) -> Path:
    """Leave the trace in a file. An exception's words may quote a cell: only those that cannot are kept."""
    path = _log_folder(root) / f"ошибка-{datetime.now(UTC):%Y%m%dT%H%M%S}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        f"{type(error).__module__}.{type(error).__qualname__}\n",
        *traceback.format_tb(error.__traceback__),
    ]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def _log_folder(root: Callable[[], Path]) -> Path:
    try:
        return root() / "logs"
    except Exception:
        return Path("logs").resolve()


def usage_mistake(error: Any) -> str:
    """Typer's complaint about the command line, said in Russian."""
    kind, said = type(error).__name__, str(getattr(error, "message", ""))
    quoted = said.split("'")[1] if said.count("'") >= 2 else ""
    where = _where(error)
    if kind == "MissingParameter":
        text = f"не указано: {where}"
    elif kind == "NoSuchOption":
        near = ", ".join(error.possibilities or [])
        text = f"нет такого ключа: {error.option_name}" + (f"; похоже на {near}" if near else "")
    elif kind == "BadOptionUsage":
        takes = "не принимает значения" if "does not take" in said else "требует значения"
        text = f"ключ {error.option_name} {takes}"
    elif kind == "BadParameter":
        text = f"{where}: {_bad_value(said)}"
    elif "No such command" in said:
        text = f"нет такой команды: {quoted}{_suggestion(said)}"
    elif "extra argument" in said:
        text = f"лишнее в конце: {said.partition('(s) (')[2].rstrip(')')}"
    else:
        text = "не указана команда"
    return text[:1].upper() + text[1:] + f".\nСправка: {_path(error)} --help"


def _where(error: Any) -> str:
    param = getattr(error, "param", None)
    if param is None:
        return "команда"
    return param.opts[0] if param.param_type_name == "option" else str(param.metavar or param.name)


def _path(error: Any) -> str:
    ctx = getattr(error, "ctx", None)
    return ctx.command_path if ctx is not None else "kabinet"


def _suggestion(said: str) -> str:
    near = said.partition("Did you mean ")[2].replace("'", "").rstrip("?")
    return f"; похоже на {near}" if near else ""


def _bad_value(said: str) -> str:
    """What is wrong with a value: our own words as they are, the library's in Russian."""
    if any("а" <= letter <= "я" for letter in said.lower()):
        return said.rstrip(".")
    if "integer" in said:
        return "нужно целое число"
    numbers = [word for word in said.replace(",", " ").split() if word.lstrip("-").isdigit()]
    if "greater" in said:
        return f"нужно число не меньше {numbers[-1]}"
    return f"нужно число не больше {numbers[-1]}" if "less" in said else "значение не подходит"


@contextmanager
def progress(title: str) -> Iterator[Progress]:
    """A bar on stderr while the work runs; silent where nobody looks at a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    console = err()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(24), MofNCompleteColumn())
    with Bar(
        *columns, TimeElapsedColumn(), console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(escape(title), total=None)

        def report(what: str, done: int, total: int) -> None:
            bar.update(task, description=escape(f"{title}: {what}"), completed=done, total=total or None)

        yield report


@contextmanager
def timed() -> Iterator[Callable[[], float]]:
    """Seconds since the block began."""
    start = time.perf_counter()
    yield lambda: time.perf_counter() - start


def say(text: str = "") -> None:
    """One line of the result, free of markup."""
    out().print(escape(text), soft_wrap=True)


def say_json(content: object) -> None:
    """The result for another program: UTF-8, nothing else on stdout."""
    import json

    cast(TextIO, sys.stdout).write(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n")

"""The commands ``diff``, ``undo`` and ``acknowledge``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from pipelines.cli import FOUND, Data, Files, Grade, Json, School, Subject, Year, _context, _existing, option
from pipelines.submissions.told import replacement
from pipelines.terminal import FINE, MistakeError, out, progress, say, say_json
from pipelines.words import NBSP, digits, in_quotes, number, plural, school_year

if TYPE_CHECKING:
    from pipelines.findings import FileReport, Finding, Submission
    from pipelines.submissions.moves import Counts, Move

SHOWN = 20
"""Indicators of one file that are printed; ``--json`` gives them all."""
FEW = 10
"""Of fewer people the counts themselves are said, as on the pages."""
By = Annotated[
    str | None, option("--by", "КТО", "Кто решил; иначе имя учётной записи, под которой запущена программа.")
]
Why = Annotated[str, option("--why", "ПОЧЕМУ", "Почему: причина останется в журнале решений.")]
MaybeWhy = Annotated[str | None, option("--why", "ПОЧЕМУ", "Почему: причина останется в журнале решений.")]
Rules = Annotated[
    list[str] | None, option("--rule", "ПРАВИЛО", "Только замечания этого правила; можно несколько раз.")
]
Target = Annotated[
    str, typer.Argument(metavar="ФАЙЛ|ОТПРАВКА", help="Файл, как его принимали, его имя или номер отправки.")
]
OneFile = Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="Файл, как его прислали.")]


def diff(
    files: Files,
    data: Data = FOUND,
    year: Year = None,
    subject: Subject = None,
    grade: Grade = None,
    school: School = None,
    as_json: Json = False,
) -> int:
    """Показать, что изменит файл: строки против прежнего файла и показатели. Ничего не записывается."""
    from pipelines import intake as service
    from pipelines.submissions.moves import moves

    found: list[tuple[FileReport, list[Move]]] = []
    with progress("Сравнение") as bar:
        bar("читаю файлы", 0, 0)
        staged: dict[str, Any] = {}
        reports = service.check(
            _existing(files), data, _context(year, subject, grade, school),
            stage=lambda report, tables: staged.update({report.sha256: tables}),
        )  # fmt: skip
        for done, report in enumerate(reports):
            bar("считаю показатели", done, len(reports))
            rows = staged.get(report.sha256)
            found.append((report, moves(data, report, rows) if rows else []))
    if as_json:
        say_json([_plain(report, moved) for report, moved in found])
    else:
        for report, moved in found:
            _show(report, moved)
    return FINE


def undo(target: Target, data: Data = FOUND, by: By = None, why: MaybeWhy = None) -> int:
    """Отменить принятый файл или одну отправку: снова действует прежнее. Сам файл остаётся."""
    from pipelines.submissions.undoing import UndoError
    from pipelines.submissions.undoing import undo as service

    try:
        undone = service(data, target, by or "", why or "")
    except UndoError as error:
        raise MistakeError(str(error)) from error
    for one in undone:
        now = f"снова действует {one.former}" if one.former else "прежнего не было: данных за этот период нет"
        whose = one.part.school_name or one.part.school or "весь район"
        say(f"Отменено: {whose}, {one.part.period} ({one.file}); {now}.")
    say(
        "Чтобы страницы показали это, соберите снимок: kabinet build. Вернуть отменённое: примите файл снова."
    )
    return FINE


def acknowledge(
    file: OneFile, why: Why, data: Data = FOUND, by: By = None, rule: Rules = None, school: School = None
) -> int:
    """Подтвердить замечания файла: так и есть. Для того же содержимого они больше не появятся."""
    from pipelines import intake as service
    from pipelines.submissions.acknowledging import AcknowledgeError
    from pipelines.submissions.acknowledging import acknowledge as confirm

    [report] = service.check(_existing([file]), data)

    def is_theirs(part: Submission) -> bool:
        return school in (None, part.school, part.school_name)

    def chosen(part: Submission, finding: Finding) -> bool:
        return is_theirs(part) and (not rule or finding.rule in rule)

    if school and not any(map(is_theirs, report.submissions)):
        raise MistakeError(f"Организации {in_quotes(school)} в этом файле нет.")
    try:
        count = confirm(data, report, by or "", why, chosen)
    except AcknowledgeError as error:
        raise MistakeError(str(error)) from error
    say(
        f"Подтверждено: {plural(count, 'замечание', 'замечания', 'замечаний')}. На страницах — после kabinet build."
    )
    return FINE


def _show(report: FileReport, moved: Sequence[Move]) -> None:
    out().print(f"[bold]{escape(report.file)}[/]")
    parts = [part for part in report.submissions if part.status != "refused"]
    if not parts:
        say("  Файл возвращается целиком: ничего не изменится. Причины: kabinet check")
        return
    for line in filter(None, map(replacement, parts)):
        say(f"  {line}")
    fresh = sum(part.replaces is None for part in parts)
    if fresh:
        say(f"  Впервые: {plural(fresh, 'отправка', 'отправки', 'отправок')}, заменять нечего")
    names = {part.school: part.school_name for part in parts}
    for move in moved[:SHOWN]:
        say(f"  • {_moved(move, names)}")
    if len(moved) > SHOWN:
        left = plural(len(moved) - SHOWN, "показатель", "показателя", "показателей")
        say(f"  … и ещё {left}: все — с ключом --json")
    if not moved:
        say("  Ни один показатель не изменится.")


def _moved(move: Move, names: dict[str | None, str | None]) -> str:
    year = f", {school_year(move.school_year)}" if move.school_year else ""
    before, after = _value(move, move.before, move.before_of), _value(move, move.after, move.after_of)
    return f"{names.get(move.school) or move.school or 'район'}: {move.title}{year}: {before} → {after}"


def _value(move: Move, value: float | None, counts: Counts | None) -> str:
    """As the pages show it: of fewer than ten people no percent and no mean."""
    if value is None or counts is None:
        return "нет"
    if move.kind in ("share", "mean") and counts.n < FEW:
        of = f"{_plain_number(counts.numerator)} из{NBSP}{_plain_number(counts.denominator)}"
        return of if move.kind == "share" else f"n{NBSP}={NBSP}{_plain_number(counts.n)}"
    if move.kind == "count":
        return f"{_plain_number(value)}{NBSP}{move.unit}".rstrip()
    return f"{number(value, digits(move.kind, move.unit))}{NBSP}{move.unit}".rstrip()


def _plain_number(value: float) -> str:
    return number(value, 1).removesuffix(",0")


def _plain(report: FileReport, moved: Sequence[Move]) -> dict[str, Any]:
    parts = [
        {"school": p.school, "period": p.period, "status": p.status,
         "replaces": p.replaces.model_dump(mode="json") if p.replaces else None}
        for p in report.submissions
    ]  # fmt: skip
    return {"file": report.file, "submissions": parts, "indicators": [_with_counts(move) for move in moved]}


def _with_counts(move: Move) -> dict[str, Any]:
    of = {
        side: counts and counts._asdict()
        for side, counts in (("before_of", move.before_of), ("after_of", move.after_of))
    }
    return {**move._asdict(), **of}

"""What came out of a run, said on the terminal: files, who was sent back and why, what was built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipelines.findings import FileReport, Finding, Status, Submission
from pipelines.submissions.told import replacement
from pipelines.words import number, plural

if TYPE_CHECKING:
    from pipelines.build import BuildResult

SHOWN = 40
"""Reasons of one file that are printed; ``--json`` gives them all."""
CELLS = 12
"""Cells of one reason that are listed."""
STATUS: dict[Status, str] = {
    "accepted": "[green]● принято[/]",
    "accepted_with_warnings": "[yellow]◆ принято с замечаниями[/]",
    "refused": "[red]✕ возвращено[/]",
}
GLYPHS = {"error": "[red]✕[/]", "warning": "[yellow]◆[/]", "info": "○", "known": "✓"}


def show_reports(reports: Sequence[FileReport], titles: dict[str, str], console: Console) -> None:
    """Every file with its verdict and the reasons; files without remarks in one line a source."""
    if not reports:
        _line(console, "Новых файлов нет.")
    plain = [report for report in reports if report.status == "accepted" and not _is_told(report)]
    _show_plain(plain, titles, console)
    for report in reports:
        if report not in plain:
            _show_file(report, titles, console)


def _line(console: Console, text: str) -> None:
    """One line of text; only a terminal breaks it."""
    console.print(text, soft_wrap=not console.is_terminal)


def _show_plain(reports: Sequence[FileReport], titles: dict[str, str], console: Console) -> None:
    for source in dict.fromkeys(report.source for report in reports):
        same = [report for report in reports if report.source == source]
        rows = sum(part.rows for report in same for part in report.submissions)
        counted = f"{plural(len(same), 'файл', 'файла', 'файлов')}, {_rows(rows)}"
        _line(console, f"{STATUS['accepted']}  {escape(titles.get(source or '', ''))}: {counted}")


def _show_file(report: FileReport, titles: dict[str, str], console: Console) -> None:
    source = titles.get(report.source or "", "вид файла не узнан")
    _line(console, f"{STATUS[report.status]}  [bold]{escape(report.file)}[/]  {escape(source)}")
    if report.submissions:
        _line(console, f"    {escape(_counted(report.submissions))}")
    replaced = [line for part in report.submissions if (line := replacement(part))]
    for line in replaced[:SHOWN]:
        _line(console, f"    ⇄ {escape(line)}")
    if len(replaced) > SHOWN:
        _line(console, f"    … и ещё {plural(len(replaced) - SHOWN, 'замена', 'замены', 'замен')}")
    _show_findings(report, console)


def _is_told(report: FileReport) -> bool:
    """Whether there is more to say of a file than that it was taken."""
    return bool(_findings(report)) or any(part.replaces for part in report.submissions)


def _findings(report: FileReport) -> list[tuple[Submission | None, Finding]]:
    """All that was found in a file, with the submission it belongs to."""
    whole: list[tuple[Submission | None, Finding]] = [(None, finding) for finding in report.findings]
    return whole + [(part, finding) for part in report.submissions for finding in part.findings]


def _rows(count: int) -> str:
    return plural(count, "строка", "строки", "строк")


def _counted(submissions: Sequence[Submission]) -> str:
    """«принято 605 из 631 организации (24 812 строк), возвращено 6, с замечаниями 20»."""
    states = Counter(submission.status for submission in submissions)
    going_in = [part for part in submissions if part.status != "refused"]
    rows = _rows(sum(part.rows for part in going_in))
    text = f"принято {number(len(going_in))} из {number(len(submissions))} ({rows})"
    if states["refused"]:
        text += f", возвращено {number(states['refused'])}"
    if states["accepted_with_warnings"]:
        text += f", с замечаниями {number(states['accepted_with_warnings'])}"
    return text


def _show_findings(report: FileReport, console: Console) -> None:
    """Reasons for sending back, one line for each organisation, rule and column; then what stops nothing."""
    groups: dict[tuple[object, ...], list[tuple[Submission | None, Finding]]] = {}
    for part, finding in _findings(report):
        apart = (part and part.submission_id, finding.column) if finding.severity == "error" else ()
        severity = "known" if finding.acknowledged else finding.severity
        groups.setdefault((severity, finding.rule, *apart), []).append((part, finding))
    errors = [same for key, same in groups.items() if key[0] == "error"]
    for same in errors[:SHOWN]:
        _line(console, f"    {GLYPHS['error']} {escape(_told(same, with_school=True))}")
    if len(errors) > SHOWN:
        left = plural(len(errors) - SHOWN, "причина", "причины", "причин")
        _line(console, f"    … и ещё {left}: все — с ключом --json")
    for severity in ("warning", "info", "known"):
        for same in (found for key, found in groups.items() if key[0] == severity):
            _line(console, f"    {GLYPHS[severity]} {escape(_told(same, with_school=False))}")


def _told(same: Sequence[tuple[Submission | None, Finding]], with_school: bool) -> str:
    """The first of like findings in full, and where the others are."""
    part, first = same[0]
    text = sentence(first, part if with_school else None)
    if len(same) == 1:
        return text
    cells = [finding.cell for _, finding in same[1:] if finding.cell]
    if with_school and cells:
        more = f" и ещё {number(len(cells) - CELLS)}" if len(cells) > CELLS else ""
        return f"{text}. То же в ячейках: {', '.join(cells[:CELLS])}{more}"
    return f"{text} (всего таких {number(len(same))})"


def sentence(finding: Finding, submission: Submission | None) -> str:
    """«Нижнеозёрская СШ, лист «Список», ячейка D7, «Стаж»: 31 больше общего стажа 28. Сверьте …»."""
    who = (submission.school_name or submission.school) if submission else None
    sheet = f"лист «{finding.sheet}»" if finding.sheet else None
    cell = f"ячейка {finding.cell}" if finding.cell else (f"строка {finding.row}" if finding.row else None)
    column = f"«{finding.column}»" if finding.column else None
    where = ", ".join(part for part in (who, sheet, cell, column) if part)
    fix = f"Подтверждено: {finding.acknowledged.why}" if finding.acknowledged else finding.fix
    told = f"{finding.message.rstrip('.')}. {fix}".strip()
    return f"{where}: {told}" if where else told


def show_build(result: BuildResult, seconds: float, console: Console) -> None:
    """What stands in every mart, and what is new since the last snapshot."""
    table = Table(title=f"Снимок {result.path.name}, {number(seconds, 1)} с", title_justify="left")
    table.add_column("Витрина")
    for title in ("Строк", "Организаций"):
        table.add_column(title, justify="right")
    table.add_column("Учебные годы (год окончания)")
    for mart in result.marts:
        schools = "" if mart.schools is None else number(mart.schools)
        table.add_row(mart.name, number(mart.rows), schools, ", ".join(map(str, mart.years)))
    console.print(table)
    for change in result.changes:
        _line(console, f"• {escape(change)}")

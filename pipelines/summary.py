"""What came out of a run, said on the terminal: files, who was sent back and why, what was built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipelines.findings import FileReport, Finding, Status, Submission
from pipelines.words import number, plural

if TYPE_CHECKING:
    from pipelines.build import BuildResult

SHOWN = 40
"""Faults of one file that are printed; ``--json`` gives them all."""
STATUS: dict[Status, str] = {
    "accepted": "[green]● принято[/]",
    "accepted_with_warnings": "[yellow]◆ принято с замечаниями[/]",
    "refused": "[red]✕ возвращено[/]",
}
SEVERITY = {"error": "ошибка", "warning": "замечание", "info": "к сведению"}


def show_reports(reports: Sequence[FileReport], titles: dict[str, str], console: Console) -> None:
    """Every file with its verdict, then the reasons."""
    if not reports:
        console.print("Новых файлов нет.")
    for report in reports:
        source = titles.get(report.source or "", "вид файла не узнан")
        console.print(f"{STATUS[report.status]}  [bold]{escape(report.file)}[/]  {escape(source)}")
        if report.submissions:
            console.print(f"    {escape(_counted(report.submissions))}")
        _show_findings(report, console)


def _counted(submissions: Sequence[Submission]) -> str:
    """«принято 605 из 631 организации (24 812 строк), возвращено 6, с замечаниями 20»."""
    states = Counter(submission.status for submission in submissions)
    going_in = [part for part in submissions if part.status != "refused"]
    rows = plural(sum(part.rows for part in going_in), "строка", "строки", "строк")
    text = f"принято {number(len(going_in))} из {number(len(submissions))} ({rows})"
    if states["refused"]:
        text += f", возвращено {number(states['refused'])}"
    if states["accepted_with_warnings"]:
        text += f", с замечаниями {number(states['accepted_with_warnings'])}"
    return text


def _show_findings(report: FileReport, console: Console) -> None:
    found = [(None, finding) for finding in report.findings]
    found += [(part, finding) for part in report.submissions for finding in part.findings]  # type: ignore[misc]
    errors = [(part, finding) for part, finding in found if finding.severity == "error"]
    for part, finding in errors[:SHOWN]:
        console.print(f"    [red]✕[/] {escape(sentence(finding, part))}")
    if len(errors) > SHOWN:
        console.print(
            f"    … и ещё {plural(len(errors) - SHOWN, 'ошибка', 'ошибки', 'ошибок')}: все — с ключом --json"
        )
    for severity, glyph in (("warning", "[yellow]◆[/]"), ("info", "○")):
        _show_grouped([finding for _, finding in found if finding.severity == severity], glyph, console)


def _show_grouped(findings: Iterable[Finding], glyph: str, console: Console) -> None:
    """Findings that stop nothing: one line a rule, with an example."""
    rules: dict[str, list[Finding]] = {}
    for finding in findings:
        rules.setdefault(finding.rule, []).append(finding)
    for same in rules.values():
        more = f" (всего таких {number(len(same))})" if len(same) > 1 else ""
        console.print(f"    {glyph} {escape(sentence(same[0], None) + more)}")


def sentence(finding: Finding, submission: Submission | None) -> str:
    """«Нижнеозёрская СШ, лист «Список», ячейка D7, «Стаж»: 31 больше общего стажа 28. Сверьте …»."""
    who = (submission.school_name or submission.school) if submission else None
    sheet = f"лист «{finding.sheet}»" if finding.sheet else None
    cell = f"ячейка {finding.cell}" if finding.cell else (f"строка {finding.row}" if finding.row else None)
    column = f"«{finding.column}»" if finding.column else None
    where = ", ".join(part for part in (who, sheet, cell, column) if part)
    told = f"{finding.message.rstrip('.')}. {finding.fix}".strip()
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
        console.print(f"• {escape(change)}")

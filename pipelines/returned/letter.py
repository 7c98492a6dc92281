"""The covering letter: polite, short, to be pasted into an e-mail."""

from __future__ import annotations

from pathlib import Path

from pipelines.returned.remarks import Back, Cause, causes, kind_of, places, remarks_of, verdict
from pipelines.settings import NAME, load
from pipelines.words import number, plural

CAUSES = 12
"""Causes told in the letter; the sheet has them all."""
SCHOOLS = 6
"""Organisations named of one cause."""


def letter(back: Back, root: Path) -> str:
    """Greeting, what became of the file, what to put right and until when, signature."""
    found = causes(remarks_of(back))
    wrong = [cause for cause in found if cause.severity == "error"]
    is_one = len(back.report.submissions) <= 1
    doubtful = [cause for cause in found if cause.severity == "warning"]
    kind = f" ({kind_of(back.report)})" if back.report.source else ""
    blocks = [
        f"Тема: {_subject(back)}",
        "Здравствуйте!",
        f"Спасибо за файл «{back.name}»{kind}. Мы его проверили. {verdict(back.report)}",
        *_news(back),
        *_listed("Нужно исправить", wrong, is_one),
        *_listed("Проверьте, пожалуйста", doubtful, is_one),
        _what_to_do(back, wrong, doubtful),
        f"С уважением,\n{_signature(root)}",
    ]
    return "\n\n".join(blocks) + "\n"


def _subject(back: Back) -> str:
    states = {back.report.status, *(part.status for part in back.report.submissions)}
    return f"замечания к файлу «{back.name}»" if states != {"accepted"} else f"файл «{back.name}» проверен"


def _news(back: Back) -> list[str]:
    if back.comparison is None:
        return []
    c = back.comparison
    text = f"По сравнению с прошлым разом исправлено: {number(c.fixed)}, осталось: {number(c.left)}"
    return [f"{text}, новых замечаний: {number(c.new)}."]


def _listed(heading: str, found: list[Cause], is_one: bool) -> list[str]:
    """The causes, numbered, each with its count, organisations and what to do."""
    if not found:
        return []
    total = places(sum(len(cause.remarks) for cause in found))
    lines = [f"{n}. {_told(cause, is_one)}" for n, cause in enumerate(found[:CAUSES], 1)]
    if len(found) > CAUSES:
        left = plural(len(found) - CAUSES, "причина", "причины", "причин")
        lines.append(f"… и ещё {left}: они названы в приложенном файле.")
    return [f"{heading} ({total}):\n" + "\n".join(lines)]


def _told(cause: Cause, is_one: bool) -> str:
    fixes = {remark.finding.fix for remark in cause.remarks}
    fix = f". {cause.remarks[0].finding.fix.rstrip('.')}" if len(fixes) == 1 and "" not in fixes else ""
    amount = f" — {places(len(cause.remarks))}" if len(cause.remarks) > 1 else ""
    return f"{cause.title.rstrip('.')}{amount}{_where(cause, is_one)}{fix}."


def _where(cause: Cause, is_one: bool) -> str:
    """The organisations, or the cells where there is one organisation."""
    schools = cause.schools
    if schools and not is_one:
        more = len(schools) - SCHOOLS
        listed = ", ".join(schools[:SCHOOLS]) + (f" и ещё {number(more)}" if more > 0 else "")
        return f" ({listed})"
    cells = [remark.finding.cell for remark in cause.remarks if remark.finding.cell]
    return f" ({', '.join(cells[:SCHOOLS])}{' и другие' if len(cells) > SCHOOLS else ''})" if cells else ""


def _what_to_do(back: Back, wrong: list[Cause], doubtful: list[Cause]) -> str:
    findings = [remark.finding for cause in wrong + doubtful for remark in cause.remarks]
    if wrong and not any(finding.row or finding.cell for finding in findings):
        return "Пришлите, пожалуйста, исправленный или нужный файл до ______."
    where = (
        f"В приложенном файле «{back.returned}» на первом листе перечислены все замечания, "
        "а отмеченные ячейки залиты и пояснены в примечаниях."
    )
    if wrong:
        return f"{where} Исправьте, пожалуйста, прямо в нём и пришлите файл целиком до ______."
    if doubtful:
        return f"{where} Если всё верно, сообщите об этом; если нет, пришлите исправленный файл до ______."
    return "Исправлять ничего не нужно."


def _signature(root: Path) -> str:
    """The office and the department, if the settings name them."""
    if not (root / NAME).exists():
        return "______"
    settings = load(root)
    return "\n".join(line for line in (settings.office, settings.department) if line)

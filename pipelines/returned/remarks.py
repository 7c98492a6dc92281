"""Findings as the sender reads them: grouped by cause, counted, each with its place."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from pipelines.contract import declarations
from pipelines.findings import FileReport, Finding, Status, Submission
from pipelines.sources import sources
from pipelines.words import number, plural

SUFFIX = " — замечания"
SEVERITIES = {"error": "ошибка", "warning": "проверить", "info": "к сведению"}
_TITLES = {
    "school.unknown_name": "Организации с таким названием нет в реестре",
    "school.unknown_code": "Организации с таким кодом нет в реестре",
    "school.ambiguous": "Название организации не единственное в реестре",
}
_CONSTRAINTS = {
    "required": "Не заполнено: {}",
    "type": "Значение не читается: {}",
    "min": "Меньше допустимого: {}",
    "max": "Больше допустимого: {}",
    "values": "Нет в списке: {}",
    "pattern": "Записано не по образцу: {}",
    "unique": "Запись повторяется",
}

News = Literal["", "осталось", "новое"]
Key = tuple[str, str, str]
"""Organisation and period, rule, place: by these a finding is known again."""


@dataclass(frozen=True)
class Comparison:
    """What became of the findings of the time before."""

    fixed: int
    left: int
    new: int
    known: frozenset[Key]


@dataclass(frozen=True)
class Back:
    """One file on its way back to its sender."""

    name: str
    """The file's name as it was sent."""
    returned: str
    """The name of the workbook that goes back."""
    report: FileReport
    comparison: Comparison | None = None


@dataclass(frozen=True)
class Remark:
    """A finding with whose it is and whether it is new."""

    finding: Finding
    school: str = ""
    news: News = ""


@dataclass
class Cause:
    """Findings of one cause."""

    title: str
    remarks: list[Remark] = field(default_factory=list)

    @property
    def severity(self) -> str:
        """Of all its findings: they have the same."""
        return self.remarks[0].finding.severity

    @property
    def schools(self) -> list[str]:
        """Organisations that it concerns, in alphabetical order."""
        return sorted({remark.school for remark in self.remarks if remark.school})

    @property
    def is_of_file(self) -> bool:
        """Whether it is about the file rather than about places in it."""
        return self.remarks[0].finding.rule.startswith("file.") and not self.remarks[0].school


def remarks_of(back: Back) -> list[Remark]:
    """Every finding of the file, the file's own first."""
    whole = [_remark(None, finding, back) for finding in back.report.findings]
    parts = [_remark(part, finding, back) for part in back.report.submissions for finding in part.findings]
    return [remark for remark in whole + parts if remark.finding.acknowledged is None]


def causes(remarks: list[Remark]) -> list[Cause]:
    """Grouped by rule and column: the file's own, then errors, warnings, notes, the most frequent first."""
    groups: dict[tuple[str, str, str], list[Remark]] = defaultdict(list)
    for remark in remarks:
        finding = remark.finding
        groups[finding.severity, finding.rule, finding.column or ""].append(remark)
    found = [Cause(_title(same), same) for same in groups.values()]
    order = list(SEVERITIES)
    return sorted(found, key=lambda c: (not c.is_of_file, order.index(c.severity), -len(c.remarks)))


def key_of(part: Submission | None, finding: Finding) -> Key:
    """By what a finding is known again in the file sent next."""
    slot = f"{part.school or part.school_name or ''}|{part.period}" if part else ""
    return slot, finding.rule, finding.cell or str(finding.row or "")


def kind_of(report: FileReport) -> str:
    """What the file is, without what its title explains in brackets; empty for an unknown one."""
    source = sources().get(report.source or "")
    return source.title.partition(" (")[0] if source else ""


def places(count: int) -> str:
    """«12 мест»."""
    return plural(count, "место", "места", "мест")


def verdict(report: FileReport) -> str:
    """What went in and what comes back, in one sentence."""
    parts = report.submissions
    if len(parts) <= 1:
        return _ALONE[parts[0].status if parts else report.status]
    back = sum(part.status == "refused" for part in parts)
    noted = sum(part.status == "accepted_with_warnings" for part in parts)
    rows = plural(sum(p.rows for p in parts if p.status != "refused"), "строка", "строки", "строк")
    if not back and not noted:
        return f"Ошибок нет: файл может быть принят целиком ({rows})."
    text = f"Может быть принято {number(len(parts) - back)} из {_of(parts)} ({rows})"
    text += f", из них с замечаниями {number(noted)}" if noted else ""
    return f"{text}; возвращается {number(back)}." if back else f"{text}."


_ALONE: dict[Status, str] = {
    "accepted": "Ошибок нет: файл может быть принят.",
    "accepted_with_warnings": "Файл может быть принят; отмеченные места нужно проверить.",
    "refused": "Файл возвращается целиком: исправьте ошибки и пришлите его заново.",
}


def _of(parts: list[Submission]) -> str:
    """«631 организации»; where organisations sent several periods, «12 частей файла»."""
    if len({part.school or part.school_name for part in parts}) == len(parts):
        return plural(len(parts), "организации", "организаций", "организаций")
    return plural(len(parts), "части", "частей", "частей") + " файла"


def _remark(part: Submission | None, finding: Finding, back: Back) -> Remark:
    school = (part.school_name or part.school or "") if part else ""
    if back.comparison is None or finding.severity == "info":
        return Remark(finding, school)
    return Remark(finding, school, "осталось" if key_of(part, finding) in back.comparison.known else "новое")


def _title(same: list[Remark]) -> str:
    """The cause in words that are true of every place."""
    first = same[0].finding
    if len({remark.finding.message for remark in same}) == 1:
        return first.message
    if first.rule in _TITLES:
        return _TITLES[first.rule]
    constraint = _CONSTRAINTS.get(first.rule.rsplit(".", 1)[-1])
    if first.rule.count(".") >= 1 and constraint:
        return constraint.format(f"«{first.column}»" if first.column else "").removesuffix(": ")
    said = _of_rule(first.rule) or first.message
    return f"{said} («{first.column}»)" if first.column and len(first.column) < 40 else said


def _of_rule(rule: str) -> str:
    """A declared rule's message without the values of one row."""
    found = (r.message for table in declarations().tables.values() for r in table.rules if r.id == rule)
    return re.sub(r"{\w+}", "…", next(found, ""))

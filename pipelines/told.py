"""What the lines above a table, its headings, its other sheets and the flags say of the whole file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from pipelines.cast import FAULT, Words, as_date, as_text
from pipelines.contract import declarations
from pipelines.findings import Finding
from pipelines.frame import Raw
from pipelines.guesses import said_beside
from pipelines.periods import PARTS, Context, Period, terms, year_ending, year_of
from pipelines.questions import frameworks
from pipelines.words import NBSP, shortened


@dataclass(frozen=True)
class Told:
    """What the lines above the table, its headings and the flags say."""

    period: Period
    school: str | None
    conflicts: list[Finding]
    remarks: list[Finding] = field(default_factory=list)


def told(raw: Raw, context: Context, subjects: Words) -> Told:
    """Gather the period and the school that the file as a whole speaks of."""
    said = from_titles(raw)
    years = [place.year for place in raw.places.values() if place.year]
    as_of = as_date(said["as_of"]) if "as_of" in said else FAULT
    if "calendar" in said:  # a form «за 2025 год» speaks of the year's last day
        as_of = datetime(int(said["calendar"]), 12, 31)
    period = Period(
        raw.source.period.kind,
        year_of(said.get("year") or (years[0] if years else None)),
        subjects(said["subject"]) if "subject" in said else None,
        int(said["grade"]) if "grade" in said else None,
        as_of.date() if isinstance(as_of, datetime) else None,
        terms()(said["term"]) if "term" in said else None,
        said.get("part") or _part(raw) or _framework(raw) or _questions(raw),
    )
    if period.as_of and not period.year:
        period = replace(period, year=year_ending(period.as_of))
    given = Context(year=context.year, grade=context.grade, subject=_subject(context, subjects))
    conflicts = [*_unknown_subject(context, subjects), *_conflicts(period, given)]
    period, remarks = _with_beside(_completed(period, given), said_beside(raw, subjects))
    period, assumed = _with_day(period, raw)
    return Told(period, said.get("school") or context.school, conflicts, [*remarks, *assumed])


def from_titles(raw: Raw) -> dict[str, str]:
    """What the lines above a table say, by the names of the groups that found it."""
    said: dict[str, str] = {}
    for pattern in raw.source.period.titles:
        for line in [*raw.titles, *([raw.sheet] if raw.sheet and raw.source.period.kind == "term" else [])]:
            if found := re.search(pattern, line, re.IGNORECASE):
                said |= {k: v for k, v in found.groupdict().items() if v and k not in said}
    return said


def _part(raw: Raw) -> str | None:
    """Which part of the whole one person's file is: «Алгебра, Геометрия: 8А, 8Б»."""
    declared = raw.source.period
    if not declared.partial or not any(re.search(declared.partial, t, re.IGNORECASE) for t in raw.titles):
        return None
    columns = (raw.cells[name] for name in declared.parts if name in raw.cells)
    return ": ".join(", ".join(sorted({as_text(c) for c in cells if c != ""})) for cells in columns) or None


def _framework(raw: Raw) -> str | None:
    """Which framework the file's questions follow: «DigCompEdu»; None where it is the usual one."""
    if not raw.source.period.framework:
        return None
    questions = declarations().dictionaries[raw.source.period.framework]
    asked = list(frameworks((place.heading for place in raw.places.values()), questions))
    usual = next(str(term.facts["framework"]) for term in questions.terms.values())
    return " + ".join(asked) if asked and asked != [usual] else None


def _questions(raw: Raw) -> str | None:
    """Which questionnaire it is: by its first question and how many there are."""
    asked = [raw.places[full].heading for full in raw.many(raw.source.column_of_others)]
    if not raw.source.period.by_questions or not asked:
        return None
    return f"«{shortened(asked[0], 60)}», вопросов: {len(asked)}"


def _subject(context: Context, subjects: Words) -> str | None:
    return (subjects(context.subject) or context.subject) if context.subject else None


def _completed(period: Period, given: Context) -> Period:
    return replace(
        period,
        year=period.year or given.year,
        subject=period.subject or given.subject,
        grade=period.grade or given.grade,
    )


def _with_day(period: Period, raw: Raw) -> tuple[Period, list[Finding]]:
    """The usual day of such lists where only the school year is said; the sender is told which."""
    if period.as_of or not period.year or not raw.source.period.day:
        return period, []
    month, day = map(int, raw.source.period.day.split("-"))
    as_of = date(period.year - (month >= 9), month, day)
    if raw.source.form:  # such forms are always of that day
        return replace(period, as_of=as_of), []
    message = f"Дата списка не указана, принята {as_of:%d.%m.%Y}"
    fix = f"Если список на другой день, впишите над таблицей строку вида «на {as_of:%d.%m.%Y}»"
    told_of = Finding(severity="info", rule="file.assumed_day", message=message, fix=fix)
    return replace(period, as_of=as_of), [told_of]


def _with_beside(period: Period, beside: tuple[str, int] | None) -> tuple[Period, list[Finding]]:
    """Subject and grade by the file's other sheets where nobody says them; a difference is told of."""
    if beside is None:
        return period, []
    subject, grade = beside
    full = replace(period, subject=period.subject or subject, grade=period.grade or grade)
    found = f"{subject}, {grade}{NBSP}класс"
    if (full.subject, full.grade) != beside:
        message = f"Учебники на соседнем листе говорят о другой работе: {found}"
        fix = "Проверьте, верно ли указаны предмет и класс"
        return full, [Finding(severity="warning", rule="file.other_beside", message=message, fix=fix)]
    if full == period:
        return full, []
    message = f"Предмет и класс определены по учебникам на соседнем листе: {found}"
    return full, [Finding(severity="info", rule="file.said_beside", message=message, fix="")]


def _unknown_subject(context: Context, subjects: Words) -> list[Finding]:
    if not context.subject or subjects(context.subject):
        return []
    message = f"Предмета «{context.subject}» нет в списке предметов"
    fix = "Напишите предмет полностью: «Математика», «Русский язык», «Окружающий мир»"
    return [Finding(severity="error", rule="file.unknown_subject", message=message, fix=fix)]


def _conflicts(period: Period, given: Context) -> list[Finding]:
    pairs = [(p, getattr(period, p), getattr(given, p)) for p in ("year", "subject", "grade")]
    return [
        Finding(
            severity="error",
            rule=f"file.other_{part}",
            message=f"В файле {PARTS[part]} — {inside}, а указан {outside}",
            fix="Уберите указание или проверьте, тот ли это файл",
        )
        for part, inside, outside in pairs
        if inside is not None and outside is not None and inside != outside
    ]

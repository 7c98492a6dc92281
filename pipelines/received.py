"""One received file from bytes to verdict: recognise, read, reshape, validate, accept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from pipelines.accept import Verdict, judge
from pipelines.cast import as_number, as_text, by_dictionary
from pipelines.contract import Declarations, Dictionary
from pipelines.findings import Finding, Submission
from pipelines.frame import Raw, raw_rows
from pipelines.identity import identify
from pipelines.periods import Context, told
from pipelines.persons import Persons
from pipelines.read import Unreadable, letter, read_book
from pipelines.recognise import Match, Recogniser, is_personal
from pipelines.references import References
from pipelines.reshape import Setting, reshape, with_columns
from pipelines.sources import PERSONAL_HEADINGS, Source, normalised


@dataclass
class Outcome:
    """What became of a file."""

    source: str | None = None
    findings: list[Finding] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)


@dataclass(frozen=True)
class Reader:
    """Everything by which a file is read."""

    declared: Declarations
    sources: dict[str, Source]
    references: References
    persons: Callable[[], Persons]


def receive(content: bytes, name: str, sha256: str, context: Context, reader: Reader) -> Outcome:
    """Take one file as far as it goes; the first level that fails ends the way."""
    try:
        match = Recogniser(reader.sources).best(read_book(content))
    except Unreadable as error:
        return Outcome(findings=[_file_error(error.fault, error.message, error.fix)])
    if match is None or match.missing or match.source.advice:
        return _not_taken(match)
    raw, remarks = raw_rows(match)
    outcome = Outcome(match.source.id, [*_columns_left(match, raw, reader), *remarks])
    if not len(raw):
        outcome.findings.append(_empty_table(match))
        return outcome
    return _judged(raw, name, sha256, context, reader, outcome)


def _judged(raw: Raw, name: str, sha256: str, context: Context, reader: Reader, outcome: Outcome) -> Outcome:
    dictionary = reader.declared.dictionaries["subject"]
    subjects = by_dictionary(dictionary)
    said = told(raw, context, subjects)
    if said.conflicts:
        outcome.findings.extend(said.conflicts)
        return outcome
    identity = identify(raw, said, reader.references.schools, reader.persons(), subjects)
    if len(identity.periods) == 1 and identity.periods[0].missing:
        outcome.findings.append(_no_period(raw, name, identity.periods[0].missing, dictionary))
        return outcome
    setting = Setting(reader.declared, identity, reader.references)
    verdict = _validated(raw, setting, reader.declared, sha256)
    outcome.findings += [*setting.remarks, *verdict.findings]
    outcome.submissions, outcome.tables = verdict.submissions, verdict.tables
    return outcome


def _validated(raw: Raw, setting: Setting, declared: Declarations, sha256: str) -> Verdict:
    from pipelines.validate import validate

    shaped = [with_columns(one, declared.tables[one.table]) for one in reshape(raw, setting)]
    checked = [(one, validate(one, declared.tables[one.table])) for one in shaped]
    return judge(raw, setting.identity, checked, [*setting.identity.noted, *setting.noted], declared, sha256)


def _file_error(fault: str, message: str, fix: str) -> Finding:
    return Finding(severity="error", rule=f"file.{fault}", message=message, fix=fix)


def _not_taken(match: Match | None) -> Outcome:
    if match is None:
        fix = "Проверьте, тот ли это файл; какие файлы принимаются, покажет команда kabinet sources"
        return Outcome(findings=[_file_error("unknown", "Такой вид файла не известен", fix)])
    if match.source.advice:
        return Outcome(match.source.id, [_file_error("not_taken", match.source.title, match.source.advice)])
    lacking = ", ".join(f"«{match.source.heading_of(name)}»" for name in match.missing)
    message = f"Такой вид файла не известен. Ближе всего «{match.source.title}», но нет столбцов: {lacking}"
    fix = "Верните эти столбцы и их заголовки или пришлите другой файл"
    finding = _file_error("unknown", message, fix).model_copy(update={"sheet": match.sheet.name})
    return Outcome(findings=[finding])


def _empty_table(match: Match) -> Finding:
    message, fix = (
        "Под заголовками нет ни одной строки",
        "Похоже, это пустой бланк: пришлите заполненный файл",
    )
    return _file_error("no_rows", message, fix).model_copy(
        update={"sheet": match.sheet.name, "row": match.below}
    )


def _columns_left(match: Match, raw: Raw, reader: Reader) -> list[Finding]:
    """Columns not read, by reason: personal ones, unknown ones, those without a heading."""
    taken = {place.index for place in match.places.values()}
    header = match.sheet.rows[match.top : match.below]
    width = max(len(row) for row in match.sheet.rows)
    personal, unknown, nameless = [], [], []
    for index in (i for i in range(width) if i not in taken):
        heading = " ".join(as_text(row[index]) for row in header if index < len(row) and row[index] != "")
        if not heading:
            nameless += [letter(index)] if _has_values(match, index) else []
        elif is_personal(heading, reader.declared.dictionaries[PERSONAL_HEADINGS]):
            personal.append((index, heading))
        elif not any(p.search(normalised(heading)) for p in match.source.skipped):
            unknown.append(heading)
    return [
        *_personal(match, personal),
        *_told_columns(
            raw, "file.unknown_columns", "Столбцы не известны и не читались", [f"«{h[:60]}»" for h in unknown]
        ),
        *_told_columns(raw, "file.nameless_columns", "Столбцы без заголовка не читались", nameless),
    ]


def _has_values(match: Match, index: int) -> bool:
    return any(index < len(row) and row[index] != "" for row in match.sheet.rows[match.below :])


def _personal(match: Match, columns: list[tuple[int, str]]) -> list[Finding]:
    if not columns:
        return []
    rows = match.sheet.rows[match.below :]
    filled = sum(row[index] != "" for row in rows for index, _ in columns if index < len(row))
    names = ", ".join(f"«{heading[:60]}»" for _, heading in columns)
    message = f"Персональные данные не прочитаны и не сохранены: столбцы {names}, заполнено ячеек: {filled}"
    fix = "Удаляйте эти столбцы перед отправкой"
    return [Finding(severity="info", rule="file.personal", message=message, fix=fix, sheet=match.sheet.name)]


def _told_columns(raw: Raw, rule: str, message: str, names: list[str]) -> list[Finding]:
    if not names:
        return []
    listed = ", ".join(names[:8]) + (f" и ещё {len(names) - 8}" if len(names) > 8 else "")
    return [Finding(severity="info", rule=rule, message=f"{message}: {listed}", fix="", sheet=raw.sheet)]


_FLAGS = {"year": "--year", "subject": "--subject", "grade": "--grade"}
_ASKED = {"year": "год", "subject": "предмет", "grade": "класс", "as_of": "дата списка"}


def _no_period(raw: Raw, name: str, missing: list[str], subjects: Dictionary) -> Finding:
    """Which parts of the period the file does not say, and the very command that says them."""
    asked = ", ".join(_ASKED[part] for part in missing)
    if missing == ["as_of"]:
        fix = "Впишите над таблицей строку вида «на 20.09.2025» и пришлите файл заново"
        return _file_error("no_period", f"В файле не сказано: {asked}", fix)
    guess = {"year": _year_in(name), "subject": _subject_of(raw, subjects), "grade": _grade_of(raw)}
    flags = " ".join(f"{_FLAGS[p]} {guess[p] or _ASKED[p].upper()}" for p in missing if p in _FLAGS)
    guessed = [part for part in missing if guess.get(part)]
    note = " Угаданное проверьте." if guessed else ""
    fix = f'Повторите с указанием: kabinet intake "{name}" {flags}.{note}'
    return _file_error("no_period", f"В файле не сказано: {asked}", fix)


def _year_in(name: str) -> str:
    digits = "".join(c if c.isdigit() else " " for c in Path(name).stem).split()
    return next((d for d in digits if len(d) == 4 and d.startswith("20")), "")


def _grade_of(raw: Raw) -> str:
    """The grade that most pupil codes begin with."""
    if "pupil_code" not in raw.cells:
        return ""
    codes = pd.Series([as_number(cell) for cell in raw.cells["pupil_code"][:5000]])
    grades = pd.to_numeric(codes, errors="coerce").dropna() // 10000
    common = grades[grades > 0].mode()
    return str(int(common.iloc[0])) if len(common) else ""


def _subject_of(raw: Raw, subjects: Dictionary) -> str:
    """The subject that most textbooks name."""
    if "textbook" not in raw.cells:
        return ""
    books = pd.Series(raw.cells["textbook"][:5000]).map(normalised).value_counts()
    named = {
        s: int(books[[normalised(s) in str(book) for book in books.index]].sum()) for s in subjects.terms
    }
    best = max(named, key=lambda s: named[s])
    return best if named[best] else ""

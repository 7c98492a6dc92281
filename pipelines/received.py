"""Received files from bytes to verdict: recognise, read and reshape one by one, validate together, accept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pyarrow as pa

from pipelines.accept import Checked, judge
from pipelines.areas import own_areas
from pipelines.blocks import tables
from pipelines.cast import by_dictionary
from pipelines.contract import Declarations, Table
from pipelines.cut import raw_rows
from pipelines.federal import read_form
from pipelines.findings import Finding, Submission
from pipelines.frame import Raw, Shaped
from pipelines.identity import Identity, identify, school_column
from pipelines.oddities import oddities, renamed
from pipelines.others import with_others
from pipelines.periods import Context, said_by_rows
from pipelines.persons import Persons
from pipelines.read import UnreadableError, read_book
from pipelines.recognise import Recogniser
from pipelines.references import References
from pipelines.refusals import (
    EMPTY_FORM,
    columns_left,
    empty_table,
    no_period,
    not_taken,
    refusal,
    repeated_sheets,
    several_sheets,
)
from pipelines.reshape import Setting, reshape
from pipelines.source import Source
from pipelines.stack import stacked
from pipelines.together import together
from pipelines.told import Told, told


@dataclass(frozen=True)
class Prepared:
    """A file reshaped to canonical rows and not yet judged."""

    raw: Raw
    setting: Setting
    shaped: list[Shaped]
    sha256: str


@dataclass
class Outcome:
    """What became of a file so far; ``prepared`` while it waits to be judged."""

    source: str | None = None
    findings: list[Finding] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)
    tables: dict[str, pa.Table] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    """Spellings of organisations read as a person had confirmed them → id."""
    prepared: Prepared | None = None


@dataclass(frozen=True)
class Reader:
    """Everything by which a file is read."""

    declared: Declarations
    sources: dict[str, Source]
    recogniser: Recogniser
    references: References
    persons: Callable[[], Persons]


def prepare(content: bytes, name: str, sha256: str, context: Context, reader: Reader) -> Outcome:
    """Take one file as far as canonical rows; the first level that fails ends the way."""
    try:
        sheets = read_book(content)
    except UnreadableError as error:
        return Outcome(findings=[refusal(error.fault, error.message, error.fix)])
    if (form := read_form(sheets, reader.sources)) is not None:
        empty = [refusal("no_rows", *EMPTY_FORM)] if not len(form) else []
        outcome = Outcome(form.source.id, empty)
        return outcome if empty else _shaped(form, name, sha256, context, reader, outcome)
    match = reader.recogniser.best(sheets)
    if match is None or match.missing or match.source.advice:
        known = match.source.id if match and not match.missing else None
        return Outcome(known, [not_taken(match, reader.declared)])
    match = with_others(match, reader.declared)
    others, parts, found = reader.recogniser.rivals(match, sheets), [match], [match]
    if match.source.blocks or (others and match.source.each_sheet):
        parts, others = [match, *others], []
        found = [table for one in parts for table in tables(one, reader.recogniser.of_source)]
        raw, remarks = stacked(own_areas(raw_rows(one), reader.references.schools) for one in found)
    elif any(not match.repeats(other) for other in others):
        return Outcome(match.source.id, [several_sheets(match, others)])
    else:
        raw, remarks = raw_rows(match)
    if not len(raw) and match.source.blank:
        return Outcome(match.source.id, [empty_table(match)])
    raw = replace(raw, beside=[sheet for sheet in sheets if sheet is not match.sheet])
    left = [*renamed(name, content), *(odd for one in parts for odd in oddities(one))]
    left += [*columns_left(found, reader.declared), *repeated_sheets(others), *remarks]
    outcome = Outcome(match.source.id, left)
    if not len(raw):
        outcome.findings.append(empty_table(match))
        return outcome
    return _shaped(raw, name, sha256, context, reader, outcome)


def _shaped(raw: Raw, name: str, sha256: str, context: Context, reader: Reader, outcome: Outcome) -> Outcome:
    dictionary = reader.declared.dictionaries["subject"]
    subjects = by_dictionary(dictionary)
    said = told(raw, context, subjects)
    if said.conflicts:
        outcome.findings.extend(said.conflicts)
        return outcome
    identity = identify(raw, said, reader.references.schools, reader.persons(), subjects)
    if missing := _unsaid(raw, identity, said):
        outcome.findings.append(no_period(raw, name, missing, dictionary))
        return outcome
    outcome.findings += said.remarks
    setting = Setting(reader.declared, identity, reader.references)
    outcome.prepared = Prepared(raw, setting, reshape(raw, setting), sha256)
    return outcome


def _unsaid(raw: Raw, identity: Identity, said: Told) -> list[str]:
    """What neither the file nor its rows nor the flags say of the work, the year or the date."""
    missing = [part for part in identity.periods[0].missing if not said_by_rows(raw, part)]
    is_nobodys = raw.source.period.kind == "work" and not said.school and not school_column(raw)
    return [*missing, "school"] if is_nobodys and not raw.source.reference else missing


def decide(outcomes: list[Outcome], declared: Declarations) -> None:
    """Validate the prepared files of each source together and put the verdicts into their outcomes."""
    waiting: dict[str, list[tuple[Outcome, Prepared]]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.prepared:
            waiting[outcome.prepared.raw.source.id].append((outcome, outcome.prepared))
    for files in waiting.values():
        _decide(files, declared)


def _decide(files: list[tuple[Outcome, Prepared]], declared: Declarations) -> None:
    tables = [declared.tables[shaped.table] for shaped in files[0][1].shaped]
    checked = [_checked([one.shaped[at] for _, one in files], table) for at, table in enumerate(tables)]
    for (outcome, prepared), *parts in zip(files, *checked, strict=True):
        identity, setting = prepared.setting.identity, prepared.setting
        noted = [*identity.noted, *setting.noted]
        verdict = judge(prepared.raw, identity, parts, noted, declared, prepared.sha256)
        outcome.findings += [*setting.remarks, *verdict.findings]
        outcome.spellings = identity.spellings
        outcome.submissions, outcome.tables, outcome.prepared = verdict.submissions, verdict.tables, None


def _checked(files: list[Shaped], table: Table) -> list[Checked]:
    """One table's rows of several files, judged in one run and told file by file."""
    from pipelines.validate import validate

    whole = together(files, table)
    broken = validate(whole)
    for number, one in enumerate(files):
        if broken[number]:  # findings speak of columns that the file may lack
            one.rows = whole.of_file(number)
    return [Checked(*one) for one in zip(files, broken, whole.stored(), strict=True)]

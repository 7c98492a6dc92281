"""A form on disk: for one organisation or for any, with what is already known written in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.contract import declarations
from pipelines.periods import year_ending
from pipelines.references import References
from pipelines.sources import sources
from pipelines.staging import Store, _written_beside
from pipelines.templates.declared import SCHOOL_ROLES, Entry, Template, Words, fields, templates
from pipelines.templates.form import Form, workbook
from pipelines.words import in_quotes


class TemplateError(Exception):
    """The form cannot be made: what is wrong and what to do, in Russian."""


def write(source: str, folder: Path, root: Path, school: str | None = None, year: int | None = None) -> Path:
    """Write the form of a source; a file of that name is never overwritten, it may be filled."""
    form = form_of(source, root, school, year)
    name = " — ".join(part for part in (form.title, form.school, "бланк") if part)
    target = _free(folder, re.sub(r'[\\/:*?"<>|\s]+', " ", name)[:150].strip())
    folder.mkdir(parents=True, exist_ok=True)
    with _written_beside(target) as beside:
        workbook(form).save(beside)
    return target


def form_of(source: str, root: Path, school: str | None = None, year: int | None = None) -> Form:
    """The form with its columns, lines and known rows."""
    template, known = _template(source), References(Store(root)).rows("school")
    words = Words(year or year_ending(date.today()))
    whose = _school(school, template, root, known) if school else ""
    entries = [
        _with_schools(entry, source, known)
        for entry in fields(template, sources()[source], declarations(), words.year)
    ]
    return Form(
        sources()[source].title.partition(" (")[0],
        [words.put(line) for line in template.lines],
        [entry for entry in entries if not (whose and _says_whose(entry, source))],
        list(template.notes),
        whose,
        template.rows,
        _rows(entries, known) if template.known else [],
    )


def _template(source: str) -> Template:
    found = templates()
    if source in found:
        return found[source]
    if source in sources():
        raise TemplateError(f"Для «{source}» бланка нет: такой файл не заполняют, а выгружают готовым.")
    raise TemplateError(f"Бланка «{source}» нет. Есть: {', '.join(found)}.")


def _school(text: str, template: Template, root: Path, known: pd.DataFrame) -> str:
    """«МКОУ «Озёрная СШ» (edu980101)»: a name for people, a code for the program."""
    if not template.school:
        raise TemplateError(f"Бланк «{template.id}» один на район: уберите ключ --school.")
    found = References(Store(root)).schools.resolve(text, frozenset())
    if found.id is None or (len(known) and not found.in_registry):
        hint = f" Похоже на: {found.suggestion}." if found.suggestion else ""
        raise TemplateError(f"Организации {in_quotes(text)} нет в реестре.{hint} Укажите её код.")
    return _shown(known, found.id) or text


def _shown(known: pd.DataFrame, school_id: str) -> str:
    if known.empty:
        return ""
    row = known[known["school_id"] == school_id].iloc[0]
    return f"{row['name']} ({row['login']})"


def _says_whose(entry: Entry, source: str) -> bool:
    """Columns that a line above the table makes needless."""
    columns = sources()[source].columns
    named = any(columns[name].role == "school" for name in columns)
    return columns[entry.name].role in SCHOOL_ROLES or (named and entry.name == "name")


def _with_schools(entry: Entry, source: str, known: pd.DataFrame) -> Entry:
    """A drop-down of the registry where the organisation is named; names that repeat get their code."""
    role = sources()[source].columns[entry.name].role
    if role not in SCHOOL_ROLES or known.empty:
        return entry
    if role == "school":
        return replace(entry, kind="list", values=tuple(known["login"].dropna().astype(str)))
    times = Counter(known["name"])
    names = [
        n if times[n] == 1 else f"{n} ({login})"
        for n, login in zip(known["name"], known["login"], strict=True)
    ]
    return replace(entry, kind="list", values=tuple(sorted(names)))


def _rows(entries: Sequence[Entry], known: pd.DataFrame) -> list[Sequence[Any]]:
    """What the registry already has, in the columns of the form; organisations by their logins."""
    if known.empty:
        return []
    login = dict(zip(known["school_id"], known["login"], strict=True))
    shown = known.assign(parent_id=known["parent_id"].map(login)).astype(object)
    return [
        ["" if pd.isna(row[entry.name]) else row[entry.name] for entry in entries]
        for _, row in shown.sort_values("name").iterrows()
    ]


def _free(folder: Path, name: str) -> Path:
    target, number = folder / f"{name}.xlsx", 2
    while target.exists():
        target, number = folder / f"{name} ({number}).xlsx", number + 1
    return target

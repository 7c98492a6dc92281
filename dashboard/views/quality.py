"""Качество данных: what was received, what came back and why, cell by cell, and what to do."""

from __future__ import annotations

from dashboard.blocks import (
    Block,
    Card,
    Cards,
    Cell,
    Column,
    Empty,
    Fact,
    Facts,
    Filter,
    Filters,
    Heading,
    Link,
    Links,
    Note,
    Option,
    Page,
    Pager,
    Row,
    Sentence,
    Table,
    Title,
    Tone,
)
from dashboard.collected import SHORT, board, file_of
from dashboard.parts import PAGE_SIZE, municipality_filter, pick_year, school_filter, year_links
from dashboard.queries import Queries
from dashboard.queries.collection import Found, Sought, count_findings, files, findings, rules, totals
from dashboard.selection import Selection
from dashboard.view import View
from dashboard.words import day, number, plural

PAGE = "quality"
VIEWS = {
    "board": "Кто что сдал",
    "findings": "Замечания по ячейкам",
    "rules": "По правилам",
    "files": "Файлы",
}
TONES: dict[str, Tone] = {"error": "bad", "warning": "watch", "info": "muted"}
WORDS = {"error": "ошибка", "warning": "замечание", "info": "к сведению"}
NOTHING = Empty(
    "Файлов ещё нет",
    "Ни один файл не принят и не возвращён.",
    ("Положите файлы в папку data/raw или назовите их в команде.", "Примите их: каждый файл получит ответ."),
    ("kabinet check файл.xlsx", "kabinet intake файл.xlsx", "kabinet build"),
)


def build(q: Queries, chosen: Selection) -> Page:
    """The chosen view; findings when the address names a rule, an organisation, a source or a submission."""
    files_, parts, back, errors, warnings = totals(q)
    if not files_:
        return Page(Title("Качество данных"), (NOTHING,))
    view = chosen.view if chosen.view in VIEWS else _default(chosen)
    year, messages = pick_year(q.years(), chosen)
    choice = Links(
        tuple(
            Link(title, PAGE, Selection(year=chosen.year, municipality=chosen.municipality, view=name))
            for name, title in VIEWS.items()
        ),
        VIEWS[view],
        "Что показать",
    )
    body = {"board": _board, "findings": _findings, "rules": _rules, "files": _files}[view]
    cards = Cards(
        (
            Card("Файлов", number(files_)),
            Card("Сдано частей", number(parts), "организация × источник × период"),
            Card("Возвращено", number(back), "целиком, до исправления"),
            Card("Ошибок", number(errors), "из-за них возврат"),
            Card("Замечаний", number(warnings), "данные приняты"),
        ),
        is_compact=True,
    )
    return Page(
        Title("Качество данных", plural(files_, "файл", "файла", "файлов")),
        (choice, *(Note(m, "watch") for m in messages), cards, *body(q, chosen.but(year=year))),
    )


def _default(chosen: Selection) -> str:
    is_narrowed = chosen.rule or chosen.source or chosen.school or chosen.submission
    return "findings" if is_narrowed else "board"


def _board(q: Queries, chosen: Selection) -> tuple[Block, ...]:
    """The collection board of a year."""
    year = chosen.year or 0
    place = municipality_filter(q, chosen)
    there = board(q, year, chosen.kind, municipality=chosen.municipality)
    return (
        year_links(q.years(), year, PAGE, chosen),
        *([Filters((place,))] if place else []),
        there,
        Note("Строка ведёт к карточке организации; наведите на знак, чтобы увидеть число замечаний."),
        _what_to_do(),
    )


def _what_to_do() -> Facts:
    return Facts(
        (
            Fact(
                "✕ возвращено",
                "Откройте «Замечания по ячейкам», передайте адреса ячеек отправителю, примите исправленный файл.",
            ),
            Fact("◆ с замечаниями", "Данные приняты. Замечание стоит проверить: чаще всего это опечатка."),
            Fact("○ ждём", "Файла от организации за этот год ещё нет."),
        ),
        "Что делать",
    )


def _findings(q: Queries, chosen: Selection) -> tuple[Block, ...]:
    """Findings with their cells, a page at a time."""
    sought = Sought(chosen.school, chosen.rule, chosen.source, chosen.submission)
    total = count_findings(q, sought)
    parts = max(1, -(-total // PAGE_SIZE))
    part = min(chosen.part or 1, parts)
    found = findings(q, sought, part, PAGE_SIZE)
    labels = {s.id: s.label for s in q.schools().values()}
    rows = tuple(_finding_row(item, labels) for item in found)
    columns = (
        Column("Организация"),
        Column("Файл, лист", is_wide=True),
        Column("Ячейка"),
        Column("Столбец"),
        Column("Что найдено", is_wide=True),
        Column("Что сделать", is_wide=True),
    )
    here = chosen.but(view="findings")
    filters = Filters(_filters(q, here.but(submission=None)))
    if not rows:
        return (filters, Note("По этому выбору замечаний нет.", "good"))
    lead = Sentence(plural(total, "замечание", "замечания", "замечаний") + ".", _of_what(chosen, found[0]))
    pager = (Pager(PAGE, here, part, parts),) if parts > 1 else ()
    return (filters, lead, Table(columns, rows, "findings"), *pager)


def _of_what(chosen: Selection, first: Found) -> str:
    parts = [f"Правило: {chosen.rule}."] if chosen.rule else []
    parts += [f"Файл «{file_of(first.file)}»."] if chosen.submission else []
    return " ".join(parts) or "Сначала ошибки, из-за которых данные возвращены."


def _filters(q: Queries, chosen: Selection) -> tuple[Filter, ...]:
    sql = """select distinct source, source_title from submission
        where errors + warnings > 0 and source is not null order by 2"""
    sources = q.rows(sql)
    options = [Option("Все источники", chosen.but(source=None, part=None))]
    options += [
        Option(SHORT.get(source, title), chosen.but(source=source, part=None)) for source, title in sources
    ]
    names = [source for source, _ in sources]
    current = names.index(chosen.source) + 1 if chosen.source in names else 0
    named = [s for s in q.schools().values() if s.id in _with_findings(q)]
    return (school_filter(named, chosen), Filter("source", "Источник", tuple(options), current, "Источник"))


def _with_findings(q: Queries) -> set[str]:
    return {row[0] for row in q.rows("select distinct school_id from finding where school_id is not null")}


def _finding_row(item: Found, labels: dict[str, str]) -> Row:
    file = file_of(item.file) + (f", лист «{item.sheet}»" if item.sheet else "")
    return Row(
        (
            Cell(
                labels.get(item.school or "", item.school or "—"),
                tone="good" if item.acknowledged else TONES.get(item.severity),
            ),
            Cell(file),
            Cell(item.cell or "—"),
            _short(item.column),
            Cell(item.message),
            Cell(f"Подтверждено, {item.acknowledged}" if item.acknowledged else item.fix),
        )
    )


def _short(text: str | None, most: int = 50) -> Cell:
    """A long heading of a form, cut; the whole of it on hover."""
    if not text or len(text) <= most:
        return Cell(text or "—")
    return Cell(f"{text[: most - 1].rstrip()}…", hint=text)


def _rules(q: Queries, chosen: Selection) -> tuple[Block, ...]:
    """Findings by rule; a row leads to its cells."""
    rows = tuple(
        Row(
            (
                Cell(WORDS.get(severity, severity), tone=TONES.get(severity)),
                Cell(message),
                Cell(fix),
                Cell(number(count), count),
                Cell(number(schools), schools),
            ),
            Link(message, PAGE, Selection(rule=rule)),
        )
        for rule, severity, message, fix, count, schools in rules(q)
    )
    if not rows:
        return (Note("Замечаний нет: все файлы прошли проверку.", "good"),)
    columns = (
        Column("Важность"),
        Column("Пример", is_wide=True),
        Column("Что сделать", is_wide=True),
        Column("Случаев", True),
        Column("Организаций", True),
    )
    return (Heading("Какие правила нарушены"), Table(columns, rows, "rules"))


def _files(q: Queries, chosen: Selection) -> tuple[Block, ...]:
    """Every received file, newest first."""
    found = files(q)
    parts = max(1, -(-len(found) // PAGE_SIZE))
    part = min(chosen.part or 1, parts)
    rows = tuple(
        Row(
            (
                Cell(file_of(file), tone="bad" if back else "watch" if warnings else "good"),
                Cell(title or "не распознан"),
                Cell(day(when)),
                Cell(number(count), count),
                Cell(number(back), back),
                Cell(number(errors), errors),
                Cell(number(warnings), warnings),
                Cell(number(lines), lines),
            )
        )
        for file, title, when, count, back, errors, warnings, lines in found[
            (part - 1) * PAGE_SIZE : part * PAGE_SIZE
        ]
    )
    columns = (
        Column("Файл", is_wide=True),
        Column("Источник"),
        Column("Получен"),
        Column("Частей", True),
        Column("Возвращено", True),
        Column("Ошибок", True),
        Column("Замечаний", True),
        Column("Строк", True),
    )
    pager = (Pager(PAGE, chosen.but(view="files"), part, parts),) if parts > 1 else ()
    return (Table(columns, rows, "files"), *pager)


VIEW = View(PAGE, "Качество данных", "Работа с данными", 10, build)

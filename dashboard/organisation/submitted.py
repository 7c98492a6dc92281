"""What an organisation sent and how it was taken."""

from __future__ import annotations

from dashboard.blocks import Block, Cell, Column, Details, Heading, Link, Note, Row, Table, Tone
from dashboard.collected import SHORT, file_of, remarks
from dashboard.queries import Queries, School
from dashboard.queries.collection import Submitted, submissions_of
from dashboard.selection import Selection
from dashboard.words import day, number, school_year

STATES: dict[str, tuple[str, Tone]] = {
    "accepted": ("принято", "good"),
    "accepted_with_warnings": ("принято с замечаниями", "watch"),
    "refused": ("возвращено", "bad"),
}


def blocks(q: Queries, school: School, year: int) -> tuple[Block, ...]:
    """What this organisation sent for the year, source by source; the parts are folded."""
    found = [part for part in submissions_of(q, school.id) if part.school_year == year]
    if not found:
        return (
            Heading("Сданные данные"),
            Note(f"За {school_year(year)} учебный год ничего не сдано.", "plain"),
        )
    sources = list(dict.fromkeys(part.source for part in found))
    rows = tuple(_source_row(school, [p for p in found if p.source == source]) for source in sources)
    columns = (
        Column("Источник"),
        Column("Состояние"),
        Column("Частей", True),
        Column("Строк", True),
        Column("Замечания"),
    )
    parts = Table(PARTS, tuple(_part_row(part) for part in found), "parts")
    return (
        Heading("Сданные данные", school_year(year)),
        Table(columns, rows, "sent", has_download=False),
        Details("Каждая часть: период, файл, когда получена", (parts,)),
    )


PARTS = (
    Column("Источник"),
    Column("Период", is_wide=True),
    Column("Состояние"),
    Column("Строк", True),
    Column("Получено"),
    Column("Файл", is_wide=True),
)


def _source_row(school: School, parts: list[Submitted]) -> Row:
    worst = min((part.status for part in parts), key=list(STATES)[::-1].index)
    words, tone = STATES[worst]
    errors, warnings = sum(p.errors for p in parts), sum(p.warnings for p in parts)
    found = remarks(errors, warnings)
    source = parts[0].source
    link = Link(source, "quality", Selection(school=school.id, source=source)) if found else None
    rows = sum(p.rows for p in parts)
    return Row(
        (
            Cell(SHORT.get(source, parts[0].title)),
            Cell(words, tone=tone),
            Cell(number(len(parts)), len(parts)),
            Cell(number(rows), rows),
            Cell(found or "—"),
        ),
        link,
    )


def _part_row(part: Submitted) -> Row:
    words, tone = STATES.get(part.status, (part.status, "muted"))
    words = words if part.is_current or part.status == "refused" else f"{words}, заменено"
    return Row(
        (
            Cell(SHORT.get(part.source, part.title)),
            Cell(part.period),
            Cell(words, tone=tone),
            Cell(number(part.rows), part.rows),
            Cell(day(part.received_at)),
            Cell(file_of(part.file)),
        )
    )

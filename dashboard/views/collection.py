"""Сбор данных: files are handed in here, and who has sent what by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from dashboard.blocks import (
    Block,
    Cell,
    Column,
    Details,
    Empty,
    Filters,
    Heading,
    Link,
    Live,
    Note,
    Page,
    Row,
    Sentence,
    Table,
    Title,
    Tone,
)
from dashboard.collected import PAGE, board, expected, file_of, hint, remarks
from dashboard.parts import municipality_filter, pick_year, year_links
from dashboard.punctual import punctuality
from dashboard.queries import Queries
from dashboard.queries.board import Attempt, Owed, attempts, board_years, owed
from dashboard.selection import Selection
from dashboard.server import data_root
from dashboard.theme import Look
from dashboard.view import View
from dashboard.words import day, number, school_year

TITLE = "Сбор данных"
STATES: dict[str, tuple[str, Tone]] = {
    "accepted": ("принято", "good"),
    "accepted_with_warnings": ("принято с замечаниями", "watch"),
    "refused": ("возвращено", "bad"),
}


def build(q: Queries, chosen: Selection) -> Page:
    """The desk, the board of a year, and one form of one organisation where the address names it."""
    years = board_years(q)
    if not years:
        return without_data(chosen)
    year = pick_year(years, chosen)[0] if chosen.year else _usual(q, years)
    assert year is not None  # there are years
    here, found = chosen.but(year=year), owed(q, year)
    place = municipality_filter(q, here)
    one = next((o for o in found if (o.school, o.form) == (chosen.school, chosen.source)), None)
    return Page(
        Title(TITLE, _note(found, year)),
        (
            year_links(years, year, PAGE, Selection(municipality=chosen.municipality)),
            _desk({s.id: s.label for s in q.schools().values()}),
            *(_one(q, one, year) if one else ()),
            *([Filters((place,))] if place else []),
            board(q, year, municipality=chosen.municipality),
            Details("Как приходят файлы: с первого раза, возвраты, опоздания", _punctual(q, found, chosen)),
        ),
    )


def without_data(chosen: Selection) -> Page:
    """The desk alone: the first file makes the first snapshot."""
    return Page(Title(TITLE), (_desk({}), _FIRST))


def _usual(q: Queries, years: Sequence[int]) -> int:
    """The year that has begun once anything came for it, before that the last one with data."""
    begun = [year for year in years if any(one.sent for one in owed(q, year))]
    return max(begun, default=years[-1])


def _note(found: Sequence[Owed], year: int) -> str:
    taken, due, overdue = expected(found, date.today())
    text = f"{school_year(year)} · принято {number(taken)} из {number(due)} ожидаемых"
    return f"{text} · срок прошёл: {number(overdue)}" if overdue else text


def _punctual(q: Queries, found: Sequence[Owed], chosen: Selection) -> tuple[Block, ...]:
    schools = [s for s in q.schools().values() if chosen.municipality in (None, s.municipality)]
    note = "Срок, который наступил раньше, чем программа начала работать, опозданием не считается."
    return (punctuality(found, schools), Note(note))


def _one(q: Queries, one: Owed, year: int) -> tuple[Block, ...]:
    """One form of one organisation: what came, file by file, and what can be taken back."""
    school = q.schools()[one.school]
    sent = attempts(q, one.school, one.form, year)
    said = hint(one, one.state(date.today()))
    head = (
        Heading(f"{school.label}: {one.title}", school_year(year)),
        Sentence("", f"{said[:1].upper()}{said[1:]}."),
    )
    if not sent:
        return (*head, Note("Ничего ещё не прислано.", "plain"))
    rows = tuple(_attempt(attempt, Selection(year=year, school=school.id)) for attempt in sent)
    return (
        *head,
        Table(_HEADS, rows, "attempts", has_download=False),
        Live(partial(_undo, [s for s in sent if s.is_current])),
    )


_HEADS = (
    Column("Файл", is_wide=True),
    Column("Период"),
    Column("Получен"),
    Column("Состояние"),
    Column("Строк", True),
    Column("Замечания"),
)


def _attempt(one: Attempt, whose: Selection) -> Row:
    """A file; one with findings leads to them."""
    words, tone = STATES[one.status]
    if one.undone_by:
        words, tone = (
            f"отменил(а) {one.undone_by}" + (f": {one.undone_why}" if one.undone_why else ""),
            "muted",
        )
    elif one.status != "refused" and not one.is_current:
        words, tone = f"{words}, заменено", "muted"
    name, found = file_of(one.file), remarks(one.errors, one.warnings)
    return Row(
        (
            Cell(name),
            Cell(one.period),
            Cell(day(one.received_at)),
            Cell(words, tone=tone),
            Cell(number(one.rows), one.rows),
            Cell(found or "—"),
        ),
        Link(name, "quality", whose.but(submission=one.submission)) if found else None,
    )


def _desk(schools: dict[str, str]) -> Live:
    return Live(partial(_draw, schools))


def _draw(schools: dict[str, str], look: Look) -> None:
    from dashboard.desk.draw import draw

    draw(data_root(), schools, look)


def _undo(sent: list[Attempt], look: Look) -> None:
    from dashboard.desk.several import undo_submission

    undo_submission(data_root(), {one.submission: f"{one.period}, {file_of(one.file)}" for one in sent})


_FIRST = Empty(
    "Данных ещё нет",
    "Начните с реестра организаций: по нему программа узнаёт, чей файл.",
    (
        "Перетащите сюда реестр, а за ним файлы школ и садов.",
        "Программа скажет, что это за файлы и что в них не так; верные примите.",
        "То же делает командная строка: положите файлы в папку data/raw или посмотрите выдуманный район.",
    ),
    ("kabinet up", "kabinet demo"),
)
VIEW = View(PAGE, TITLE, "Работа с данными", 5, build, without_data=without_data)

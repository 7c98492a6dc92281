"""Сводка района: the year on one screen, for the chief. No chart library is needed here."""

from __future__ import annotations

from dashboard import attention, collected, pinned
from dashboard.blocks import (
    Block,
    Board,
    Card,
    Cards,
    Empty,
    Fact,
    Facts,
    Heading,
    Link,
    Links,
    Note,
    Page,
    Sentence,
    Split,
    Title,
)
from dashboard.notebook import SUMMARY
from dashboard.parts import KINDS, card, kind_links, pick_year, year_links
from dashboard.queries import Queries
from dashboard.queries.collection import arrived_since
from dashboard.selection import Selection
from dashboard.view import View
from dashboard.words import NBSP, day, lower_first, number, plural, school_year

RESULTS = (
    ("quality_share", "ВПР: качество знаний, все работы", "results", None),
    ("journal_confirmed_share", "ВПР: подтвердили отметку журнала", "results", "journal"),
)
EXAMS = (
    ("oge_quality_share", "ОГЭ: качество, все предметы", "oge"),
    ("exam_pass_share", "ЕГЭ: преодолели минимальный порог", "ege"),
)
PEOPLE = (
    ("any_category_share", "Педагоги с высшей или первой категорией", "staff", None),
    ("course_3y_share", "Прошли курсы за три года", "needs", None),
    ("young_teacher_share", "Педагоги моложе 35 лет", "staff", None),
    ("age_55_share", "Педагоги 55 лет и старше", "staff", None),
    ("higher_education_share", "Педагоги с высшим образованием", "staff", None),
)
RESOURCES = (
    ("computers_per_100", "Компьютеров на 100 обучающихся", "indicators", None),
    ("internet_computers_share", "Компьютеры с интернетом", "indicators", None),
    ("pension_age_share", "Педагоги пенсионного возраста", "staff", None),
    ("participation_share", "Участие в ВПР", "results", None),
    ("top_category_share", "Педагоги с высшей категорией", "staff", None),
    ("teacher_to_30_share", "Педагоги не старше 30 лет", "staff", None),
    ("task_success", "ВПР: выполнение заданий", "results", None),
)
MOST = 8


def build(q: Queries, chosen: Selection) -> Page:
    """Cards, what needs attention, who sent what."""
    year, messages = pick_year(q.years(), chosen)
    if year is None:
        return Page(Title("Сводка района"), (NOTHING,))
    kinds = kind_links(q, "", chosen)
    head: list[Block] = [year_links(q.years(), year, "", chosen)]
    head += [kinds] if kinds else []
    head += [Note(text, "watch") for text in messages]
    title = "Сводка района" if len(q.municipalities()) < 2 else "Сводка региона"
    return Page(
        Title(title, f"{school_year(year)} учебный год"),
        (
            *head,
            *since_last_visit(q),
            Cards(cards(q, year, chosen.kind)),
            Split(
                attention.section(q, year, chosen),
                (*collection(q, year, chosen), numbers(q, year, chosen.kind)),
                (1.62, 1),
            ),
            Note(
                "ВПР — для методической помощи, не для оценки школ и учителей; шкалы разных лет не выровнены. "
                f"Доли — с 95{NBSP}% интервалом Уилсона, изменения — по Ньюкомбу."
            ),
        ),
    )


def since_last_visit(q: Queries) -> tuple[Block, ...]:
    """One line: what came in since this person was here before; nothing where nothing did."""
    if q.last_visit is None:
        return ()
    came = arrived_since(q, q.last_visit)
    if not came.files:
        return ()
    moment = q.last_visit.astimezone()
    files = plural(came.files, "файл", "файла", "файлов")
    senders = plural(came.senders, "организации", "организаций", "организаций")
    back = (
        f", {plural(came.refused, 'возвращён', 'возвращены', 'возвращены')} отправителям"
        if came.refused
        else ""
    )
    text = f"Получено {files} от {senders}{back}."
    return (Sentence(f"С прошлого посещения ({day(moment)} {moment:%H:%M}).", text),)


NOTHING = Empty(
    "В снимке нет ни одного показателя",
    "Файлы приняты, но показателей по ним не получилось.",
    ("Посмотрите замечания на странице «Качество данных».", "Добавьте файлы в data/raw и примите их."),
    ("kabinet up",),
)


def cards(q: Queries, year: int, kind: str | None) -> tuple[Card, ...]:
    """At most eight: those pinned to the summary's board, else those that have numbers for this kind."""
    own = pinned.cards(q, q.notebook.pins(SUMMARY), year, kind) if q.notebook else []
    if own:
        return tuple(own[:MOST])
    found: list[Card] = []
    first = RESULTS if kind in (None, "школа") else ()
    for indicator, title, page, view in first:
        link = Link(title, page, Selection(year=year, kind=kind, view=view))
        found += _card(q, indicator, title, link, year, kind)
    found += _exams(q, year, kind) if first else []
    for indicator, title, page, view in PEOPLE[:2]:
        link = Link(title, page, Selection(year=year, kind=kind, view=view))
        found += _card(q, indicator, title, link, year, kind)
    found += _base_level(q, year, kind)
    last = RESOURCES if kind in (None, "школа") else RESOURCES[2:3]
    for indicator, title, page, _ in (*PEOPLE[2:], *last):
        if len(found) < MOST:
            chosen = Selection(year=year, kind=kind, indicator=indicator)
            found += _card(q, indicator, title, Link(title, page, chosen), year, kind)
    return tuple(found[:MOST])


def _exams(q: Queries, year: int, kind: str | None) -> list[Card]:
    """State exams, where the snapshot has any."""
    found = (
        card(q, indicator, year, Link(title, "results", Selection(year=year, procedure=procedure)), title,
             kind=kind, procedure=procedure)
        for indicator, title, procedure in EXAMS if indicator in q.indicators
    )  # fmt: skip
    return [one for one in found if one]


def _card(q: Queries, indicator: str, title: str, link: Link, year: int, kind: str | None) -> list[Card]:
    found = card(q, indicator, year, link, title, kind=kind)
    return [found] if found else []


def _base_level(q: Queries, year: int, kind: str | None) -> list[Card]:
    """The lowest level of the diagnostics: the one that needs training."""
    link = Link("ИКТ", "ict", Selection(year=year, kind=kind))
    found = card(q, "ict_base_share", year, link, "ИКТ-компетентность: базовый уровень", kind=kind)
    return [found] if found else []


def numbers(q: Queries, year: int, kind: str | None) -> Facts:
    """How large the district is: organisations and people."""
    there = [s for s in q.schools().values() if kind in (None, s.kind)]
    kinds = [
        f"{lower_first(title)} — {n}" for k, title in KINDS.items() if (n := sum(s.kind == k for s in there))
    ]
    items = [
        Fact("Организации", f"{len(there)}: {', '.join(kinds)}" if len(kinds) > 1 else number(len(there)))
    ]
    for indicator, term in (("teachers", "Педагоги"), ("pupils", "Обучающиеся")):
        found = q.one(indicator, year=year, kind=kind)
        if found.n:
            items.append(
                Fact(
                    term,
                    number(found.numerator),
                )
            )
    return Facts(tuple(items), "В числах")


def collection(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """How many sent everything, and who has not."""
    board = collected.board(q, year, chosen.kind, is_compact=True)
    owing = collected.lacking(board)
    done = len(board.rows) - len(owing)
    head = Heading("Сбор данных", f"полностью: {done} из{NBSP}{len(board.rows)}")
    way = Links(
        (Link("Вся доска", collected.PAGE, Selection(year=year, kind=chosen.kind)),), "", "Сбор данных"
    )
    if not owing:
        return (head, Note("Всё, что нужно, принято от каждой организации."), way)
    more = len(owing) - attention.MOST_ROWS
    rest = (Note(f"и ещё {number(more)} — на доске"),) if more > 0 else ()
    return (
        head,
        Board(board.columns, owing[: attention.MOST_ROWS], is_compact=True),
        *rest,
        way,
    )


VIEW = View("", "Сводка района", "", 1, build)

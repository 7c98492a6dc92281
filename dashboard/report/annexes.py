"""What stands at the end: conclusions to be filled in, the data passport, the method."""

from __future__ import annotations

from datetime import datetime

from dashboard import attention, collected
from dashboard.audience import Audience
from dashboard.blocks import Block, Cell, Column, Fact, Facts, Note, Row, Signals, Table
from dashboard.queries import Queries
from dashboard.queries.collection import received
from dashboard.report.document import Grid, Part
from dashboard.report.flow import texts_of
from dashboard.words import NBSP, day, number, plural, school_year

PROBLEMS = (
    Column("Что показали данные"), Column("Основание"), Column("Что сделать"), Column("Кто отвечает"),
    Column("Срок"),
)  # fmt: skip
SPARE_ROWS = 3
TASKS = "Проблемы, задачи и адресные рекомендации"


def conclusions(q: Queries, year: int) -> tuple[Block, ...]:
    """Signals of the year, each a row to be completed by hand."""
    if q.viewer.audience != "internal":  # a signal names an organisation, and what is wrong with its data
        return (Table(PROBLEMS, _spare(), "problems", TASKS),)
    found = attention.search(q, year, None)
    checked = plural(found.compared, "сравнение", "сравнения", "сравнений")
    rows = [Row((Cell(s.text), Cell(s.evidence), Cell(""), Cell(""), Cell(""))) for s in found.signals]
    intro = (
        f"Проверено {checked}, сигналов {len(found.signals)}. Сигнал — повод разобраться, "
        "а не вывод о причинах. Правые столбцы заполняет методический кабинет."
    )
    listed: Block = Table(PROBLEMS, (*rows, *_spare()), "problems", TASKS)
    return (Note(intro), listed if found.signals else Signals(()))


def _spare() -> tuple[Row, ...]:
    return tuple(Row(tuple(Cell("") for _ in PROBLEMS)) for _ in range(SPARE_ROWS))


def passport(q: Queries, year: int) -> tuple[Block, ...]:
    """Which snapshot, who sent what, and from which files."""
    board = collected.board(q, year)
    everyone = len(board.rows)
    done = everyone - len(collected.lacking(board))
    built = q.release.built_at.astimezone()
    facts = Facts((
        Fact("Снимок данных", f"{q.release.id}, собран {day(built)} в{NBSP}{built:%H:%M}"),
        Fact("Учебный год", school_year(year)),
        Fact("Прислали всё, что нужно", f"{done} из{NBSP}{everyone}"),
    ))  # fmt: skip
    sent = (
        (board,) if q.viewer.audience == "internal" else ()
    )  # whose files came back is nobody else's affair
    return (facts, *sent, *_sources(q, year))


def _sources(q: Queries, year: int) -> tuple[Block, ...]:
    rows = tuple(
        Row((Cell(s.title), Cell(_between(s.first, s.last)), *(Cell(number(n), n) for n in s.numbers)))
        for s in received(q, year)
    )
    heads = (Column("Что это", is_wide=True), Column("Получено"), Column("Файлов", True),
             Column("Организаций", True), Column("Строк", True), Column("Возвращено частей", True),
             Column("Замечаний", True))  # fmt: skip
    title = f"Из чего собраны данные {school_year(year)} учебного года"
    return (Table(heads, rows, "sources", title),) if rows else ()


def _between(first: datetime, last: datetime) -> str:
    return day(first) if day(first) == day(last) else f"{day(first)} – {day(last)}"


def methods(q: Queries, before: tuple[Part, ...]) -> tuple[Block, ...]:
    """How each indicator that the document names or draws is counted, and what may be compared."""
    printed = (item.table if isinstance(item, Grid) else item for part in before for item in part.items)
    texts = {*texts_of(tuple(printed))}
    said = "\n".join(texts).casefold()
    rows = tuple(
        Row((Cell(i.title), Cell(f"{i.formula}. Источник: {i.source}."), Cell(i.compare)))
        for i in q.indicators.values()
        if {i.indicator_id, i.short} & texts or i.title.casefold() in said
    )
    heads = (Column("Показатель"), Column("Как считается и по каким данным"), Column("Что можно сравнивать"))
    return (Note(SHOWN[q.viewer.audience] + POLICY, "plain"), Table(heads, rows, "methods", "Показатели"))


SHOWN: dict[Audience, str] = {
    "internal": f"Где в группе меньше 10 человек, показано «k из{NBSP}n» без процента. ",
    "school": "Чужие группы меньше 5 человек отдельно не показаны: они вошли в числа района. ",
    "public": "Организации и классы, где в группе меньше 10 человек, по отдельности не показаны: "
    "они вошли в числа района. ",
}
POLICY = (
    f"Доли показаны с 95{NBSP}% интервалом Уилсона, средние — с интервалом Стьюдента, изменения проверены "
    "по Ньюкомбу. При n от 10 до 19 процент отмечен как малая выборка и выводов по нему нет. Числитель и "
    "знаменатель складываются по организациям, деление — последним: район не «среднее средних». ВПР используются "
    "для методической помощи: рейтинга школ и показателей по учителям нет."
)

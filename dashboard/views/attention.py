"""Что требует внимания: every signal with its evidence and why it is here, what is quiet, what was taken off."""

from __future__ import annotations

from collections import Counter
from functools import partial

from dashboard import support
from dashboard.attention import about, search, signal, why
from dashboard.blocks import (
    Block,
    Cell,
    Column,
    Entry,
    Field,
    Form,
    Heading,
    Link,
    Links,
    Note,
    Page,
    Row,
    Signals,
    Table,
    Title,
)
from dashboard.notebook import Notebook
from dashboard.parts import pick_year, year_links
from dashboard.queries import Queries
from dashboard.queries.comparisons import Comparison, comparisons, signals
from dashboard.selection import Selection
from dashboard.view import View
from dashboard.words import plural, school_year, written_at

PAGE = "attention"
DISMISS = "dismiss"


def build(q: Queries, chosen: Selection) -> Page:
    """Signals of the year, then what was looked at and is quiet."""
    years = q.years()
    year, messages = pick_year(years, chosen)
    if year is None:
        return Page(Title("Что требует внимания"), (Note("Данных ещё нет.", "plain"),))
    chosen = chosen.but(year=year)
    looked_at = comparisons(q, year, chosen.kind)
    gone = q.notebook.dismissed() if q.notebook else {}
    beyond = signals(looked_at)
    here = [one for one in beyond if one.id not in gone]
    head: list[Block] = [year_links(years, year, PAGE, chosen), *(Note(text, "watch") for text in messages)]
    taken_off = len(beyond) - len(here)
    body = (
        *_statistical(q, here, taken_off, looked_at),
        *_taking_off(q, chosen, here, taken_off),
        *_plain_facts(q, year, chosen),
        *support.blocks(q, year),
        *_quiet(q, looked_at, beyond),
    )
    return Page(Title("Что требует внимания", school_year(year)), (*head, *body))


def _statistical(
    q: Queries, here: list[Comparison], taken_off: int, looked_at: list[Comparison]
) -> tuple[Block, ...]:
    checked = plural(len(looked_at), "сравнение", "сравнения", "сравнений")
    items = [signal(q, one) for one in here]
    told = tuple(
        type(item)(item.text, f"{item.evidence}. {why(one, len(looked_at))}", item.tone, item.link)
        for item, one in zip(items, here, strict=True)
    )
    intro = (
        "По порядку убедительности, а не величины различия. Сигнал — повод разобраться: он не называет причин"
        " и не оценивает организацию. ВПР — только для методической помощи."
    )
    gone = plural(
        taken_off, "сигнал разобран и снят", "сигнала разобраны и сняты", "сигналов разобраны и сняты"
    )
    rest = (f"Других сигналов нет: {gone}.",) if taken_off else ()
    return (Heading("Больше случайного", f"проверено {checked}"), Note(intro), Signals(told, checked, *rest))


def _taking_off(q: Queries, chosen: Selection, here: list[Comparison], taken_off: int) -> tuple[Block, ...]:
    """The way to the form, and the form where it was asked for."""
    if q.notebook is None or not (here or taken_off):
        return ()
    if chosen.panel != DISMISS:
        count = f" (снято: {taken_off})" if taken_off else ""
        return (
            Links(
                (Link(f"Снять сигнал{count}", PAGE, chosen.but(panel=DISMISS)),), "", "Разобранные сигналы"
            ),
        )
    return (_form(q, q.notebook, chosen, here),)


def _form(q: Queries, notebook: Notebook, chosen: Selection, here: list[Comparison]) -> Form:
    titles = {about(q, one): one.id for one in here}

    def submit(given: dict[str, str]) -> None:
        title = given["signal"]
        notebook.dismiss(titles.get(title, title), title, given["why"], given["author"])

    entries = tuple(
        Entry(
            one.id,
            one.title,
            f"{one.why} — {one.author}, {written_at(one.at)}",
            partial(notebook.remove, one.id),
        )
        for one in notebook.dismissed().values()
    )
    return Form(
        key="panel-dismiss",
        title="Снять сигнал: разобрались, действий не нужно",
        fields=(
            Field("signal", "Какой", options=tuple(titles), is_required=True),
            Field("why", "Почему снят", is_long=True, is_required=True),
            Field("author", "Кто решил", is_author=True, is_required=True),
        ) if titles else (),
        button="Снять" if titles else "",
        submit=submit if titles else None,
        close=Link("Закрыть", PAGE, chosen.but(panel=None)),
        entries=entries,
        stays_open=True,
    )  # fmt: skip


def _plain_facts(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """Files, courses and tasks: facts that need no test."""
    tested = {about(q, one) for one in comparisons(q, year, chosen.kind)}
    found = [item for item in search(q, year, chosen.kind).signals if item.text not in tested]
    return (Heading("Задания, файлы, курсы"), Signals(tuple(found), "")) if found else ()


def _quiet(q: Queries, looked_at: list[Comparison], beyond: list[Comparison]) -> tuple[Block, ...]:
    """What was looked at: how many comparisons of each indicator, and how many stood out."""
    if not looked_at:
        return ()
    seen, loud = (Counter(one.indicator for one in part) for part in (looked_at, beyond))
    rows = tuple(
        Row(
            (Cell(q.indicators[name].title), Cell(str(count), count),
             Cell(str(loud[name]) if loud[name] else "спокойно", loud[name] or None)),
            Link(q.indicators[name].title, "indicators", Selection(indicator=name)),
        )
        for name, count in sorted(seen.items(), key=lambda item: q.indicators[item[0]].title)
    )  # fmt: skip
    columns = (Column("Показатель", is_wide=True), Column("Сравнений", True), Column("Сигналов", True))
    note = "Сравнивались доли от 20 человек: с остальными организациями того же вида и с прошлым годом, где это можно."
    return (Heading("Что смотрели"), Note(note), Table(columns, rows, "looked-at", "Проверенные показатели"))


VIEW = View(PAGE, "Что требует внимания", "Анализ", 5, build)

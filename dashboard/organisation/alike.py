"""«Среди похожих школ»: where a school stands among similar ones, and who these are. No places, no ranks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from dashboard.blocks import (
    Block,
    Caption,
    Cell,
    Chart,
    Column,
    Entry,
    Field,
    Filter,
    Filters,
    Form,
    Heading,
    Link,
    Links,
    Note,
    Option,
    Row,
    Sentence,
    Table,
)
from dashboard.display import Measure, shown
from dashboard.notebook import Notebook, PeerSet
from dashboard.parts import counted, sheet
from dashboard.queries import Queries, School
from dashboard.queries.similar import DECLARED, Alike, Peers, peers
from dashboard.selection import Selection
from dashboard.similar import Beside, beside
from dashboard.words import NBSP, number, plural, school_year, written_at

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Look

PAGE, VIEW, EDIT = "school", "similar", "similar"
CARD, AMONG = "Карточка", "Среди похожих школ"


def choice(q: Queries, school: School, chosen: Selection) -> tuple[Links, ...]:
    """The card or the school among similar ones; only schools have similar ones."""
    if school.kind not in (None, "школа"):
        return ()
    ways = (
        Link(CARD, PAGE, Selection(year=chosen.year, school=school.id)),
        Link(AMONG, PAGE, chosen.but(view=VIEW, panel=None)),
    )
    return (Links(ways, AMONG if chosen.view == VIEW else CARD, "Вид карточки"),)


def blocks(q: Queries, school: School, year: int, chosen: Selection) -> tuple[Block, ...]:
    """The comparison, then the set with its conditions."""
    found = peers(q, school, year, chosen.similar)
    if found is None:
        return (Note("Похожие школы появятся после следующей сборки витрин.", "plain"),)
    if found.year is None and not found.members:
        why = "Похожие школы подбираются по анкете школы, а её от этой школы ещё не было."
        return (Note(why, "plain"), *_set(q, found, chosen))
    rows = beside(q, found, year)
    return (*_said(found, rows), *_compared(q, found, rows, year), *_set(q, found, chosen))


def _said(found: Peers, rows: Sequence[Beside]) -> tuple[Block, ...]:
    """How many are similar, whether that is enough, and how many differences chance does not explain."""
    count = len(found.members)
    schools = plural(count, "похожая школа", "похожие школы", "похожих школ")
    few = (
        Note(
            f"Похожих школ {number(count)}, меньше {found.enough}: сравнение с ними мало что говорит. "
            "Добавьте школы в набор, если знаете подходящие, или смотрите на район и регион.",
            "watch",
        ),
    )
    judged = [row for row in rows if row.q is not None]
    beyond = sum(row.is_beyond_chance for row in judged)
    said = f"Отличий больше случайного: {beyond} из {len(judged)} сравнений." if judged else ""
    lead = Sentence(f"В наборе {schools}.", said)
    return (lead, *(few if found.is_few else ()))


def _compared(q: Queries, found: Peers, rows: Sequence[Beside], year: int) -> tuple[Block, ...]:
    if not rows:
        return (Note("Общих показателей со школами набора за этот год нет.", "plain"),)
    has_middle = any(row.middle for row in rows)
    middle = Column("У половины похожих", True, hint="Где лежит средняя половина похожих школ")
    columns = (
        Column("Показатель", is_wide=True), Column("Школа", True), Column("Похожие вместе", True),
        *((middle,) if has_middle else ()),
        Column("Отличие от похожих", is_wide=True, hint="В скобках — 95 % интервал разности, процентные пункты"),
    )  # fmt: skip
    rows_ = tuple(_row(row, year, has_middle) for row in rows)
    table = Table(columns, rows_, "among-table", "Школа и похожие на неё")
    note = (
        "Отличие названо больше случайного, если оно выдерживает поправку на все сравнения этой страницы и на то, "
        "насколько похожие школы разнятся между собой. Это не место в списке и не оценка школы."
    )
    return (_chart(q, found, rows, year), table, Note(note))


def _row(row: Beside, year: int, has_middle: bool) -> Row:
    link = Link("", "indicators", Selection(indicator=row.indicator.indicator_id, year=year))
    middle = (Cell(row.middle or "—"),) if has_middle else ()
    told = Cell(row.verdict, tone="watch" if row.is_beyond_chance else None)
    return Row((Cell(row.title), counted(row.mine), counted(row.others), *middle, told), link)


def _chart(q: Queries, found: Peers, rows: Sequence[Beside], year: int) -> Chart:
    n = max(row.mine.n for row in rows)
    origin = tuple(dict.fromkeys(row.indicator.indicator_id for row in rows))
    numbers: list[tuple[str, Measure]] = []
    for row in rows:
        numbers += [(row.title, row.mine), (f"{row.title}: похожие вместе", row.others)]
    source = "показатели школы; набор — по анкете школы"
    note = "Кружок с чертой — школа и её 95 % интервал; бледные кольца — похожие школы; штрих — они вместе".replace(
        "95 %", f"95{NBSP}%"
    )
    return Chart(
        figure=partial(_figure, q.schools(), rows),
        caption=Caption(source, school_year(year), f"n{NBSP}={NBSP}до{NBSP}{number(n)}", note, origin, year),
        alt=f"{found.school.label} среди похожих школ: доли с интервалами, похожие — кольцами",
        table=sheet("Показатель", numbers),
        key="among",
        shows_table=False,
    )


def _figure(schools: dict[str, School], rows: Sequence[Beside], look: Look) -> go.Figure:
    from dashboard.figures.base import Point
    from dashboard.figures.peers import Among, among

    return among(
        [
            Among(
                Point(row.title, shown(row.mine), "", row.is_beyond_chance),
                tuple(
                    Point(schools[code].label, shown(measure), Link("", PAGE, Selection(school=code)).href)
                    for code, measure in row.each.items()
                ),
                shown(row.others).value,
            )
            for row in rows
        ],
        look,
    )


def _set(q: Queries, found: Peers, chosen: Selection) -> tuple[Block, ...]:
    """Who is in the set and by what; in editing a row takes its school out."""
    editing = chosen.panel == EDIT
    about = f"условия — по анкете за {school_year(found.year)}" if found.year else ""
    rows = tuple(_member(found, one, chosen, editing) for one in found.members)
    own = Row(
        (Cell(found.school.label), Cell("сама школа"), *_conditions(found, found.school.id)), is_total=True
    )
    columns = (
        Column("Убрать из набора" if editing else "Школа", is_wide=True), Column("Отличие условий", True, hint=HINT),
        *(Column(one.title, one.unit != "", hint=f"вес {number(one.weight)}; {one.why}") for one in found.conditions),
    )  # fmt: skip
    table = Table(columns, (own, *rows), "similar-set", "Набор похожих школ, в алфавитном порядке")
    return (
        Heading("Похожие школы", about),
        table,
        *_ways(q, found, chosen, editing),
        Note(_explained(found)),
    )


HINT = "0 — условия те же; 1 — отличаются на единицу по каждому признаку"


def _member(found: Peers, one: Alike, chosen: Selection, editing: bool) -> Row:
    code = one.school.id
    out = chosen.but(similar=found.changed(code, is_in=False))
    way = Link("", PAGE, out if editing else Selection(year=chosen.year, school=code))
    apart = "добавлена" if one.distance is None else number(one.distance, 2)
    return Row((Cell(one.school.label), Cell(apart, one.distance), *_conditions(found, code)), way)


def _conditions(found: Peers, code: str) -> tuple[Cell, ...]:
    return tuple(Cell(_word(found.words.get(code, {}).get(one.id))) for one in found.conditions)


def _word(word: str | None) -> str:
    """Numbers as numbers, words as they are."""
    try:
        value = float(word or "")
    except ValueError:
        return word or "—"
    return number(value, 0 if value.is_integer() else 1)


def _ways(q: Queries, found: Peers, chosen: Selection, editing: bool) -> tuple[Block, ...]:
    """How the set is changed: a link until it is asked for."""
    declared = chosen.but(similar=DECLARED if found.kept else None)
    back = (Link("Как подобрано", PAGE, declared),) if found.added or found.removed else ()
    if found.kept and not found.is_kept:
        back = (*back, Link("Как сохранено", PAGE, chosen.but(similar=None)))
    if not editing:
        return (Links((Link("Изменить набор", PAGE, chosen.but(panel=EDIT)), *back), "", "Набор"),)
    there = {found.school.id, *found.ids}
    others = [s for s in q.schools().values() if s.kind in (None, "школа") and s.id not in there]
    options = [Option("Добавить школу", chosen)]
    options += [Option(s.label, chosen.but(similar=found.changed(s.id, is_in=True))) for s in others]
    done = Link("Готово", PAGE, chosen.but(panel=None))
    removed = [
        Link(f"Вернуть: {one.label}", PAGE, chosen.but(similar=found.changed(one.id, is_in=True)))
        for one in found.removed
    ]
    return (
        Filters((Filter("similar", "Добавить школу", tuple(options), None, "Добавить школу"),)),
        Links((done, *removed, *back), "", "Набор"),
        *_keeping(q, found, chosen),
    )


def _keeping(q: Queries, found: Peers, chosen: Selection) -> tuple[Form, ...]:
    """The form that keeps a changed set for everybody, and lets go of the one that is kept."""
    notebook, changes = q.notebook, found.changes
    if notebook is None or not (found.added or found.removed or found.kept):
        return ()
    close = Link("Закрыть", PAGE, chosen.but(panel=None, similar=None))
    kept = (_kept(notebook, found.kept),) if found.kept else ()
    if found.is_kept or not changes or changes == DECLARED:
        return (Form("panel-similar", "Сохранённый набор", close, entries=kept),)
    return (
        Form(
            "panel-similar",
            "Сохранить набор для всех",
            close,
            "С ним школу будут сравнивать на этой странице и в «Обозревателе», пока набор не уберут.",
            (Field("author", "Кто сохраняет", is_author=True, is_required=True),),
            "Сохранить набор",
            lambda given: notebook.keep_peers(found.school.id, changes, given["author"]),
            kept,
        ),
    )


def _kept(notebook: Notebook, kept: PeerSet) -> Entry:
    said = f"{kept.author}, {written_at(kept.at)}"
    return Entry(kept.id, "Набор, сохранённый для этой школы", said, lambda: notebook.remove(kept.id))


def _explained(found: Peers) -> str:
    by = ", ".join(f"{one.title.lower()} (вес {number(one.weight)})" for one in found.conditions)
    touched = ""
    if found.added or found.removed:
        counts = f"добавлено {len(found.added)}, убрано {len(found.removed)}"
        where = "это помнит адрес страницы"
        if found.kept and found.is_kept:
            where = f"сохранено для всех: {found.kept.author}, {written_at(found.kept.at)}"
        touched = f" Набор изменён человеком ({counts}); {where}."
    declared = "их список и веса — в файле expectations/similar.toml"
    return f"Признаки: {by}. Это условия, а не результаты; {declared}.{touched}"

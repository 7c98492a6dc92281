"""Hours and vacancies, single teachers of a subject, and the staff list against the federal forms."""

from __future__ import annotations

from typing import Any

from dashboard.blocks import Block, Cell, Column, Heading, Link, Note, Row, Sentence, Table
from dashboard.by_organisation import Topic, section
from dashboard.parts import MANY, caption, places, shortened
from dashboard.queries import Queries, staffing
from dashboard.selection import Selection
from dashboard.words import NBSP, number, plain, plural, school_year

NO_LOAD = (
    "Нагрузка и вакансии видны, когда есть тарификационный список: положите его в data/raw/teaching_load."
)
NO_FORM = "Сверять не с чем: нужны ОО-1 (85-К, 1-ДОП) и список кадров одной организации за один учебный год."
_SAID = {
    "all": "всего", "women": "женщины", "higher": "высшее образование", "vocational": "среднее профессиональное",
    "top_category": "высшая категория", "first_category": "первая категория",
}  # fmt: skip
_SERVICE = {"total": "общий стаж", "teaching": "педагогический стаж"}


def load(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """Posts and hours that nobody holds, the mean load by organisation, subjects with one teacher."""
    where = {"year": year, "kind": chosen.kind, "municipality": chosen.municipality}
    posts, hours = q.one("staffing_share", **where), q.one("vacant_hours", **where)
    single = _single(q, year, chosen)
    if not posts.n and not hours.n:
        return (Note(NO_LOAD, "plain"), *single)
    taken = f"Занято {plain(posts.numerator)} из {plain(posts.denominator)} ставок ({plain(posts.value or 0)}{NBSP}%)."
    left = (
        f"Вакантно {plain(posts.denominator - posts.numerator)} ставки и {plain(hours.numerator)} ч в неделю."
    )
    said = Sentence(taken, left) if posts.n else Sentence("", left)
    return (
        said,
        *_vacancies(q, year, chosen),
        Heading("Нагрузка"),
        *section(q, Topic("mean_load", "staff", year, chosen)),
        *single,
    )


def _vacancies(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    found = staffing.vacancies(q, year, chosen.kind, chosen.municipality)
    if not found:
        return (Note("Вакансий в тарификационных списках нет.", "plain"),)
    rows = tuple(
        Row(
            (
                _label(q, school),
                Cell(subject or "—"),
                _number(hours),
                _number(rates),
                Cell(number(teachers), teachers),
            ),
            _link(q, school, year),
        )
        for school, subject, hours, rates, teachers in found
    )
    columns = (
        Column("Организация"), Column("Предмет или должность", is_wide=True), Column("Вакантно, ч/нед.", True),
        Column("Вакантно, ставок", True), Column("Ведут предмет, чел.", True),
    )  # fmt: skip
    text = caption(
        q, "vacant_hours", school_year(year), plural(len(found), "вакансия", "вакансии", "вакансий")
    ).text
    return (
        Heading("Вакансии"),
        shortened(Table(columns, rows, "vacancies-table", text, brief=_by_subject(found, text))),
    )


def _by_subject(found: list[tuple[Any, ...]], text: str) -> Table | None:
    """Vacant hours and posts of all organisations by subject, where single ones are too many for paper."""
    if len(found) <= MANY:
        return None
    sums: dict[str, list[float]] = {}
    for _, subject, hours, rates, _ in found:
        said = sums.setdefault(subject or "—", [0, 0, 0])
        for place, one in enumerate((1, hours or 0, rates or 0)):
            said[place] += one
    rows = (
        Row((Cell(subject), Cell(number(count), count), _number(hours), _number(rates)))
        for subject, (count, hours, rates) in sorted(sums.items(), key=lambda one: -one[1][1])
    )
    columns = (
        Column("Предмет или должность", is_wide=True), Column("Организаций", True), Column("Вакантно, ч/нед.", True),
        Column("Вакантно, ставок", True),
    )  # fmt: skip
    return Table(columns, tuple(rows), "vacancies-table", text)


def _single(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    found = staffing.single_teachers(q, year, chosen.kind, chosen.municipality)
    if not found:
        return ()
    rows = tuple(
        Row(
            (
                _label(q, school),
                Cell(number(taught), taught),
                Cell(number(alone), alone),
                Cell(", ".join(names or ())),
            ),
            _link(q, school, year),
        )
        for school, taught, alone, names in found
    )
    columns = (
        Column("Школа"), Column("Предметов", True), Column("С одним учителем", True),
        Column("Какие", is_wide=True),
    )  # fmt: skip
    note = "Уйдёт один человек — предмет некому вести. Из списка часов, где его нет — из списка кадров."
    return (
        Heading("Предметы с единственным учителем", note),
        shortened(Table(columns, rows, "single-table", brief=_by_places(q, found, columns[1:3], chosen))),
    )


def _by_places(
    q: Queries, found: list[tuple[Any, ...]], columns: tuple[Column, ...], chosen: Selection
) -> Table | None:
    there = places(q, {school: (taught, alone) for school, taught, alone, _ in found}, "staff", chosen)
    if not any(one.is_sum for one in there):
        return None
    rows = tuple(Row(one.cells) for one in there)
    return Table((Column("Муниципалитет (школ)"), *columns), rows, "single-table")


def official(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """Each graph of the form that the staff list does not confirm, in words."""
    where = {"year": year, "kind": chosen.kind, "municipality": chosen.municipality}
    match = q.one("form_match_share", **where)
    if not match.n:
        return (Note(NO_FORM, "plain"),)
    same, whole = number(match.numerator), number(match.n)
    schools = staffing.compared_forms(q, year)
    lead = f"Совпало {same} из {whole} граф."
    text = (
        f"Сверено организаций: {len(schools)}. Образование и категории, стаж, возраст на 1 января; без внешних "
        "совместителей."
    )
    found = staffing.differences(q, year, chosen.kind, chosen.municipality)
    if not found:
        return (Sentence(lead, text, "good"),)
    return (Sentence(lead, text, "watch"), _differences(q, year, found, match.n))


def _differences(q: Queries, year: int, found: list[tuple[object, ...]], whole: float) -> Table:
    rows = tuple(
        Row(
            (
                _label(q, str(school)), Cell(graph(str(key))), Cell(number(said), said), Cell(number(listed), listed),
                Cell(_words(str(form), said, listed)), Cell(f"{form}: {places}"),
            ),
            _link(q, str(school), year),
        )
        for school, form, places, key, said, listed in found
        if isinstance(said, float) and isinstance(listed, int)
    )  # fmt: skip
    columns = (
        Column("Организация"), Column("Графа"), Column("В форме", True), Column("В списке", True),
        Column("Что проверить", is_wide=True), Column("Где в форме", is_wide=True),
    )  # fmt: skip
    text = caption(q, "form_match_share", school_year(year), whole).text
    return shortened(Table(columns, rows, "reconciled-table", text))


def graph(key: str) -> str:
    """What a graph counts: «возраст 25–29», «педагогический стаж 20 лет и больше»."""
    if key in _SAID:
        return _SAID[key]
    about, _, band = key.partition("_")
    low, _, high = band.partition("_")
    name = _SERVICE.get(about, "возраст")
    if not high:
        return f"{name} {low} лет и больше"
    if low == "0":
        return f"{name} до {int(high) + 1} лет"
    return f"{name} {low}–{high} лет" if int(high) > 4 else f"{name} {low}–{high} года"


def _words(form: str, said: float, listed: int) -> str:
    more = listed - said
    people = plural(abs(more), "человека", "человека", "человек")
    if more > 0:
        return f"В списке на {people} больше: в {form} кого-то не учли или поместили в другую графу"
    return f"В списке на {people} меньше: список неполон или в нём неверны дата или стаж"


def _label(q: Queries, school: str) -> Cell:
    return Cell(q.schools()[school].label)


def _link(q: Queries, school: str, year: int) -> Link:
    return Link(q.schools()[school].label, "school", Selection(year=year, school=school))


def _number(value: float | None) -> Cell:
    return Cell("—") if value is None else Cell(plain(value), round(value, 2))

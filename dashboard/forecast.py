"""Who may leave in five years: expected numbers with an interval and two other scenarios, hours by subject."""

from __future__ import annotations

from math import sqrt

from dashboard.blocks import Block, Cell, Column, Heading, Link, Note, Row, Sentence, Table
from dashboard.parts import alphabetical
from dashboard.queries import Queries, staffing
from dashboard.selection import Selection
from dashboard.words import NBSP, number, plain

QUANTILE = 1.959963984540054
MOST = 15
NO_AGES = "Прогноз считается по возрасту из списка кадров: за этот год списков нет."
WARNING = (
    "Прогноз условный: вероятности ухода по возрасту — заменители, объявленные в словаре «Вероятность ухода». "
    "Замените их долями ушедших в своём районе. Кто именно уйдёт, прогноз не говорит."
)


def forecast(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    """Expected leavers by year of the forecast, then subjects whose hours are most at risk."""
    found = staffing.forecast(q, year, chosen.kind, chosen.municipality)
    if not found:
        return (Note(NO_AGES, "plain"),)
    people, expected, variance = found["base", 5]
    low, high = interval(expected, variance, people)
    lead = f"За пять лет из {number(people)} педагогов могут уйти около {number(expected)}"
    text = f"(с вероятностью 95{NBSP}% от {number(low)} до {number(high)}, если вероятности верны)."
    return (Sentence(lead, text), Note(WARNING), _years(year, found), *_subjects(q, year, chosen))


def interval(expected: float, variance: float, people: int) -> tuple[float, float]:
    """Where a sum of unlike chances falls in 95 of 100 cases: Poisson's binomial by its variance."""
    half = QUANTILE * sqrt(variance)
    return max(0.0, expected - half), min(float(people), expected + half)


def _years(year: int, found: dict[tuple[str, int], tuple[int, float, float]]) -> Table:
    rows = []
    for horizon in range(1, 6):
        people, expected, variance = found["base", horizon]
        low, high = interval(expected, variance, people)
        others = (found[scenario, horizon][1] for scenario in ("low", "high"))
        cells = (
            _value(expected),
            Cell(f"{number(low)}–{number(high)}"),
            *(_value(other) for other in others),
        )
        rows.append(Row((Cell(f"осень {year - 1 + horizon}"), *cells)))
    columns = (
        Column("К сроку"), Column("Ожидается уходов", True), Column(f"Интервал 95{NBSP}%", True),
        Column("Если уходят реже", True), Column("Если уходят чаще", True),
    )  # fmt: skip
    return Table(columns, tuple(rows), "forecast-table")


def _subjects(q: Queries, year: int, chosen: Selection) -> tuple[Block, ...]:
    largest = staffing.hours_at_risk(q, year, chosen.kind, chosen.municipality)[:MOST]
    found = alphabetical(q, largest)
    if not found:
        return ()
    rows = tuple(
        Row(
            (
                Cell(q.schools()[school].label),
                Cell(subject),
                Cell(number(teachers), teachers),
                *map(_value, hours),
            ),
            Link("", "school", Selection(year=year, school=school)),
        )
        for school, subject, teachers, *hours in found
    )
    columns = (
        Column("Организация"), Column("Предмет", is_wide=True), Column("Ведут, чел.", True),
        Column("Часов под вопросом через год", True), Column("через 3 года", True), Column("через 5 лет", True),
    )  # fmt: skip
    note = f"Ожидаемые часы в неделю без педагога; {MOST} наибольших, по организациям."
    return (Heading("Предметы и часы под вопросом", note), Table(columns, rows, "hours-at-risk-table"))


def _value(value: float) -> Cell:
    return Cell(plain(value), round(value, 2))

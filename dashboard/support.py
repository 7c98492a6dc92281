"""Signs that need a closer look, for the department alone: never a verdict, never in print.

Low results (as «500+» counts them) and a journal that does not go with the points of the work (ФИОКО). The limits
stand in ``expectations/dictionaries/support_rule.toml``; below twenty pupils nothing is calculated.
"""

from __future__ import annotations

from typing import Any

from dashboard.blocks import Block, Cell, Column, Heading, Note, Row, Table
from dashboard.queries import Queries
from dashboard.words import number, out_of, percent, plural

SIGN = "признак, требует дополнительного анализа"
BY_CHANCE = "при таком n не отличается от порога"
LOW = """select low.school_id, low.school_year, low.subject, low.grade, low.low, low.marked, low.p_value
    from fct_low_results as low
    where low.is_low and low.school_year between ? - 1 and ? and low.school_id in (
        select school_id from fct_low_results where is_low and school_year between ? - 1 and ?
        group by 1 having count(*) >= (select "limit" from dim_support_rule where term = 'procedures'))
    order by 1, 2, 3, 4"""
JOURNAL = """select school_id, school_year, subject, grade, pupils, correlation from fct_journal_sign
    where is_sign and school_year = ? order by 1, 2, 3, 4"""
OVERSTATED = """select school_id, school_year, subject, grade, pupils, mean, low, area, area_mean, area_high
    from fct_overstated_sign where is_sign and school_year = ? order by 1, 2, 3, 4"""
COHORT = """select school_id, school_year, subject, 5, pupils, before, percent, is_fall from fct_cohort_sign
    where (is_fall or is_rise) and school_year = ? order by 1, 2, 3"""
CALCULATED = """select
    (select count(*) from fct_low_results where school_year = ?),
    (select count(*) from fct_journal_sign where school_year = ?),
    (select count(*) from fct_overstated_sign where school_year = ?),
    (select count(*) from fct_cohort_sign where school_year = ? and is_fall is not null),
    (select coalesce(max(schools), 0) from fct_cohort_sign where school_year = ?)"""
HEADS = (
    Column("Организация"),
    Column("Работа"),
    Column("Что видно", is_wide=True),
    Column("Как понимать", is_wide=True),
)


def blocks(q: Queries, year: int) -> tuple[Block, ...]:
    """The signs of a year as a table; nothing for other audiences or where nothing was calculated."""
    if q.viewer.audience != "internal" or not _is_known(q):
        return ()
    rows = [*map(_low(q), q.rows(LOW, [year] * 4)), *map(_journal(q), q.rows(JOURNAL, [year]))]
    rows += [*map(_overstated(q), q.rows(OVERSTATED, [year])), *map(_cohort(q), q.rows(COHORT, [year]))]
    intro = (
        "Только для служебного пользования. Рассчитано по работам, где участников не меньше 20; для меньших не"
        " рассчитывается. Пороги объявлены в словаре «Признаки для анализа». Это не"
        " оценка: признак бывает и у честной школы."
    )
    looked = Note(_looked_at(q, year), "plain")
    if not rows:
        return (Heading("Признаки для анализа"), Note(f"{intro} За этот год признаков нет.", "plain"), looked)
    return (
        Heading("Признаки для анализа"),
        Note(intro),
        looked,
        Table(HEADS, tuple(rows), "support-signs", "Признаки"),
    )


def _looked_at(q: Queries, year: int) -> str:
    """What was calculated and found quiet, and what could not be calculated and why."""
    ((low, journal, overstated, cohorts, schools),) = q.rows(CALCULATED, [year] * 5)
    works = ("работа", "работы", "работ")
    said = [
        f"низкие результаты — {plural(low, *works)}",
        f"связь с журналом — {plural(journal, *works)}",
        f"завышенный средний балл ВПР — {plural(overstated, *works)}" if overstated
        else "завышенный средний балл ВПР — нет данных (нужно распределение баллов региона)",
        f"изменение параллели 4→5 — {plural(cohorts, *works)}" if cohorts
        else f"изменение параллели 4→5 — не рассчитывается (для квартилей школ мало: {number(schools)})",
        "завышенный средний балл ОГЭ — нет данных (разброс баллов региона не приходит)",
    ]  # fmt: skip
    return f"Что проверено за год: {'; '.join(said)}."


def _is_known(q: Queries) -> bool:
    return q.has("fct_cohort_sign")


def _row(q: Queries, school: str, year: int, subject: str, grade: int, seen: str, meaning: str) -> Row:
    known = q.schools().get(school)
    label = known.label if known else school
    return Row((Cell(label), Cell(f"{subject}, {grade} класс, {year}"), Cell(seen), Cell(meaning)))


def _low(q: Queries) -> Any:
    def row(found: tuple[Any, ...]) -> Row:
        school, year, subject, grade, low, marked, chance = found
        share = f"{percent(100 * low / marked)} ({out_of(low, marked)})"
        meaning = SIGN if chance <= 0.05 else f"{SIGN}; {BY_CHANCE}"
        return _row(q, school, year, subject, grade, f"«2» у {share}, не в одной работе за два года", meaning)

    return row


def _journal(q: Queries) -> Any:
    def row(found: tuple[Any, ...]) -> Row:
        school, year, subject, grade, pupils, correlation = found
        seen = (
            f"отметки по журналу не согласованы с баллами: r = {number(correlation, 2)}, n = {number(pupils)}"
        )
        return _row(q, school, year, subject, grade, seen, SIGN)

    return row


def _overstated(q: Queries) -> Any:
    def row(found: tuple[Any, ...]) -> Row:
        school, year, subject, grade, pupils, mean, low, region, area_mean, high = found
        seen = (
            f"средний балл {number(mean, 1)} (не ниже {number(low, 1)}, n = {number(pupils)}), "
            f"{region} — {number(area_mean, 1)} (не выше {number(high, 1)})"
        )
        return _row(q, school, year, subject, grade, seen, SIGN)

    return row


def _cohort(q: Queries) -> Any:
    def row(found: tuple[Any, ...]) -> Row:
        school, year, subject, grade, pupils, before, percent_, is_fall = found
        seen = (
            f"{'резкое падение' if is_fall else 'резкий рост'} параллели: {percent(before)} в 4 классе, "
            f"{percent(percent_)} в 5 классе, n = {number(pupils)}"
        )
        return _row(q, school, year, subject, grade, seen, SIGN)

    return row

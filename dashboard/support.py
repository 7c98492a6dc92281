"""Signs that need a closer look, for the department and the school alone: never a verdict, never in print.

Low results (as «500+» counts them) and a journal that does not go with the points of the work (ФИОКО). The limits
stand in ``expectations/dictionaries/support_rule.toml``; below twenty pupils nothing is calculated.
"""

from __future__ import annotations

from typing import Any

from dashboard.blocks import Block, Cell, Column, Heading, Note, Row, Table
from dashboard.queries import Queries
from dashboard.words import number, out_of, percent

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
HEADS = (
    Column("Организация"),
    Column("Работа"),
    Column("Что видно", is_wide=True),
    Column("Как понимать", is_wide=True),
)


def blocks(q: Queries, year: int) -> tuple[Block, ...]:
    """The signs of a year as a table; nothing for other audiences or where nothing was calculated."""
    if q.viewer.audience == "public" or not _is_known(q):
        return ()
    rows = [*map(_low(q), q.rows(LOW, [year] * 4)), *map(_journal(q), q.rows(JOURNAL, [year]))]
    intro = (
        "Только для служебного пользования. Рассчитано по работам, где участников не меньше 20; для меньших не"
        " рассчитывается. Пороги объявлены в словаре «Признаки для анализа». Это не"
        " оценка: признак бывает и у честной школы."
    )
    if not rows:
        return (Heading("Признаки для анализа"), Note(f"{intro} За этот год признаков нет.", "plain"))
    return (
        Heading("Признаки для анализа"),
        Note(intro),
        Table(HEADS, tuple(rows), "support-signs", "Признаки"),
    )


def _is_known(q: Queries) -> bool:
    return bool(q.rows("select 1 from duckdb_tables() where table_name = 'fct_journal_sign'"))


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

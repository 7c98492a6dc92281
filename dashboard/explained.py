"""«Откуда это число» as blocks: formula, numbers, files, what was left out."""

from __future__ import annotations

from typing import Any

from dashboard.blocks import Block, Cell, Column, Fact, Facts, Note, Row, Table
from dashboard.explain import Origin
from dashboard.words import day, number, out_of, plain, plural

MOST = 60
STATUS = {"accepted": "принято", "accepted_with_warnings": "принято с замечаниями"}


def blocks(found: Origin) -> tuple[Block, ...]:
    """The origin of a number, readable from top to bottom."""
    return (Facts(_facts(found), "Откуда это число"), *_files(found), *_left_out(found))


def _facts(found: Origin) -> tuple[Fact, ...]:
    declared = found.indicator
    rows = (
        ("Как считается", declared.formula),
        ("Числитель и знаменатель", "; ".join(_parts(row) for row in found.numbers[:6])),
        ("Сосчитано строк", f"{number(found.counted)} в таблице {declared.source_table}"),
        (
            "Формула в данных",
            f"{declared.numerator_sql} / {declared.denominator_sql}, где {declared.where_sql}",
        ),
        ("Из каких файлов бывает", "; ".join(found.also)),
    )
    return tuple(Fact(term, text) for term, text in rows if text)


def _parts(row: dict[str, Any]) -> str:
    if row["numerator"] is None:
        return str(row["note"] or "нет данных")
    return out_of(row["numerator"], row["denominator"]) if row["denominator"] else plain(row["numerator"])


def _files(found: Origin) -> tuple[Block, ...]:
    columns = (Column("Файл", is_wide=True), Column("Организация"), Column("Получен"), Column("Строк", True),
               Column("Замечания, с которыми принят", is_wide=True))  # fmt: skip
    rows = tuple(
        Row((Cell(f.file, hint=f.title), Cell(f.school or "—"), Cell(day(f.received_at)), Cell(number(f.rows), f.rows),
             Cell("; ".join(f.remarks[:3]) or STATUS.get(f.status, f.status))))
        for f in found.files[:MOST]
    )  # fmt: skip
    rest = len(found.files) - MOST
    more = (
        (Note(f"и ещё {plural(rest, 'файл', 'файла', 'файлов')}; все — kabinet explain --json"),)
        if rest > 0
        else ()
    )
    return (Table(columns, rows, "origin-files", "Файлы"), *more) if rows else ()


def _left_out(found: Origin) -> tuple[Block, ...]:
    columns = (Column("Что не вошло", is_wide=True), Column("Строк", True), Column("Почему", is_wide=True),
               Column("Где", is_wide=True))  # fmt: skip
    rows = tuple(
        Row(
            (Cell(x.what), Cell("" if x.rows is None else number(x.rows), x.rows), Cell(x.why), Cell(x.place))
        )
        for x in found.left_out[:MOST]
    )
    if not rows:
        return (Note("Ничего не исключено: учтены все принятые строки.", "plain"),)
    return (Table(columns, rows, "origin-left-out", "Что не вошло и почему"),)

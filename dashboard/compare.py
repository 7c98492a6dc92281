"""Two snapshots against each other: which numbers moved, because of which files or declarations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.marts import Indicator, Snapshot

Key = tuple[str, int]
Cells = dict[tuple[str, str, int], tuple[float, float, object]]
DECLARED = ("formula", "numerator_sql", "denominator_sql", "where_sql", "source_table", "scale", "by")


@dataclass(frozen=True)
class Moved:
    """An indicator of one year whose numbers differ, with the organisations where they do, and why."""

    indicator: str
    title: str
    unit: str
    year: int
    before: float | None
    after: float | None
    schools: tuple[str, ...]
    files: tuple[str, ...]
    """«+ файл» came, «− файл» is no longer in force."""
    declarations: tuple[str, ...]
    """What of the declaration changed, in words."""


@dataclass(frozen=True)
class Difference:
    """All that moved, and how many indicators and years were looked at."""

    moved: tuple[Moved, ...]
    looked_at: int


def compare(before: Snapshot, after: Snapshot) -> Difference:
    """Every indicator of every year, by organisation, in both snapshots."""
    old, new = _cells(before), _cells(after)
    different: dict[Key, set[str]] = defaultdict(set)
    for cell in old.keys() | new.keys():
        if old.get(cell) != new.get(cell):
            indicator, school, year = cell
            different[indicator, year].add(school)
    changed = _files(before, after)
    moved = [_moved(before, after, key, schools, changed, old, new) for key, schools in different.items()]
    looked_at = {(indicator, year) for indicator, _, year in old.keys() | new.keys()}
    moved.sort(key=lambda one: (one.title, -one.year))
    return Difference(tuple(moved), len(looked_at))


def _cells(snapshot: Snapshot) -> Cells:
    """Sums by organisation and year, with a mark of the finest rows: numbers may move and sums stay."""
    # Fractions added up in another order differ in their last bits: that is no move.
    sql = """select indicator_id, coalesce(school_id, ''), school_year,
            round(sum(numerator), 6), round(sum(denominator), 6),
            sum(hash(procedure, term, subject, grade, class, task, level, competence, topic,
                round(numerator, 6), round(denominator, 6), n))
        from indicator_value where school_year is not null group by 1, 2, 3"""
    return {(i, s, y): (k or 0, d or 0, mark) for i, s, y, k, d, mark in snapshot.rows(sql)}


def _moved(
    before: Snapshot, after: Snapshot, key: Key, schools: set[str],
    changed: dict[str, list[tuple[str, str | None, int | None]]], old: Cells, new: Cells,
) -> Moved:  # fmt: skip
    name, year = key
    was, now = before.indicators.get(name), after.indicators.get(name)
    declared = now or was
    assert declared is not None  # the key comes from one of the two
    return Moved(
        name, declared.title, declared.unit, year, _value(was, year, old), _value(now, year, new),
        tuple(sorted(_names(after, before, schools))),
        tuple(_because(after, declared, year, schools, changed)), tuple(_declared(was, now)),
    )  # fmt: skip


def _value(declared: Indicator | None, year: int, cells: Cells) -> float | None:
    """The district's value; none where the indicator only has a meaning by level or topic."""
    if declared is None or set(declared.split_by) - {"year"}:
        return None
    mine = [cell for (name, _, at), cell in cells.items() if (name, at) == (declared.indicator_id, year)]
    part, whole = sum(cell[0] for cell in mine), sum(cell[1] for cell in mine)
    if declared.kind == "count":
        return part if mine else None
    return declared.scale * part / whole if whole else None


def _names(after: Snapshot, before: Snapshot, schools: Iterable[str]) -> list[str]:
    known: dict[str, str] = {}
    for snapshot in (before, after):
        known |= dict(snapshot.rows("select school_id, short_name from dim_school"))
    return [known.get(school) or school for school in schools if school]


def _files(before: Snapshot, after: Snapshot) -> dict[str, list[tuple[str, str | None, int | None]]]:
    """By source: files in force in one snapshot only, with whose they are and of which year."""
    sql = "select submission_id, source, file, school_id, school_year from submission where is_current"
    old, new = ({row[0]: row[1:] for row in snapshot.rows(sql)} for snapshot in (before, after))
    found: dict[str, list[tuple[str, str | None, int | None]]] = defaultdict(list)
    for sign, mine, other in (("−", old, new), ("+", new, old)):
        for submission in mine.keys() - other.keys():
            source, file, school, year = mine[submission]
            found[source].append((f"{sign} {file}", school, year))
    return found


def _because(
    after: Snapshot, declared: Indicator, year: int, schools: set[str],
    changed: dict[str, list[tuple[str, str | None, int | None]]],
) -> list[str]:  # fmt: skip
    """Files of the kinds behind the indicator that came or went, of these organisations first."""
    if not after.rows("select 1 from duckdb_tables() where table_name = 'lineage'"):
        return []
    sources = {
        s for (s,) in after.rows("select source from lineage where table_name = ?", [declared.source_table])
    }
    possible = [file for source in sources for file in changed.get(source, [])]
    own = [name for name, school, at in possible if school in schools and at in (year, None)]
    shared = [name for name, school, _ in possible if school is None]
    near = [name for name, school, _ in possible if school in schools]
    return sorted(dict.fromkeys(own or shared or near))


def _declared(was: Indicator | None, now: Indicator | None) -> list[str]:
    if was is None or now is None:
        return ["показатель объявлен впервые" if was is None else "показатель больше не объявлен"]
    words = {
        "formula": "слова формулы", "numerator_sql": "числитель", "denominator_sql": "знаменатель",
        "where_sql": "кто считается", "source_table": "таблица", "scale": "множитель", "by": "разрезы",
    }  # fmt: skip
    return [words[name] for name in DECLARED if getattr(was, name) != getattr(now, name)]

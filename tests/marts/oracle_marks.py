"""The oracle's quarters and years: children of classes, marks of subjects."""

from __future__ import annotations

from tests.marts.oracle_cells import Cells, Row, share

WEIGHTS = {"n5": 1.0, "n4": 0.64, "n3": 0.36, "n2": 0.16}
MARKS = {"n5": 5, "n4": 4, "n3": 3, "n2": 2}


def marks(tables: dict[str, list[Row]]) -> Cells:
    cells: Cells = {}
    for row in tables["class_marks"]:
        cells |= _class(row)
    for row in tables["subject_marks"]:
        cells |= _subject(row)
    return cells


def _class(row: Row) -> Cells:
    whole = row.get("certified")
    if row.get("grade") == 1 or whole is None:
        return {}
    cell = (row["school_id"], row["school_year"], "marks", row["term"], row.get("grade"), row["class"])
    failing = row.get("failing") or 0
    missing = row.get("not_certified")
    missing = max(0, row["pupils_end"] - whole) if missing is None else missing
    return {
        ("class_pass_share", cell): share(whole - failing, whole),
        ("class_quality_share", cell): share((row.get("fives") or 0) + (row.get("fours") or 0), whole),
        ("excellent_share", cell): share(row.get("fives") or 0, whole),
        ("one_three_share", cell): share(row.get("one_three") or 0, whole),
        ("failing_pupils", cell): (failing, 0, failing),
        ("not_certified_share", cell): share(missing, row["pupils_end"]),
    }


def _subject(row: Row) -> Cells:
    given = {name: row.get(name) for name in MARKS}
    if row.get("grade") == 1 or all(count is None for count in given.values()):
        return {}
    counts = {name: count or 0 for name, count in given.items()}
    n, missing = sum(counts.values()), row.get("not_certified") or 0
    cell = (
        row["school_id"],
        row["school_year"],
        "marks",
        row["term"],
        row["subject"],
        row.get("grade"),
        row["class"],
    )
    return {
        ("marks_pass_share", cell): share(n - counts["n2"], n),
        ("marks_quality_share", cell): share(counts["n5"] + counts["n4"], n),
        ("marks_mean", cell): (sum(MARKS[name] * k for name, k in counts.items()), n, n),
        ("sou_index", cell): (sum(WEIGHTS[name] * k for name, k in counts.items()), n, n),
        ("subject_not_certified_share", cell): share(missing, n + missing),
    }

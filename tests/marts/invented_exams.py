"""State exams of the invented district: second tries, reviews, absence, guests, two kinds of mathematics."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

Row = dict[str, Any]
EXAMS = (
    ("ege", "Русский язык", 11), ("ege", "Математика (базовая)", 11), ("oge", "Математика", 9),
    ("gve", "Русский язык", 9),
)  # fmt: skip
DAYS = {
    "early": date(2026, 3, 23),
    "main": date(2026, 6, 1),
    "reserve": date(2026, 6, 22),
    "september": date(2026, 9, 8),
}


def exams(chance: Random, tables: dict[str, list[Row]], school: str) -> None:
    """Protocols, appeals and the region's form of one school."""
    for procedure, subject, grade in EXAMS:
        exam = {"school_id": school, "procedure": procedure, "subject": subject}
        for number in range(chance.randint(2, 14)):
            waves = chance.choice(
                [["main"], ["main"], ["main", "september"], ["early"], ["reserve"], ["main", "reserve"]]
            )
            person = {**exam, "person_id": f"{school}{procedure}{number}", "grade": grade, "class": f"{grade}А",
                      "category": chance.choice([None, "выпускник текущего года", "СПО"])}  # fmt: skip
            for wave in waves:
                _attempt(chance, tables, {**person, "wave": wave, "exam_date": DAYS[wave]})
    for subject, n in (("Русский язык", chance.randint(1, 20)), ("Физика", chance.randint(1, 9))):
        low, high = chance.randint(0, 1), 0
        row = {
            "participants": n,
            "below_min": low,
            "high": high,
            "hundred": 0,
            "mean_score": chance.uniform(30, 70),
        }
        tables["exam_school"].append({"school_id": school, "subject": subject, **row})
    tables["exam_school"].append({"school_id": school, "subject": "Химия", "applied": chance.randint(1, 9)})


def areas(chance: Random, tables: dict[str, list[Row]]) -> None:
    """Totals of a region and of one municipality; of physics two regions speak. One least score is known."""
    tables["exam_threshold"].append({"min_score": chance.randint(24, 60)})
    for area, level, subjects in (
        ("Озёрный край", "region", ("Русский язык", "Физика")), ("Лесной край", "region", ("Физика",)),
        ("Озёрный район", "municipality", ("Русский язык",)),
    ):  # fmt: skip
        for subject in subjects:
            row = {"participants": 40, "mean_score": chance.uniform(40, 60)}
            tables["exam_area"].append({"area": area, "level": level, "subject": subject, **row})


def _attempt(chance: Random, tables: dict[str, list[Row]], row: Row) -> None:
    state = chance.choice(["действует"] * 5 + ["неявка", "аннулирован"])
    is_scored = row["procedure"] == "ege" and row["subject"] == "Русский язык"
    given = {"score": float(chance.randint(20, 100))} if is_scored else {"mark": chance.randint(2, 5)}
    there = state != "неявка"
    tables["exam_result"].append({**row, "state": state, **(given if there else {})})
    key = {name: row[name] for name in ("school_id", "procedure", "subject", "exam_date", "person_id")}
    if there and chance.random() < 0.2:
        for day in (date(2026, 7, 1), date(2026, 7, 9)):
            new = {"score": float(chance.randint(20, 100))} if is_scored else {"mark": chance.randint(2, 5)}
            tables["exam_appeal"].append({**key, **new, "changed_at": day})
    for task, most in (("1", 1), ("2", None), ("Р1", 3)) if there else ():
        points = float(chance.randint(0, most or 2))
        item = {"task": task, "task_order": len(task), "points": points, "max_points": most}
        tables["exam_item"].append({**key, **item})

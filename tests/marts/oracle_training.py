"""Training beyond the three years: five of them, whose courses, about which subject; and deficits named."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.marts.oracle_cells import Cells, Row, grouped, share

STEMS = {"Математика": "математик", "Физика": "физик", "Химия": "хими", "Биология": "биологи", "История": "истори",
         "Русский язык": "русск", "Литература": "литератур", "География": "географи", "Информатика": "информатик",
         "Обществознание": "обществозна", "Английский язык": "английск", "Немецкий язык": "немецк",
         "Начальные классы": "начальн", "Физическая культура": "физическ", "Музыка": "музык", "ИЗО": "изобразит",
         "Технология": "технологи", "Алгебра": "математик", "Геометрия": "математик"}  # fmt: skip
STATE = ("институт развития образования", "гау дпо", "университет", "центр непрерывного")
PRIVATE = ("ооо", "ано")
BLOCKS = {
    "Методический": ("Обновлённые ФГОС и ФОП", "Функциональная грамотность", "Одарённые дети и олимпиады",
                     "Дошкольное развитие"),
    "Предметный": ("Предметное содержание и методика", "Подготовка к ГИА и ВПР"),
    "Цифровой": ("Цифровые инструменты и ИИ в обучении",),
    "Психолого-педагогический": ("Дети с ОВЗ, инклюзия", "Воспитание и классное руководство",
                                 "Психолого-педагогическая поддержка"),
}  # fmt: skip


def training(tables: dict[str, list[Row]], kinds: dict[str, str]) -> Cells:
    """Indicators of courses by person, of providers and of blocks."""
    counted = [row for row in tables["training_course"] if row["kind"] == "ПП" or row["hours"] >= 16]
    cells: Cells = {}
    for (school, year), rows in grouped(tables["staff"], "school_id", "school_year").items():
        as_of: date = max(row["as_of"] for row in rows)
        people = [row for row in rows if row["as_of"] == as_of and not row.get("is_external")]
        own = [row for row in counted if row["school_id"] == school and row["end_date"] <= as_of]
        if any(row["end_date"] <= _years_before(as_of, 4) for row in tables["training_course"]):
            recent = [row for row in own if row["end_date"] >= _years_before(as_of, 5)]
            trained = {row["name_id"] for row in recent}
            standards = {row["name_id"] for row in recent if row.get("topic") == "Обновлённые ФГОС и ФОП"}
            for name, those in (("course_5y_share", trained), ("standards_5y_share", standards)):
                cells[name, (school, year)] = share(sum(p["name_id"] in those for p in people), len(people))
        cells |= _profile((school, year), people, own, as_of, kinds[school])
    return cells | _providers(counted, kinds) | _blocks(tables["training_need"])


def _profile(cell: tuple[str, int], people: list[Row], own: list[Row], as_of: date, kind: str) -> Cells:
    found = []
    for person in people:
        teaches = (
            person["post_group"] == "учитель" if kind == "школа" else person["post_group"] != "руководитель"
        )
        stems = [STEMS[s] for s in (person.get("subjects") or "").split(";") if s in STEMS]
        titles = [
            row["title"].lower() for row in own
            if row["name_id"] == person["name_id"] and row["end_date"] >= _years_before(as_of, 3)
        ]  # fmt: skip
        if teaches and stems and titles:
            found.append(any(stem in title for stem in stems for title in titles))
    return {("course_profile_share", cell): share(sum(found), len(found))}


def _providers(counted: list[Row], kinds: dict[str, str]) -> Cells:
    known: dict[tuple[Any, ...], list[bool]] = {}
    for row in counted:
        if kinds[row["school_id"]] != "школа" or row["end_date"] < date(2025, 9, 1):
            continue
        name = (row.get("provider") or "").lower()
        year = row["end_date"].year + (row["end_date"].month >= 9)
        if any(word in name.split() for word in PRIVATE):
            known.setdefault((row["school_id"], year), []).append(False)
        elif any(word in name for word in STATE) or "педагогический университет" in name:
            known.setdefault((row["school_id"], year), []).append(True)
    return {("course_state_share", cell): share(sum(own), len(own)) for cell, own in known.items()}


def _blocks(needs: list[Row]) -> Cells:
    cells: Cells = {}
    for (school, year), rows in grouped(needs, "school_id", "school_year").items():
        people = {row["name_id"] for row in rows}
        for block, topics in BLOCKS.items():
            chosen = {row["name_id"] for row in rows if row["is_chosen"] and row["topic"] in topics}
            cells["deficit_block_share", (school, year, block)] = share(len(chosen), len(people))
    return cells


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years)

"""An invented district of staged rows from a seed: small, with every gap that the marts must survive."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from tests.marts.invented_exams import areas, exams
from tests.marts.rows import DEFAULTS, GARDEN, OTHER, SCHOOL, District

Row = dict[str, Any]
KINDS = {SCHOOL: "школа", OTHER: "школа", GARDEN: "детский сад"}
SPEEDS = ("до 25 Мбит/с", "51–100 Мбит/с", "более 100 Мбит/с", "Интернет в ОО отсутствует")
PROVIDERS = (
    None,
    "Институт развития образования",
    "ГАУ ДПО «Центр»",
    "ООО «Курсы»",
    "АНО ДПО «Университет курсов»",
    "Кто-то",
)
TITLES = ("Курс", "Преподавание математики", "Физика в школе")
STANDARDS = "Обновлённые ФГОС и ФОП"
DIGITAL = "Цифровые инструменты и ИИ в обучении"
TOPICS = ["Функциональная грамотность", "Дети с ОВЗ, инклюзия", "Другое"]
COMPETENCES = {"О1": "Общепользовательская", "П1": "Общепедагогическая", "М1": "Предметно-педагогическая"}


def invented(seed: int) -> dict[str, list[Row]]:
    """Staged rows of every canonical table."""
    chance = Random(seed)
    tables: dict[str, list[Row]] = {name: [] for name in DEFAULTS}
    tables["school"] = [
        {"school_id": school, "name": f"Школа {school}", "kind": k} for school, k in KINDS.items()
    ]
    for school in (SCHOOL, OTHER):
        tables["school_questionnaire"] += [_questionnaire(chance, school, year) for year in (2025, 2026)]
        for subject, label in (("Математика", "4А"), ("Математика", "4Б"), ("Русский язык", "4")):
            _class(chance, tables, school, subject, label)
        _class(chance, tables, school, "Математика", "5А", {"school_year": 2027, "grade": 5})
        _marks(chance, tables, school)
    for school in KINDS:
        _people(chance, tables, school)
    for task, points in (("1", 1), ("2", 2), ("10", 3)):
        about = {"task": task, "level": "БП"[points > 1], "max_points": points}
        tables["task_specification"] += [about, {**about, "school_year": 2027, "grade": 5}]
    for school in (SCHOOL, OTHER):
        exams(chance, tables, school)
    areas(chance, tables)
    tables["mark_scale"] = [{"min_3": 2, "min_4": 4, "min_5": 6, "max_total": 6}]
    return {name: [DEFAULTS[name] | row for row in rows] for name, rows in tables.items()}


def stage(district: District, tables: dict[str, list[Row]]) -> None:
    """All rows as one file of each table."""
    for name, rows in tables.items():
        if rows:
            district.file(name, **{name: rows})


def _maybe(chance: Random, low: int, high: int) -> int | None:
    return None if chance.random() < 0.15 else chance.randint(low, high)


def _questionnaire(chance: Random, school: str, year: int) -> Row:
    numbers = {
        "pupils": 120, "teachers": 14, "top_category": 8, "first_category": 5, "teachers_to_30": 9,
        "pension_age": 9, "higher_education": 14, "courses_to_36": 12, "courses_37_72": 9,
        "courses_over_72": 9,
        "rooms": 9,
        "rooms_with_computer": 9, "rooms_with_projector": 10, "computers": 20, "obsolete_computers": 22,
        "internet_computers": 20,
        **{f"pupils_{grade}": 30 for grade in range(1, 12)}, **{f"classes_{grade}": 2 for grade in range(1, 12)},
    }  # fmt: skip
    net = {
        "settlement_type": chance.choice(
            [None, "2. Город", "4. Населенный пункт сельского типа (село, хутор)"]
        ),
        "internet_speed": chance.choice([None, *SPEEDS]),
    }
    return {"school_id": school, "school_year": year, **net} | {
        k: _maybe(chance, 0, top) for k, top in numbers.items()
    }


def _class(
    chance: Random,
    tables: dict[str, list[Row]],
    school: str,
    subject: str,
    label: str,
    work: Row | None = None,
) -> None:
    first = 40001 + 100 * len(tables["vpr_result"])
    for code in range(first, first + chance.randint(1, 12)):
        key = {"school_id": school, "subject": subject, "pupil_code": code, **(work or {})}
        absent = chance.random() < 0.15
        scores: list[Row] = []
        for task, most in (("1", 1), ("2", 2), ("10", 3)):
            state = chance.choices(["scored", "not_attempted", "not_taught", "missing"], [8, 2, 1, 1])[0]
            points = float(chance.randint(0, most)) if state == "scored" else None
            scores.append({**key, "task": task, "state": state, "points": points})
        total = None if absent or chance.random() < 0.05 else float(sum(row["points"] or 0 for row in scores))
        journal = None if chance.random() < 0.2 else chance.randint(2, 5)
        tables["vpr_result"].append(
            {**key, "class": label, "is_absent": absent, "total_points": total, "journal_mark": journal}
        )
        tables["vpr_task_score"] += [] if absent else scores


def _marks(chance: Random, tables: dict[str, list[Row]], school: str) -> None:
    """Two terms of a first grade, a combined class and an ordinary one."""
    for term in ("1 четверть", "год"):
        for grade, label in ((1, "1"), (None, "2-4"), (5, "5А")):
            key = {"school_id": school, "term": term, "grade": grade, "class": label}
            end = chance.randint(3, 20)
            certified = _maybe(chance, 3, end) if grade != 1 else None
            low, rest = chance.randint(0, 3), (certified or 3) - 3
            tables["class_marks"].append({
                **key, "pupils_end": end, "certified": certified, "failing": chance.choice([None, low]),
                "fives": chance.choice([None, rest // 2]), "fours": rest // 3, "one_three": chance.randint(0, 3),
                "not_certified": chance.choice([None, end - (certified or end)]),
            })  # fmt: skip
            counts = {name: _maybe(chance, 0, 6) for name in ("n5", "n4", "n3", "n2", "not_certified")}
            tables["subject_marks"].append({**key, **counts})


def _people(chance: Random, tables: dict[str, list[Row]], school: str) -> None:
    posts = ["учитель", "воспитатель", "специалист", "руководитель"]
    for as_of in (date(2024, 9, 20), date(2025, 9, 20), date(2026, 1, 20)):
        if school == OTHER and as_of.year == 2024:
            continue
        for number in range(chance.randint(1, 14)):
            person = {"school_id": school, "person_id": f"{school}p{number}", "name_id": f"{school}n{number}"}
            given = date(chance.randint(2015, 2025), chance.randint(1, 12), 20)
            tables["staff"].append(
                {
                    **person,
                    "as_of": as_of,
                    "school_year": as_of.year + (as_of.month >= 9),
                    "post_group": chance.choice(posts),
                    "birth_year": chance.choice([None, *range(1955, 2003)]),
                    "sex": chance.choice(["ж", "ж", "ж", "м", None]),
                    "education": chance.choice(["высшее", "среднее профессиональное", None]),
                    "category": chance.choice(["высшая", "первая", "соответствие", "нет", None]),
                    "category_date": chance.choice([None, given]),
                    "category_until": chance.choice([None, None, date(chance.randint(2024, 2027), 2, 20)]),
                    "teaching_years": chance.choice([None, *range(0, 40, 3)]),
                    "total_years": chance.choice([None, *range(0, 40, 2)]),
                    "subjects": chance.choice([None, "Физика", "Математика;Физика"]),
                    "is_external": chance.choice([True, False, False, None]),
                }
            )
    _load(chance, tables, school)
    _facts(chance, tables, school)
    _journal(chance, tables, school)
    _form(chance, tables, school)
    for number in range(14):
        person = {"school_id": school, "name_id": f"{school}n{number}"}
        _forms(chance, tables, person)


GRAPHS = ("all", "women", "higher", "vocational", "top_category", "first_category", "age_0_24", "age_30_34", "age_65",
          "age_65_women", "total_0_2", "total_20", "teaching_3_4", "teaching_20", "full_time")  # fmt: skip


def _form(chance: Random, tables: dict[str, list[Row]], school: str) -> None:
    """What a form says of teachers, mostly small numbers that may agree, and of computers."""
    row_key = "teachers" if KINDS[school] == "школа" else "pedagogues"
    for code, key in enumerate(GRAPHS):
        said = {
            "column_code": str(code),
            "row_key": row_key,
            "column_key": key,
            "value": float(chance.randint(0, 4)),
        }
        tables["federal_form"].append({"school_id": school, **said})
    for code, key in enumerate(("all", "for_study")):
        said = {"column_code": str(code), "row_key": "computers", "column_key": key, "value": 9.0 - code}
        tables["federal_form"].append({"school_id": school, "form": "ОО-2", **said})
    _pedagogues(chance, tables, school)


def _pedagogues(chance: Random, tables: dict[str, list[Row]], school: str) -> None:
    """Those of them whose education is pedagogical; the form of a kindergarten counts children and computers too."""
    form, section = ("85-К", "15") if KINDS[school] == "детский сад" else ("ОО-1", "3.1")
    about = {"school_id": school, "form": form, "section": section}
    every = chance.randint(4, 9)
    for row, key, column, value in (
        ("01", "all_staff", "all", every + 2), ("05", "pedagogues", "all", every),
        ("05", "pedagogues", "higher_pedagogical", chance.randint(0, 2)),
        ("05", "pedagogues", "vocational_pedagogical", chance.randint(0, 2)),
    ):  # fmt: skip
        said = {"row_code": row, "column_code": f"p-{column}", "row_key": key, "column_key": column}
        tables["federal_form"].append({**about, **said, "value": float(value)})
    if form == "85-К":
        for section, key, column in (("5", "children", "all"), ("20", "computers", "for_children")):
            said = {
                "section": section,
                "row_code": "01",
                "column_code": "3",
                "row_key": key,
                "column_key": column,
            }
            tables["federal_form"].append({**about, **said, "value": float(chance.randint(1, 30))})


KINDS_OF_WORK = ("заседание РМО", "семинар", "конкурс мастерства", "консультация", "материал в банк", "обобщение опыта",
                 "наставничество", "публикация")  # fmt: skip
OUTCOMES = (
    None,
    "присутствовал",
    "отсутствовал",
    "выступил",
    "участник",
    "призёр",
    "победитель",
    "выполнено",
)


def _journal(chance: Random, tables: dict[str, list[Row]], school: str) -> None:
    """Deeds of one year; the year before has no journal, and one organisation has no deeds."""
    for number in range(chance.randint(20, 30) if school != OTHER else 0):
        asked = date(2025, 10, 1 + number % 20)
        tables["methodical_work"].append({
            "school_id": school, "name_id": f"{school}n{chance.randrange(14)}", "held_on": asked,
            "kind": chance.choice(KINDS_OF_WORK), "title": f"Тема {number}", "outcome": chance.choice(OUTCOMES),
            "level": chance.choice([None, "муниципальный", "региональный"]),
            "answered_on": chance.choice([None, asked, date(2025, 11, 1)]),
            "rating": chance.choice([None, 3.0, 5.0]),
        })  # fmt: skip


PARTS = {
    "graduates_9": ("no_certificate_9", "honours_9"), "graduates_11": ("no_certificate_11", "honours_11", "medals"),
    "pupils": ("contest_pupils", "contest_winners", "advanced", "profile", "remote", "network", "broadband"),
    "study_computers": ("russian_os",), "teachers": ("my_school",), "deficits": ("routes",),
    "textbooks_needed": ("textbooks",),
}  # fmt: skip
"""Numbers of the facts for self-examination and their parts."""


def _facts(chance: Random, tables: dict[str, list[Row]], school: str) -> None:
    if KINDS[school] != "школа":
        return
    for year in (2025, 2026):
        row: Row = {"school_id": school, "school_year": year, "literature": _maybe(chance, 0, 900)}
        row["area"] = chance.choice([None, 512.5])
        for whole, parts in PARTS.items():
            row[whole] = _maybe(chance, 5, 60)
            row |= {part: _maybe(chance, 0, 7) for part in parts}
        tables["organisation_facts"].append(row)


def _load(chance: Random, tables: dict[str, list[Row]], school: str) -> None:
    """Hours of two dates; one organisation sends none."""
    for as_of in (date(2025, 9, 1), date(2026, 1, 10)) if school != OTHER else ():
        for number in range(chance.randint(2, 9)):
            who = chance.choice(["вакансия", *(f"{school}n{n}" for n in range(6))])
            tables["teaching_load"].append({
                "school_id": school, "as_of": as_of, "name_id": who, "is_vacancy": who == "вакансия",
                "subject": chance.choice([None, "Математика", "Физика", "Химия"]), "class": f"{number + 1}",
                "hours": chance.choice([None, 2.0, 5.5, 18.0]), "rate": chance.choice([None, 0.25, 1.0]),
            })  # fmt: skip


def _forms(chance: Random, tables: dict[str, list[Row]], person: Row) -> None:
    for _ in range(chance.randint(0, 2)):
        end = date(chance.randint(2020, 2026), chance.choice([1, 9]), chance.choice([19, 20, 21]))
        course = {
            "kind": chance.choice(["ПК", "ПП"]),
            "topic": chance.choice([*TOPICS, DIGITAL, STANDARDS]),
            "title": chance.choice(TITLES),
            "provider": chance.choice(PROVIDERS),
            "hours": chance.choice([8.0, 16.0, 72.0]),
            "end_date": end,
        }
        if not any(
            row["end_date"] == end and row["name_id"] == person["name_id"]
            for row in tables["training_course"]
        ):
            tables["training_course"].append({**person, **course})
    for year in (2023, 2025, 2026):
        if chance.random() < 0.5:
            _answers(chance, tables, {**person, "school_year": year})
    _applications(chance, tables, person)
    if chance.random() < 0.6:
        first = chance.choice(TOPICS)
        for topic in TOPICS:
            chosen = topic == first or chance.random() < 0.4
            tables["training_need"].append(
                {**person, "topic": topic, "is_chosen": chosen, "is_first": topic == first}
            )


def _answers(chance: Random, tables: dict[str, list[Row]], person: Row) -> None:
    """A questionnaire that is not always the whole one: only common questions may be compared."""
    for question, competence in COMPETENCES.items():
        if chance.random() < 0.9:
            answer = {"question": question, "competence": competence, "points": float(chance.randint(0, 4))}
            tables["ict_answer"].append({**person, **answer})


def _applications(chance: Random, tables: dict[str, list[Row]], person: Row) -> None:
    if chance.random() < 0.5:
        result = chance.choice([None, "успешно", "отказано", "отозвано"])
        tables["certification_plan"].append({**person, "result": result})
    if chance.random() < 0.5:
        tables["course_request"].append({**person, "topic": chance.choice(TOPICS)})

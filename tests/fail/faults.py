"""One faulty file for every rule of every suite: what is written over the valid sample, and where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.contract import EXPECTATIONS
from tests.intake import exam_files, files, group_files, marks_files, staff_files, vpr_files
from tests.intake.files import Row, Sample

TABLES = {
    "school": files.REGISTRY, "mark_scale": files.SCALE, "task_specification": files.SPECIFICATION,
    "vpr_result": files.VPR,
    "programme_target": files.TARGET, "textbook": files.TEXTBOOK,
    "exam_threshold": files.THRESHOLD, "vpr_task_score": files.VPR, "school_questionnaire": files.QUESTIONNAIRE,
    "staff": files.STAFF, "training_course": files.COURSES, "ict_answer": files.ICT, "training_need": files.NEEDS,
    "class_marks": marks_files.CLASS_MARKS, "subject_marks": marks_files.SUBJECT_MARKS,
    "exam_result": exam_files.PROTOCOL, "exam_item": exam_files.PROTOCOL, "exam_appeal": exam_files.APPEALS,
    "vpr_group_share": group_files.JOURNAL, "vpr_group_task": group_files.TASKS,
    "exam_school": exam_files.BY_SCHOOL, "exam_area": exam_files.BY_AREA,
    "teaching_load": staff_files.LOAD, "certification_plan": staff_files.PLAN, "course_request": staff_files.REQUESTS,
    "federal_form": staff_files.FORM, "methodical_work": staff_files.JOURNAL, "organisation_facts": staff_files.SELF,
}  # fmt: skip

OTHERS = {
    "vpr_result.mark": vpr_files.INDIVIDUAL, "mark_differs_from_scale": vpr_files.INDIVIDUAL,
    "vpr_group_share.schools": group_files.MARKS,
}  # fmt: skip
"""Rules about columns that only another layout of the table has."""

DERIVED = {
    "school_id", "school_year", "subject", "as_of", "post_group", "competence", "max_points", "max_source", "state",
    "task", "question", "topic", "is_absent", "is_chosen", "is_first", "items_points", "max_total", "pupil_grade",
    "scale_mark", "procedure", "exam_date", "wave", "territory_level", "territory", "breakdown", "category",
    "precision", "mark_group", "is_vacancy",
}  # fmt: skip
"""Columns that intake itself fills: no cell of a file can break them, other findings speak of their causes."""
FROM_CELLS = {
    ("certification_plan", "category"), ("staff", "category"), ("school", "school_id"),
    ("mark_scale", "max_total"), ("task_specification", "max_points"),
    ("task_specification", "task"), ("subject_marks", "subject"), ("exam_threshold", "subject"),
    ("textbook", "subject"),
}  # fmt: skip
"""Where a column of that name does come from a cell."""
UNREACHABLE = {
    "vpr_result.grade": "класс берётся из заголовка или указания и проверяется там",
    "vpr_task_score.grade": "то же",
    "vpr_task_score.pupil_code": "о той же ячейке сказано в vpr_result",
    "vpr_task_score.key": "о той же строке сказано в vpr_result",
    "vpr_task_score.level": "над заголовком читаются только Б, П и В",
    "mark_scale.grade.type": "непонятный класс назван раньше: file.no_grade",
    "mark_scale.grade.required": "то же",
    "task_specification.grade.type": "то же",
    "task_specification.grade.required": "то же",
    "task_specification.key": "строки одного задания складываются в одну",
    "ict_answer.points.min": "баллы берутся из шкалы ответов",
    "ict_answer.points.max": "то же",
    "ict_answer.points.required": "вопрос без ответа не даёт строки",
    "ict_answer.key": "повторный ответ заменяет прежний",
    "training_need.key": "повторный ответ заменяет прежний",
    "class_marks.grade": "параллель берётся из названия класса",
    "subject_marks.grade": "то же",
    "class_marks.term": "непонятный период назван раньше: file.no_term",
    "subject_marks.term": "то же",
    "subject_marks.subject.required": "пустой предмет — тот же, что строкой выше",
    "federal_form.form": "берётся из объявления формы",
    "federal_form.section": "строка без названия раздела не читается",
    "federal_form.row_code": "строка без кода не читается",
    "federal_form.column_code": "графа без номера не читается",
    "federal_form.value.required": "пустая графа не даёт строки",
    "teaching_load.key": "часы одного педагога на один предмет и класс складываются",
    "subject_marks.class.required": "пустой класс — тот же, что строкой выше",
    "vpr_group_share.grade": "класс берётся из заголовка или указания и проверяется там",
    "vpr_group_task.grade": "то же",
    "vpr_group_share.percent.required": "пустая ячейка не даёт строки",
    "vpr_group_task.percent.required": "то же",
    "vpr_group_task.points": "баллы восстановлены из процента",
    "exam_result.grade": "параллель берётся из названия класса",
    "exam_item.person_id": "о той же строке сказано в exam_result",
    "exam_item.points": "непонятная запись ответов названа раньше: exam.mask",
    "exam_item.task_order": "порядок даёт запись ответов",
    "exam_item.task_kind": "вид даёт столбец записи",
    "exam_item.max_points": "стоит в самой записи ответов",
    "exam_item.key": "о той же строке сказано в exam_result",
    "exam_area.area": "без названия это не итог",
    "exam_area.level": "уровень даёт название",
    "survey_answer": "столбцы наполняет чтение анкеты: свободный ответ не ошибка",
    "textbook.grade_from": "числа берутся из названия классов",
    "textbook.grade_to": "то же",
}
"""Rules that no file can break, and why."""

OWN: dict[str, Row] = {
    "staff.birth_year.min": {"Дата рождения": "01.01.1929"},
    "staff.birth_year.max": {"Дата рождения": "01.01.2013"},
    "staff.name_id.required": {"ФИО": ""},
    "staff.person_id.required": {"ФИО": ""},
    "inn_checksum": {"ИНН": "3711000004"},
    "teaching_over_total": {"Общий стаж": "10", "Педагогический стаж": "12"},
    "age_impossible": {"Дата рождения": "01.01.2010", "Общий стаж": "", "Педагогический стаж": ""},
    "total_years_over_age": {"Общий стаж": "35"},
    "category_before_work": {"Дата присвоения категории": "01.01.1995"},
    "certification_plan.planned_on.required": {"Месяц аттестации": "", "Дата заявления": ""},
    "federal_form.value.type": {"3": "много"},
    "federal_form.value.min": {"3": -1},
    "load_without_hours": {"Часов в неделю": "", "Ставок": ""},
    "load_period_under_week": {"Часов за период": 3},
    "applied_after_planned": {"Дата заявления": "10.03.2026"},
    "wanted_below_present": {"Имеющаяся категория": "высшая", "Заявленная категория": "первая"},
    "answered_before_asked": {"answered_on": "13.11.2025"},
    "certificates_9_over_graduates": {"honours_9": 13},
    "certificates_11_over_graduates": {"honours_11": 9},
    "medals_over_graduates": {"medals": 9},
    "contest_over_pupils": {"pupils": 119},
    "russian_os_over_computers": {"russian_os": 31},
    "my_school_over_teachers": {"my_school": 21},
    "routes_over_deficits": {"routes": 9},
    "ends_before_start": {"Дата окончания": "01.09.2025"},
    "hours_under_16": {"Количество часов": 8},
    "group_percent_of_nobody": {"percent": "32,33"},
    "group_part_over_whole": {"pupils": 4},
    "group_percent_of_no_points": {"percent": "65,67"},
    "scale_not_rising": {"«4» от": 2},
    "total_over_max": {"всего баллов": 6},
    "total_missing": {"всего баллов": ""},
    "items_sum_differs": {"всего баллов": 3},
    "total_not_computed": {"всего баллов": 0},
    "mark_differs_from_scale": {"mark": 3},
    "absent_with_points": {"вариант": "отсутствовал"},
    "pupil_code_of_other_grade": {"код обучающегося": 50001},
    "points_over_max": {"балл за 2": 3},
    "top_category_over_teachers": {"top_category": 21},
    "first_category_over_teachers": {"first_category": 16},
    "internet_over_computers": {"internet_computers": 31},
    "obsolete_over_computers": {"obsolete_computers": 31},
    "rooms_with_computer_over_rooms": {"rooms_with_computer": 13},
    "rooms_with_projector_over_rooms": {"rooms_with_projector": 13},
    "young_over_teachers": {"teachers_to_30": 21},
    "pension_over_teachers": {"pension_age": 21},
    "no_teachers_with_pupils": {"teachers": 0},
    "grades_sum_differs": {"pupils": 121},
    "courses_over_teachers": {"courses_to_36": 19},
    "class_marks.class.pattern": {"class": "дети"},
    "class_movement_differs": {"pupils_start": 21},
    "class_certified_differs": {"not_certified": 2},
    "class_marks_over_certified": {"fours": 14},
    "class_failing_differs": {"failing_two": 0},
    "class_one_four_over_fours": {"one_four": 7},
    "class_one_three_over_rest": {"one_three": 8},
    "class_pass_percent_differs": {"pass_percent": 92},
    "class_quality_percent_differs": {"quality_percent": 53},
    "first_grade_has_marks": {"class": "1А"},
    "subject_marks.subject.values": {"subject": "Алхимия"},
    "exam_threshold.subject.values": {"subject": "Алхимия"},
    "textbook.number.pattern": {"number": "б/н"},
    "textbook.subject.values": {"subject": "Алхимия"},
    "programme_share_over_whole": {"planned": 160},
    "university_under_certificate": {"university_score": 20},
    "subject_marks.class.pattern": {"class": "дети"},
    "subject_marks_over_pupils": {"n5": 3},
    "subject_marks_under_pupils": {"n5": 1},
    "subject_pass_percent_differs": {"pass_percent": 92},
    "subject_quality_percent_differs": {"quality_percent": 63},
    "subject_mean_mark_differs": {"mean_mark": 4},
    "exam_result.person_id.required": {"person_id": "", "Имя": "", "Отчество": ""},
    "exam_appeal.person_id.required": {"person_id": "", "Имя": "", "Отчество": ""},
    "exam_without_result": {"score": ""},
    "exam_state_with_points": {"Статус": "неявка"},
    "exam_points_differ": {"Часть с кратким ответом": "+++-"},
    "exam_parts_differ": {"oral_points": 0},
    "exam_score_without_points": {"primary_score": 0},
    "exam_mark_and_score": {"score": "", "mark": 4},
    "exam_item_over_max": {"Устная часть": "3(2)"},
    "appeal_difference_differs": {"difference": 4},
    "appeal_without_result": {"score": ""},
    "exam_school_groups_over_participants": {"below_min": 5},
    "exam_school_over_graduates": {"graduates": 4},
    "exam_school_mean_missing": {"mean_score": ""},
    "exam_school_mean_impossible": {"mean_score": 10},
    "exam_area_groups_over_participants": {"below_min": 5},
    "exam_area_over_graduates": {"graduates": 4},
    "exam_area_mean_missing": {"mean_score": ""},
    "exam_area_mean_impossible": {"mean_score": 10},
}
_WRONG: dict[str, Any] = {"type": "много", "values": "неведомо", "pattern": "12", "required": ""}


@dataclass(frozen=True)
class Fault:
    """A rule, the file that breaks it and the heading whose cell is named."""

    rule: str
    severity: str
    sample: Sample
    rows: list[Row]
    heading: str | None


def rules() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every expectation of every suite, with its table."""
    for path in sorted((EXPECTATIONS / "suites").glob("*.json")):
        for expectation in json.loads(path.read_text(encoding="utf-8"))["expectations"]:
            yield path.stem, expectation


def faults() -> list[Fault]:
    """The faulty files, one a rule."""
    return [_fault(table, e) for table, e in rules() if not is_unreachable(table, e["meta"])]


def is_unreachable(table: str, meta: dict[str, Any]) -> bool:
    """Whether no file can break the rule."""
    rule = meta["rule"]
    if any(rule == known or rule.startswith(f"{known}.") for known in UNREACHABLE):
        return True
    column = rule.split(".")[1] if "." in rule else ""
    return column in DERIVED and (table, column) not in FROM_CELLS


def _fault(table: str, expectation: dict[str, Any]) -> Fault:
    meta = expectation["meta"]
    sample = next((s for prefix, s in OTHERS.items() if meta["rule"].startswith(prefix)), TABLES[table])
    if meta["constraint"] == "unique":
        rows = [*sample.rows, sample.rows[0]]
        return Fault(meta["rule"], meta["severity"], sample, rows, None)
    column = meta["rule"].split(".")[1] if "." in meta["rule"] else ""
    heading = sample.headings.get(column)
    changes = OWN.get(meta["rule"]) or {heading or "": _wrong(meta["constraint"], expectation["kwargs"])}
    named = {sample.headings.get(name, name): value for name, value in changes.items()}
    return Fault(meta["rule"], meta["severity"], sample, sample.changed(named), heading)


def _wrong(constraint: str, limits: dict[str, Any]) -> Any:
    if constraint == "min":
        return int(limits["min_value"]) - 1
    return int(limits["max_value"]) + 1 if constraint == "max" else _WRONG[constraint]

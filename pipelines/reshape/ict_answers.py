"""ИКТ-диагностика as a form export with a column a question → one row an answer."""

from __future__ import annotations

import numpy as np

from pipelines.cast import as_text, categorical
from pipelines.contract import Dictionary, Term
from pipelines.findings import Finding
from pipelines.frame import Cells, Raw, Shaped
from pipelines.questions import frameworks, unknown_question
from pipelines.reshape import Setting, straight
from pipelines.reshape.answers import latest
from pipelines.reshape.survey_answers import other_answers
from pipelines.words import NBSP


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """One row for each answer given, with its component and points."""
    base = straight(raw, setting, "ict_answer")
    keep = latest(raw, setting)
    questions = _questions(raw, setting)
    scale = setting.declared.dictionaries["ict_answer_scale"].terms
    points = np.array([_points(raw.cells[full][keep], setting, scale) for full in questions]).reshape(
        -1, len(keep)
    )
    given = np.array([raw.cells[full][keep] != "" for full in questions], dtype=bool).reshape(-1, len(keep))
    number, place = np.nonzero(given)
    rows = base.rows.take(keep[place])
    known = [setting.declared.dictionaries["ict_question"].terms[name] for name in questions.values()]
    rows["question"] = categorical(list(questions.values()), number)
    rows["competence"] = categorical([term.facts["competence"] for term in known], number)
    rows["points"] = points[number, place]
    rows["max_points"] = float(max(term.facts["points"] for term in scale.values()))
    columns = np.array(list(questions), dtype=object)[number]
    places: dict[str, str | Cells] = {**base.places, "points": columns, "question": columns}
    faults = {"points": np.isnan(points[number, place])}
    unknown = [full for full in raw.many("question") if full not in questions]
    return [
        Shaped("ict_answer", rows, keep[place], places, faults),
        other_answers(raw, setting, keep, unknown),
    ]


def _points(cells: Cells, setting: Setting, scale: dict[str, Term]) -> list[float]:
    """What each answer is worth; unknown where the scale has no such answer."""
    words = setting.words("ict_answer_scale")
    known = (words(as_text(cell)) for cell in cells)
    return [float(scale[name].facts["points"]) if name else np.nan for name in known]


def _questions(raw: Raw, setting: Setting) -> dict[str, str]:
    """The file's question columns → ids of questions; of two wordings of one question the first counts."""
    words = setting.words("ict_question")
    found: dict[str, str] = {}
    for full in raw.many("question"):
        heading = raw.places[full].heading
        name = words(heading)
        if name is None:
            setting.remarks.append(
                unknown_question(raw.sheet, heading, setting.declared.dictionaries["ict_question"])
            )
        elif name in found.values():
            setting.remarks.append(_repeated(raw, heading))
        else:
            found[full] = name
    setting.remarks.extend(_frameworks(raw, list(found), setting))
    return found


def _repeated(raw: Raw, heading: str) -> Finding:
    message = f"Вопрос повторён другими словами и не читался: «{heading[:80]}»"
    fix = "Оставьте в анкете одну формулировку каждого вопроса"
    return Finding(
        severity="warning", rule="file.repeated_question", message=message, fix=fix, sheet=raw.sheet
    )


def _frameworks(raw: Raw, columns: list[str], setting: Setting) -> list[Finding]:
    """Which frameworks but the usual one the questionnaire follows, how fully, and where their levels begin."""
    declared = setting.declared.dictionaries
    questions = declared["ict_question"]
    asked = frameworks((raw.places[full].heading for full in columns), questions)
    found = []
    usual = next(iter(declared["ict_framework"].terms))
    for name, count in asked.items() if set(asked) != {usual} else ():
        whole = sum(term.facts["framework"] == name for term in questions.terms.values())
        message = (
            f"Рамка анкеты — {declared['ict_framework'].terms[name].title}; вопросов {count} из {whole};"
            f" уровни: {_levels(declared['ict_level'], name)}"
        )
        found.append(
            Finding(severity="info", rule="file.framework", message=message, fix="", sheet=raw.sheet)
        )
    said = setting.words("ict_framework")(" ".join([*raw.titles, raw.sheet or ""]))
    if said and said not in asked:
        message = f"В заголовке названа рамка «{said}», а вопросы из другой: {', '.join(asked)}"
        fix = "Проверьте, та ли это анкета; границы уровней берутся по вопросам"
        found.append(
            Finding(
                severity="warning", rule="file.other_framework", message=message, fix=fix, sheet=raw.sheet
            )
        )
    return found


def _levels(dictionary: Dictionary, framework: str) -> str:
    """«базовый, повышенный от 50 %», «A1 новичок, A2 исследователь от 20 баллов»."""
    said = []
    for name, term in dictionary.terms.items():
        if term.facts["framework"] == framework:
            points, percent = term.facts.get("from_points"), term.facts["from_percent"]
            start = f"{points}{NBSP}баллов" if points is not None else f"{percent:g}{NBSP}%"
            said.append(f"{name} от {start}" if percent else name)
    return ", ".join(said)

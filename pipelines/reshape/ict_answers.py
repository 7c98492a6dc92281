"""ИКТ-диагностика as a form export with a column a question → one row an answer."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipelines.cast import as_text, categorical
from pipelines.contract import Term
from pipelines.findings import Finding
from pipelines.frame import Cells, Raw, Shaped
from pipelines.reshape import Setting, straight
from pipelines.reshape.answers import latest


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """One row for each answer given, with its component and points."""
    base = straight(raw, setting, "ict_answer")
    keep = latest(raw, setting)
    questions = _questions(raw, setting)
    scale = setting.declared.dictionaries["ict_answer_scale"].terms
    parts = [_answers(raw, base, keep, (full, name), setting, scale) for full, name in questions.items()]
    rows = pd.concat([part.rows for part in parts], ignore_index=True)
    rows["max_points"] = float(max(term.facts["points"] for term in scale.values()))
    columns = np.concatenate([np.full(len(part.rows), part.places["points"], dtype=object) for part in parts])
    places: dict[str, str | Cells] = {**base.places, "points": columns, "question": columns}
    faults = {"points": np.concatenate([part.faults["points"] for part in parts])}
    return [Shaped("ict_answer", rows, np.concatenate([part.origin for part in parts]), places, faults)]


def _questions(raw: Raw, setting: Setting) -> dict[str, str]:
    """The file's question columns → ids of questions; of two wordings of one question the first counts."""
    words = setting.words("ict_question")
    found: dict[str, str] = {}
    for full in raw.many("question"):
        name = words(raw.places[full].heading)
        if name is None or name in found.values():
            setting.remarks.append(_unknown(raw, full))
        else:
            found[full] = name
    return found


def _unknown(raw: Raw, full: str) -> Finding:
    heading = raw.places[full].heading[:80]
    message = f"Вопрос не известен или повторён и не читался: «{heading}»"
    fix = "Если это новая формулировка, добавьте её в словарь вопросов"
    return Finding(
        severity="warning", rule="file.unknown_question", message=message, fix=fix, sheet=raw.sheet
    )


def _answers(
    raw: Raw, base: Shaped, keep: Cells, question: tuple[str, str], setting: Setting, scale: dict[str, Term]
) -> Shaped:
    """The rows of one question."""
    full, name = question
    words = setting.words("ict_answer_scale")
    answers = [as_text(cell) for cell in raw.cells[full][keep]]
    given = np.array([bool(answer) for answer in answers], dtype=bool)
    points = [scale[words(answer) or ""].facts["points"] if words(answer) else np.nan for answer in answers]
    rows = base.rows.iloc[keep[given]].reset_index(drop=True)
    known = setting.declared.dictionaries["ict_question"].terms[name]
    rows["question"] = categorical([name], np.zeros(len(rows), int))
    rows["competence"] = categorical([known.facts["competence"]], np.zeros(len(rows), int))
    rows["points"] = np.array(points, dtype=float)[given]
    return Shaped(
        "ict_answer", rows, keep[given], {"points": full}, {"points": np.isnan(rows["points"].to_numpy())}
    )

"""The questionnaire of training needs, answers glued into one cell → one row a person and topic."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from pipelines.cast import Words, as_text, categorical
from pipelines.frame import Positions, Raw, Shaped
from pipelines.reshape import Setting, straight
from pipelines.reshape.answers import latest
from pipelines.reshape.survey_answers import other_answers
from pipelines.source import normalised

OTHER = "Другое"
_OFFERED = re.compile(
    r"\[([^\]]+)\]$|(?: - | / |\? ?: ?)((?:(?! - | / ).)+?)(?: - (?:текст|text))?$", re.IGNORECASE
)
_NO = frozenset({"нет", "0", "-", "–", "—", "false", "ложь", "no", "не выбрано"})


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Every topic of the list for everyone who answered: chosen or not, named first or not."""
    base = straight(raw, setting, "training_need")
    keep = latest(raw, setting)
    words = setting.words("training_topic")
    topics = list(setting.declared.dictionaries["training_topic"].terms)
    chosen = _chosen(raw, keep, words)
    firsts = raw.cells["first"][keep] if "first" in raw.cells else [""] * len(keep)
    first = [next(iter(chosen_topics(as_text(cell), words)), None) for cell in firsts]
    origin = np.repeat(keep, len(topics))
    rows = base.rows.take(origin)
    rows["topic"] = categorical(topics, np.tile(np.arange(len(topics)), len(keep)))
    rows["is_first"] = pd.array([topic == f for f in first for topic in topics], dtype="boolean")
    rows["is_chosen"] = pd.array(
        [topic in c or topic == f for c, f in zip(chosen, first, strict=True) for topic in topics],
        dtype="boolean",
    )
    asked = raw.many("topics")[0]
    places = {**base.places, "topic": asked, "is_chosen": asked, "is_first": "first"}
    return [Shaped("training_need", rows, origin, places), other_answers(raw, setting, keep)]


def _chosen(raw: Raw, keep: Positions, words: Words) -> list[list[str]]:
    """Topics of each person, however the form gives them: glued in one cell or a column for each."""
    columns = [
        [
            _of_column(as_text(cell), _choice(raw.places[full].heading), words)
            for cell in raw.cells[full][keep]
        ]
        for full in raw.many("topics")
    ]
    return [
        list(dict.fromkeys(topic for part in parts for topic in part)) for parts in zip(*columns, strict=True)
    ]


def _choice(heading: str) -> str:
    """What a column of its own offers: «… [Подготовка к ГИА]», «… / Подготовка к ГИА», «… - Другое - Текст»."""
    found = _OFFERED.search(" ".join(heading.split()))
    return (found[1] or found[2]).strip() if found else ""


def _of_column(answer: str, choice: str, words: Words) -> list[str]:
    """The topics that one cell says: yes to the column's own choice, or its answer in words."""
    topic = words(choice) if choice else None
    if not answer or not topic:
        return chosen_topics(answer, words)
    if normalised(answer) in _NO:
        return []
    return [topic]


def chosen_topics(answer: str, words: Words) -> list[str]:
    """Topics of an answer glued by «;» or by commas; what is not in the list is «Другое»."""
    if ";" in answer:
        parts = [part.strip() for part in answer.split(";") if part.strip()]
        return list(dict.fromkeys(words(part) or OTHER for part in parts))
    parts = [part.strip() for part in re.split(r"[,\n]", answer) if part.strip()]
    known = [topic for part in parts if (topic := words(part))]
    return list(dict.fromkeys(known)) or ([OTHER] if parts else [])

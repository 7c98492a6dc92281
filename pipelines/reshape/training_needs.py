"""The questionnaire of training needs, answers glued into one cell → one row a person and topic."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from pipelines.cast import Words, as_text, categorical
from pipelines.frame import Raw, Shaped
from pipelines.reshape import Setting, straight
from pipelines.reshape.answers import latest

OTHER = "Другое"


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Every topic of the list for everyone who answered: chosen or not, named first or not."""
    base = straight(raw, setting, "training_need")
    keep = latest(raw, setting)
    words = setting.words("training_topic")
    topics = list(setting.declared.dictionaries["training_topic"].terms)
    chosen = [chosen_topics(as_text(cell), words) for cell in raw.cells["topics"][keep]]
    firsts = raw.cells["first"][keep] if "first" in raw.cells else [""] * len(keep)
    first = [next(iter(chosen_topics(as_text(cell), words)), None) for cell in firsts]
    origin = np.repeat(keep, len(topics))
    rows = base.rows.iloc[origin].reset_index(drop=True)
    rows["topic"] = categorical(topics, np.tile(np.arange(len(topics)), len(keep)))
    rows["is_first"] = pd.array([topic == f for f in first for topic in topics], dtype="boolean")
    rows["is_chosen"] = pd.array(
        [topic in c or topic == f for c, f in zip(chosen, first, strict=True) for topic in topics],
        dtype="boolean",
    )
    places = {**base.places, "topic": "topics", "is_chosen": "topics", "is_first": "first"}
    return [Shaped("training_need", rows, origin, places)]


def chosen_topics(answer: str, words: Words) -> list[str]:
    """Topics of an answer glued by «;» or by commas; what is not in the list is «Другое»."""
    if ";" in answer:
        parts = [part.strip() for part in answer.split(";") if part.strip()]
        return list(dict.fromkeys(words(part) or OTHER for part in parts))
    parts = [part.strip() for part in re.split(r"[,\n]", answer) if part.strip()]
    known = [topic for part in parts if (topic := words(part))]
    return list(dict.fromkeys(known)) or ([OTHER] if parts else [])

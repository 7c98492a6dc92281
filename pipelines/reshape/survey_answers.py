"""Answers to questions that no dictionary declares: kept as they were given, as far as they name nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from pipelines.cast import as_text, categorical
from pipelines.findings import Finding
from pipelines.frame import Positions, Raw, Shaped
from pipelines.questions import near_question, unknown_question
from pipelines.reshape import Setting, straight
from pipelines.reshape.answers import latest
from pipelines.rows import Rows
from pipelines.words import shortened

Chosen = list[str]
MOST = 120
"""Letters of an answer that may still be a choice."""
_DIGITS = 5
"""From so many digits an answer may be somebody's number."""
_USUAL = re.compile(
    r"\d{1,3}|(скорее )?(да|нет)|затрудняюсь( ответить)?|не знаю|иногда|частично", re.IGNORECASE
)
"""Answers that may be kept though one person gave them: they name nobody."""
_NAMED = re.compile(
    r"@|[А-ЯЁ]\. ?[А-ЯЁ]\.|\b[А-ЯЁа-яё]+(вич|вна|чна|оглы|кызы)\b|^[A-ZА-ЯЁ][a-zа-яё]+ [A-ZА-ЯЁ][a-zа-яё]+$"
)
_ABOUT_PEOPLE = re.compile(
    r"\bф\.? ?и\.? ?о\b|фамил|\bимя|\bимен|отчеств|\bкто\b|\bкого\b|\bкому\b|наставник|руководител|директор|\bname\b",
    re.IGNORECASE,
)


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """A questionnaire whose questions are all unknown."""
    keep = latest(raw, setting) if setting.identity.persons else np.arange(len(raw), dtype=np.int32)
    return [other_answers(raw, setting, keep)]


def other_answers(raw: Raw, setting: Setting, keep: Positions, unknown: Sequence[str] = ()) -> Shaped:
    """One row for each answer, or each choice of several; ``unknown`` are further columns of such questions."""
    columns = [*unknown, *raw.many(raw.source.column_of_others)]
    if not columns:
        return Shaped("survey_answer", Rows(0), np.empty(0, dtype=np.int32))
    columns.sort(key=lambda full: raw.places[full].index)
    said = [_choices(raw, full, keep) for full in columns]
    told = [
        (number, at, choice)
        for number, answers in enumerate(said)
        for at, chosen in enumerate(answers)
        for choice in chosen
    ]
    number = np.array([one[0] for one in told], dtype=np.int32)
    at = np.array([one[1] for one in told], dtype=np.int32)
    base = straight(raw, setting, "survey_answer")
    rows = base.rows.take(keep[at])
    rows["survey"] = categorical([_survey(raw, setting)], np.zeros(len(told), dtype=np.int32))
    rows["respondent"] = at + 1.0
    rows["position"] = number + 1.0
    rows["question"] = categorical([raw.places[full].heading for full in columns], number)
    rows["answer"] = categorical([choice for *_, choice in told], np.arange(len(told)))
    setting.remarks.extend(_remarks(raw, setting, [full for full in columns if full not in unknown], said))
    places = np.array([*columns, ""], dtype=object)[number]
    return Shaped("survey_answer", rows, keep[at], {**base.places, "question": places, "answer": places})


def _survey(raw: Raw, setting: Setting) -> str:
    """What the questionnaire is called: its own part of the year, or the kind of file."""
    return setting.identity.periods[0].part or raw.source.title.partition(" (")[0]


def _choices(raw: Raw, full: str, keep: Positions) -> list[list[str | None]]:
    """What each respondent chose; None stands for an answer that is counted and not kept."""
    texts = [as_text(cell) for cell in raw.cells[full][keep]]
    if _ABOUT_PEOPLE.search(raw.places[full].heading):
        return [[None] if text else [] for text in texts]
    ways: list[Callable[[str], Chosen]] = (
        [_glued] if any(";" in text for text in texts) else [_whole, _listed]
    )
    for way in ways:
        answers = [way(text) for text in texts]
        kept = _kept(answers)
        given = [choice for chosen in answers for choice in chosen]
        if 2 * sum(choice in kept for choice in given) >= len(given):
            return [
                list(dict.fromkeys(choice if choice in kept else None for choice in chosen))
                for chosen in answers
            ]
    return [[None] if text else [] for text in texts]


def _kept(answers: list[Chosen]) -> set[str]:
    """Answers that more than one person gave or that anybody gives, and that name nobody."""
    counted = Counter(choice for chosen in answers for choice in set(chosen))
    return {
        text
        for text, people in counted.items()
        if (people > 1 or _USUAL.fullmatch(text)) and len(text) <= MOST and not _may_name(text)
    }


def _may_name(text: str) -> bool:
    return bool(_NAMED.search(text)) or sum(sign.isdigit() for sign in text) >= _DIGITS


def _whole(text: str) -> Chosen:
    return [text] if text else []


def _glued(text: str) -> Chosen:
    return [part.strip() for part in text.split(";") if part.strip()]


def _listed(text: str) -> Chosen:
    return [part.strip() for part in text.split(",") if part.strip()]


def _remarks(
    raw: Raw, setting: Setting, columns: list[str], said: list[list[list[str | None]]]
) -> list[Finding]:
    """Questions that resemble a declared one are doubted each; the others are listed."""
    undeclared = [raw.places[full].heading for full in columns if raw.places[full].key is None]
    names = [column.headings_of for column in raw.source.columns.values() if column.headings_of]
    dictionaries = [setting.declared.dictionaries[name] for name in names]
    found, plain = [], []
    for heading in dict.fromkeys(undeclared):
        near = next((one for one in dictionaries if near_question(heading, one)), None)
        if near:
            found.append(unknown_question(raw.sheet, heading, near))
        else:
            plain.append(heading)
    return [*found, *_listed_questions(raw, plain)]


def _listed_questions(raw: Raw, headings: list[str]) -> list[Finding]:
    if not headings:
        return []
    named = ", ".join(f"«{shortened(heading, 60)}»" for heading in headings[:8])
    more = f" и ещё {len(headings) - 8}" if len(headings) > 8 else ""
    message = f"Вопросы не описаны в словаре, ответы сохранены: {named}{more}"
    fix = "Ответы видны на странице «Потребности и курсы»; тексты свободных ответов не хранятся"
    rule = "file.undeclared_questions"
    return [Finding(severity="info", rule=rule, message=message, fix=fix, sheet=raw.sheet)]

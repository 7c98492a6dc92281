"""Questions of a questionnaire whose wording nobody declared: what they probably ask, by likeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from pipelines.cast import by_dictionary
from pipelines.contract import Dictionary
from pipelines.findings import Finding
from pipelines.source import normalised
from pipelines.words import shortened

_NEAR = 70
_SHOWN = 80


def near_question(heading: str, dictionary: Dictionary) -> str | None:
    """The question of the dictionary whose wording is most like this heading; None where none is like it."""
    known = {
        normalised(text): name
        for name, term in dictionary.terms.items()
        for text in (term.title, *term.aliases)
        if text
    }
    found = process.extractOne(
        normalised(heading), list(known), scorer=fuzz.token_set_ratio, score_cutoff=_NEAR
    )
    return known[found[0]] if found else None


def frameworks(headings: Iterable[str], dictionary: Dictionary) -> Counter[str]:
    """How many questions of each framework these headings ask, the usual framework of the dictionary first."""
    words, order = by_dictionary(dictionary), [str(t.facts["framework"]) for t in dictionary.terms.values()]
    asked = {name for heading in headings if (name := words(heading))}
    counted = Counter(str(dictionary.terms[name].facts["framework"]) for name in asked)
    return Counter({name: counted[name] for name in dict.fromkeys(order) if counted[name]})


def unknown_question(sheet: str | None, heading: str, dictionary: Dictionary) -> Finding:
    """A question that is not counted in its diagnostics, with the one that was probably meant."""
    near = near_question(heading, dictionary)
    hint = f". Похоже на {near}: «{dictionary.terms[near].title}»" if near else ""
    said = "Вопроса нет в словаре, ответы сохранены, но в показатели не входят"
    message = f"{said}: «{shortened(heading, _SHOWN)}»{hint}"
    fix = f"Если это новая формулировка, добавьте её в словарь вопросов: dictionaries/{dictionary.name}.toml"
    return Finding(severity="warning", rule="file.unknown_question", message=message, fix=fix, sheet=sheet)

"""Whether a federal form is printed as it is described: codes mean other things on the blank of another year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipelines.federal import Place
from pipelines.source import Form, FormSection, Meaning, normalised

_SURE, _CLEARER = 75, 15
"""So like the title of another code, and so much more than that of its own, are no words for the same thing."""
Stems = list[str]
_STEM = 4
_FILLERS = frozenset({
    "а", "без", "в", "во", "всего", "год", "года", "ед", "единиц", "единица", "из", "и", "их", "имеют", "к", "кроме",
    "лет", "на", "него", "ней", "них", "о", "от", "по", "с", "со", "том", "того", "числе", "чел", "человек",
    "численность", "число",
})  # fmt: skip


@dataclass(frozen=True)
class Otherwise:
    """Where a section says something else than its description, and what both say."""

    at: int
    """Position of a number under these words."""
    what: str
    """«строка 05» or «графа 8»."""
    printed: str
    described: str


def printed_otherwise(places: Sequence[Place], form: Form) -> dict[str, Otherwise]:
    """Sections of a file that are printed otherwise than described, each with one such place.

    Paraphrase is no difference: it takes the words of another code, or most codes without one word in common.
    """
    found = {}
    for name in dict.fromkeys(place.section for place in places):
        if (other := _other(name, places, form.sections[name])) is not None:
            found[name] = other
    return found


def _other(name: str, places: Sequence[Place], section: FormSection) -> Otherwise | None:
    rows: dict[str, tuple[int, str]] = {}
    columns: dict[str, tuple[int, str]] = {}
    for at, place in enumerate(places):
        if place.section == name:
            rows.setdefault(place.row_code, (at, place.row_title))
            columns.setdefault(place.column_code, (at, place.column_title))
    for kind, printed, declared in (("строка", rows, section.rows), ("графа", columns, section.columns)):
        if code := _other_code({code: title for code, (_, title) in printed.items()}, declared):
            at, title = printed[code]
            return Otherwise(at, f"{kind} {code}", title, declared[code][1])
    return None


def _other_code(printed: Mapping[str, str], declared: Mapping[str, Meaning]) -> str | None:
    """The first code that gives the section away as printed otherwise."""
    described = {code: _stems(title) for code, (_, title) in declared.items()}
    stems = {code: own for code, title in printed.items() if code in declared and (own := _stems(title))}
    taken = [code for code, own in stems.items() if _is_another_s(own, code, described)]
    unlike = [code for code, own in stems.items() if not {*own} & {*described[code]}]
    return next(iter(taken or (unlike if 2 * len(unlike) > len(stems) else [])), None)


def _is_another_s(printed: Stems, code: str, described: Mapping[str, Stems]) -> bool:
    """Whether the words are clearly those of another code."""
    words = " ".join(printed)
    likeness = {known: fuzz.token_sort_ratio(words, " ".join(own)) for known, own in described.items()}
    best = max(likeness.values())
    return best >= _SURE and best - likeness[code] >= _CLEARER


def _stems(text: str) -> Stems:
    """Beginnings of the words that mean something, without brackets and with broken words put together."""
    plain = re.sub(r"\([^)]*\)", " ", re.sub(r"(?<=[а-яё])-\s+(?=[а-яё])", "", normalised(text)))
    return [word[:_STEM] for word in re.findall(r"\w+", plain) if word not in _FILLERS]

"""What a person may ask an indicator by: dimensions, and any spelling of their values made canonical."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from dashboard.marts import Indicator, Snapshot
from dashboard.words import in_quotes

DIMENSIONS = (
    "school", "municipality", "kind", "year", "procedure", "term", "subject", "grade", "class",
    "task", "level", "competence", "topic",
)  # fmt: skip
OF_SCHOOL = ("school", "municipality", "kind")
COLUMNS = {"school": "school_id", "year": "school_year"}
"""Where the column of ``indicator_value`` or ``dim_school`` is not called like the dimension."""
DICTIONARIES = {
    "kind": ("school_kind",),
    "term": ("term",),
    "subject": ("subject",),
    "topic": ("training_topic", "methodical_kind"),
    "competence": ("ict_competence",),
    "level": ("ict_level",),
}
LOOK_ALIKE = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")


class UnknownDimension(Exception):  # noqa: N818
    """The indicator has no such breakdown; the message lists those it has."""


class UnknownSchool(Exception):  # noqa: N818
    """No organisation, or several, go by that name; the message suggests."""


def allowed(indicator: Indicator) -> list[str]:
    """Dimensions an indicator can be cut by; the organisation's own facts always."""
    return [name for name in DIMENSIONS if name in indicator.by or name in OF_SCHOOL]


def check_dimensions(indicator: Indicator, names: Iterable[str]) -> None:
    """`UnknownDimension` for the first name the indicator cannot be cut by."""
    for name in names:
        if name not in allowed(indicator):
            raise UnknownDimension(
                f"Показатель «{indicator.title}» ({indicator.indicator_id}) не разбивается по «{name}»."
                f" Можно: {', '.join(allowed(indicator))}."
            )


def column(dimension: str) -> str:
    """The column of a dimension: of ``indicator_value as value`` or of ``dim_school as place``."""
    table = "place" if dimension in ("municipality", "kind") else "value"
    return f'{table}."{COLUMNS.get(dimension, dimension)}"'


def canonical(snapshot: Snapshot, where: Mapping[str, object]) -> dict[str, list[object]]:
    """Every condition as a list of stored values; an empty condition is no condition."""
    conditions: dict[str, list[object]] = {}
    for name, given in where.items():
        wanted = [value for value in _as_list(given) if value is not None and value != ""]
        if wanted:
            conditions[name] = [_stored(snapshot, name, value) for value in wanted]
    return conditions


def spelled(text: str) -> str:
    """A name as ``dim_school_alias`` keeps it: small letters, no quotation marks, single spaces."""
    return re.sub(r"\s+", " ", re.sub(r'["«»“”„]', "", text.lower().replace("ё", "е"))).strip()


def order_of(snapshot: Snapshot, dimension: str) -> list[str]:
    """Declared order of the words of a dimension, empty where they have none of their own."""
    terms = [term for name in DICTIONARIES.get(dimension, ()) for term in _terms(snapshot, name)["order"]]
    return [*terms, "Б", "П", "В"] if dimension == "level" else terms


def _as_list(given: object) -> Sequence[object]:
    return list(given) if isinstance(given, (list, tuple, set, frozenset)) else [given]


def _stored(snapshot: Snapshot, dimension: str, value: object) -> object:
    text = str(value).strip()
    if dimension == "school":
        return _school(snapshot, text)
    if dimension == "year":
        return _year(text)
    if dimension == "grade":
        return _number(text)
    if dimension == "class":
        return re.sub(r'[\s"«»-]', "", text).upper().translate(LOOK_ALIKE)
    if dimension == "procedure":
        return {"впр": "vpr", "огэ": "oge", "егэ": "ege", "гвэ": "gve", "четверти": "marks"}.get(
            text.lower(), text.lower()
        )
    if dimension == "municipality":
        return _municipality(snapshot, text)
    return _term(snapshot, dimension, text)


def _school(snapshot: Snapshot, text: str) -> str:
    found = [row[0] for row in snapshot.rows(
        "select distinct school_id from dim_school_alias where alias = ? order by school_id", [spelled(text)]
    )]  # fmt: skip
    if len(found) == 1:
        return str(found[0])
    if found:
        raise UnknownSchool(
            f"{in_quotes(text)} — это несколько организаций: {', '.join(found)}. Укажите код."
        )
    known = [row[0] for row in snapshot.rows("select distinct alias from dim_school_alias")]
    close = get_close_matches(spelled(text), known, n=3, cutoff=0.6)
    hint = f" Похожие: {', '.join(map(in_quotes, close))}." if close else ""
    raise UnknownSchool(f"Организации {in_quotes(text)} нет ни в реестре, ни в данных.{hint}")


def _year(text: str) -> object:
    """«2026» or «2025/26»: the year a school year ends in."""
    span = re.fullmatch(r"(\d{4})\s*[/–-]\s*(\d{2}|\d{4})", text)
    return int(span[1]) + 1 if span else _number(text)


def _number(text: str) -> object:
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else -1


def _municipality(snapshot: Snapshot, text: str) -> str:
    known = {
        _place(row[0]): row[0]
        for row in snapshot.rows("select distinct municipality from dim_school")
        if row[0]
    }
    return str(known.get(_place(text), text))


def _place(text: str) -> str:
    """«город Барнаул» and «г. Барнаул», «Алейский муниципальный район» and «Алейский район» are one place."""
    short = re.sub(r"\b(муниципальн\w+|городской)\s+", "", spelled(text))
    return (
        re.sub(r"^(город|гор\.|г\.|г)\s*(?=\w)", "г. ", short)
        if re.match(r"^(город |гор\.|г\.|г )", short)
        else short
    )


def _term(snapshot: Snapshot, dimension: str, text: str) -> str:
    for name in DICTIONARIES.get(dimension, ()):
        found = _terms(snapshot, name)["spellings"].get(spelled(text))
        if found:
            return str(found)
    return text.upper() if dimension == "level" and len(text) == 1 else text


def _terms(snapshot: Snapshot, dictionary: str) -> dict[str, dict[str, str]]:
    """A dictionary's terms in order, and the term of every spelling."""
    key = f"dim_{dictionary}"
    if key not in snapshot.known:
        rows = snapshot.rows(f"select term, title, aliases from {key} order by term_order")
        spellings = {spelled(word): term for term, title, aliases in rows for word in [*aliases, title, term]}
        snapshot.known[key] = {"order": {term: term for term, _, _ in rows}, "spellings": spellings}
    terms: dict[str, dict[str, str]] = snapshot.known[key]
    return terms

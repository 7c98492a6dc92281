"""The list of teaching staff as schools keep it → one row a person, facts that share a cell told apart."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from pipelines.cast import FAULT, Convert, Words, as_date, as_number, as_text, cast_by
from pipelines.contract import ColumnType
from pipelines.frame import Raw, Shaped
from pipelines.identity import Noted
from pipelines.reshape import Setting, straight
from pipelines.source import normalised

_CATEGORY = re.compile(r"категор|\bсзд\b|\bвкк\b|\b1 ?кк\b|соответств", re.IGNORECASE)
_YEARS = re.compile(r"(\d+(?:[.,]\d+)?) ?(?:л|г|год|лет)\w*\.?(?: ?(\d+) ?м\w*\.?)?$|(\d+) ?м\w*\.?$")
_SINCE = re.compile(r"с (\d{4})(?: ?г\w*\.?)?$")


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Straight columns, then those that hold several facts or are typed as people speak."""
    shaped = straight(raw, setting, "staff")
    _post_and_category(raw, shaped, setting)
    _own(shaped, raw, "birth_year", "birth", _birth_year, "integer")
    for name in ("total_years", "teaching_years"):
        _own(shaped, raw, name, name, _years_to(setting), "number")
    _own(shaped, raw, "sex", "sex", lambda cell: as_text(cell).lower()[:1], "text")
    _own(shaped, raw, "is_external", "is_external", _is_external, "boolean")
    _own(shaped, raw, "subjects", "subjects", _subjects(setting.words("subject")), "text")
    return [_one_row_a_person(shaped, raw, setting)]


def years(text: str) -> float | None:
    """«12 л. 3 м.» → 12.25, «12,3» → 12.3, «8 мес.» → 0.67; None for what is not a length of service."""
    plain = normalised(text).rstrip(".")
    number = as_number(plain)
    if number is not FAULT:
        return float(number)
    if not (found := _YEARS.match(plain)):
        return None
    whole = float((found[1] or "0").replace(",", "."))
    return round(whole + int(found[2] or found[3] or 0) / 12, 2)


def _own(shaped: Shaped, raw: Raw, name: str, column: str, convert: Convert, kind: ColumnType) -> None:
    """Cast a column by a converter of this source."""
    if column not in raw.cells:
        return
    values, faults = cast_by(
        raw.cells[column], convert, kind, frozenset(normalised(w) for w in raw.source.empty)
    )
    shaped.rows[name] = values
    shaped.places[name] = column
    shaped.faults[name] = faults


def _birth_year(cell: Any) -> Any:
    number = as_number(cell)
    if number is not FAULT and 1900 < number < 2100:
        return float(number)
    day = as_date(cell)
    return FAULT if day is FAULT else float(day.year)


def _years_to(setting: Setting) -> Convert:
    as_of = setting.identity.periods[0].as_of

    def convert(cell: Any) -> Any:
        text = as_text(cell)
        if as_of and (since := _SINCE.match(normalised(text))):
            return float(as_of.year - int(since[1]))
        found = years(text)
        return FAULT if found is None else found

    return convert


def _is_external(cell: Any) -> Any:
    text = normalised(as_text(cell))
    if text.startswith(("внеш", "да", "+", "1")):
        return True
    return False if text.startswith(("внут", "нет", "осн", "-", "0")) else FAULT


def _subjects(words: Words) -> Convert:
    def convert(cell: Any) -> Any:
        parts = (part.strip() for part in re.split(r"[;,\n/]", str(cell)))
        return ";".join(
            dict.fromkeys(words(part.rstrip(".")) or part[:1].upper() + part[1:] for part in parts if part)
        )

    return convert


def _post_and_category(raw: Raw, shaped: Shaped, setting: Setting) -> None:
    """«Учитель, первая категория» is a post and a category."""
    category, group = setting.words("category"), setting.words("post_group")
    posts, categories = zip(*(_parts(as_text(cell), category) for cell in raw.cells["post"]), strict=True)
    shaped.rows["post"] = pd.Categorical(pd.Series([post or None for post in posts], dtype=object))
    shaped.rows["post_group"] = pd.Categorical(
        pd.Series([group(post) if post else None for post in posts], dtype=object)
    )
    shaped.places["post_group"] = "post"
    inside = pd.Series(categories, dtype=object)
    if "category" in shaped.rows:
        own = shaped.rows["category"].astype(object)
        shaped.rows["category"] = pd.Categorical(own.where(own.notna(), inside))
    elif inside.notna().any():
        shaped.rows["category"] = pd.Categorical(inside)
        shaped.places["category"] = "post"


def _parts(text: str, category: Words) -> tuple[str, str | None]:
    pieces = re.split(r"\s*[,;/(]\s*", text)
    said = [piece.rstrip(")") for piece in pieces[1:] if _CATEGORY.search(piece)]
    rest = ", ".join(piece.rstrip(")") for piece in pieces if piece.rstrip(")") not in said)
    return rest.strip(), category(said[0]) if said else None


def _one_row_a_person(shaped: Shaped, raw: Raw, setting: Setting) -> Shaped:
    """Who holds two posts in one organisation is one person: posts joined, hours added, the sender told."""
    key = ["school_id", "person_id", "as_of"]
    rows = shaped.rows
    again = rows.duplicated(key) & rows["person_id"].notna() & ~rows.duplicated([*key, "post"], keep=False)
    if not again.any():
        return shaped
    persons = list(zip(*(rows[name] for name in key), strict=True))
    for at in np.flatnonzero(again):
        _join(rows, persons.index(persons[at]), int(at))
        message = "Педагог стоит в списке дважды с разными должностями: строки объединены"
        fix = "Проверьте, что это внутреннее совмещение, а не однофамилец"
        noted = raw.finding("warning", "staff.two_posts", message, fix, int(at), "post")
        setting.noted.append(Noted(noted, int(at)))
    return shaped.take((~again).to_numpy())


def _join(rows: pd.DataFrame, first: int, again: int) -> None:
    posts = list(rows["post"])
    posts[first] = f"{posts[first]}; {posts[again]}"
    rows["post"] = pd.Categorical(posts)
    if "load_hours" in rows:
        hours = rows["load_hours"].to_numpy(copy=True)
        hours[first] = np.nansum([hours[first], hours[again]])
        rows["load_hours"] = hours

"""The list of teaching staff as schools keep it → one row a person, facts that share a cell told apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipelines.cast import Convert, as_text, cast_by, categorical
from pipelines.contract import ColumnType
from pipelines.frame import Mask, Raw, Shaped
from pipelines.identity import Noted
from pipelines.reshape import Setting, straight
from pipelines.reshape import staff_cells as cells
from pipelines.reshape.alike import alike
from pipelines.reshape.glued_courses import glued_courses
from pipelines.rows import Rows
from pipelines.source import normalised


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Straight columns, then those that hold several facts or are typed as people speak; courses apart."""
    shaped = straight(raw, setting, "staff")
    as_of = setting.identity.periods[0].as_of
    _post_and_category(raw, shaped, setting)
    _own(shaped, raw, "birth_year", "age", cells.born_by_age(as_of), "integer")
    _own(shaped, raw, "birth_year", "birth", cells.birth_year, "integer")
    for name in ("total_years", "teaching_years"):
        _own(shaped, raw, name, name, cells.years_to(as_of), "number")
    _own(shaped, raw, "sex", "sex", lambda cell: as_text(cell).lower()[:1], "text")
    _own(shaped, raw, "is_external", "is_external", cells.is_external, "boolean")
    _own(shaped, raw, "subjects", "subjects", cells.subjects(setting.words("subject")), "text")
    setting.noted.extend(alike(raw, setting))
    people = _one_row_a_person(_without_vacancies(shaped, raw, setting), raw, setting)
    return [people, glued_courses(raw, people, setting)]


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


def _post_and_category(raw: Raw, shaped: Shaped, setting: Setting) -> None:
    """«Учитель, первая категория» is a post and a category; «первая, 15.04.2021» a category and its date."""
    category, group = setting.words("category"), setting.words("post_group")
    posts, inside = zip(*(cells.post_and_category(cell, category) for cell in raw.cells["post"]), strict=True)
    rows = np.arange(len(raw))
    shaped.rows["post"] = categorical([post or None for post in posts], rows)
    shaped.rows["post_group"] = categorical([group(post) if post else None for post in posts], rows)
    shaped.places["post_group"] = "post"
    if "category" in shaped.rows:
        if any(inside):
            own = shaped.rows["category"].astype(object)
            both = own.where(own.notna(), pd.Series(inside, dtype=object))
            shaped.rows["category"] = pd.Categorical(both)
    elif any(inside):
        shaped.rows["category"] = categorical(list(inside), rows)
        shaped.places["category"] = "post"
    _category_date(raw, shaped)


def _category_date(raw: Raw, shaped: Shaped) -> None:
    """A date that stands beside the category in its cell, where no column gives one."""
    if "category" not in raw.cells or "category_date" in raw.cells:
        return
    days = [cells.category_day(cell) for cell in raw.cells["category"]]
    shaped.rows["category_date"] = np.array(days, dtype="datetime64[s]")
    shaped.places["category_date"] = "category"


def _without_vacancies(shaped: Shaped, raw: Raw, setting: Setting) -> Shaped:
    """«Вакансия» in the place of a name is nobody; the sender is told where vacancies are counted."""
    column = "person" if "person" in raw.cells else "surname"
    names = raw.cells.get(column, np.full(len(raw), "", dtype=object))
    vacant: Mask = np.array([bool(cells.VACANCY.match(str(name))) for name in names], dtype=bool)
    for at in np.flatnonzero(vacant):
        message = "Вакансия в списке педагогов: строка не считается человеком"
        fix = "Вакансии считаются по тарификационному списку"
        setting.noted.append(
            Noted(raw.finding("info", "staff.vacancy", message, fix, int(at), column), int(at))
        )
    return shaped.take(~vacant) if vacant.any() else shaped


def _one_row_a_person(shaped: Shaped, raw: Raw, setting: Setting) -> Shaped:
    """Who holds two posts in one organisation is one person: posts joined, hours added, the sender told."""
    key = ["school_id", "person_id", "as_of"]
    rows = shaped.rows
    if not rows["person_id"].dropna().duplicated().any():
        return shaped
    whose = rows.frame([*key, "post"])
    again = whose.duplicated(key) & whose["person_id"].notna() & ~whose.duplicated(keep=False)
    if not again.any():
        return shaped
    persons = list(zip(*(rows[name] for name in key), strict=True))
    for at in np.flatnonzero(again):
        _join(rows, persons.index(persons[at]), int(at))
        place = int(shaped.origin[at])
        message = "Педагог стоит в списке дважды с разными должностями: строки объединены"
        fix = "Проверьте, что это внутреннее совмещение, а не однофамилец"
        noted = raw.finding("warning", "staff.two_posts", message, fix, place, "post")
        setting.noted.append(Noted(noted, place))
    return shaped.take((~again).to_numpy())


def _join(rows: Rows, first: int, again: int) -> None:
    posts = list(rows["post"])
    posts[first] = f"{posts[first]}; {posts[again]}"
    rows["post"] = pd.Categorical(posts)
    for name in ("load_hours", "rate"):
        if name in rows:
            hours = rows[name].to_numpy(copy=True)
            if not np.isnan([hours[first], hours[again]]).all():
                hours[first] = np.nansum([hours[first], hours[again]])
            rows[name] = hours

"""The registry of organisations, ours or as a region keeps it → one row an organisation."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipelines.cast import as_text, categorical
from pipelines.frame import Raw, Shaped
from pipelines.reshape import Setting, straight
from pipelines.schools import id_of, municipality, plain_digits, split_login


def reshape(raw: Raw, setting: Setting) -> list[Shaped]:
    """Ids from logins; the kind from the name where nobody says it."""
    shaped = straight(raw, setting, "school")
    rows = shaped.rows
    logins = [as_text(cell).lower() for cell in raw.cells["login"]]
    apart = plain_digits(logins)
    rows["school_id"] = _texts([_id(login, apart) for login in logins])
    shaped.places["school_id"] = "login"
    rows["login"] = _texts(logins)
    if "parent_id" in rows:
        rows["parent_id"] = _texts([_id(as_text(cell).lower(), apart) for cell in raw.cells["parent_id"]])
    if "municipality" in rows:
        rows["municipality"] = _texts(
            [municipality(as_text(cell)) or None for cell in raw.cells["municipality"]]
        )
    if "kind" not in rows:
        rows["kind"] = _texts([_kind(as_text(cell), setting) for cell in raw.cells["name"]])
    return [shaped]


def _id(login: str, apart: frozenset[str]) -> str | None:
    parts = split_login(login)
    return id_of(*parts, apart) if parts else login or None


def _kind(name: str, setting: Setting) -> str | None:
    return setting.words("school_kind")(name)


def _texts(values: list[str | None] | list[str]) -> pd.Categorical:
    return categorical([value or None for value in values], np.arange(len(values)))

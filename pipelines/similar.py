"""``expectations/similar.toml``: by which conditions schools are alike, and the tables this makes in a snapshot."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

import duckdb
import pyarrow as pa
from pydantic import Field

from pipelines.contract import EXPECTATIONS, DeclarationError, _build, _Declared, _read_toml, declarations
from pipelines.meaning import write_table
from pipelines.sqltext import literal

NAME = "similar.toml"
SOURCE = "fct_school_condition"
_TEXT = pa.string()
_FEATURE = {
    "feature_id": _TEXT, "title": _TEXT, "unit": _TEXT, "why": _TEXT, "step": pa.float64(), "weight": pa.float64(),
    "position": pa.int64(),
}  # fmt: skip
_RULE = {
    "farthest": pa.float64(), "nearest": pa.int64(), "enough": pa.int64(), "known": pa.float64(),
    "indicators": pa.list_(_TEXT),
}  # fmt: skip


class Feature(_Declared):
    """One condition: a number that is laid off in steps, or (without a step) a word that is the same or not."""

    title: str
    value: str
    """SQL over the columns of a school's conditions."""
    shown: str = ""
    """SQL of what is shown, where that is not the value itself."""
    step: Annotated[float, Field(gt=0)] | None = None
    unit: str = ""
    weight: Annotated[float, Field(gt=0)] = 1
    why: str


class Similar(_Declared):
    """How near schools must be, and by what."""

    farthest: Annotated[float, Field(gt=0)]
    nearest: Annotated[int, Field(ge=1)]
    enough: Annotated[int, Field(ge=1)]
    known: Annotated[float, Field(gt=0, le=1)]
    indicators: list[str]
    features: Annotated[dict[str, Feature], Field(min_length=1)]


def load_similar(path: Path = EXPECTATIONS / NAME) -> Similar:
    """Read and check the declaration; `DeclarationError` names what is wrong."""
    found = _build(Similar, NAME, _read_toml(path))
    known = declarations().indicators
    for name in found.indicators:
        if name not in known or known[name].kind != "share":
            raise DeclarationError(f"{NAME}, ключ «indicators»: «{name}» — не доля из числа показателей")
    return found


@cache
def similar() -> Similar:
    """The project's own declaration, read once a process."""
    return load_similar()


def write_similar(connection: duckdb.DuckDBPyConnection, declared: Similar) -> None:
    """Tables ``similar_feature``, ``similar_rule`` and ``school_feature`` (a school's conditions, one a row)."""
    features = [
        {"feature_id": name, "position": place, **feature.model_dump(include=set(_FEATURE))}
        for place, (name, feature) in enumerate(declared.features.items(), 1)
    ]
    write_table(connection, "similar_feature", _FEATURE, features)
    write_table(connection, "similar_rule", _RULE, [declared.model_dump(include=set(_RULE))])
    connection.execute(
        "create table school_feature (school_id varchar, school_year bigint, feature_id varchar,"
        " value double, word varchar)"
    )
    for name, feature in declared.features.items():
        try:
            connection.execute(f"insert into school_feature {_values(name, feature)}")
        except duckdb.Error as error:
            raise DeclarationError(
                f"{NAME}, признак «{name}», ключ «value»: {str(error).splitlines()[0]}"
            ) from error


def _values(name: str, feature: Feature) -> str:
    """``word`` is what is shown; of a condition with a step ``value`` is what is measured."""
    value = f"cast({feature.value} as double)" if feature.step else "cast(null as double)"
    return f"""
        select * from (
            select school_id, school_year, {literal(name)}, {value} as value,
                cast({feature.shown or feature.value} as varchar) as word
            from {SOURCE}
        )
        where {"value" if feature.step else "nullif(word, '')"} is not null
    """

"""The declarations in ``expectations/``, read once and checked as a whole.

Everything that files, marts and screens agree on is declared there: canonical tables, the dictionaries of
allowed words, the files as they come and the indicators. This module turns the TOML into typed objects and
refuses what contradicts itself, naming the file and the key.
"""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.catalogue import Comparable, Gap, Goal, Item, OfficialList

Model = TypeVar("Model", bound=BaseModel)

EXPECTATIONS = Path(__file__).resolve().parent.parent / "expectations"

Severity = Literal["error", "warning", "info"]
ColumnType = Literal["text", "integer", "number", "boolean", "date"]


class DeclarationError(Exception):
    """A declaration is wrong: the message names the file and the key, in Russian, for whoever edits them."""


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Declared):
    """One column of a canonical table: what it holds and what may stand in it."""

    title: str
    type: ColumnType = "text"
    unit: str = ""
    required: bool = False
    min: float | None = None
    max: float | None = None
    values: list[str] | None = None
    dictionary: str | None = None
    pattern: str | None = None
    severity: Severity = "error"
    personal: bool = False
    """The value identifies a person: it is never repeated in a message."""


class Rule(_Declared):
    """A contradiction across the columns of one row, as an SQL condition that is true for a bad row."""

    id: str
    bad: str
    message: str
    """May name columns in braces: their values in the offending row are put in."""
    fix: str
    column: str
    """The column whose cell is shown to the sender."""
    severity: Severity = "error"


class Table(_Declared):
    """A canonical table: the only shape in which a source's rows reach the marts."""

    name: str
    title: str
    grain: str
    key: list[str]
    columns: dict[str, Column]
    rules: list[Rule] = []


class Term(_Declared):
    """A word of a dictionary: its spellings in files, and facts that belong to it."""

    title: str = ""
    aliases: list[str] = []
    patterns: list[str] = []
    order: int = 0
    facts: dict[str, Any] = {}


class Dictionary(_Declared):
    """A closed list of words: the key is what is stored, the aliases and patterns are what files say."""

    name: str
    title: str
    terms: dict[str, Term]


Kind = Literal["share", "mean", "ratio", "count"]
Dimension = Literal[
    "school", "municipality", "kind", "year", "procedure", "term", "subject", "grade", "class",
    "task", "level", "competence", "topic",
]  # fmt: skip
DIMENSIONS: tuple[Dimension, ...] = Dimension.__args__  # type: ignore[attr-defined]
"""What a number can be cut by, in the order in which columns and links name it."""
SCHOOL_DIMENSIONS: tuple[Dimension, ...] = ("school", "municipality", "kind")
"""Dimensions that are facts about the organisation rather than columns of the indicator's own rows."""


UNRANKED = ("results", "exams", "marks")
"""Themes whose indicators put nobody in a place: they are for methodical help."""


class Indicator(_Declared):
    """A number the district watches: additive parts, words, and where it comes from.

    ``numerator``, ``denominator``, ``units`` and ``squares`` are SQL aggregates over the table ``from``,
    grouped by its columns named like the dimensions in ``by``.
    """

    id: str
    theme: str
    title: str
    short: str = ""
    formula: str
    unit: str
    kind: Kind
    better: Literal["higher", "lower"] | None = None
    source_table: Annotated[str, Field(alias="from")]
    where: str = "true"
    by: list[Dimension]
    split_by: list[Dimension] = []
    """Dimensions without which the number has no meaning (levels, topics): always shown apart."""
    overlap: list[Dimension] = []
    """Dimensions in whose every value the same people are counted again (tasks, competences, topics)."""
    whole_with: list[str] = []
    """What adds up with this: other indicators, or a dimension whose values do. Where one of them may not be
    published, the others would tell it."""
    numerator: str
    denominator: str
    units: str
    """How many people or things stand behind the number: the n of the display policy and of intervals."""
    squares: str | None = None
    """Sum of squares of a mean's single values, for its interval."""
    scale: float = 1
    """What numerator / denominator is multiplied by: 100 for a share in percent or «per 100 pupils»."""
    missing: str = ""
    """What to say when the numbers lack something of their own («нет шкалы»)."""
    code: str = ""
    """Its number in the district's handbook of indicators: R2, K7."""
    population: str = ""
    """Who is counted and who is not, in words, where the formula does not say it."""
    minimum: Annotated[int, Field(ge=20)] = 20
    """From how many people a verdict may be given; the display policy allows none below 20."""
    is_watched: bool = True
    """Is it looked through for signals? Not where another indicator says the same."""
    may_rank: bool = False
    """May organisations be put in places by it? Then only with the interval of places; never by results of pupils."""
    target: Goal | None = None
    alarm: Goal | None = None
    comparable: Comparable = Comparable()
    source: str
    compare: str
    reviewed: date
    next_review: date | None = None
    """When to look at the declaration again; without it, two years after it was reviewed."""


class Declarations(_Declared):
    """All that ``expectations/`` says, and the digest by which stored work is known to be current."""

    tables: dict[str, Table]
    dictionaries: dict[str, Dictionary]
    indicators: dict[str, Indicator]
    lists: dict[str, OfficialList] = {}
    gaps: dict[str, Gap] = {}
    """Indicators that nothing feeds yet, by the number of the handbook."""
    digest: str


def load_declarations(folder: Path = EXPECTATIONS) -> Declarations:
    """Read and check every declaration under ``folder``; `DeclarationError` names what is wrong."""
    declarations = Declarations(
        tables={p.stem: _load(Table, p, name=p.stem) for p in _files(folder, "tables")},
        dictionaries={p.stem: _load(Dictionary, p, name=p.stem) for p in _files(folder, "dictionaries")},
        indicators=_indicators(folder),
        lists={p.stem: _load(OfficialList, p, id=p.stem) for p in _files(folder, "lists")},
        gaps=_gaps(folder),
        digest=_digest(folder),
    )
    _check_tables(declarations)
    _check_indicators(declarations)
    return declarations


@cache
def declarations() -> Declarations:
    """The project's own declarations, read once a process."""
    return load_declarations()


def _files(folder: Path, kind: str) -> list[Path]:
    return sorted((folder / kind).glob("*.toml"))


def _digest(folder: Path) -> str:
    content = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        content.update(path.relative_to(folder).as_posix().encode())
        content.update(path.read_bytes())
    return content.hexdigest()[:16]


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DeclarationError(f"{path.name}: это не TOML ({error})") from error


def _load(model: type[Model], path: Path, **given: str) -> Model:
    return _build(model, path.name, {**_read_toml(path), **given})


def _build(model: type[Model], where: str, content: dict[str, Any]) -> Model:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problems = "; ".join(
            f"ключ «{'.'.join(map(str, e['loc']))}»: {_in_russian(e['type'], e['msg'])}"
            for e in error.errors()
        )
        raise DeclarationError(f"{where}: {problems}") from error


def _in_russian(kind: str, message: str) -> str:
    return {"extra_forbidden": "такого ключа нет", "missing": "ключ обязателен"}.get(kind, message)


def _indicators(folder: Path) -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    for path in _files(folder, "indicators"):
        for name, content in _read_toml(path).items():
            if name in found:
                raise DeclarationError(f"{path.name}: показатель «{name}» уже объявлен")
            where = f"{path.name}, показатель «{name}»"
            found[name] = _build(Indicator, where, {**content, "id": name, "theme": path.stem})
    return found


def _gaps(folder: Path) -> dict[str, Gap]:
    found: dict[str, Gap] = {}
    for path in _files(folder, "gaps"):
        for code, content in _read_toml(path).items():
            found[code] = _build(
                Gap, f"gaps/{path.name}, показатель «{code}»", {**content, "code": code, "theme": path.stem}
            )
    return found


def _check_indicators(declared: Declarations) -> None:
    fed = {indicator.code for indicator in declared.indicators.values()}
    for gap in declared.gaps.values():
        if gap.code in fed:
            raise DeclarationError(f"gaps/{gap.theme}.toml: показатель {gap.code} уже объявлен и считается")
    for indicator in declared.indicators.values():
        for name in indicator.whole_with:
            if name not in declared.indicators and name not in indicator.by:
                where = f"indicators/{indicator.theme}.toml, показатель «{indicator.id}», ключ «whole_with»"
                raise DeclarationError(f"{where}: «{name}» — не показатель и не разрез этого показателя")

    _check_ranks(declared)
    for listed in declared.lists.values():
        for item in listed.items:
            _check_item(f"lists/{listed.id}.toml, пункт {item.item}", item, declared)


def _check_ranks(declared: Declarations) -> None:
    for indicator in declared.indicators.values():
        if indicator.may_rank and (indicator.theme in UNRANKED or indicator.kind != "share"):
            where = f"indicators/{indicator.theme}.toml, показатель «{indicator.id}», ключ «may_rank»"
            raise DeclarationError(
                f"{where}: места бывают только у долей и никогда — по результатам учеников"
            )


def _check_item(where: str, item: Item, declared: Declarations) -> None:
    indicator = declared.indicators.get(item.indicator or "")
    if item.indicator and indicator is None:
        raise DeclarationError(f"{where}, ключ «indicator»: показателя «{item.indicator}» нет")
    if not item.indicator and not item.fill:
        raise DeclarationError(f"{where}: нужен indicator или fill — откуда взять число")
    unknown = {*item.cut} - {*(indicator.by if indicator else ()), *SCHOOL_DIMENSIONS}
    if unknown:
        raise DeclarationError(f"{where}, ключ «cut»: показатель не разбивается по {sorted(unknown)}")


def _check_tables(declared: Declarations) -> None:
    for table in declared.tables.values():
        where = f"tables/{table.name}.toml"
        for name in [*table.key, *(rule.column for rule in table.rules)]:
            if name not in table.columns:
                raise DeclarationError(f"{where}: столбец «{name}» назван, но не объявлен")
        for name, column in table.columns.items():
            if column.dictionary and column.dictionary not in declared.dictionaries:
                raise DeclarationError(f"{where}, столбец «{name}»: словаря «{column.dictionary}» нет")
            if column.dictionary and column.values:
                raise DeclarationError(f"{where}, столбец «{name}»: или dictionary, или values")
